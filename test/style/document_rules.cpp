// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <array>

#include "base/error.hpp"
#include "json/read.hpp"
#include "style/rules.hpp"

namespace octroi::style {
namespace {

/// A text with every run of blanks, line ends and continued lines as one blank.
std::string squeezed(std::string_view text) {
  std::string result;
  bool is_blank = true;
  for (std::size_t i = 0; i < text.size(); ++i) {
    const bool is_continued = text[i] == '\\' && i + 1 < text.size() && text[i + 1] == '\n';
    if (is_continued || text[i] == ' ' || text[i] == '\n') {
      is_blank = true;
      continue;
    }
    if (is_blank && !result.empty()) result += ' ';
    is_blank = false;
    result += text[i];
  }
  return result;
}

struct ShellCommand {
  std::size_t line;
  std::string text;
};

/// The commands in the shell blocks of a Markdown file; in a block of the kind `console` they
/// stand behind "$ ", between what they print.
class ShellBlocks {
 public:
  explicit ShellBlocks(const File& file) {
    std::size_t number = 0;
    for (const std::string_view line : file.lines()) take(++number, line);
  }

  [[nodiscard]] const std::vector<ShellCommand>& commands() const { return commands_; }

 private:
  void take(std::size_t number, std::string_view line) {
    constexpr std::string_view k_fence = "```";
    constexpr std::array<std::string_view, 4> k_kinds = {"sh", "bash", "shell", "console"};
    if (line.starts_with(k_fence)) {
      kind_ = kind_.empty() ? std::string(line.substr(k_fence.size())) + " " : "";
      return;
    }
    const std::string_view kind = std::string_view(kind_).substr(0, kind_.find(' '));
    if (std::find(k_kinds.begin(), k_kinds.end(), kind) == k_kinds.end()) return;
    if (is_continued_) {
      commands_.back().text.append("\n").append(line);
    } else if (kind == "console") {
      if (!line.starts_with("$ ")) return;
      commands_.push_back({number, std::string(line.substr(2))});
    } else {
      if (line.empty() || line.starts_with("#")) return;
      commands_.push_back({number, std::string(line)});
    }
    is_continued_ = line.ends_with("\\");
  }

  std::vector<ShellCommand> commands_;
  std::string kind_;  ///< of the open block, and a blank; empty outside
  bool is_continued_ = false;
};

std::string all_scripts(const Tree& tree) {
  std::string scripts;
  for (const File& file : tree) {
    if (file.is_shell() || file.has_ending(".txtar")) scripts += file.text;
  }
  return squeezed(scripts);
}

/// Whether a text names a file by its path, and not only one of the same name in another folder.
bool names_path(std::string_view text, std::string_view path) {
  for (std::size_t at = text.find(path); at != std::string_view::npos;
       at = text.find(path, at + 1)) {
    if (at == 0 || text[at - 1] != '/') return true;
  }
  return false;
}

std::string_view file_name(std::string_view path) {
  return path.substr(path.rfind('/') + 1);
}

}  // namespace

Faults untested_commands(const Tree& tree) {
  const std::string scripts = all_scripts(tree);
  Faults faults;
  for (const File& file : tree) {
    if (file_name(file.path) != "README.md") continue;
    const ShellBlocks blocks(file);
    for (const ShellCommand& command : blocks.commands()) {
      const std::string text = squeezed(command.text);
      if (scripts.find(text) != std::string::npos) continue;
      faults.push_back({file.path, command.line, "no test or script runs \"" + text + "\""});
    }
  }
  return faults;
}

Faults unmentioned_schemas(const Tree& tree) {
  constexpr std::string_view k_folder = "schemas/";
  const File* readme = find(tree, "schemas/README.md");
  Faults faults;
  for (const File& file : tree) {
    if (!file.is_in(k_folder) || !file.has_ending(".schema.json")) continue;
    const std::string_view path = std::string_view(file.path).substr(k_folder.size());
    if (readme != nullptr && names_path(readme->text, path)) continue;
    faults.push_back({file.path, 0, "is not in schemas/README.md"});
  }
  return faults;
}

Faults broken_json(const Tree& tree) {
  constexpr std::size_t k_any = 64 * 1024 * 1024;
  const json::ReadLimits limits{
      .bytes_max = k_any, .depth_max = 64, .members_max = k_any, .integers_only = false};
  Faults faults;
  for (const File& file : tree) {
    if (!file.has_ending(".json")) continue;
    try {
      (void)json::read(file.text, file.path, limits);
    } catch (const Error& error) {
      faults.push_back({file.path, 0, error.what()});
    }
  }
  return faults;
}

}  // namespace octroi::style
