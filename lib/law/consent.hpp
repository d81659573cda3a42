// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/time.hpp"
#include "law/disease_hierarchy.hpp"
#include "law/standing.hpp"

namespace octroi::law {

/// Texts of documents, which are borrowed as all texts here are.
using Texts = std::vector<std::string_view>;

/// A term that a dataset carries, with its values. What is left out is not declared.
struct DuoTerm {
  std::string_view code;
  std::optional<DiseaseTerms> diseases;
  std::optional<Texts> research_types;
  std::optional<Texts> regions;  ///< countries, ISO 3166-1
  std::optional<Date> not_before;
  std::optional<int> months;
  std::optional<Texts> users;
  std::optional<Texts> projects;
  std::optional<Texts> institutions;  ///< registration numbers
};

/// One of the organisations that use the data: controller, joint controllers, implementing body.
struct UsingBody {
  std::string_view name;
  std::string_view sector;       ///< "" when it is not declared
  std::string_view business_id;  ///< its registration number; "" when it is not declared
};

struct UsingPerson {
  std::string_view id;
  std::string_view organisation;
};

/// What a committee has said.
struct EthicsOpinion {
  std::string_view body;
  std::string_view
      outcome;  ///< "favourable", "favourable-with-reservations", "unfavourable", "pending"
  Standing standing;
};

/// A use of data as a request declares it. What is left out is unknown.
struct DeclaredUse {
  Texts purposes;  ///< codes of the ontology
  std::optional<DiseaseTerms> diseases;
  std::optional<bool> is_commercial;
  std::optional<bool> develops_methods;
  std::optional<bool> studies_ancestry;
  std::optional<bool> is_genetic;
  std::optional<bool> serves_care;
  std::optional<Texts> research_types;
  std::optional<bool> returns_results;
  std::optional<bool> collaborates;
  std::optional<bool> publishes;
  std::optional<Date> publishes_from;
  bool has_collaboration_letter = false;
  bool has_committee_opinion = false;  ///< the document itself is attached
  std::vector<EthicsOpinion> opinions;
  std::vector<UsingBody> bodies;
  std::vector<UsingPerson> users;
  std::string_view project;       ///< its short name; "" when it is not declared
  Texts countries;                ///< where it takes place
  bool are_places_known = false;  ///< false: it may take place elsewhere too
};

/// What one term says of a use, worst last. Only the first two let it pass.
enum class ConsentResult {
  pass,
  narrows,  ///< it passes, for less time, fewer users or with an obligation
  refer,    ///< a person must look at it
  unknown,  ///< something is not declared, or the term itself says too little
  fail,
};

/// "pass", "narrows", "refer", "unknown", "fail".
[[nodiscard]] std::string_view name_of(ConsentResult result);

struct ConsentAnswer {
  ConsentResult result;
  std::string reason;  ///< in a few words, for people

  friend bool operator==(const ConsentAnswer&, const ConsentAnswer&) = default;
};

struct ConsentTerm {
  std::string_view code;
  std::string_view shorthand;  ///< "" for a code that data cannot carry
  ConsentAnswer answer;

  friend bool operator==(const ConsentTerm&, const ConsentTerm&) = default;
};

/// What a dataset's terms say of a use.
struct Consent {
  ConsentResult result = ConsentResult::unknown;  ///< the worst of all terms
  std::vector<ConsentTerm> terms;                 ///< in the order of the dataset
  int permissions = 0;                            ///< how many of them are permissions
  std::optional<int> months_max;                  ///< the shortest time that a term sets
  std::optional<Texts> users;                     ///< whom the terms leave, where one names users
  std::optional<Date> not_before;                 ///< the latest end of a moratorium to come
};

/// Whether the terms permit the use, each by itself: adding a term never makes the answer better.
/// Without a permission among them the answer is unknown at best. A term that lacks the value it
/// needs, or has one that its code does not use, is unknown, and so are an obsolete and an unknown
/// code. CC is a term that widens; so that no term can help another, it gives nothing here that the
/// permission does not give.
/// Source: GA4GH Data Use Ontology, definitions of the codes.
[[nodiscard]] Consent consent(const std::vector<DuoTerm>& terms, const DeclaredUse& use,
                              const DiseaseHierarchies& hierarchies, Date as_of);

/// Whether a permission code alone permits the purposes.
///
///   NRES, GRU   any purpose of the ontology (GRU not NRES, which is no research purpose)
///   HMB         HMB, DS, CC
///   DS of x     DS of x or of a kind of x
///   POA         POA
///
/// A purpose is also what the use is declared to be: a study of ancestry is one of POA, care of
/// patients one of CC. Where such a purpose would not be permitted, leaving it undeclared is
/// unknown. Every purpose has to be permitted.
[[nodiscard]] ConsentAnswer permission_answer(const DuoTerm& term, const DeclaredUse& use,
                                              const DiseaseHierarchies& hierarchies);

/// What keeps a term from saying anything: an obsolete or unknown code, a class of codes, a value
/// that it lacks or does not use. Nothing where it can be asked.
[[nodiscard]] std::optional<ConsentAnswer> fault_of(const DuoTerm& term);

/// What a modifier alone says.
[[nodiscard]] ConsentAnswer modifier_answer(const DuoTerm& term, const DeclaredUse& use,
                                            Date as_of);

/// True for the name of a committee that gives ethics approval: one that says so, or one of the
/// French committees that do. Source: Code de la santé publique, L.1123-1 (CPP); L.1462-1 and
/// R.1461-2 (CESREES).
[[nodiscard]] bool is_ethics_committee(std::string_view name);

}  // namespace octroi::law
