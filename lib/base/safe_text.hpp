// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace octroi {

/// True for well-formed UTF-8: no overlong form, no surrogate, nothing above U+10FFFF.
[[nodiscard]] bool is_utf8(std::string_view text);

/// True where every byte is below 0x80.
[[nodiscard]] bool is_ascii(std::string_view text);

/// Text from outside, made safe to show on a terminal: control characters (C0, DEL, C1), line and
/// paragraph separators, bidirectional controls and bytes that are not UTF-8 appear as \u{…} or
/// \x… escapes. A line feed is kept only with `keep_line_feeds`.
[[nodiscard]] std::string printable(std::string_view text, bool keep_line_feeds = false);

/// `printable`, in double quotes, cut to `characters_max` with an ellipsis: for error messages. A
/// text that holds a secret key (someone pasted the wrong file) is not shown at all.
[[nodiscard]] std::string in_quotes(std::string_view text, std::size_t characters_max = 60);

/// Columns that a UTF-8 text takes on a terminal: combining marks 0, wide East Asian 2, others 1.
[[nodiscard]] std::size_t display_width(std::string_view text);

/// The text broken at spaces into lines of at most `width` columns; a longer word stands alone.
[[nodiscard]] std::string wrap(std::string_view text, std::size_t width, std::string_view indent);

/// The candidate nearest to `word` by edit distance, or an empty view if none is near.
/// `candidates` is any range of texts.
template <typename Range>
[[nodiscard]] std::string_view nearest(std::string_view word, const Range& candidates);

/// Single-character edits (insert, delete, replace, swap of neighbours) between two words.
[[nodiscard]] std::size_t edit_distance(std::string_view left, std::string_view right);

template <typename Range>
std::string_view nearest(std::string_view word, const Range& candidates) {
  std::string_view best;
  std::size_t best_distance = word.size() / 3 + 2;  // farther than that is another word
  for (const auto& candidate : candidates) {
    const std::size_t distance = edit_distance(word, candidate);
    if (distance < best_distance) {
      best_distance = distance;
      best = candidate;
    }
  }
  return best;
}

}  // namespace octroi
