// SPDX-License-Identifier: Apache-2.0
#include "gate/rule_effect.hpp"

#include <algorithm>
#include <map>
#include <tuple>
#include <utility>

#include "base/error.hpp"
#include "gate/acting.hpp"
#include "gate/case_documents.hpp"
#include "gate/catalogue.hpp"
#include "registry/catalogue.hpp"
#include "registry/erasures.hpp"
#include "registry/requests.hpp"
#include "rules/assessment.hpp"

namespace octroi::gate {
namespace {

using json::Value;
using model::Document;
using rules::Assessment;
using rules::CompiledRulebook;
using rules::Finding;

/// The same findings of both versions, by rulebook and id.
using FindingKey = std::pair<std::string, std::string>;

/// Assesses requests under two sets of rulebooks; who stands behind a host is asked once.
class Comparer {
 public:
  Comparer(Database& database, const Document& before, const Document& after, Date as_of)
      : database_(database),
        source_(database),
        as_of_(as_of),
        old_id_(before.value.text("id")),
        new_id_(after.value.text("id")) {
    const std::vector<CompiledRulebook> adopted = rulebooks_in_force(database, as_of);
    for (const CompiledRulebook& rulebook : adopted) {
      if (rulebook.id() == old_id_) {
        is_old_in_force_ = rulebook.sha256() == before.sha256 && rulebook.is_in_force(as_of);
        continue;
      }
      old_rulebooks_.push_back(rulebook);
      if (rulebook.id() != new_id_) new_rulebooks_.push_back(rulebook);
    }
    put_into(old_rulebooks_, before, old_id_);
    put_into(new_rulebooks_, after, new_id_);
  }

  [[nodiscard]] bool is_old_in_force() const { return is_old_in_force_; }

  [[nodiscard]] RequestChange compare(const registry::Request& request) {
    const model::Document asked =
        load(database_, request.document, model::DocumentKind::request, request.id);
    const rules::Case documents = source_.case_of(asked);
    const rules::Facts facts = source_.facts_of(documents, as_of_);
    const std::optional<Assessment> before = assessed(documents, facts, old_rulebooks_);
    const std::optional<Assessment> after = assessed(documents, facts, new_rulebooks_);
    RequestChange change{
        request.id, request.version, request.state, asked.value.text("title"), {}, {}, {}};
    if (before) change.from = before->verdict;
    if (after) change.to = after->verdict;
    change.findings = changed_findings(before, after);
    change.is_narrowed_otherwise = narrowings(before) != narrowings(after);
    return change;
  }

 private:
  static void put_into(std::vector<CompiledRulebook>& rulebooks, const Document& document,
                       const std::string& id) {
    // An adopted rulebook of that id gives way.
    std::erase_if(rulebooks, [&id](const CompiledRulebook& one) { return one.id() == id; });
    rulebooks.push_back(CompiledRulebook::require(document, id));
  }

  [[nodiscard]] std::optional<Assessment> assessed(
      const rules::Case& documents, const rules::Facts& facts,
      const std::vector<CompiledRulebook>& rulebooks) const {
    const bool is_any_in_force =
        std::any_of(rulebooks.begin(), rulebooks.end(),
                    [this](const CompiledRulebook& one) { return one.is_in_force(as_of_); });
    if (!is_any_in_force) return std::nullopt;
    return rules::assess(documents, facts, rulebooks);
  }

  /// The rulebook of a finding; both versions under the new name.
  [[nodiscard]] const std::string& name_for(const std::string& rulebook) const {
    return rulebook == old_id_ ? new_id_ : rulebook;
  }

  [[nodiscard]] std::map<FindingKey, rules::Outcome> outcomes(
      const std::optional<Assessment>& assessment) const {
    std::map<FindingKey, rules::Outcome> result;
    if (!assessment) return result;
    for (const Finding& one : assessment->findings) {
      result.emplace(FindingKey(name_for(one.rulebook), one.id()), one.outcome);
    }
    return result;
  }

  [[nodiscard]] std::vector<rules::Narrowing> narrowings(
      const std::optional<Assessment>& assessment) const {
    std::vector<rules::Narrowing> result;
    if (!assessment) return result;
    for (rules::Narrowing one : assessment->narrowings) {
      one.rulebook = name_for(one.rulebook);
      result.push_back(std::move(one));
    }
    const auto place = [](const rules::Narrowing& one) {
      return std::tie(one.rulebook, one.rule, one.dataset);
    };
    std::sort(result.begin(), result.end(),
              [&](const auto& left, const auto& right) { return place(left) < place(right); });
    return result;
  }

