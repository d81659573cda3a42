// SPDX-License-Identifier: Apache-2.0
#include "law/disease_scope.hpp"

#include <algorithm>
#include <array>

namespace octroi::law {
namespace {

/// Source: WHO ICD-10, emergency codes for Covid-19; U07.10 to U07.15 are the French subdivisions
/// of U07.1 (ATIH), where U07.1 itself is not codable but still names the disease.
constexpr std::array<std::string_view, 18> k_covid_19 = {
    "U07.1", "U07.10", "U07.11", "U07.12", "U07.13", "U07.14", "U07.15", "U07.2", "U08",
    "U08.9", "U09",    "U09.9",  "U10",    "U10.9",  "U11",    "U11.9",  "U12",   "U12.9",
};

/// Categories whose members are partly Covid-19 and partly not: alone they do not say which.
constexpr std::array<std::string_view, 1> k_ambiguous = {"U07"};

template <typename Table>
bool holds(const Table& table, std::string_view code) {
  return std::find(table.begin(), table.end(), code) != table.end();
}

bool is_digit(char letter) {
  return letter >= '0' && letter <= '9';
}
bool is_letter(char letter) {
  return letter >= 'A' && letter <= 'Z';
}

std::string upper(std::string_view text) {
  std::string result;
  for (const char letter : text) {
    result += letter >= 'a' && letter <= 'z' ? static_cast<char>(letter - 'a' + 'A') : letter;
  }
  return result;
}

}  // namespace

std::string_view name_of(DiseaseScope scope) {
  switch (scope) {
    case DiseaseScope::covid_19:
      return "covid-19";
    case DiseaseScope::other:
      return "other";
    case DiseaseScope::mixed:
      return "mixed";
    case DiseaseScope::none:
      return "none";
    case DiseaseScope::unknown:
      break;
  }
  return "unknown";
}

std::optional<std::string> normalise_icd_10(std::string_view code) {
  // The dagger and asterisk of dual classification are a mark on the code, not part of it.
  if (!code.empty() && (code.back() == '+' || code.back() == '*')) code.remove_suffix(1);
  std::string text = upper(code);
  if (text.size() > 3 && text[3] == '.') text.erase(3, 1);
  constexpr std::size_t k_category = 3;
  constexpr std::size_t k_subdivision_max = 4;
  if (text.size() < k_category || text.size() > k_category + k_subdivision_max) return std::nullopt;
  const bool is_category = is_letter(text[0]) && is_digit(text[1]) && is_digit(text[2]);
  const bool is_subdivided = std::all_of(text.begin() + k_category, text.end(), [](char letter) {
    return is_digit(letter) || is_letter(letter);
  });
  if (!is_category || !is_subdivided || code.ends_with('.')) return std::nullopt;
  if (text.size() > k_category) text.insert(k_category, 1, '.');
  return text;
}

bool is_covid_19_icd_10(std::string_view code) {
  return holds(k_covid_19, code);
}

bool is_ambiguous_icd_10(std::string_view code) {
  return holds(k_ambiguous, code);
}

DiseaseScope disease_scope(std::string_view system, const std::vector<std::string_view>& codes) {
  if (codes.empty()) return DiseaseScope::none;
  if (system != "icd-10") return DiseaseScope::unknown;
  bool some_covid_19 = false;
  bool some_other = false;
  for (const std::string_view written : codes) {
    const std::optional<std::string> code = normalise_icd_10(written);
    if (!code || is_ambiguous_icd_10(*code)) return DiseaseScope::unknown;
    (is_covid_19_icd_10(*code) ? some_covid_19 : some_other) = true;
  }
  if (some_covid_19 && some_other) return DiseaseScope::mixed;
  return some_covid_19 ? DiseaseScope::covid_19 : DiseaseScope::other;
}

}  // namespace octroi::law
