// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "screen/style.hpp"

namespace octroi::screen {

/// One line of a list of labels and what they stand for.
struct Field {
  std::string label;
  std::string text;
  Tone tone = Tone::plain;  ///< of the text
  std::size_t indent = 0;   ///< of the text, beyond the column of texts
};

/// One check: what, how it came out, and more about it.
struct Mark {
  std::string label;
  std::string word;
  Tone tone;  ///< of the word
  std::string detail;
};

/// Builds a text for people, line by line. It is the one place where text becomes output, together
/// with Table: every text given to it passes through octroi::printable here, so callers hand over
/// what documents say as it is. INVARIANT: no line ends in a space; no two blank lines meet.
class Page {
 public:
  explicit Page(const Style& style) : style_(style) {}

  [[nodiscard]] const Style& style() const { return style_; }

  /// A wrapped text.
  void prose(std::string_view text, std::size_t indent = 0, Tone tone = Tone::plain);
  /// The same for a text whose own line feeds count.
  void paragraphs(std::string_view text, std::size_t indent = 0);
  /// "WORD — rest", wrapped; the word alone is toned.
  void lead(std::string_view word, Tone tone, std::string_view rest, std::size_t indent = 0);
  /// "WORD rest", wrapped; the word alone is toned.
  void answer(std::string_view word, Tone tone, std::string_view rest);
  /// "word  label  detail" in columns; the detail below where the window is narrow.
  void marks(const std::vector<Mark>& marks);
  /// A section's title, after a blank line.
  void heading(std::string_view text);
  /// "- text", wrapped behind the dash.
  void item(std::string_view text, std::size_t indent = 0);
  /// Labels in a column, texts wrapped beside them; below them where the window is narrow. A field
  /// without a label goes on under the one before; one without a text is left out.
  void fields(const std::vector<Field>& fields, std::size_t indent = 0);
  /// A text that is never broken: a token, a key.
  void unbroken(std::string_view text, std::size_t indent = 0);
  /// Every line behind `margin`, so that no line of the text passes for one of octroi's own.
  void quoted(std::string_view text, std::string_view margin);
  /// A table's text, as Table wrote it.
  void block(const std::string& text) { text_ += text; }
  void blank();

  [[nodiscard]] std::string take() && { return std::move(text_); }

 private:
  void add_toned_start(std::string_view word, Tone tone, std::string_view rest, std::size_t indent);
  void add_wrapped(std::string_view safe, std::size_t first_indent, std::size_t indent, Tone tone);
  void add_field(const Field& field, std::size_t indent, std::size_t label_width);

  const Style& style_;
  std::string text_;
};

/// The lines of a safe text wrapped at `width` columns, without indent.
[[nodiscard]] std::vector<std::string> wrapped_lines(std::string_view safe, std::size_t width);

}  // namespace octroi::screen
