// SPDX-License-Identifier: Apache-2.0
#include "rules/what_if.hpp"

#include <algorithm>
#include <map>
#include <optional>
#include <set>

#include "rules/fact_sources.hpp"
#include "rules/judgement.hpp"
#include "rules/rulebook_content.hpp"

namespace octroi::rules {
namespace {

using json::Value;
using model::Document;
using model::DocumentKind;

/// Edits made together, by their keys: equal sets are equal, and their order says nothing.
using EditKeys = std::set<std::string>;

/// A finding that stands in the way.
struct Obstacle {
  Verdict verdict;
  std::string rulebook;
  std::string rule;
  std::string dataset;
};

/// What the rules say of a changed request; without a verdict it is no valid request.
struct Answer {
  std::optional<Verdict> verdict;
  std::vector<Obstacle> obstacles;
};

/// Assesses changed requests, each once, and knows what could be changed next.
class Candidates {
 public:
  Candidates(const Case& documents, const std::vector<const Document*>& providers, Date as_of,
             const std::vector<CompiledRulebook>& rulebooks)
      : documents_(documents), as_of_(as_of), rulebooks_(rulebooks) {
    providers_.emplace(documents.provider.value.text("id"), &documents.provider);
    for (const Document* one : providers) providers_.emplace(one->value.text("id"), one);
    for (const auto& [id, document] : providers_) provider_ids_.push_back(id);
    for (const CompiledRulebook& rulebook : rulebooks) {
      if (!rulebook.is_in_force(as_of)) continue;
      for (const CompiledRule& rule : rulebook.content().rules) {
        rules_.emplace(std::pair(rulebook.id(), rule.id), &rule);
      }
    }
  }

  [[nodiscard]] const Answer& answer(const EditKeys& keys) {
    const auto known = answers_.find(keys);
    if (known != answers_.end()) return known->second;
    return answers_.emplace(keys, assessed(edits_of(keys))).first->second;
  }

  /// The sets with one more edit, of which one is part of every set that holds these edits and gets
  /// past the obstacles to the target.
  [[nodiscard]] std::vector<EditKeys> next(const EditKeys& keys, Verdict target) {
    const std::vector<Edit> made = edits_of(keys);
    std::optional<std::vector<std::string>> fewest;
    for (const Obstacle& obstacle : answer(keys).obstacles) {
      if (obstacle.verdict <= target) continue;
      std::vector<std::string> further = not_excluded(edits_past(obstacle), made);
      if (!fewest || further.size() < fewest->size()) fewest = std::move(further);
      if (fewest->empty()) break;
    }
    std::vector<EditKeys> result;
    for (std::string& key : fewest.value_or(std::vector<std::string>{})) {
      result.push_back(keys);
      result.back().insert(std::move(key));
    }
    return result;
  }

  [[nodiscard]] std::vector<Edit> edits_of(const EditKeys& keys) const {
    std::vector<Edit> edits;
    for (const std::string& key : keys) edits.push_back(edits_.at(key));
    return edits;
  }

  [[nodiscard]] std::size_t assessed_count() const { return answers_.size() - 1; }

 private:
  [[nodiscard]] Answer assessed(const std::vector<Edit>& edits) {
    const std::optional<Document> request =
        model::valid_document(DocumentKind::request, edited(documents_.request.value, edits));
    if (!request) return {};
    const std::string provider = request->value.at("environment").text("provider");
    const Case changed{*request, documents_.datasets, *providers_.at(provider),
                       documents_.hierarchies};
    const Facts facts = compute_facts(changed, host_of(provider), as_of_);
    const Judgement judgement = judge(facts, rulebooks_);
    Answer answer{judgement.verdict, {}};
    for (const Ruling& ruling : judgement.rulings) {
      const Verdict verdict = verdict_of(ruling.outcome);
      if (verdict == Verdict::clear) continue;
      answer.obstacles.push_back(
          {verdict, ruling.rulebook->id(), ruling.rule->id, judgement.subjects[ruling.subject].id});
    }
    return answer;
  }

  /// The same for every candidate with that provider.
  [[nodiscard]] const KnownHost& host_of(const std::string& provider) {
    const auto known = hosts_.find(provider);
    if (known != hosts_.end()) return known->second;
    return hosts_.try_emplace(provider, *providers_.at(provider), as_of_).first->second;
  }

  [[nodiscard]] std::optional<std::size_t> position_of(const std::string& dataset) const {
    const Value::Array& uses = documents_.request.value.at("datasets").as_array();
    for (std::size_t i = 0; i < uses.size(); ++i) {
      if (uses[i].text("dataset") == dataset) return i;
    }
    return std::nullopt;
  }

  /// The places of the request that the rule behind an obstacle reads.
  [[nodiscard]] std::set<std::string> places_of(const Obstacle& obstacle) const {
    const CompiledRule& rule = *rules_.at({obstacle.rulebook, obstacle.rule});
    const std::optional<std::size_t> position = position_of(obstacle.dataset);
    std::set<std::string> places;
    for (const Condition* condition : {&rule.applies, &rule.requirement}) {
      for (const std::string& path : condition->reads()) {
        for (const FactSource& source : fact_sources(path, position)) {
          if (source.declarer == Declarer::request) places.insert(source.pointer);
        }
      }
    }
    return places;
  }

