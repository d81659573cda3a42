// SPDX-License-Identifier: Apache-2.0
#include "screen/page.hpp"

#include <algorithm>

#include "base/safe_text.hpp"

namespace octroi::screen {
namespace {

constexpr std::size_t k_text_width_min = 24;  // narrower beside a label, it goes below it

std::string spaces(std::size_t count) {
  return std::string(count, ' ');
}

std::vector<std::string_view> lines_of(std::string_view text) {
  std::vector<std::string_view> lines;
  while (!text.empty()) {
    const std::size_t end = std::min(text.find('\n'), text.size());
    lines.push_back(text.substr(0, end));
    text.remove_prefix(std::min(end + 1, text.size()));
  }
  return lines;
}

/// Nothing to show: wrapping it would give no line.
bool is_blank(std::string_view text) {
  return text.find_first_not_of(' ') == std::string_view::npos;
}

std::string without_trailing_spaces(std::string text) {
  text.erase(text.find_last_not_of(' ') + 1);
  return text;
}

}  // namespace

std::vector<std::string> wrapped_lines(std::string_view safe, std::size_t width) {
  std::vector<std::string> lines;
  const std::string text = wrap(safe, width, "");
  for (const std::string_view line : lines_of(text)) lines.emplace_back(line);
  return lines;
}

void Page::add_wrapped(std::string_view safe, std::size_t first_indent, std::size_t indent,
                       Tone tone) {
  const std::size_t width = prose_width(style_);
  const std::size_t room = width > indent ? width - indent : 1;
  std::size_t before = first_indent;
  const std::string wrapped = wrap(safe, room, "");
  for (const std::string_view line : lines_of(wrapped)) {
    text_.append(before, ' ').append(toned(line, tone, style_)).append("\n");
    before = indent;
  }
}

void Page::prose(std::string_view text, std::size_t indent, Tone tone) {
  add_wrapped(printable(text), indent, indent, tone);
}

void Page::paragraphs(std::string_view text, std::size_t indent) {
  for (const std::string_view line : lines_of(text)) prose(line, indent);
}

void Page::add_toned_start(std::string_view word, Tone tone, std::string_view rest,
                           std::size_t indent) {
  const std::string safe_word = printable(word);
  const std::size_t start = text_.size() + indent;
  prose(safe_word + std::string(rest), indent);
  if (text_.compare(start, safe_word.size(), safe_word) != 0) return;  // the word itself is wrapped
  text_.replace(start, safe_word.size(), toned(safe_word, tone, style_));
}

void Page::lead(std::string_view word, Tone tone, std::string_view rest, std::size_t indent) {
  add_toned_start(word, tone, " — " + std::string(rest), indent);
}

void Page::answer(std::string_view word, Tone tone, std::string_view rest) {
  add_toned_start(word, tone, " " + std::string(rest), 0);
}

void Page::marks(const std::vector<Mark>& marks) {
  std::size_t word_width = 0;
  std::size_t label_width = 0;
  for (const Mark& mark : marks) {
    word_width = std::max(word_width, display_width(mark.word));
    label_width = std::max(label_width, display_width(printable(mark.label)));
  }
  const std::size_t column = word_width + label_width + 4;
  const bool is_beside = column + k_text_width_min <= prose_width(style_);
  for (const Mark& mark : marks) {
    const std::string label = without_trailing_spaces(printable(mark.label));
    const std::size_t gap = word_width - display_width(mark.word) + 2;
    text_ += toned(mark.word, mark.tone, style_) + spaces(label.empty() ? 0 : gap) + label;
    const bool has_detail = !is_blank(mark.detail);
    if (!has_detail || !is_beside) text_ += '\n';
    if (!has_detail) continue;
    const std::size_t used =
        label.empty() ? display_width(mark.word) : word_width + 2 + display_width(label);
    if (is_beside) {
      add_wrapped(printable(mark.detail), column - used, column, Tone::plain);
    } else {
      prose(mark.detail, 2);
    }
  }
}

void Page::heading(std::string_view text) {
  blank();
  prose(text, 0, Tone::strong);
}

void Page::item(std::string_view text, std::size_t indent) {
  const std::size_t start = text_.size();
  prose(text, indent + 2);
  if (text_.size() > start) text_[start + indent] = '-';
}

void Page::add_field(const Field& field, std::size_t indent, std::size_t label_width) {
  const std::string label = without_trailing_spaces(printable(field.label));
  const std::size_t column = indent + label_width + 2;
  const bool is_beside = column + k_text_width_min <= prose_width(style_);
  if (!is_beside) {
    if (!label.empty()) text_ += spaces(indent) + toned(label, Tone::quiet, style_) + '\n';
    return prose(field.text, indent + 2 + field.indent, field.tone);
  }
  text_ += spaces(indent) + toned(label, Tone::quiet, style_);
  const std::size_t start = column + field.indent;
  add_wrapped(printable(field.text), start - indent - display_width(label), start, field.tone);
}

void Page::fields(const std::vector<Field>& fields, std::size_t indent) {
  std::vector<Field> shown;
  std::size_t label_width = 0;
  for (const Field& field : fields) {
    if (is_blank(field.text)) continue;
    shown.push_back(field);
    label_width = std::max(label_width, display_width(printable(field.label)));
  }
  for (const Field& field : shown) add_field(field, indent, label_width);
}

void Page::unbroken(std::string_view text, std::size_t indent) {
  const std::string safe = without_trailing_spaces(printable(text));
  if (!safe.empty()) text_ += spaces(indent) + safe + '\n';
}

void Page::quoted(std::string_view text, std::string_view margin) {
  for (const std::string_view line : lines_of(text)) {
    text_ += without_trailing_spaces(std::string(margin) + printable(line)) + '\n';
  }
}

void Page::blank() {
  const bool is_needed = !text_.empty() && !text_.ends_with("\n\n");
  if (is_needed) text_ += '\n';
}

}  // namespace octroi::screen
