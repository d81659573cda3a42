// SPDX-License-Identifier: Apache-2.0
#include "registry/requests.hpp"

#include <fmt/format.h>

#include <map>
#include <utility>

#include "base/error.hpp"
#include "base/safe_text.hpp"

namespace octroi::registry {
namespace {

constexpr std::string_view k_insert_request =
    "INSERT INTO requests (id, version, state, submitter) VALUES ($1, 1, 'submitted', $2)";
constexpr std::string_view k_next_version =
    "UPDATE requests SET version = $1, state = 'submitted' WHERE id = $2";
constexpr std::string_view k_set_state = "UPDATE requests SET state = $1 WHERE id = $2";
constexpr std::string_view k_insert_version =
    "INSERT INTO request_versions (request, version, document, submitted_at) "
    "VALUES ($1, $2, $3, $4)";
constexpr std::string_view k_request =
    "SELECT r.id, r.version, r.state, r.submitter, v.document, v.submitted_at FROM requests AS r "
    "JOIN request_versions AS v ON v.request = r.id AND v.version = r.version WHERE r.id = $1";
constexpr std::string_view k_requests =
    "SELECT r.id, r.version, r.state, r.submitter, v.document, v.submitted_at FROM requests AS r "
    "JOIN request_versions AS v ON v.request = r.id AND v.version = r.version ORDER BY r.id";
// Rows are in the order of the log, in which they were written; -1 is no limit.
constexpr std::string_view k_last_requests =
    "SELECT r.id, r.version, r.state, r.submitter, v.document, v.submitted_at, r.rowid "
    "FROM requests AS r "
    "JOIN request_versions AS v ON v.request = r.id AND v.version = r.version "
    "ORDER BY r.rowid DESC LIMIT $1";
constexpr std::string_view k_last_requests_in_state =
    "SELECT r.id, r.version, r.state, r.submitter, v.document, v.submitted_at, r.rowid "
    "FROM requests AS r "
    "JOIN request_versions AS v ON v.request = r.id AND v.version = r.version "
    "WHERE r.state = $1 ORDER BY r.rowid DESC LIMIT $2";
constexpr std::string_view k_version_document =
    "SELECT document FROM request_versions WHERE request = $1 AND version = $2";
constexpr std::string_view k_submission =
    "SELECT v.request, v.version FROM request_versions AS v "
    "JOIN requests AS r ON r.id = v.request WHERE v.document = $1 AND r.submitter = $2 "
    "ORDER BY v.rowid LIMIT 1";  // in the order of the log, as the index has them
constexpr std::string_view k_insert_assessment =
    "INSERT INTO assessments (seq, request, version, as_of, verdict, document, sha256) "
    "VALUES ($1, $2, $3, $4, $5, $6, $7)";
constexpr std::string_view k_insert_assessment_dataset =
    "INSERT INTO assessment_datasets (assessment, dataset, verdict, holder) "
    "VALUES ($1, $2, $3, $4)";
constexpr std::string_view k_insert_referral =
    "INSERT INTO assessment_referrals (assessment, finding, dataset) VALUES ($1, $2, $3)";
constexpr std::string_view k_insert_history =
    "INSERT INTO request_history (request, seq, at, type, member, note) "
    "VALUES ($1, $2, $3, $4, $5, $6)";
constexpr std::string_view k_history =
    "SELECT seq, at, type, member, note FROM request_history WHERE request = $1 ORDER BY seq";
constexpr std::string_view k_counter = "SELECT last FROM counters WHERE series = $1";
constexpr std::string_view k_set_counter =
    "INSERT INTO counters (series, last) VALUES ($1, $2) "
    "ON CONFLICT (series) DO UPDATE SET last = excluded.last";

Request read_request(const Statement& row) {
  return {row.text(0),   static_cast<int>(row.integer(1)),
          row.text(2),   row.text(3),
          row.digest(4), read_instant(row, 5)};
}

void require_own(const Request& request, const Member& member) {
  if (request.submitter != member.id) {
    throw Error(ErrorCode::not_allowed,
                fmt::format("{} was submitted by {}; only they may change it", request.id,
                            request.submitter));
  }
}

void require_open(const Request& request) {
  if (request.state == "withdrawn" || request.state == "issued") {
    throw Error(ErrorCode::not_allowed,
                fmt::format("{} is {}; submit a new request", request.id, request.state));
  }
}

void submit_first(const Event& event, const Member& member, const std::string& id,
                  Database& database) {
  take_id(database, 'R', event.at, id);
  database.run(k_insert_request, id, member.id);
}

void submit_again(std::int64_t version, const Member& member, const std::string& id,
                  Database& database) {
  const Request request = require_request(database, id);
  require_own(request, member);
  require_open(request);
  if (version != request.version + 1) {
    throw Error(ErrorCode::not_allowed,
                fmt::format("{}: expected version {}, got {}", id, request.version + 1, version));
  }
  database.run(k_next_version, version, id);
}

std::string series_of(char series, Instant at) {
  return fmt::format("{}-{}", series, format_date(date_of(at)).substr(0, 4));
}

std::string id_in(const std::string& series, std::int64_t number) {
  return fmt::format("{}-{:04}", series, number);
}

std::int64_t last_of(Database& database, const std::string& series) {
  const auto row = database.query(k_counter, series);
  return row->step() ? row->integer(0) : 0;
}

}  // namespace

void apply_request_submitted(const Event& event, const Member& member, Database& database) {
  const std::string& id = event.body.at("request").as_string();
  const std::int64_t version = event.body.at("version").as_integer();
  if (version == 1) {
    submit_first(event, member, id, database);
  } else {
    submit_again(version, member, id, database);
  }
  database.run(k_insert_version, id, version, read_digest(event.body.at("document")),
               format_instant(event.at));
  add_history(database, event, member, id, fmt::format("version {}", version));
}

void apply_request_withdrawn(const Event& event, const Member& member, Database& database) {
  const Request request = require_request(database, event.body.at("request").as_string());
  require_own(request, member);
  require_open(request);
  set_state(database, request.id, "withdrawn");
  add_history(database, event, member, request.id, "");
}

void apply_request_assessed(const Event& event, const Member& member, Database& database) {
  const json::Value& body = event.body;
  const Request request =
      require_current(database, body.at("request").as_string(), body.at("version").as_integer());
  const std::string& verdict = body.at("verdict").as_string();
  database.run(k_insert_assessment, event.seq, request.id, request.version,
               body.at("as_of").as_string(), verdict, read_digest(body.at("document")),
               body.at("sha256").as_string());
  for (const json::Value& dataset : body.at("datasets").as_array()) {
    database.run(k_insert_assessment_dataset, event.seq, dataset.at("dataset").as_string(),
                 dataset.at("verdict").as_string(), dataset.at("holder").as_string());
  }
  for (const json::Value& referral : body.at("referred").as_array()) {
    database.run(k_insert_referral, event.seq, referral.at("finding").as_string(),
                 referral.text("dataset"));
  }
  if (request.state == "submitted") set_state(database, request.id, "assessed");
  add_history(database, event, member, request.id, verdict);
}

bool is_open(const Request& request) {
  return request.state != "withdrawn" && request.state != "refused" && request.state != "issued";
}

Request require_request(Database& database, const std::string& id) {
  const auto row = database.query(k_request, id);
  if (!row->step()) {
    throw Error(ErrorCode::bad_input,
                fmt::format("there is no request {}; 'octroi list' shows them", in_quotes(id)));
  }
  return read_request(*row);
}

Request require_current(Database& database, const std::string& id, std::int64_t version) {
  Request request = require_request(database, id);
  if (request.state == "withdrawn") {
    throw Error(ErrorCode::not_allowed, id + " was withdrawn");
  }
  if (request.version != version) {
    throw Error(ErrorCode::not_allowed,
                fmt::format("{}: version {} is not the current one, which is {}", id, version,
                            request.version));
  }
  return request;
}

void set_state(Database& database, const std::string& request, std::string_view state) {
  database.run(k_set_state, state, request);
}

void add_history(Database& database, const Event& event, const Member& member,
                 const std::string& request, const std::string& note) {
  database.run(k_insert_history, request, event.seq, format_instant(event.at), name_of(event.type),
               member.id, note);
}

std::vector<Request> all_requests(Database& database) {
  std::vector<Request> requests;
  const auto row = database.query(k_requests);
  while (row->step()) requests.push_back(read_request(*row));
  return requests;
}

std::vector<Request> last_requests(Database& database, const std::vector<std::string>& states,
                                   std::optional<std::size_t> most) {
  const std::int64_t limit = most ? static_cast<std::int64_t>(*most) : -1;
  std::map<std::int64_t, Request> in_order;  // a state that is asked for twice counts once
  const auto take = [&in_order](const auto& row) {
    while (row->step()) in_order.emplace(row->integer(6), read_request(*row));
  };
  if (states.empty()) take(database.query(k_last_requests, limit));
  for (const std::string& state : states) {
    take(database.query(k_last_requests_in_state, state, limit));
  }
  while (most && in_order.size() > *most) in_order.erase(in_order.begin());
  std::vector<Request> requests;
  for (auto& [place, request] : in_order) requests.push_back(std::move(request));
  return requests;
}

Digest request_document(Database& database, const std::string& request, int version) {
  const auto row = database.query(k_version_document, request, version);
  if (!row->step()) {
    throw Error(ErrorCode::damaged, fmt::format("{} has no version {}", request, version));
  }
  return row->digest(0);
}

std::optional<Submission> find_submission(Database& database, const Digest& document,
                                          const std::string& submitter) {
  const auto row = database.query(k_submission, document, submitter);
  if (!row->step()) return std::nullopt;
  return Submission{row->text(0), static_cast<int>(row->integer(1))};
}

std::vector<HistoryRow> history_of(Database& database, const std::string& request) {
  std::vector<HistoryRow> history;
  const auto row = database.query(k_history, request);
  while (row->step()) {
    history.push_back(
        {row->integer(0), read_instant(*row, 1), row->text(2), row->text(3), row->text(4)});
  }
  return history;
}

std::string next_id(Database& database, char series, Instant at) {
  return next_ids(database, series, at, 1).front();
}

std::vector<std::string> next_ids(Database& database, char series, Instant at, std::size_t count) {
  const std::string name = series_of(series, at);
  std::int64_t last = last_of(database, name);
  std::vector<std::string> ids(count);
  for (std::string& id : ids) id = id_in(name, ++last);
  return ids;
}

void take_id(Database& database, char series, Instant at, const std::string& id) {
  const std::string name = series_of(series, at);
  const std::int64_t number = last_of(database, name) + 1;
  const std::string expected = id_in(name, number);
  if (id != expected) {
    throw Error(ErrorCode::not_allowed,
                fmt::format("expected the number {}, got {}", expected, in_quotes(id)));
  }
  database.run(k_set_counter, name, number);
}

}  // namespace octroi::registry