  [[nodiscard]] std::vector<FindingChange> changed_findings(
      const std::optional<Assessment>& before, const std::optional<Assessment>& after) const {
    const auto old_outcomes = outcomes(before);
    const auto new_outcomes = outcomes(after);
    auto keys = old_outcomes;
    keys.insert(new_outcomes.begin(), new_outcomes.end());
    std::vector<FindingChange> result;
    for (const auto& [key, ignored] : keys) {
      FindingChange change{key.first, key.second, {}, {}};
      const auto from = old_outcomes.find(key);
      const auto to = new_outcomes.find(key);
      if (from != old_outcomes.end()) change.from = from->second;
      if (to != new_outcomes.end()) change.to = to->second;
      if (change.from != change.to && weighs(change)) result.push_back(std::move(change));
    }
    return result;
  }

  /// A rule that comes or goes without having anything against a request changes nothing for it.
  [[nodiscard]] static bool weighs(const FindingChange& change) {
    if (change.from && change.to) return true;
    return rules::verdict_of(change.from ? *change.from : *change.to) != rules::Verdict::clear;
  }

  Database& database_;
  CaseSource source_;
  Date as_of_;
  std::string old_id_;
  std::string new_id_;
  bool is_old_in_force_ = false;
  std::vector<CompiledRulebook> old_rulebooks_;
  std::vector<CompiledRulebook> new_rulebooks_;
};

bool is_changed(const RequestChange& change) {
  return change.has_other_verdict() || !change.findings.empty() || change.is_narrowed_otherwise;
}

Value to_json(const FindingChange& change) {
  Value value = json::object({{"rulebook", change.rulebook}, {"finding", change.finding}});
  if (change.from) value.set("from", rules::name_of(*change.from));
  if (change.to) value.set("to", rules::name_of(*change.to));
  return value;
}

Value to_json(const RequestChange& change) {
  Value findings = Value::Array{};
  for (const FindingChange& one : change.findings) findings.push(to_json(one));
  Value value = json::object({{"id", change.id},
                              {"version", change.version},
                              {"state", change.state},
                              {"title", change.title},
                              {"findings", std::move(findings)},
                              {"narrowed_otherwise", change.is_narrowed_otherwise}});
  if (change.from) value.set("from", rules::name_of(*change.from));
  if (change.to) value.set("to", rules::name_of(*change.to));
  return value;
}

Value to_json(const RuleEffect& effect) {
  Value changed = Value::Array{};
  for (const RequestChange& one : effect.changed) changed.push(to_json(one));
  Value unassessed = Value::Array{};
  for (const UnassessedRequest& one : effect.unassessed) {
    unassessed.push(json::object({{"id", one.id}, {"why", one.why}, {"is_erased", one.is_erased}}));
  }
  return json::object({{"as_of", format_date(effect.as_of)},
                       {"old_is_in_force", effect.is_old_in_force},
                       {"requests", static_cast<std::int64_t>(effect.requests)},
                       {"changed", std::move(changed)},
                       {"unassessed", std::move(unassessed)}});
}

}  // namespace

bool RuleEffect::keeps_every_verdict() const {
  return std::all_of(unassessed.begin(), unassessed.end(),
                     [](const UnassessedRequest& one) { return one.is_erased; }) &&
         std::none_of(changed.begin(), changed.end(),
                      [](const RequestChange& one) { return one.has_other_verdict(); });
}

Value to_json(const RulebookComparison& comparison) {
  Value value = rules::to_json(comparison.diff);
  if (comparison.effect) value.set("registry", to_json(*comparison.effect));
  return value;
}

RuleEffect effect_of(Database& database, const Document& before, const Document& after, Date as_of,
                     const std::function<void(std::size_t, std::size_t)>& progress) {
  registry::Transaction one_state(database, registry::Transaction::Kind::read);
  Comparer comparer(database, before, after, as_of);
  RuleEffect effect;
  effect.as_of = as_of;
  effect.is_old_in_force = comparer.is_old_in_force();
  std::vector<registry::Request> requests = registry::all_requests(database);
  std::erase_if(requests, [](const auto& request) { return request.state == "withdrawn"; });
  std::size_t done = 0;
  for (const registry::Request& request : requests) {
    try {
      RequestChange change = comparer.compare(request);
      ++effect.requests;
      if (is_changed(change)) effect.changed.push_back(std::move(change));
    } catch (const Error& error) {
      // A request that no longer goes with its datasets says nothing about the others.
      const bool is_erased = registry::find_erasure(database, request.document).has_value();
      const bool is_expected =
          error.code() == ErrorCode::bad_input || error.code() == ErrorCode::not_allowed;
      if (!is_expected) throw;
      effect.unassessed.push_back({request.id, error.what(), is_erased});
    }
    progress(++done, requests.size());
  }
  return effect;
}

Document adopted_rulebook(Database& database, const std::string& id, Date as_of) {
  for (const registry::Adoption& adoption : registry::adoptions_in_force(database, as_of)) {
    if (adoption.id != id) continue;
    return load(database, adoption.document, model::DocumentKind::rulebook, id);
  }
  return show_rulebook(database, id);
}

}  // namespace octroi::gate
