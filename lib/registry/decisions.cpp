// SPDX-License-Identifier: Apache-2.0
#include "registry/decisions.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <set>

#include "base/error.hpp"
#include "base/safe_text.hpp"
#include "model/charter.hpp"
#include "model/decision.hpp"
#include "registry/endorsements.hpp"
#include "registry/statuses.hpp"

namespace octroi::registry {
namespace {

constexpr std::string_view k_insert_decision =
    "INSERT INTO decisions (id, request, version, result, decided_on, valid_until, votes_for, "
    "votes_against, votes_abstaining, votes_absent, minutes_sha256, document, recorded_by, "
    "recorded_at, seq) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15)";
constexpr std::string_view k_insert_decision_dataset =
    "INSERT INTO decision_datasets (decision, dataset) VALUES ($1, $2)";
constexpr std::string_view k_insert_resolution =
    "INSERT INTO decision_resolutions (decision, finding) VALUES ($1, $2)";
constexpr std::string_view k_decisions =
    "SELECT id, request, version, result, decided_on, valid_until, document, recorded_by, "
    "recorded_at, votes_for, votes_against, votes_abstaining, votes_absent, minutes_sha256 "
    "FROM decisions WHERE request = $1 ORDER BY seq";
constexpr std::string_view k_decision_datasets =
    "SELECT dataset FROM decision_datasets WHERE decision = $1 ORDER BY dataset";
constexpr std::string_view k_resolutions =
    "SELECT finding FROM decision_resolutions WHERE decision = $1 ORDER BY finding";
constexpr std::string_view k_insert_token =
    "INSERT INTO tokens (id, request, decision, holder, sha256, not_before, expires, document) "
    "VALUES ($1, $2, $3, $4, $5, $6, $7, $8)";
constexpr std::string_view k_tokens =
    "SELECT id, request, decision, holder, sha256, not_before, expires, document FROM tokens "
    "WHERE request = $1 ORDER BY decision, holder";
constexpr std::string_view k_all_tokens =
    "SELECT id, request, decision, holder, sha256, not_before, expires, document FROM tokens "
    "ORDER BY id";

bool contains(const std::vector<std::string>& texts, const std::string& text) {
  return std::find(texts.begin(), texts.end(), text) != texts.end();
}

int count_of(const json::Value& ballots, std::string_view name) {
  return static_cast<int>(ballots.at(name).as_integer());
}

model::Ballots ballots_of(const json::Value& body) {
  const json::Value& ballots = body.at("ballots");
  return {count_of(ballots, "for"), count_of(ballots, "against"), count_of(ballots, "abstaining"),
          count_of(ballots, "absent")};
}

/// The result must be the one that the charter's rule makes of the ballots.
void require_result(const json::Value& body, Database& database) {
  const std::string expected = result_of(database, ballots_of(body));
  const std::string& result = body.at("result").as_string();
  if (result != expected) {
    throw Error(ErrorCode::bad_input,
                fmt::format("result: the ballots make it {}, got {}", expected, in_quotes(result)));
  }
}

void require_decidable(const Request& request, const Member& member) {
  if (request.state == "issued") {
    throw Error(ErrorCode::not_allowed, request.id + " has its tokens already");
  }
  if (request.submitter == member.id) {
    throw Error(
        ErrorCode::not_allowed,
        fmt::format("{} submitted {} and may not record a decision on it", member.id, request.id));
  }
}

AssessmentRow require_assessment(Database& database, const Request& request) {
  std::optional<AssessmentRow> assessment = last_assessment(database, request.id, request.version);
  if (!assessment) {
    throw Error(ErrorCode::not_yet,
                fmt::format("{} version {} is not assessed; run 'octroi assess {}'", request.id,
                            request.version, request.id));
  }
  return std::move(*assessment);
}

void require_known_datasets(const AssessmentRow& assessment,
                            const std::vector<std::string>& datasets) {
  for (const std::string& dataset : datasets) {
    const auto is_it = [&dataset](const auto& row) { return row.dataset == dataset; };
    if (std::none_of(assessment.datasets.begin(), assessment.datasets.end(), is_it)) {
      throw Error(ErrorCode::bad_input,
                  fmt::format("dataset {} is not in the request", in_quotes(dataset)));
    }
  }
}

void require_referred(const AssessmentRow& assessment, const std::vector<std::string>& resolves) {
  for (const std::string& finding : resolves) {
    const auto is_it = [&finding](const auto& row) { return row.finding == finding; };
    if (std::none_of(assessment.referrals.begin(), assessment.referrals.end(), is_it)) {
      throw Error(ErrorCode::bad_input,
                  fmt::format("finding {} was not referred to the board", in_quotes(finding)));
    }
  }
}

void require_days(const Event& event) {
  const std::optional<Date> date = parse_date(event.body.at("date").as_string());
  if (!date) throw Error(ErrorCode::bad_input, "date: expected a day that exists");
  if (*date > date_of(event.at)) {
    throw Error(ErrorCode::bad_input,
                fmt::format("date: {} lies in the future", format_date(*date)));
  }
  const json::Value* until = event.body.find("until");
  if (until == nullptr) return;
  const std::optional<Date> last = parse_date(until->as_string());
  if (!last || *last < *date) {
    throw Error(ErrorCode::bad_input,
                fmt::format("until: expected a day not before {}, got {}", format_date(*date),
                            in_quotes(until->as_string())));
  }
}

void insert_decision(const Event& event, const Request& request, const Member& member,
                     Database& database) {
  const json::Value& body = event.body;
  const model::Ballots ballots = ballots_of(body);
  std::optional<std::string> until;
  if (const json::Value* last = body.find("until")) until = last->as_string();
  const std::string& id = body.at("decision").as_string();
  database.run(k_insert_decision, id, request.id, request.version, body.at("result").as_string(),
               body.at("date").as_string(), until, ballots.in_favour, ballots.against,
               ballots.abstaining, ballots.absent, body.at("minutes_sha256").as_string(),
               read_digest(body.at("document")), member.id, format_instant(event.at), event.seq);
  for (const std::string& dataset : json::to_strings(body.find("datasets"))) {
    database.run(k_insert_decision_dataset, id, dataset);
  }
  for (const std::string& finding : json::to_strings(body.find("resolves"))) {
    database.run(k_insert_resolution, id, finding);
  }
}

std::vector<std::string> read_texts(Database& database, std::string_view sql,
                                    const std::string& id) {
  std::vector<std::string> texts;
  const auto row = database.query(sql, id);
  while (row->step()) texts.push_back(row->text(0));
  return texts;
}

/// Four columns from that one on.
model::Ballots read_ballots(const Statement& row, int column) {
  const auto count = [&row](int of) { return static_cast<int>(row.integer(of)); };
  return {count(column), count(column + 1), count(column + 2), count(column + 3)};
}

Token read_token(const Statement& row) {
  return {row.text(0), row.text(1),          row.text(2),          row.text(3),
          row.text(4), read_instant(row, 5), read_instant(row, 6), row.digest(7)};
}

/// The grant that a token is issued under: the last decision on this very version.
Decision require_grant(const Event& event, const Request& request, Database& database) {
  std::optional<Decision> decision = last_decision(database, request.id, request.version);
  if (!decision || decision->id != event.body.at("decision").as_string()) {
    throw Error(ErrorCode::not_allowed,
                "a token needs the last decision on the current version of the request");
  }
  if (decision->result != "granted") {
    throw Error(ErrorCode::not_allowed, fmt::format("{} refused {}", decision->id, request.id));
  }
  return std::move(*decision);
}

void require_holder(const AssessmentRow& assessment, const Decision& decision,
                    const std::string& holder) {
  for (const AssessmentRow::DatasetVerdict& row : assessment.datasets) {
    if (row.holder == holder && contains(decision.datasets, row.dataset)) return;
  }
  throw Error(ErrorCode::not_allowed,
              fmt::format("{} holds none of the granted datasets", in_quotes(holder)));
}

void require_validity(const Event& event, const Decision& decision, Instant not_before,
                      Instant expires) {
  if (not_before != event.at || expires <= not_before) {
    throw Error(ErrorCode::not_allowed, "a token is valid from its issue to a later end");
  }
  if (decision.valid_until && expires > end_of(*decision.valid_until)) {
    throw Error(ErrorCode::not_allowed,
                fmt::format("{} ends on {}", decision.id, format_date(*decision.valid_until)));
  }
}

Instant instant_of(const json::Value& text) {
  const std::optional<Instant> instant = parse_instant(text.as_string());
  if (!instant) throw Error(ErrorCode::damaged, "event: expected a time");
  return *instant;
}

std::vector<Token> read_tokens(Statement& row) {
  std::vector<Token> tokens;
  while (row.step()) tokens.push_back(read_token(row));
  return tokens;
}

}  // namespace

void require_grantable(const AssessmentRow& assessment, const std::vector<std::string>& datasets,
                       const std::vector<std::string>& resolves) {
  std::set<std::string> refused;
  std::set<std::string> incomplete;
  for (const AssessmentRow::DatasetVerdict& row : assessment.datasets) {
    if (!contains(datasets, row.dataset)) continue;
    if (row.verdict == "refuse") refused.insert(row.dataset);
    if (row.verdict == "incomplete") incomplete.insert(row.dataset);
  }
  if (!refused.empty()) {
    throw Error(ErrorCode::not_allowed,
                fmt::format("the rules refuse {}; no decision can grant what they refuse",
                            fmt::join(refused, ", ")));
  }
  if (!incomplete.empty()) {
    throw Error(ErrorCode::not_yet,
                fmt::format("the assessment of {} is incomplete; the request has to be completed "
                            "and submitted again",
                            fmt::join(incomplete, ", ")));
  }
  std::set<std::string> open;
  for (const AssessmentRow::Referral& referral : assessment.referrals) {
    const bool concerns_it = referral.dataset.empty() || contains(datasets, referral.dataset);
    if (concerns_it && !contains(resolves, referral.finding)) open.insert(referral.finding);
  }
  if (!open.empty()) {
    throw Error(ErrorCode::not_yet,
                fmt::format("the board has to resolve what was referred to it, by name; not yet "
                            "resolved: {}",
                            fmt::join(open, ", ")));
  }
}

std::string result_of(Database& database, const model::Ballots& ballots) {
  const CharterRow charter = read_charter(database);
  const std::optional<model::Majority> majority = model::parse_majority(charter.majority);
  if (!majority) throw Error(ErrorCode::damaged, "registry: unknown majority " + charter.majority);
  const model::DecisionRule rule{*majority, charter.seats, charter.present_min};
  if (ballots.total() != rule.seats) {
    throw Error(ErrorCode::bad_input,
                fmt::format("ballots: for, against, abstaining and absent add up to {}, but the "
                            "board has {} seats",
                            ballots.total(), rule.seats));
  }
  const model::Outcome outcome = model::outcome(ballots, rule);
  if (outcome == model::Outcome::no_quorum) {
    throw Error(ErrorCode::not_yet,
                fmt::format("no quorum: {} present, the charter asks for {}; this is no decision",
                            ballots.present(), rule.present_min));
  }
  return outcome == model::Outcome::carried ? "granted" : "refused";
}

void apply_decision_recorded(const Event& event, const Member& member, Database& database) {
  const json::Value& body = event.body;
  const Request request =
      require_current(database, body.at("request").as_string(), body.at("version").as_integer());
  require_decidable(request, member);
  require_days(event);
  const AssessmentRow assessment = require_assessment(database, request);
  const std::vector<std::string> datasets = json::to_strings(body.find("datasets"));
  const std::vector<std::string> resolves = json::to_strings(body.find("resolves"));
  require_known_datasets(assessment, datasets);
  require_referred(assessment, resolves);
  require_result(body, database);
  const std::string& result = body.at("result").as_string();
  if (result == "granted") require_grantable(assessment, datasets, resolves);
  take_id(database, 'D', event.at, body.at("decision").as_string());
  insert_decision(event, request, member, database);
  set_state(database, request.id, result);
  add_history(database, event, member, request.id,
              fmt::format("{} {}", body.at("decision").as_string(), result));
}

void apply_token_issued(const Event& event, const Member& member, Database& database) {
  const json::Value& body = event.body;
  const Request request =
      require_current(database, body.at("request").as_string(), body.at("version").as_integer());
  const Decision decision = require_grant(event, request, database);
  const AssessmentRow assessment = require_assessment(database, request);
  require_grantable(assessment, decision.datasets, decision.resolves);
  require_endorsements(database, {request.id, request.version, decision.id, assessment.sha256},
                       member.id);
  const std::string& holder = body.at("holder").as_string();
  require_holder(assessment, decision, holder);
  const Instant not_before = instant_of(body.at("not_before"));
  const Instant expires = instant_of(body.at("expires"));
  require_validity(event, decision, not_before, expires);
  const std::string& id = body.at("token").as_string();
  database.run(k_insert_token, id, request.id, decision.id, holder,
               body.at("token_sha256").as_string(), format_instant(not_before),
               format_instant(expires), read_digest(body.at("document")));
  apply_status_entry(event, database);
  set_state(database, request.id, "issued");
  add_history(database, event, member, request.id, fmt::format("{} for {}", id, holder));
}

std::vector<Decision> decisions_of(Database& database, const std::string& request) {
  std::vector<Decision> decisions;
  const auto row = database.query(k_decisions, request);
  while (row->step()) {
    decisions.push_back(
        {row->text(0), row->text(1), static_cast<int>(row->integer(2)), row->text(3),
         *read_date(*row, 4), read_date(*row, 5), row->digest(6), row->text(7),
         read_instant(*row, 8), read_texts(database, k_decision_datasets, row->text(0)),
         read_texts(database, k_resolutions, row->text(0)), read_ballots(*row, 9), row->text(13)});
  }
  return decisions;
}

std::optional<Decision> find_decision(Database& database, const std::string& request,
                                      const std::string& id) {
  for (Decision& decision : decisions_of(database, request)) {
    if (decision.id == id) return std::move(decision);
  }
  return std::nullopt;
}

std::optional<Decision> last_decision(Database& database, const std::string& request,
                                      std::int64_t version) {
  std::optional<Decision> last;
  for (Decision& decision : decisions_of(database, request)) {
    if (decision.version == version) last = std::move(decision);
  }
  return last;
}

std::vector<Token> tokens_of(Database& database, const std::string& request) {
  return read_tokens(*database.query(k_tokens, request));
}

std::vector<Token> all_tokens(Database& database) {
  return read_tokens(*database.query(k_all_tokens));
}

// The note is that of apply_token_issued.
HistoryRow issue_of(Database& database, const Token& token) {
  for (HistoryRow& act : history_of(database, token.request)) {
    const bool is_issue = act.type == name_of(EventType::token_issued);
    if (is_issue && act.note.starts_with(token.id + " ")) return std::move(act);
  }
  throw Error(ErrorCode::damaged, fmt::format("no event issued the token {}", token.id));
}

}  // namespace octroi::registry
