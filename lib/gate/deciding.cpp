// SPDX-License-Identifier: Apache-2.0
#include "gate/deciding.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "base/error.hpp"
#include "base/safe_text.hpp"
#include "gate/acting.hpp"
#include "gate/conflict.hpp"
#include "json/write.hpp"
#include "registry/decisions.hpp"
#include "registry/members.hpp"
#include "registry/requests.hpp"

namespace octroi::gate {
namespace {

using json::Value;
using registry::EventType;
using registry::Transaction;

BallotCounts count(const std::map<std::string, std::string>& by_name) {
  BallotCounts counts;
  for (const auto& [name, vote] : by_name) {
    if (vote == "for") {
      ++counts.in_favour;
    } else if (vote == "against") {
      ++counts.against;
    } else if (vote == "abstaining") {
      ++counts.abstaining;
    } else if (vote == "absent") {
      ++counts.absent;
    } else {
      throw Error(ErrorCode::bad_input,
                  fmt::format("ballot of {}: expected for, against, abstaining or absent, got {}",
                              in_quotes(name), in_quotes(vote)));
    }
  }
  return counts;
}

/// The ballots in numbers. Members whose ballot nobody names are absent.
BallotCounts counts_of(const DecisionDraft& draft, int seats) {
  if (draft.counts.has_value() == !draft.by_name.empty()) {
    throw Error(ErrorCode::bad_input,
                "ballots: expected either counts (--for, --against, --abstaining, --absent) or "
                "ballots by name (--ballot NAME=VOTE)");
  }
  if (draft.counts) return *draft.counts;
  BallotCounts counts = count(draft.by_name);
  const int named = static_cast<int>(draft.by_name.size());
  if (named < seats) counts.absent += seats - named;
  return counts;
}

std::string result_of(Database& database, const DecisionDraft& draft, const BallotCounts& counts) {
  std::string computed = registry::result_of(
      database, {counts.in_favour, counts.against, counts.abstaining, counts.absent});
  if (draft.result && *draft.result != computed) {
    throw Error(ErrorCode::bad_input, fmt::format("result: the ballots make it {}, got {}",
                                                  computed, in_quotes(*draft.result)));
  }
  return computed;
}

Value ballots_json(const BallotCounts& counts) {
  return json::object({{"for", counts.in_favour},
                       {"against", counts.against},
                       {"abstaining", counts.abstaining},
                       {"absent", counts.absent}});
}

Value named_ballots_json(const std::map<std::string, std::string>& by_name) {
  Value ballots = Value::Array{};
  for (const auto& [name, vote] : by_name) {
    ballots.push(json::object({{"name", name}, {"vote", vote}}));
  }
  return ballots;
}

/// The decision as the document that is kept.
model::Document write_document(const DecisionDraft& draft, const RecordedDecision& decision,
                               int version) {
  Value ballots = json::object({{"counts", ballots_json(decision.counts)}});
  if (!draft.by_name.empty()) ballots.set("by_name", named_ballots_json(draft.by_name));
  Value value = json::object(
      {{"format", "octroi/decision/1"},
       {"request", draft.request},
       {"version", version},
       {"reference", draft.reference},
       {"date", format_date(draft.date)},
       {"result", decision.result},
       {"ballots", std::move(ballots)},
       {"minutes", json::object({{"name", draft.minutes_name},
                                 {"sha256", draft.minutes_sha256.hex()},
                                 {"bytes", static_cast<std::int64_t>(draft.minutes_bytes)}})},
       {"resolves", json::strings(decision.resolves)},
       {"datasets", json::strings(decision.datasets)},
       {"conditions", json::strings(draft.conditions)}});
  if (draft.until) value.set("until", format_date(*draft.until));
  if (!draft.reason.empty()) value.set("reason", draft.reason);
  return model::read_document(model::DocumentKind::decision, json::canonical(value), "decision");
}

Value event_body(const DecisionDraft& draft, const RecordedDecision& decision, int version,
                 std::string document) {
  Value body = json::object({{"decision", decision.id},
                             {"request", draft.request},
                             {"version", version},
                             {"document", std::move(document)},
                             {"minutes_sha256", draft.minutes_sha256.hex()},
                             {"result", decision.result},
                             {"date", format_date(draft.date)},
                             {"ballots", ballots_json(decision.counts)},
                             {"datasets", json::strings(decision.datasets)},
                             {"resolves", json::strings(decision.resolves)}});
  if (draft.until) body.set("until", format_date(*draft.until));
  return body;
}

std::vector<std::string> sorted_once(std::vector<std::string> texts) {
  std::sort(texts.begin(), texts.end());
  texts.erase(std::unique(texts.begin(), texts.end()), texts.end());
  return texts;
}

std::vector<std::string> datasets_of(const DecisionDraft& draft, const model::Document& request) {
  if (!draft.datasets.empty()) return sorted_once(draft.datasets);
  std::vector<std::string> all;
  for (const Value& use : request.value.at("datasets").as_array()) {
    all.push_back(use.at("dataset").as_string());
  }
  return sorted_once(std::move(all));
}

}  // namespace

RecordedDecision decide(Database& database, const Actor& actor, const DecisionDraft& draft,
                        bool is_dry_run, const Context& context) {
  Transaction transaction(database, Transaction::Kind::write);
  const Context fixed = at_one_moment(context);
  require_role(database, actor, "secretary");
  const registry::Request request = registry::require_request(database, draft.request);
  const model::Document document =
      load(database, request.document, model::DocumentKind::request, request.id);
  refuse_conflict(database, actor.member, document);
  for (const auto& [name, vote] : draft.by_name) refuse_named_voter(name, vote, document);
  const registry::CharterRow charter = registry::read_charter(database);
  RecordedDecision decision;
  decision.counts = counts_of(draft, charter.seats);
  decision.result = result_of(database, draft, decision.counts);
  decision.id = registry::next_id(database, 'D', fixed.clock());
  decision.request = request.id;
  decision.rule = charter.majority;
  decision.datasets = datasets_of(draft, document);
  decision.resolves = sorted_once(draft.resolves);
  decision.until = draft.until;
  const model::Document written = write_document(draft, decision, request.version);
  act(database, actor, EventType::decision_recorded,
      event_body(draft, decision, request.version, keep(database, written, fixed)), fixed);
  if (is_dry_run) {
    decision.id.clear();
    return decision;
  }
  transaction.commit();
  return decision;
}

}  // namespace octroi::gate
