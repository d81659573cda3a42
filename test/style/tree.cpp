// SPDX-License-Identifier: Apache-2.0
#include "style/tree.hpp"

#include <algorithm>
#include <array>

#include "cli/lines.hpp"
#include "support/temporary_folder.hpp"

namespace octroi::style {
namespace {

namespace fs = std::filesystem;

template <std::size_t size>
bool has_any_ending(const File& file, const std::array<std::string_view, size>& endings) {
  return std::any_of(endings.begin(), endings.end(),
                     [&file](std::string_view ending) { return file.has_ending(ending); });
}

bool is_text(const File& file) {
  static constexpr std::array<std::string_view, 7> k_endings = {
      ".json", ".md", ".txtar", ".txt", "LICENSE", ".gitignore", ".clang-format"};
  return file.is_code() || has_any_ending(file, k_endings);
}

bool is_looked_into(const fs::path& folder) {
  const std::string name = folder.filename().string();
  return name == ".ci" || !(name.starts_with(".") || name.starts_with("build"));
}

}  // namespace

std::vector<std::string_view> File::lines() const {
  return script::lines_of(text);
}

bool File::is_cpp() const {
  static constexpr std::array<std::string_view, 4> k_endings = {".cpp", ".hpp", ".cpp.in",
                                                                ".hpp.in"};
  return has_any_ending(*this, k_endings);
}

bool File::is_header() const {
  return has_ending(".hpp") || has_ending(".hpp.in");
}

bool File::is_shell() const {
  return has_ending(".sh") || path == ".ci/run";
}

bool File::is_code() const {
  static constexpr std::array<std::string_view, 3> k_endings = {"CMakeLists.txt", ".cmake", ".sql"};
  return is_cpp() || is_shell() || has_any_ending(*this, k_endings);
}

Tree read_tree(const fs::path& folder) {
  Tree tree;
  for (fs::recursive_directory_iterator entry(folder); entry != fs::end(entry); ++entry) {
    if (entry->is_directory()) {
      if (!is_looked_into(entry->path())) entry.disable_recursion_pending();
      continue;
    }
    File file{fs::relative(entry->path(), folder).generic_string(), ""};
    if (!is_text(file)) continue;
    file.text = test::content_of(entry->path());
    tree.push_back(std::move(file));
  }
  std::sort(tree.begin(), tree.end(),
            [](const File& left, const File& right) { return left.path < right.path; });
  return tree;
}

const File* find(const Tree& tree, std::string_view path) {
  const auto found = std::find_if(tree.begin(), tree.end(),
                                  [path](const File& file) { return file.path == path; });
  return found == tree.end() ? nullptr : &*found;
}

std::string to_text(const Fault& fault) {
  const std::string line = fault.line == 0 ? "" : ":" + std::to_string(fault.line);
  return fault.path + line + ": " + fault.rule;
}

}  // namespace octroi::style
