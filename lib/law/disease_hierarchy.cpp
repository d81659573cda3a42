// SPDX-License-Identifier: Apache-2.0
#include "law/disease_hierarchy.hpp"

#include <algorithm>
#include <optional>
#include <set>
#include <string>

#include "law/disease_scope.hpp"

namespace octroi::law {
namespace {

using json::Value;

/// "MONDO:0100096" as the documents write it; the prefix may be written in small letters.
std::string upper_term(std::string_view code) {
  std::string result(code);
  for (char& letter : result) {
    if (letter >= 'a' && letter <= 'z') letter = static_cast<char>(letter - 'a' + 'A');
  }
  return result;
}

std::string_view prefix_of(std::string_view system) {
  return system == "mondo" ? "MONDO:" : system == "doid" ? "DOID:" : "";
}

/// True for the prefix of the system and digits.
bool is_term(std::string_view system, std::string_view code) {
  const std::string_view prefix = prefix_of(system);
  return !prefix.empty() && code.size() > prefix.size() && code.starts_with(prefix) &&
         code.find_first_not_of("0123456789", prefix.size()) == std::string_view::npos;
}

/// Every term is visited once, so that the work is linear in the document.
bool has_ancestor(const Value& parents, std::string_view term, std::string_view ancestor) {
  std::set<std::string_view> seen = {term};
  std::vector<std::string_view> open = {term};
  while (!open.empty()) {
    const Value* above = parents.find(open.back());
    open.pop_back();
    if (above == nullptr) continue;
    for (const Value& one : above->as_array()) {
      if (one.as_string() == ancestor) return true;
      if (seen.insert(one.as_string()).second) open.push_back(one.as_string());
    }
  }
  return false;
}

Kinship term_kinship(const Value& document, std::string_view term, std::string_view of) {
  const Value& parents = document.at("parents");
  if (parents.find(term) == nullptr || parents.find(of) == nullptr) return Kinship::unknown;
  return has_ancestor(parents, term, of) ? Kinship::within : Kinship::apart;
}

/// The better of two: one that lies within is enough, and one unknown leaves it open.
Kinship nearer(Kinship left, Kinship right) {
  if (left == Kinship::within || right == Kinship::within) return Kinship::within;
  return left == Kinship::unknown ? left : right;
}

/// The worse of two: one that is apart decides.
Kinship farther(Kinship left, Kinship right) {
  if (left == Kinship::apart || right == Kinship::apart) return Kinship::apart;
  return left == Kinship::unknown ? left : right;
}

}  // namespace

Kinship icd_10_kinship(std::string_view code, std::string_view of) {
  const std::optional<std::string> narrow = normalise_icd_10(code);
  const std::optional<std::string> wide = normalise_icd_10(of);
  if (!narrow || !wide || is_ambiguous_icd_10(*narrow) || is_ambiguous_icd_10(*wide)) {
    return Kinship::unknown;
  }
  if (*narrow == *wide) return Kinship::within;
  constexpr char k_special_chapter = 'U';
  const bool is_special = wide->front() == k_special_chapter;
  if (is_special && !(is_covid_19_icd_10(*narrow) && is_covid_19_icd_10(*wide))) {
    return Kinship::apart;
  }
  return narrow->starts_with(*wide) ? Kinship::within : Kinship::apart;
}

Kinship DiseaseHierarchies::kinship(std::string_view system, std::string_view code,
                                    std::string_view of) const {
  if (system == "icd-10") return icd_10_kinship(code, of);
  const std::string narrow = upper_term(code);
  const std::string wide = upper_term(of);
  if (!is_term(system, narrow) || !is_term(system, wide)) return Kinship::unknown;
  if (narrow == wide) return Kinship::within;
  for (const Value* document : documents_) {
    if (document->text("id") == system) return term_kinship(*document, narrow, wide);
  }
  return Kinship::unknown;
}

Kinship DiseaseHierarchies::kinship(const DiseaseTerms& terms, const DiseaseTerms& allowed) const {
  if (terms.system != allowed.system || terms.codes.empty() || allowed.codes.empty()) {
    return Kinship::unknown;
  }
  Kinship all = Kinship::within;
  for (const std::string_view code : terms.codes) {
    Kinship nearest = Kinship::apart;
    for (const std::string_view of : allowed.codes) {
      nearest = nearer(nearest, kinship(terms.system, code, of));
    }
    all = farther(all, nearest);
  }
  return all;
}

}  // namespace octroi::law