  /// The keys of the edits of what the rule behind an obstacle reads; the same in every candidate.
  [[nodiscard]] const std::set<std::string>& edits_past(const Obstacle& obstacle) {
    const std::string name = obstacle.rulebook + " " + obstacle.rule + " " + obstacle.dataset;
    const auto [known, is_new] = edits_past_.try_emplace(name);
    if (!is_new) return known->second;
    for (const std::string& place : places_of(obstacle)) {
      for (Edit& edit : possible_edits(documents_.request.value, place, provider_ids_)) {
        const std::string key = edit.key();
        known->second.insert(key);
        edits_.emplace(key, std::move(edit));
      }
    }
    return known->second;
  }

  [[nodiscard]] std::vector<std::string> not_excluded(const std::set<std::string>& keys,
                                                      const std::vector<Edit>& made) const {
    std::vector<std::string> result;
    for (const std::string& key : keys) {
      const Edit& edit = edits_.at(key);
      const bool is_excluded = std::any_of(made.begin(), made.end(), [&edit](const Edit& one) {
        return exclude_each_other(one, edit);
      });
      if (!is_excluded) result.push_back(key);
    }
    return result;
  }

  const Case& documents_;
  Date as_of_;
  const std::vector<CompiledRulebook>& rulebooks_;
  std::map<std::string, const Document*> providers_;
  std::vector<std::string> provider_ids_;
  std::map<std::string, KnownHost> hosts_;  ///< by provider, as far as they were needed
  std::map<std::pair<std::string, std::string>, const CompiledRule*> rules_;
  std::map<std::string, Edit> edits_;
  std::map<std::string, std::set<std::string>> edits_past_;  ///< by obstacle
  std::map<EditKeys, Answer> answers_;
};

/// A search for one verdict: the edits that reach it, and whether a limit ended it.
struct Outcomes {
  std::optional<EditKeys> found;
  bool is_exhaustive = true;
};

/// The sets that are one edit larger than those given; no more than `count_max` of them.
std::set<EditKeys> larger_than(Candidates& candidates, const std::set<EditKeys>& level,
                               Verdict target, std::size_t count_max) {
  std::set<EditKeys> larger;
  for (const EditKeys& keys : level) {
    for (EditKeys& more : candidates.next(keys, target)) {
      if (larger.size() == count_max) return larger;
      larger.insert(std::move(more));
    }
  }
  return larger;
}

/// Sets of edits by size, those of one size in the order of their keys.
Outcomes search(Candidates& candidates, Verdict target) {
  std::set<EditKeys> level = {{}};
  std::size_t left = k_what_if_candidates_max;
  for (std::size_t size = 1; size <= k_what_if_changes_max; ++size) {
    std::set<EditKeys> larger = larger_than(candidates, level, target, left + 1);
    if (larger.empty()) return {};
    level.clear();
    for (const EditKeys& keys : larger) {
      if (left-- == 0) return {std::nullopt, false};
      const Answer& answer = candidates.answer(keys);
      if (!answer.verdict) continue;
      if (*answer.verdict <= target) return {keys, true};
      level.insert(keys);
    }
  }
  return {std::nullopt, larger_than(candidates, level, target, 1).empty()};
}

Value change_json(const Change& change) {
  Value result = json::object(
      {{"pointer", change.pointer}, {"only_if_true", change.proposal == Proposal::statement}});
  if (change.from) result.set("from", *change.from);
  if (change.to) result.set("to", *change.to);
  return result;
}

}  // namespace

WhatIf what_if(const Case& documents, const std::vector<const Document*>& providers, Date as_of,
               const std::vector<CompiledRulebook>& rulebooks) {
  Candidates candidates(documents, providers, as_of, rulebooks);
  WhatIf result;
  result.now = candidates.answer({}).verdict.value_or(Verdict::refuse);
  result.reached = result.now;
  for (Verdict target = Verdict::clear; target < result.now;
       target = static_cast<Verdict>(static_cast<int>(target) + 1)) {
    const Outcomes outcome = search(candidates, target);
    result.is_exhaustive = result.is_exhaustive && outcome.is_exhaustive;
    if (!outcome.found) continue;
    result.reached = target;
    result.changes = changes_of(documents.request.value, candidates.edits_of(*outcome.found));
    break;
  }
  result.assessed = candidates.assessed_count();
  return result;
}

Value to_json(const WhatIf& what_if) {
  Value changes = Value::Array{};
  for (const Change& change : what_if.changes) changes.push(change_json(change));
  return json::object({{"now", std::string(name_of(what_if.now))},
                       {"reached", std::string(name_of(what_if.reached))},
                       {"changes", std::move(changes)},
                       {"changes_max", static_cast<std::int64_t>(k_what_if_changes_max)},
                       {"assessed", static_cast<std::int64_t>(what_if.assessed)},
                       {"is_exhaustive", what_if.is_exhaustive}});
}

}  // namespace octroi::rules
