// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/time.hpp"
#include "law/jurisdiction_words.hpp"

namespace octroi::model {
struct Provider;
}

namespace octroi::law {

/// What a computation on declared facts can say. Unknown never counts as yes.
enum class Answer { yes, no, unknown };

/// "yes", "no", "unknown".
[[nodiscard]] std::string_view name_of(Answer answer);

/// The answer of that name, or nothing.
[[nodiscard]] std::optional<Answer> parse_answer(std::string_view name);

/// What a step of the answer looked at. Each names the limb of SecNumCloud 3.2 section 19.6 that it
/// belongs to; see `source_of`.
enum class JurisdictionTest {
  registered_office,        ///< limb a: where the party's registered office is
  central_administration,   ///< limb a
  principal_establishment,  ///< limb a
  controlled_by,         ///< who controls the party: votes above one half, directly or in a chain
  shares_held_by,        ///< limb b1: a holder outside the Union against the individual ceiling
  shares_held_together,  ///< limb b2: all holders outside the Union against the joint ceiling
  undeclared_remainder,  ///< shares that nobody declared, and what they could hide
  natural_person,        ///< a holder the text does not speak of, where it would decide
  veto,                  ///< limb b3
  appoints_majority,     ///< limb b4
  look_through,          ///< limbs b1 and b2 with minorities of minorities multiplied
  supplier_access,       ///< limb c: a supplier that could obtain customer or technical data
  supplier_autonomy,     ///< limb d: whether the operator can go on without the supplier
};

/// The test's name: "registered office", "controlled by", …; in French for "fr".
[[nodiscard]] std::string_view name_of(JurisdictionTest test, std::string_view language = "en");

/// The provision that the test applies.
[[nodiscard]] std::string_view source_of(JurisdictionTest test);

/// One step: of `party`, `test` found `value`, and that speaks for `answer`.
struct JurisdictionStep {
  std::string party;  ///< the party's id in the provider document
  JurisdictionTest test;
  Wording value;  ///< a country, a holder with its share, "not declared", …
  Answer answer;
  std::string holder = {};                ///< whom the step is about, if it names one
  std::vector<std::string> through = {};  ///< the controlled companies by which it holds

  friend bool operator==(const JurisdictionStep&, const JurisdictionStep&) = default;
};

/// "microsoft-corporation: registered office US" — the step on one line.
[[nodiscard]] std::string describe(const JurisdictionStep& step, std::string_view language = "en");

/// Whether a provider's operator is subject exclusively to European law, and why: the steps that
/// decided. After a no, those that say no; after an unknown, those that are unknown; after a yes,
/// all of them. Never empty, in the order of the document.
struct JurisdictionAnswer {
  Answer exclusively_eu_law;
  std::vector<JurisdictionStep> chain;

  /// The chain as a tree, one line a step: under a step about a holder, indented by two blanks,
  /// the steps about who it holds through and about itself. Each step once, at the same place in
  /// every language.
  [[nodiscard]] std::vector<std::string> as_lines(std::string_view language = "en") const;
};

/// Computes the answer on a day.
///
/// No, when any of these holds: a seat of the operator or of a party that controls it lies outside
/// the European Union; holders outside the Union, what they control counted whole, have more than
/// 24 % each or 39 % together of its capital or votes; one of them, or several together, have a
/// veto or appoint the majority of its organs; a supplier outside the Union, or controlled from
/// outside, can obtain data, or the operator cannot do without it. Otherwise unknown, when a
/// missing declaration could hide one of these, when natural persons outside the Union hold so
/// much, when holders pass a ceiling only with minorities of minorities multiplied, or when a veto
/// from outside lies on a company that controls the operator. Otherwise yes.
///
/// Throws Error(bad_input) as PartyGraph does.
/// Source: SecNumCloud 3.2 section 19.6; Code de commerce L.233-3, L.233-4, L.233-10, L.233-31.
[[nodiscard]] JurisdictionAnswer exclusively_eu_law(const model::Provider& provider, Date as_of);

}  // namespace octroi::law
