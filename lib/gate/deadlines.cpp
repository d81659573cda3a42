// SPDX-License-Identifier: Apache-2.0
#include "gate/deadlines.hpp"

#include <algorithm>

#include "gate/acting.hpp"
#include "registry/catalogue.hpp"
#include "registry/decisions.hpp"
#include "registry/erasures.hpp"
#include "registry/requests.hpp"
#include "rules/outcome.hpp"

namespace octroi::gate {
namespace {

using json::Value;
using law::CaseAct;
using model::DocumentKind;
using registry::EventType;

/// As the request's schema names it.
constexpr std::string_view k_committee = "CESREES";
constexpr std::string_view k_authority = "CNIL";

std::vector<CaseAct> acts_of(Database& database, const std::string& id) {
  const std::vector<registry::Decision> decisions = registry::decisions_of(database, id);
  auto decision = decisions.begin();
  std::vector<CaseAct> acts;
  for (const registry::HistoryRow& row : registry::history_of(database, id)) {
    const Date day = date_of(row.at);
    if (row.type == registry::name_of(EventType::request_submitted)) {
      acts.push_back({CaseAct::Kind::submitted, day});
    } else if (row.type == registry::name_of(EventType::request_withdrawn)) {
      acts.push_back({CaseAct::Kind::withdrawn, day});
    } else if (row.type == registry::name_of(EventType::request_assessed)) {
      const bool is_incomplete = row.note == rules::name_of(rules::Verdict::incomplete);
      acts.push_back({is_incomplete ? CaseAct::Kind::incomplete : CaseAct::Kind::complete, day});
    } else if (row.type == registry::name_of(EventType::decision_recorded) &&
               decision != decisions.end()) {
      acts.push_back({CaseAct::Kind::decided, decision->decided_on});
      ++decision;
    }
  }
  return acts;
}

law::AccessRoute route_of(const Value& request) {
  const std::string regime = request.text("regime");
  if (regime == "ehds") return law::AccessRoute::ehds;
  if (regime == "authorisation") return law::AccessRoute::snds_authorisation;
  if (regime == "simplified") return law::AccessRoute::snds_simplified;
  return law::AccessRoute::other;
}

bool is_body_with_mandate(const Value& body) {
  return body.flag("public_body") == true && body.find("mandate") != nullptr;
}

/// Source: Regulation (EU) 2025/327, article 68(6).
bool is_public_health_case(const Value& request) {
  const Value* controller = request.find("controller");
  if (controller == nullptr || !is_body_with_mandate(*controller)) return false;
  if (const Value* joint = request.find("joint_controllers")) {
    const Value::Array& all = joint->as_array();
    if (!std::all_of(all.begin(), all.end(), is_body_with_mandate)) return false;
  }
  const Value* purposes = request.find("purposes");
  const std::vector<std::string> codes =
      purposes == nullptr ? std::vector<std::string>{} : json::to_strings(purposes->find("ehds"));
  return !codes.empty() && std::all_of(codes.begin(), codes.end(), [](const std::string& code) {
    return code == "a" || code == "b" || code == "c";
  });
}

bool is_after(const Value& object, std::string_view name, Date as_of) {
  const std::optional<Date> day = parse_date(object.text(name));
  return day && *day > as_of;
}

void add_committee(law::CaseTimes& times, const Value& request, Date as_of) {
  const Value* opinions = request.find("opinions");
  if (opinions == nullptr) return;
  for (const Value& one : opinions->as_array()) {
    if (one.text("body") != k_committee || is_after(one, "date", as_of)) continue;
    if (one.text("outcome") == "pending") {
      times.committee_asked = parse_date(one.text("date"));
    } else {
      times.has_committee_opinion = true;
    }
  }
  if (times.has_committee_opinion) times.committee_asked.reset();
}

void add_silent_authorities(law::CaseTimes& times, const Value& request) {
  const Value* authorisations = request.find("authorisations");
  if (authorisations == nullptr) return;
  for (const Value& one : authorisations->as_array()) {
    if (one.text("authority") != k_authority || one.text("kind") != "tacit-authorisation") continue;
    times.silent.push_back({parse_date(one.text("filed")), one.flag("extended"), {}});
  }
}

void add_tokens(law::CaseTimes& times, Database& database, const std::string& id, Date as_of) {
  for (const registry::Token& token : registry::tokens_of(database, id)) {
    if (date_of(token.not_before) > as_of) continue;
    const Date last = date_of(token.expires);
    times.access_ends = times.access_ends ? std::max(*times.access_ends, last) : last;
  }
}

void add_categories(law::CaseTimes& times, Database& database, const Value& request) {
  for (const Value& use : request.at("datasets").as_array()) {
    const std::string& id = use.at("dataset").as_string();
    const std::optional<registry::Entry> entry = registry::find_dataset(database, id);
    std::vector<std::string> categories;
    if (entry) {
      const model::Document dataset = load(database, entry->document, DocumentKind::dataset, id);
      categories = json::to_strings(dataset.value.find("ehds_categories"));
    }
    // One that names none may hold anything, of the earlier kind too.
    if (categories.empty()) categories.emplace_back();
    times.ehds_categories.insert(categories.begin(), categories.end());
  }
}

/// What the version that was the current one on the day declares.
void add_declared(law::CaseTimes& times, Database& database, const std::string& id, Date as_of) {
  const auto version =
      std::count_if(times.acts.begin(), times.acts.end(), [as_of](const CaseAct& act) {
        return act.kind == CaseAct::Kind::submitted && act.day <= as_of;
      });
  if (version == 0) return;
  const Digest document = registry::request_document(database, id, static_cast<int>(version));
  if (registry::find_erasure(database, document)) return;  // what it declared is not known any more
  const Value request = load(database, document, DocumentKind::request, id).value;
  times.route = route_of(request);
  times.is_public_health_body = is_public_health_case(request);
  add_committee(times, request, as_of);
  add_silent_authorities(times, request);
  if (times.route == law::AccessRoute::ehds) add_categories(times, database, request);
}

Value deadline_json(const law::CaseDeadline& one, bool is_beyond_calendar) {
  Value value = json::object({{"deadline", law::name_of(one.deadline)},
                              {"regime", law::name_of(law::regime_of(one.deadline))},
                              {"start", format_date(one.start)},
                              {"is_extended", one.is_extended},
                              {"standing", law::name_of(one.standing)},
                              {"if_passed", law::name_of(law::lapse_of(one.deadline))},
                              {"is_beyond_calendar", is_beyond_calendar},
                              {"source", law::source_of(one.deadline)}});
  if (one.end) value.set("end", format_date(*one.end));
  if (one.end_if_extended) value.set("end_if_extended", format_date(*one.end_if_extended));
  if (one.met) value.set("met", format_date(*one.met));
  return value;
}

}  // namespace

bool CaseDeadlines::is_beyond_calendar(const law::CaseDeadline& deadline) const {
  if (!calendar) return false;
  const std::optional<Date> last =
      deadline.end_if_extended ? deadline.end_if_extended : deadline.end;
  return !calendar->covers(deadline.start) || !calendar->covers(last.value_or(deadline.start));
}

Value to_json(const CaseDeadlines& deadlines) {
  Value list = Value::Array{};
  for (const law::CaseDeadline& one : deadlines.list) {
    list.push(deadline_json(one, deadlines.is_beyond_calendar(one)));
  }
  Value value = json::object({{"as_of", format_date(deadlines.as_of)}, {"list", std::move(list)}});
  if (const auto& calendar = deadlines.calendar) {
    value.set("calendar", json::object({{"name", calendar->name},
                                        {"from", format_date(calendar->first_day)},
                                        {"through", format_date(calendar->last_day)}}));
  }
  return value;
}

CaseDeadlines deadlines_of(Database& database, const std::string& id, Date as_of,
                           std::optional<model::HolidayCalendar> calendar) {
  law::CaseTimes times;
  times.acts = acts_of(database, registry::require_request(database, id).id);
  add_declared(times, database, id, as_of);
  add_tokens(times, database, id, as_of);
  const law::Holidays holidays = calendar ? calendar->days : law::Holidays{};
  return {as_of, std::move(calendar), law::case_deadlines(times, as_of, holidays)};
}

}  // namespace octroi::gate
