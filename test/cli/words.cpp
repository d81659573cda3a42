// SPDX-License-Identifier: Apache-2.0
#include "cli/words.hpp"

#include "base/error.hpp"
#include "cli/lines.hpp"

namespace octroi::script {
namespace {

constexpr std::string_view k_blanks = " \t";
constexpr std::string_view k_name_characters =
    "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_";

/// Reads the words of one text from left to right.
class WordReader {
 public:
  WordReader(std::string_view text, const Lookup& lookup) : text_(text), lookup_(lookup) {}

  /// Moves to the next word; false when there is none.
  bool skip_to_word() {
    const std::size_t start = text_.find_first_not_of(k_blanks);
    if (start == std::string_view::npos || text_[start] == '#') return false;
    text_.remove_prefix(start);
    return true;
  }

  std::string read_word() {
    std::string word;
    while (!text_.empty() && k_blanks.find(text_.front()) == std::string_view::npos) {
      if (text_.front() == '\'') {
        read_literal(word);
      } else if (text_.front() == '"') {
        read_quoted(word);
      } else {
        read_piece(word);
      }
    }
    return word;
  }

 private:
  void read_literal(std::string& word) {
    text_.remove_prefix(1);
    for (;;) {
      const std::size_t end = text_.find('\'');
      if (end == std::string_view::npos) refuse_open_quote();
      word += text_.substr(0, end);
      text_.remove_prefix(end + 1);
      if (!text_.starts_with('\'')) return;
      word += '\'';
      text_.remove_prefix(1);
    }
  }

  void read_quoted(std::string& word) {
    text_.remove_prefix(1);
    while (!text_.starts_with('"')) {
      if (text_.empty()) refuse_open_quote();
      const bool is_escape = text_.size() > 1 && text_[0] == '\\' &&
                             std::string_view("\"$\\").find(text_[1]) != std::string_view::npos;
      if (is_escape) {
        word += text_[1];
        text_.remove_prefix(2);
      } else {
        read_piece(word);
      }
    }
    text_.remove_prefix(1);
  }

  /// One character, or a variable's value.
  void read_piece(std::string& word) {
    const char character = text_.front();
    text_.remove_prefix(1);
    if (character != '$') {
      word += character;
      return;
    }
    const bool is_braced = text_.starts_with('{');
    if (is_braced) text_.remove_prefix(1);
    const std::string_view name = text_.substr(0, text_.find_first_not_of(k_name_characters));
    text_.remove_prefix(name.size());
    if (name.empty() || (is_braced && !text_.starts_with('}'))) refuse_dollar();
    if (is_braced) text_.remove_prefix(1);
    word += lookup_(name);
  }

  [[noreturn]] static void refuse_open_quote() {
    throw Error(ErrorCode::bad_input, "a quote is not closed");
  }

  [[noreturn]] static void refuse_dollar() {
    throw Error(ErrorCode::bad_input,
                "expected a variable's name after $; a $ that stands for itself is written '$'");
  }

  std::string_view text_;
  const Lookup& lookup_;
};

}  // namespace

std::vector<Line> command_lines(std::string_view script) {
  std::vector<Line> commands;
  std::size_t number = 0;
  bool is_continued = false;
  for (std::string_view line : lines_of(script)) {
    ++number;
    if (!is_continued) commands.push_back({number, ""});
    is_continued = line.ends_with('\\');
    if (is_continued) line.remove_suffix(1);
    commands.back().text += line;
  }
  std::erase_if(commands, [](const Line& line) {
    const std::size_t start = line.text.find_first_not_of(k_blanks);
    return start == std::string::npos || line.text[start] == '#';
  });
  return commands;
}

std::vector<std::string> words_of(std::string_view text, const Lookup& lookup) {
  WordReader reader(text, lookup);
  std::vector<std::string> words;
  while (reader.skip_to_word()) words.push_back(reader.read_word());
  return words;
}

}  // namespace octroi::script
