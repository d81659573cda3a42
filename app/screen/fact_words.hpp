// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <string_view>

#include "screen/screen.hpp"

namespace octroi::screen {

/// A fact in words, with its article: "the extent asked for". The words of what it lies in
/// where the table does not have the fact itself; its path where it has neither.
[[nodiscard]] std::string fact_words(std::string_view path, const Style& style);

/// True when the table has words for this path or for what it lies in.
[[nodiscard]] bool has_fact_words(std::string_view path);

}  // namespace octroi::screen
