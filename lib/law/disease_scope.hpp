// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace octroi::law {

/// What a request's disease codes say about Covid-19, as a whole.
enum class DiseaseScope {
  covid_19,  ///< every code is one of Covid-19
  other,     ///< no code is
  mixed,     ///< some are
  none,      ///< no code is given
  unknown,   ///< a code cannot be placed: bare U07, a malformed code, another system
};

/// "covid-19", "other", "mixed", "none", "unknown".
[[nodiscard]] std::string_view name_of(DiseaseScope scope);

/// An ICD-10 code in its usual form: upper case, a dot after the third character, no dagger or
/// asterisk: "u0710" gives "U07.10". Nothing when the shape is not one of ICD-10.
[[nodiscard]] std::optional<std::string> normalise_icd_10(std::string_view code);

/// True for a code, in its usual form, of Covid-19; by exact membership, never by prefix.
[[nodiscard]] bool is_covid_19_icd_10(std::string_view code);
/// True for a code, in its usual form, that alone does not say which disease it is: bare U07.
[[nodiscard]] bool is_ambiguous_icd_10(std::string_view code);

/// The scope of a list of codes. `system` is "icd-10"; the codes of any other system are unknown
/// here. Membership is by exact code, never by prefix: U07.0 (vaping) is not Covid-19, and U07
/// alone says nothing.
/// Source: WHO ICD-10 emergency codes U07–U12; ATIH subdivisions U07.10 to U07.15.
[[nodiscard]] DiseaseScope disease_scope(std::string_view system,
                                         const std::vector<std::string_view>& codes);

}  // namespace octroi::law
