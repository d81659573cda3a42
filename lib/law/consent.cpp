// SPDX-License-Identifier: Apache-2.0
#include "law/consent.hpp"

#include <algorithm>

#include <fmt/format.h>

#include "base/error.hpp"
#include "base/safe_text.hpp"
#include "law/duo.hpp"

namespace octroi::law {
namespace {

using enum ConsentResult;

/// The names of the values that a term has.
std::vector<std::string_view> values_of(const DuoTerm& term) {
  std::vector<std::string_view> names;
  const auto add = [&names](bool is_there, DuoValue value) {
    if (is_there) names.push_back(name_of(value));
  };
  add(term.diseases.has_value(), DuoValue::diseases);
  add(term.research_types.has_value(), DuoValue::research_types);
  add(term.regions.has_value(), DuoValue::regions);
  add(term.not_before.has_value(), DuoValue::not_before);
  add(term.months.has_value(), DuoValue::months);
  add(term.users.has_value(), DuoValue::users);
  add(term.projects.has_value(), DuoValue::projects);
  add(term.institutions.has_value(), DuoValue::institutions);
  return names;
}

/// One purpose under one permission. A shorthand that is no purpose is "".
ConsentAnswer purpose_answer(std::string_view permission, std::string_view purpose,
                             const DuoTerm& term, const DeclaredUse& use,
                             const DiseaseHierarchies& hierarchies) {
  const auto allowed = [&] { return ConsentAnswer{pass, fmt::format("it allows {}", purpose)}; };
  const auto denied = [&] {
    return ConsentAnswer{fail, fmt::format("it does not allow {}", purpose)};
  };
  if (permission == "NRES") return allowed();
  if (purpose == "NRES") return denied();
  if (permission == "GRU") return allowed();
  if (permission == "HMB") {
    return purpose == "HMB" || purpose == "DS" || purpose == "CC" ? allowed() : denied();
  }
  if (permission == "POA") return purpose == "POA" ? allowed() : denied();
  if (purpose != "DS") return denied();
  if (!use.diseases) return {unknown, "the diseases of the study are not declared"};
  switch (hierarchies.kinship(*use.diseases, term.diseases.value())) {
    case Kinship::within:
      return {pass, "the diseases of the study are among those that it names"};
    case Kinship::apart:
      return {fail, "a disease of the study is not among those that it names"};
    case Kinship::unknown:
      return {unknown, "the diseases of the study cannot be compared with those that it names"};
  }
  broken_invariant("a kinship without a meaning");
}

/// The worse of two, and the first of two alike.
void worsen(ConsentAnswer& so_far, ConsentAnswer other) {
  if (so_far.result < other.result) so_far = std::move(other);
}

/// Permissions double as purposes, and so does the care of patients.
bool is_purpose(const DuoCode* code) {
  return code != nullptr && (code->kind == DuoKind::permission || code->shorthand == "CC");
}

}  // namespace

std::string_view name_of(ConsentResult result) {
  switch (result) {
    case pass:
      return "pass";
    case narrows:
      return "narrows";
    case refer:
      return "refer";
    case unknown:
      return "unknown";
    case fail:
      break;
  }
  return "fail";
}

std::optional<ConsentAnswer> fault_of(const DuoTerm& term) {
  const DuoCode* code = find_duo_code(term.code);
  if (code == nullptr) return ConsentAnswer{unknown, "the code is not one of the ontology"};
  if (code->kind == DuoKind::obsolete) return ConsentAnswer{unknown, "the code is obsolete"};
  if (code->kind == DuoKind::category) {
    return ConsentAnswer{unknown, "the code names a class of codes, and is not for data"};
  }
  const std::string_view needed = name_of(code->value);
  bool has_needed = needed.empty();
  for (const std::string_view name : values_of(term)) {
    if (name != needed) {
      return ConsentAnswer{unknown, fmt::format("it has {}, which its code does not use", name)};
    }
    has_needed = true;
  }
  if (!has_needed) return ConsentAnswer{unknown, fmt::format("it lacks {}", needed)};
  return std::nullopt;
}

ConsentAnswer permission_answer(const DuoTerm& term, const DeclaredUse& use,
                                const DiseaseHierarchies& hierarchies) {
  if (std::optional<ConsentAnswer> fault = fault_of(term)) return std::move(*fault);
  const std::string_view permission = find_duo_code(term.code)->shorthand;
  const auto ask = [&](std::string_view purpose) {
    return purpose_answer(permission, purpose, term, use, hierarchies);
  };
  ConsentAnswer answer{pass, "it allows every purpose of the study"};
  if (use.purposes.empty()) {
    worsen(answer, {unknown, "no purpose is declared in codes of the ontology"});
  }
  for (const std::string_view code : use.purposes) {
    const DuoCode* known = find_duo_code(code);
    if (!is_purpose(known)) {
      worsen(answer, {unknown, fmt::format("{} is no purpose", in_quotes(code))});
    } else {
      worsen(answer, ask(known->shorthand));
    }
  }
  const auto imply = [&](std::optional<bool> is_so, std::string_view purpose,
                         std::string_view what) {
    if (is_so == false || ask(purpose).result != fail) return;
    worsen(answer,
           is_so ? ask(purpose)
                 : ConsentAnswer{unknown, fmt::format("whether it {} is not declared", what)});
  };
  imply(use.studies_ancestry, "POA", "studies ancestry");
  imply(use.serves_care, "CC", "serves the care of patients");
  return answer;
}

Consent consent(const std::vector<DuoTerm>& terms, const DeclaredUse& use,
                const DiseaseHierarchies& hierarchies, Date as_of) {
  Consent result;
  result.result = pass;
  for (const DuoTerm& term : terms) {
    const DuoCode* code = find_duo_code(term.code);
    const bool is_permission = code != nullptr && code->kind == DuoKind::permission;
    if (is_permission) ++result.permissions;
    ConsentTerm one{term.code, code == nullptr ? std::string_view() : code->shorthand,
                    is_permission ? permission_answer(term, use, hierarchies)
                                  : modifier_answer(term, use, as_of)};
    result.result = std::max(result.result, one.answer.result);
    result.terms.push_back(std::move(one));
    if (term.months)
      result.months_max = std::min(*term.months, result.months_max.value_or(*term.months));
    if (term.not_before && as_of < *term.not_before) {
      result.not_before = std::max(*term.not_before, result.not_before.value_or(*term.not_before));
    }
    if (!term.users) continue;
    Texts left;
    for (const UsingPerson& user : use.users) {
      const bool is_named =
          std::find(term.users->begin(), term.users->end(), user.id) != term.users->end();
      const bool was_left = !result.users || std::find(result.users->begin(), result.users->end(),
                                                       user.id) != result.users->end();
      if (is_named && was_left) left.push_back(user.id);
    }
    result.users = std::move(left);
  }
  if (result.permissions == 0) result.result = std::max(result.result, unknown);
  if (result.users && result.users->empty()) {
    // Two terms may leave nobody where each alone leaves somebody.
    result.result = std::max(result.result, use.users.empty() ? unknown : fail);
  }
  return result;
}

}  // namespace octroi::law
