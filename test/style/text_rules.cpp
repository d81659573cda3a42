// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <array>

#include "base/safe_text.hpp"
#include "style/rules.hpp"

namespace octroi::style {
namespace {

constexpr std::string_view k_licence = "SPDX-License-Identifier: Apache-2.0";
constexpr std::size_t k_columns_max = 100;
constexpr std::size_t k_lines_max = 450;

std::string_view comment_sign(const File& file) {
  if (file.is_cpp()) return "// ";
  return file.has_ending(".sql") ? "-- " : "# ";
}

/// Whether the lines of a file stand inside a raw string, line by line.
class RawStrings {
 public:
  /// Takes the next line; true when a raw string begins, ends or goes on in it.
  bool is_part(std::string_view line) {
    if (!end_.empty()) {
      if (line.find(end_) != std::string_view::npos) end_.clear();
      return true;
    }
    const std::size_t start = line.find("R\"");
    const std::size_t open = start == std::string_view::npos ? start : line.find('(', start);
    if (open == std::string_view::npos) return false;
    const std::string end = ")" + std::string(line.substr(start + 2, open - start - 2)) + "\"";
    if (line.find(end, open) == std::string_view::npos) end_ = end;
    return true;
  }

 private:
  std::string end_;  ///< what closes the open raw string
};

bool is_word_character(char character) {
  return (character >= 'a' && character <= 'z') || (character >= 'A' && character <= 'Z') ||
         (character >= '0' && character <= '9') || character == '_';
}

bool holds_word(std::string_view line, std::string_view word) {
  for (std::size_t at = line.find(word); at != std::string_view::npos;
       at = line.find(word, at + 1)) {
    const std::size_t end = at + word.size();
    const bool starts = at == 0 || !is_word_character(line[at - 1]);
    if (starts && (end == line.size() || !is_word_character(line[end]))) return true;
  }
  return false;
}

bool holds_mark(std::string_view line) {
  // In two pieces each, or this file would hold them.
  static const std::array<std::string, 3> marks = {
      "TO"
      "DO",
      "FIX"
      "ME",
      "XX"
      "X"};
  return std::any_of(marks.begin(), marks.end(),
                     [line](const std::string& mark) { return holds_word(line, mark); });
}

}  // namespace

Faults without_licence(const Tree& tree) {
  Faults faults;
  for (const File& file : tree) {
    if (!file.is_code()) continue;
    const auto lines = file.lines();
    const std::size_t index = !lines.empty() && lines[0].starts_with("#!") ? 1 : 0;
    const std::string expected = std::string(comment_sign(file)).append(k_licence);
    if (index < lines.size() && lines[index] == expected) continue;
    faults.push_back({file.path, index + 1, "expected \"" + expected + "\""});
  }
  return faults;
}

Faults untidy_blanks(const Tree& tree) {
  Faults faults;
  for (const File& file : tree) {
    std::size_t number = 0;
    for (const std::string_view line : file.lines()) {
      ++number;
      if (line.find('\t') != std::string_view::npos) faults.push_back({file.path, number, "a tab"});
      if (line.ends_with(' ') || line.ends_with('\r')) {
        faults.push_back({file.path, number, "a blank at the end of the line"});
      }
    }
    if (!file.text.empty() && !file.text.ends_with('\n')) {
      faults.push_back({file.path, number, "no line feed at the end of the file"});
    }
  }
  return faults;
}

Faults wide_lines(const Tree& tree) {
  Faults faults;
  for (const File& file : tree) {
    if (!file.is_cpp()) continue;
    RawStrings raw_strings;
    std::size_t number = 0;
    for (const std::string_view line : file.lines()) {
      ++number;
      const bool is_exempt =
          raw_strings.is_part(line) || line.find("://") != std::string_view::npos;
      const std::size_t columns = display_width(line);
      if (is_exempt || columns <= k_columns_max) continue;
      faults.push_back({file.path, number, std::to_string(columns) + " columns, expected 100"});
    }
  }
  return faults;
}

Faults long_files(const Tree& tree) {
  Faults faults;
  for (const File& file : tree) {
    const std::size_t count = file.lines().size();
    if (!file.is_code() || count <= k_lines_max) continue;
    faults.push_back({file.path, 0, std::to_string(count) + " lines, expected 450 at most"});
  }
  return faults;
}

Faults unguarded_headers(const Tree& tree) {
  Faults faults;
  for (const File& file : tree) {
    if (!file.is_header()) continue;
    const auto lines = file.lines();
    if (std::find(lines.begin(), lines.end(), "#pragma once") != lines.end()) continue;
    faults.push_back({file.path, 0, "no \"#pragma once\""});
  }
  return faults;
}

Faults unfinished_marks(const Tree& tree) {
  Faults faults;
  for (const File& file : tree) {
    std::size_t number = 0;
    for (const std::string_view line : file.lines()) {
      ++number;
      if (holds_mark(line)) faults.push_back({file.path, number, "something left for later"});
    }
  }
  return faults;
}

}  // namespace octroi::style
