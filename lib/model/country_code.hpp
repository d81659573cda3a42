// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <string_view>

namespace octroi::model {

/// The ISO 3166-1 alpha-2 code that two capital letters stand for: themselves where they are an
/// officially assigned code, GB for UK and GR for EL, which European institutions write. Nothing
/// for anything else (EU, XK, a name). The view lives as long as the program.
[[nodiscard]] std::optional<std::string_view> iso_country_code(std::string_view letters);

/// Whether a member of that name, in any document, is the code of a country or a list of codes.
[[nodiscard]] bool means_country(std::string_view member);

}  // namespace octroi::model
