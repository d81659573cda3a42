// SPDX-License-Identifier: Apache-2.0
#include "law/disease_hierarchy.hpp"

#include <algorithm>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <utility>

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

std::vector<std::string> upper_terms(const std::vector<std::string_view>& codes) {
  std::vector<std::string> terms;
  terms.reserve(codes.size());
  for (const std::string_view code : codes) terms.push_back(upper_term(code));
  return terms;
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

/// Whether terms lie within one of those allowed; all are written in capital letters. Every term of
/// the hierarchy is looked at once, whatever is asked, so that the work is linear in the document.
class TermKinship {
 public:
  /// `parents`: of the system's hierarchy; it and the texts are borrowed.
  TermKinship(std::string_view system, const Value& parents,
              const std::vector<std::string>& allowed)
      : system_(system), parents_(parents) {
    for (const std::string& term : allowed) {
      if (is_term(system, term)) allowed_.insert(term);
      if (!is_term(system, term) || parents.find(term) == nullptr) is_any_unknown_ = true;
    }
  }

  Kinship of(std::string_view term) {
    if (!is_term(system_, term)) return Kinship::unknown;
    if (allowed_.contains(term)) return Kinship::within;
    if (parents_.find(term) == nullptr) return Kinship::unknown;
    if (is_within(term)) return Kinship::within;
    return is_any_unknown_ ? Kinship::unknown : Kinship::apart;
  }

 private:
  bool is_within(std::string_view term) {
    struct Step {
      std::string_view term;
      bool is_above_known;
    };
    std::vector<Step> open = {{term, false}};
    while (!open.empty()) {
      const Step step = open.back();
      if (step.is_above_known) {
        open.pop_back();
        within_[step.term] = leads_within(step.term);
        continue;
      }
      // While what is above it is looked at, a term counts as apart: a ring, which no valid
      // document has, leads nowhere.
      const bool is_allowed = allowed_.contains(step.term);
      if (!within_.emplace(step.term, is_allowed).second || is_allowed) {
        open.pop_back();
        continue;
      }
      open.back().is_above_known = true;
      for (const std::string_view above : above_of(step.term)) {
        if (!within_.contains(above)) open.push_back({above, false});
      }
    }
    return within_.at(term);
  }

  std::vector<std::string_view> above_of(std::string_view term) const {
    std::vector<std::string_view> above;
    if (const Value* terms = parents_.find(term)) {
      for (const Value& one : terms->as_array()) above.push_back(one.as_string());
    }
    return above;
  }

  bool leads_within(std::string_view term) const {
    const std::vector<std::string_view> above = above_of(term);
    return std::any_of(above.begin(), above.end(),
                       [this](std::string_view one) { return within_.at(one); });
  }

  std::string_view system_;
  const Value& parents_;
  std::set<std::string_view> allowed_;
  bool is_any_unknown_ = false;
  std::map<std::string_view, bool> within_;  ///< of the terms that were looked at
};

/// What some codes come to: one that is `decisive` is enough, and one unknown leaves it open; else
/// it is `otherwise`.
template <typename Codes, typename KinshipOf>
Kinship folded(const Codes& codes, Kinship decisive, Kinship otherwise,
               const KinshipOf& kinship_of) {
  Kinship result = otherwise;
  for (const std::string_view code : codes) {
    const Kinship one = kinship_of(code);
    if (one == decisive) return one;
    if (one == Kinship::unknown) result = one;
  }
  return result;
}

template <typename Codes, typename KinshipOf>
Kinship any_of(const Codes& codes, const KinshipOf& kinship_of) {
  return folded(codes, Kinship::within, Kinship::apart, kinship_of);
}

template <typename Codes, typename KinshipOf>
Kinship all_of(const Codes& codes, const KinshipOf& kinship_of) {
  return folded(codes, Kinship::apart, Kinship::within, kinship_of);
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
  return kinship({system, {code}}, {system, {of}});
}

Kinship DiseaseHierarchies::kinship(const DiseaseTerms& terms, const DiseaseTerms& allowed) const {
  if (terms.system != allowed.system || terms.codes.empty() || allowed.codes.empty()) {
    return Kinship::unknown;
  }
  if (terms.system == "icd-10") {
    return all_of(terms.codes, [&allowed](std::string_view code) {
      return any_of(allowed.codes,
                    [code](std::string_view of) { return icd_10_kinship(code, of); });
    });
  }
  const std::vector<std::string> narrow = upper_terms(terms.codes);
  const std::vector<std::string> wide = upper_terms(allowed.codes);
  TermKinship kinship(terms.system, parents_of(terms.system), wide);
  return all_of(narrow, [&kinship](std::string_view term) { return kinship.of(term); });
}

const Value& DiseaseHierarchies::parents_of(std::string_view system) const {
  static const Value k_no_terms = Value::Object{};
  for (const Value* document : documents_) {
    if (document->text("id") == system) return document->at("parents");
  }
  return k_no_terms;
}

}  // namespace octroi::law
