// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <string_view>
#include <utility>

#include "json/write.hpp"
#include "screen/screen.hpp"

namespace octroi::app {

/// What a command answers. It is collected here and written only once the command has succeeded:
/// the answer to standard output, the notes to standard error after it.
class Reply {
 public:
  Reply(bool is_json, bool is_quiet, screen::Style style)
      : style_(std::move(style)), is_json_(is_json), is_quiet_(is_quiet) {}

  [[nodiscard]] bool is_json() const { return is_json_; }
  [[nodiscard]] const screen::Style& style() const { return style_; }

  /// A result as a table or page, or as JSON.
  template <typename Result>
  void show(const Result& result) {
    answer_ += is_json_ ? json::pretty(to_json(result)) : screen::render(result, style_);
  }
  /// A result in a sentence, to which a line feed is added, or as JSON.
  template <typename Result>
  void say(const Result& result, std::string_view sentence) {
    if (is_json_) {
      answer_ += json::pretty(to_json(result));
    } else {
      print_line(sentence);
    }
  }
  /// A sentence about something that has no result, only a file; JSON readers are spared it.
  void tell(std::string_view sentence);
  /// Text for standard output as it is: documents, tokens.
  void print(std::string_view text) { answer_ += text; }
  void print_line(std::string_view line);

  /// What else is good to know, unless --quiet: for standard error.
  void note(std::string_view text);
  /// The command that comes next.
  void next(std::string_view command);

  [[nodiscard]] const std::string& answer() const { return answer_; }
  [[nodiscard]] const std::string& notes() const { return notes_; }

 private:
  screen::Style style_;
  bool is_json_;
  bool is_quiet_;
  std::string answer_;
  std::string notes_;
};

}  // namespace octroi::app
