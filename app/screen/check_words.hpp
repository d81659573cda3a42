// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <string_view>

#include "screen/screen.hpp"

/// What was checked of a token or a trust file, in the language of the reader. The library says it
/// in English; its sentences are known here by their fixed parts.
namespace octroi::screen {

/// The name of a check: "seal in force".
[[nodiscard]] std::string check_name(std::string_view name, const Style& style);

/// What a check found. A detail that no sentence here fits stays as it is: an identifier, a date.
[[nodiscard]] std::string check_detail(const gate::TokenCheck& check, const Style& style);

/// The same of a text alone.
[[nodiscard]] std::string check_sentence(std::string_view detail, const Style& style);

}  // namespace octroi::screen
