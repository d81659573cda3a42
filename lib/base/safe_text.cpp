// SPDX-License-Identifier: Apache-2.0
#include "base/safe_text.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cstdint>
#include <cstring>
#include <optional>
#include <vector>

namespace octroi {
namespace {

/// One character of UTF-8 and how many bytes it takes.
struct CodePoint {
  char32_t value;
  std::size_t bytes;
};

struct Form {
  unsigned char mask;
  unsigned char lead;
  std::size_t bytes;
  char32_t least;  ///< a smaller value would be an overlong form
};

constexpr Form k_forms[] = {
    {0x80, 0x00, 1, 0x0}, {0xe0, 0xc0, 2, 0x80}, {0xf0, 0xe0, 3, 0x800}, {0xf8, 0xf0, 4, 0x10000}};

constexpr bool is_below_0x80(char byte) {
  return static_cast<unsigned char>(byte) < 0x80;
}

/// How many bytes at the start are ASCII.
std::size_t ascii_bytes(std::string_view text) {
  std::size_t eights = 0;
  for (std::uint64_t eight = 0; eights + sizeof eight <= text.size(); eights += sizeof eight) {
    std::memcpy(&eight, text.data() + eights, sizeof eight);
    if ((eight & 0x8080808080808080) != 0) break;
  }
  const auto end = std::find_if_not(text.begin() + static_cast<std::ptrdiff_t>(eights), text.end(),
                                    is_below_0x80);
  return static_cast<std::size_t>(end - text.begin());
}

/// The character at the start of a text; nothing when its bytes are not UTF-8.
std::optional<CodePoint> first_of(std::string_view text) {
  const auto byte = [text](std::size_t i) { return static_cast<unsigned char>(text[i]); };
  if (byte(0) < 0x80) return CodePoint{byte(0), 1};
  for (const Form& form : k_forms) {
    if ((byte(0) & form.mask) != form.lead) continue;
    if (text.size() < form.bytes) return std::nullopt;
    char32_t value = byte(0) & static_cast<unsigned char>(~form.mask);
    for (std::size_t i = 1; i < form.bytes; ++i) {
      if ((byte(i) & 0xc0) != 0x80) return std::nullopt;
      value = value << 6 | (byte(i) & 0x3f);
    }
    const bool is_surrogate = value >= 0xd800 && value <= 0xdfff;
    if (value < form.least || value > 0x10ffff || is_surrogate) return std::nullopt;
    return CodePoint{value, form.bytes};
  }
  return std::nullopt;
}

struct Range {
  char32_t first;
  char32_t last;
};

template <std::size_t size>
bool is_in(char32_t value, const Range (&ranges)[size]) {
  return std::any_of(std::begin(ranges), std::end(ranges), [value](const Range& range) {
    return range.first <= value && value <= range.last;
  });
}

/// Controls (C0, DEL, C1) and what changes the order or the lines of the text around it.
/// Source: Unicode, general category Cc, Zl, Zp and the bidirectional format characters (UAX #9);
/// further invisible format characters that hide text.
constexpr Range k_unsafe[] = {{0x00, 0x1f},     {0x7f, 0x9f},     {0x061c, 0x061c},
                              {0x200b, 0x200f}, {0x2028, 0x202e}, {0x2060, 0x206f},
                              {0xfeff, 0xfeff}, {0xfff9, 0xfffb}, {0xe0000, 0xe007f}};

constexpr bool is_shown_as_it_is(char byte) {
  return byte >= 0x20 && byte < 0x7f;
}

/// Source: Unicode, blocks of combining marks and variation selectors.
constexpr Range k_combining[] = {{0x0300, 0x036f}, {0x0483, 0x0489}, {0x0591, 0x05bd},
                                 {0x064b, 0x065f}, {0x1ab0, 0x1aff}, {0x1dc0, 0x1dff},
                                 {0x20d0, 0x20ff}, {0xfe00, 0xfe0f}, {0xfe20, 0xfe2f}};

/// Source: Unicode East Asian Width, the wide and full-width blocks.
constexpr Range k_wide[] = {
    {0x1100, 0x115f}, {0x2e80, 0x303e},   {0x3041, 0x33ff},   {0x3400, 0x4dbf},  {0x4e00, 0x9fff},
    {0xa000, 0xa4cf}, {0xac00, 0xd7a3},   {0xf900, 0xfaff},   {0xfe30, 0xfe6f},  {0xff00, 0xff60},
    {0xffe0, 0xffe6}, {0x1f300, 0x1f64f}, {0x1f900, 0x1f9ff}, {0x20000, 0x3fffd}};

/// True for a text with a key that must not be shown. Source: PASERK, types of secret and symmetric
/// keys.
bool holds_secret_key(std::string_view text) {
  constexpr std::string_view k_secret_types[] = {"k4.secret", "k4.local"};
  return std::any_of(std::begin(k_secret_types), std::end(k_secret_types),
                     [text](std::string_view type) { return text.find(type) != text.npos; });
}

std::string escaped(char32_t value) {
  return fmt::format("\\u{{{:x}}}", static_cast<std::uint32_t>(value));
}

std::size_t width_of(char32_t value) {
  if (value < k_combining[0].first) return 1;
  if (is_in(value, k_combining)) return 0;
  return is_in(value, k_wide) ? 2 : 1;
}

}  // namespace

bool is_ascii(std::string_view text) {
  return ascii_bytes(text) == text.size();
}

bool is_utf8(std::string_view text) {
  for (text.remove_prefix(ascii_bytes(text)); !text.empty();
       text.remove_prefix(ascii_bytes(text))) {
    const std::optional<CodePoint> character = first_of(text);
    if (!character) return false;
    text.remove_prefix(character->bytes);
  }
  return true;
}

std::string printable(std::string_view text, bool keep_line_feeds) {
  const bool is_plain =
      std::all_of(text.begin(), text.end(), [](char c) { return c >= ' ' && c <= '~'; });
  if (is_plain) return std::string(text);
  std::string result;
  while (!text.empty()) {
    const auto plain = std::find_if_not(text.begin(), text.end(), is_shown_as_it_is);
    result.append(text.begin(), plain);
    text.remove_prefix(static_cast<std::size_t>(plain - text.begin()));
    if (text.empty()) break;
    const std::optional<CodePoint> character = first_of(text);
    const std::size_t bytes = character ? character->bytes : 1;
    if (!character) {
      result += fmt::format("\\x{:02x}", static_cast<unsigned char>(text.front()));
    } else if (is_in(character->value, k_unsafe) && !(keep_line_feeds && text.front() == '\n')) {
      result += escaped(character->value);
    } else {
      result += text.substr(0, bytes);
    }
    text.remove_prefix(bytes);
  }
  return result;
}

std::string in_quotes(std::string_view text, std::size_t characters_max) {
  if (holds_secret_key(text)) return "(a secret key, not shown)";
  const std::string safe = printable(text);
  std::string_view rest = safe;
  std::string result = "\"";
  for (std::size_t i = 0; i < characters_max && !rest.empty(); ++i) {
    const std::size_t bytes = first_of(rest)->bytes;  // printable gives only UTF-8
    result += rest.substr(0, bytes);
    rest.remove_prefix(bytes);
  }
  return result + (rest.empty() ? "\"" : "…\"");
}

std::size_t display_width(std::string_view text) {
  std::size_t width = 0;
  while (!text.empty()) {
    const std::size_t plain = ascii_bytes(text);  // each of width 1, as width_of says too
    width += plain;
    text.remove_prefix(plain);
    if (text.empty()) break;
    const std::optional<CodePoint> character = first_of(text);
    width += character ? width_of(character->value) : 1;
    text.remove_prefix(character ? character->bytes : 1);
  }
  return width;
}

namespace {

/// Whether wrapping changes nothing: a line that fits, with one space between its words.
bool is_one_line(std::string_view text, std::size_t width) {
  return !text.empty() && text.front() != ' ' && text.back() != ' ' &&
         text.find('\n') == std::string_view::npos && text.find("  ") == std::string_view::npos &&
         display_width(text) <= width;
}

}  // namespace

std::string wrap(std::string_view text, std::size_t width, std::string_view indent) {
  std::string result;
  std::string line;
  const std::size_t indent_width = display_width(indent);
  if (indent_width <= width && is_one_line(text, width - indent_width)) {
    return std::string(indent).append(text);
  }
  std::size_t line_width = 0;
  const auto flush = [&] {
    if (!result.empty()) result += '\n';
    result += std::string(line.empty() ? "" : indent) + line;
    line.clear();
    line_width = 0;
  };
  while (!text.empty()) {
    const std::size_t end = std::min(text.find_first_of(" \n"), text.size());
    const std::string_view word = text.substr(0, end);
    const std::size_t word_width = display_width(word);
    if (!line.empty() && indent_width + line_width + 1 + word_width > width) flush();
    if (!line.empty() && !word.empty()) {
      line += ' ';
      ++line_width;
    }
    line += word;
    line_width += word_width;
    const bool ends_line = end < text.size() && text[end] == '\n';
    if (ends_line) flush();
    text.remove_prefix(std::min(end + 1, text.size()));
  }
  if (!line.empty()) flush();
  return result;
}

// Optimal string alignment: three rows are enough, as a swap looks two rows back.
std::size_t edit_distance(std::string_view left, std::string_view right) {
  std::vector<std::size_t> before;
  std::vector<std::size_t> last(right.size() + 1);
  for (std::size_t j = 0; j <= right.size(); ++j) last[j] = j;
  for (std::size_t i = 1; i <= left.size(); ++i) {
    std::vector<std::size_t> row(right.size() + 1);
    row[0] = i;
    for (std::size_t j = 1; j <= right.size(); ++j) {
      const std::size_t cost = left[i - 1] == right[j - 1] ? 0 : 1;
      row[j] = std::min({last[j] + 1, row[j - 1] + 1, last[j - 1] + cost});
      const bool is_swap =
          i > 1 && j > 1 && left[i - 1] == right[j - 2] && left[i - 2] == right[j - 1];
      if (is_swap) row[j] = std::min(row[j], before[j - 2] + 1);
    }
    before = std::move(last);
    last = std::move(row);
  }
  return last[right.size()];
}

}  // namespace octroi
