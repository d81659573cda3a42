// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

#include "rules/outcome.hpp"
#include "screen/screen.hpp"

namespace octroi::screen {

/// What colour a text is set in, where there is colour. Never the only carrier of a meaning.
enum class Tone { plain, strong, quiet, good, caution, bad };

[[nodiscard]] Tone tone_of(rules::Verdict verdict);
[[nodiscard]] Tone tone_of(rules::Outcome outcome);

/// The text between the escape sequences of its tone; as it is without colour. The text is safe to
/// show already and has no line feed.
[[nodiscard]] std::string toned(std::string_view text, Tone tone, const Style& style);

/// Columns that tables may take, and columns at which prose is wrapped. Never below 20.
[[nodiscard]] std::size_t table_width(const Style& style);
[[nodiscard]] std::size_t prose_width(const Style& style);

}  // namespace octroi::screen
