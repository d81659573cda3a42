// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/bytes.hpp"
#include "base/time.hpp"
#include "json/value.hpp"
#include "law/jurisdiction.hpp"
#include "model/document.hpp"
#include "rules/compiled_rulebook.hpp"
#include "rules/facts.hpp"
#include "rules/outcome.hpp"
#include "rules/text.hpp"

namespace octroi::rules {

/// What one rule said of the request, or of one dataset of it.
struct Finding {
  std::string rulebook;
  std::string rule;
  std::string dataset;  ///< "" for a rule about the request as a whole
  Outcome outcome = Outcome::incomplete;
  Text title;
  Text because;  ///< why the rule asks this; after not-applicable, why it does not apply here
  Text remedy;   ///< what the applicant can do; empty after pass and not-applicable
  std::vector<Citation> cites;
  std::map<std::string, json::Value> facts_used;  ///< by path: "dataset.extent" → "whole"
  std::string missing;  ///< the path of the fact whose absence made this incomplete, or ""
  std::string message;  ///< what the evaluation said when it failed, or ""

  /// What a decision calls this finding: "RULE", or "DATASET/RULE".
  [[nodiscard]] std::string id() const { return dataset.empty() ? rule : dataset + "/" + rule; }
  friend bool operator==(const Finding&, const Finding&) = default;
};

/// What a rule that passed takes away from the token.
struct Narrowing {
  std::string rulebook;
  std::string rule;
  std::string dataset;            ///< "" when it holds for all
  std::optional<int> months_max;  ///< the token may not be valid longer
  Text obligation;                ///< what the holder must do; may be empty
  /// The ids of the only users that may stay; nothing where none is dropped.
  std::optional<std::vector<std::string>> users = {};

  friend bool operator==(const Narrowing&, const Narrowing&) = default;
};

/// The ids of the users that the narrowings of these datasets and of the request leave, sorted;
/// nothing where none drops anybody.
[[nodiscard]] std::optional<std::vector<std::string>> users_left(
    const std::vector<Narrowing>& narrowings, const std::vector<std::string>& dataset_ids);

/// A fact that was declared and that the rulebook says it does not look at.
struct Disregarded {
  std::string rulebook;
  std::string fact;   ///< its path: "host.contract_clauses"
  json::Value value;  ///< what was declared
  Text because;
  std::vector<Citation> cites;

  friend bool operator==(const Disregarded&, const Disregarded&) = default;
};

/// Which documents an assessment is about: plain SHA-256 of their bytes.
struct AssessedDocuments {
  Digest request;
  Digest provider;
  std::map<std::string, Digest> datasets;          ///< by dataset id
  std::map<std::string, Digest> rulebooks;         ///< by rulebook id, those in force
  std::map<std::string, Digest> hierarchies = {};  ///< by system, those needed

  friend bool operator==(const AssessedDocuments&, const AssessedDocuments&) = default;
};

/// What computed an assessment. Another one may say something else of the same documents.
struct Engine {
  std::string rules;  ///< k_engine_rules of the program
  std::string facts;  ///< hex SHA-256 of the fact schema that its rules were checked against

  friend bool operator==(const Engine&, const Engine&) = default;
};

/// Changes whenever the same documents and day give another assessment: other facts, other
/// reference tables of the law, another evaluation.
constexpr std::string_view k_engine_rules = "octroi/rules/1";

/// That of this program.
[[nodiscard]] const Engine& this_engine();

/// Whether the host is subject exclusively to European law, with the steps that decided.
struct HostAnswer {
  std::string provider;
  law::Answer exclusively_eu_law = law::Answer::unknown;
  std::vector<Text> chain;  ///< one line a step

  friend bool operator==(const HostAnswer&, const HostAnswer&) = default;
};

/// What the rulebooks in force said of a request on a day: every finding, and the verdicts. It is a
/// computation and never a decision. The same documents, rulebooks and day give the same bytes.
struct Assessment {
  Date as_of;
  Verdict verdict = Verdict::refuse;         ///< the worst of all findings
  std::map<std::string, Verdict> datasets;   ///< the worst for each dataset, request included
  std::map<std::string, Verdict> rulebooks;  ///< the worst of each rulebook
  std::vector<Finding> findings;             ///< by rulebook id, rule order, dataset id
  std::vector<Narrowing> narrowings;
  std::vector<Disregarded> disregarded;
  HostAnswer host;
  AssessedDocuments documents;
  std::optional<Engine> engine;  ///< nothing in one that was recorded before engines were named

  /// The worst of the findings that concern these datasets or the request as a whole: what a
  /// decision that keeps only some datasets has to answer. A dataset that was not assessed refuses.
  [[nodiscard]] Verdict verdict_for(const std::vector<std::string>& dataset_ids) const;

  /// The ids of the findings with outcome refer that concern these datasets or the request as a
  /// whole, in order: what a decision has to resolve, each by name.
  [[nodiscard]] std::vector<std::string> referred(
      const std::vector<std::string>& dataset_ids) const;

  /// The users that its narrowings leave; see the function of that name.
  [[nodiscard]] std::optional<std::vector<std::string>> users_left(
      const std::vector<std::string>& dataset_ids) const;

  /// The form under schemas/assessment.schema.json. Its canonical bytes are what is stored.
  [[nodiscard]] json::Value to_json() const;

  /// Reads a stored assessment back.
  [[nodiscard]] static Assessment from(const model::Document& document);

  friend bool operator==(const Assessment&, const Assessment&) = default;
};

/// What the rulebooks in force on the day of the facts say of them, with no documents behind it:
/// `documents` names the rulebooks alone. Throws as assess does.
[[nodiscard]] Assessment assess_facts(const Facts& facts,
                                      const std::vector<CompiledRulebook>& rulebooks);

/// Assesses a case under the rulebooks that are in force on the day of the facts; the order of
/// `rulebooks` means nothing. `facts` must be those of `documents`.
/// Throws Error(not_yet) when none is in force: without rules there is no verdict.
/// Throws Error(bad_input) when two rulebooks in force have the same id.
[[nodiscard]] Assessment assess(const Case& documents, const Facts& facts,
                                const std::vector<CompiledRulebook>& rulebooks);

}  // namespace octroi::rules
