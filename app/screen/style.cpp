// SPDX-License-Identifier: Apache-2.0
#include "screen/style.hpp"

#include <algorithm>

#include "base/error.hpp"

namespace octroi::screen {
namespace {

constexpr std::size_t k_width_min = 20;   // below, even a date and its label do not fit
constexpr std::size_t k_prose_max = 100;  // longer lines are hard to read

/// Source: ECMA-48 section 8.3.117, select graphic rendition.
std::string_view sequence_of(Tone tone) {
  switch (tone) {
    case Tone::plain:
      return "";
    case Tone::strong:
      return "\x1b[1m";
    case Tone::quiet:
      return "\x1b[2m";
    case Tone::good:
      return "\x1b[1;32m";
    case Tone::caution:
      return "\x1b[1;33m";
    case Tone::bad:
      return "\x1b[1;31m";
  }
  broken_invariant("a tone that is none");
}

}  // namespace

Tone tone_of(rules::Verdict verdict) {
  switch (verdict) {
    case rules::Verdict::clear:
      return Tone::good;
    case rules::Verdict::refer:
    case rules::Verdict::incomplete:
      return Tone::caution;
    case rules::Verdict::refuse:
      return Tone::bad;
  }
  broken_invariant("a verdict that is none");
}

Tone tone_of(rules::Outcome outcome) {
  return outcome == rules::Outcome::not_applicable ? Tone::quiet
                                                   : tone_of(rules::verdict_of(outcome));
}

std::string toned(std::string_view text, Tone tone, const Style& style) {
  if (!style.has_color || tone == Tone::plain || text.empty()) return std::string(text);
  return std::string(sequence_of(tone)) + std::string(text) + "\x1b[0m";
}

std::size_t table_width(const Style& style) {
  return std::max(style.width, k_width_min);
}

std::size_t prose_width(const Style& style) {
  return std::min(table_width(style), k_prose_max);
}

}  // namespace octroi::screen
