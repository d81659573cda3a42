// SPDX-License-Identifier: Apache-2.0
#include "gate/requests.hpp"

#include <fmt/format.h>

#include "base/error.hpp"
#include "gate/acting.hpp"
#include "gate/naming.hpp"
#include "gate/submitting.hpp"
#include "gate/token_status.hpp"
#include "json/read.hpp"
#include "registry/decisions.hpp"
#include "registry/documents.hpp"
#include "registry/erasures.hpp"
#include "registry/requests.hpp"
#include "registry/statuses.hpp"

namespace octroi::gate {
namespace {

using model::DocumentKind;
using registry::EventType;
using registry::Transaction;

/// How all tokens of a request stand, in a word; "" where none was issued.
std::string token_status_of(Database& database, const registry::Request& request,
                            std::optional<Instant> at) {
  if (request.state != "issued") return "";
  std::string status;
  for (const registry::Token& token : registry::tokens_of(database, request.id)) {
    const std::string_view one =
        registry::name_of(registry::standing_of(registry::acts_on(database, token.id), at).state);
    if (status.empty()) status = one;
    if (status != one) return "mixed";
  }
  return status;
}

/// `title`: nothing when the request's document was erased.
RequestRow request_row(Database& database, const registry::Request& request,
                       const std::optional<std::string>& title,
                       std::optional<Instant> status_at = {}) {
  const auto assessment = registry::last_assessment(database, request.id, request.version);
  return {request.id,
          request.version,
          request.state,
          title.value_or(""),
          request.submitter,
          request.submitted,
          assessment ? assessment->verdict : "",
          !title,
          token_status_of(database, request, status_at)};
}

bool is_gone(Database& database, const Digest& document) {
  return registry::find_erasure(database, document).has_value();
}

/// Nothing when it was erased.
std::optional<model::Document> document_of(Database& database, const registry::Request& request) {
  if (is_gone(database, request.document)) return std::nullopt;
  return load(database, request.document, DocumentKind::request, request.id);
}

/// Nothing when the document was erased. A list needs no more of it than that, so it is not checked
/// again under its schema; its bytes are those that the log names.
std::optional<std::string> title_of(Database& database, const registry::Request& request) {
  if (is_gone(database, request.document)) return std::nullopt;
  const json::Value document = json::read(
      registry::load_document(database, request.document, model::name_of(DocumentKind::request)),
      request.id);
  const json::Value* title = document.find("title");
  if (title != nullptr && title->is_string()) return title->as_string();
  throw Error(ErrorCode::damaged, request.id + ": its document has no title");
}

RequestRow request_row(Database& database, const std::string& id) {
  const registry::Request request = registry::require_request(database, id);
  return request_row(database, request, title_of(database, request));
}

std::optional<rules::Assessment> assessment_of(Database& database,
                                               const registry::Request& request) {
  const auto row = registry::last_assessment(database, request.id, request.version);
  if (!row || is_gone(database, row->document)) return std::nullopt;
  return rules::Assessment::from(
      load(database, row->document, DocumentKind::assessment, request.id));
}

std::vector<DecisionRow> decision_rows(Database& database, const std::string& id) {
  std::vector<DecisionRow> rows;
  for (const registry::Decision& decision : registry::decisions_of(database, id)) {
    const bool is_erased = is_gone(database, decision.document);
    rows.push_back(
        {decision.id, decision.version,
         is_erased ? json::Value(json::Value::Object{})
                   : load(database, decision.document, DocumentKind::decision, decision.id).value,
         decision.recorded_by, decision.recorded, is_erased});
  }
  return rows;
}

std::vector<IssuedRow> token_rows(Database& database, const std::string& id,
                                  std::optional<Instant> status_at) {
  std::vector<IssuedRow> rows;
  for (const registry::Token& token : registry::tokens_of(database, id)) {
    IssuedRow row{token.id, token.holder, token.not_before, token.expires};
    const registry::TokenStanding standing =
        registry::standing_of(registry::acts_on(database, token.id), status_at);
    row.status = registry::name_of(standing.state);
    if (standing.act) {
      row.reason = standing.act->reason;
      row.since = standing.act->from;
      const std::optional<std::string> text = reason_text(database, *standing.act);
      row.text = text.value_or("");
      row.is_text_erased = !text;
    }
    rows.push_back(std::move(row));
  }
  return rows;
}

std::vector<HistoryEntry> history_entries(Database& database, const std::string& id) {
  std::vector<HistoryEntry> entries;
  for (const registry::HistoryRow& row : registry::history_of(database, id)) {
    entries.push_back({row.seq, row.at, row.type, row.member, row.note});
  }
  return entries;
}

/// Nothing is to be said of a request at a time when it was not there.
void require_submitted_by(const RequestDetails& details, Instant moment) {
  const std::vector<HistoryEntry>& history = details.history;
  if (history.empty() || date_of(history.front().at) <= date_of(moment)) return;
  throw Error(
      ErrorCode::bad_input,
      fmt::format("{} was submitted at {}: at {}, which --at names, it was not there yet",
                  details.row.id, format_instant(history.front().at), format_instant(moment)));
}

RequestDetails request_details(Database& database, const std::string& id,
                               std::optional<Instant> status_at) {
  const registry::Request request = registry::require_request(database, id);
  std::optional<model::Document> document = document_of(database, request);
  RequestRow row = request_row(
      database, request, document ? std::optional(document->value.text("title")) : std::nullopt,
      status_at);
  const auto assessment = registry::last_assessment(database, request.id, request.version);
  return {std::move(row),
          std::move(document),
          assessment_of(database, request),
          decision_rows(database, id),
          token_rows(database, id, status_at),
          history_entries(database, id),
          assessment && is_gone(database, assessment->document),
          {}};
}

}  // namespace

json::Value submission_of(const std::string& request, int version,
                          const std::string& document_digest) {
  return json::object({{"request", request}, {"version", version}, {"document", document_digest}});
}

RequestRow submit(Database& database, const Actor& actor, const model::Document& request,
                  const std::optional<std::string>& amends, const Context& context) {
  Transaction transaction(database, Transaction::Kind::write);
  const Context fixed = at_one_moment(context);
  Naming(database).require_known(request.value);
  std::string id = registry::next_id(database, 'R', fixed.clock());
  int version = 1;
  if (amends) {
    id = *amends;
    version = registry::require_request(database, id).version + 1;
  }
  act(database, actor, EventType::request_submitted,
      submission_of(id, version, keep(database, request, fixed)), fixed);
  RequestRow row = request_row(database, registry::require_request(database, id),
                               request.value.at("title").as_string());
  transaction.commit();
  return row;
}

RequestRow withdraw(Database& database, const Actor& actor, const std::string& id,
                    const Context& context) {
  Transaction transaction(database, Transaction::Kind::write);
  act(database, actor, EventType::request_withdrawn, json::object({{"request", id}}), context);
  RequestRow row = request_row(database, id);
  transaction.commit();
  return row;
}

std::vector<RequestRow> list_requests(Database& database, const std::vector<std::string>& states,
                                      std::optional<std::size_t> most) {
  std::vector<RequestRow> rows;
  Transaction transaction(database, Transaction::Kind::read);
  for (const registry::Request& request : registry::last_requests(database, states, most)) {
    rows.push_back(request_row(database, request, title_of(database, request)));
  }
  return rows;
}

RequestDetails show_request(Database& database, const std::string& id,
                            std::optional<Instant> status_at) {
  Transaction transaction(database, Transaction::Kind::read);
  return request_details(database, id, status_at);
}

RequestDetails show_request(Database& database, const std::string& id, Date as_of,
                            std::optional<model::HolidayCalendar> calendar,
                            std::optional<Instant> status_at) {
  Transaction transaction(database, Transaction::Kind::read);
  RequestDetails details = request_details(database, id, status_at);
  details.deadlines = deadlines_of(database, id, as_of, std::move(calendar));
  // One that came in before it was recorded may have deadlines already.
  if (status_at && details.deadlines->list.empty()) require_submitted_by(details, *status_at);
  return details;
}

}  // namespace octroi::gate
