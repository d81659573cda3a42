// SPDX-License-Identifier: Apache-2.0
#include "rules/standing_facts.hpp"

#include <algorithm>
#include <optional>
#include <string>
#include <vector>

#include "law/deadlines.hpp"
#include "law/standing.hpp"
#include "model/provider.hpp"
#include "rules/fact_parts.hpp"

namespace octroi::rules {
namespace {

using json::Value;
using law::Standing;

std::optional<Date> day_in(const Value& object, std::string_view name) {
  return parse_date(object.text(name));
}

void set_standing(Value& fact, Standing standing) {
  fact.set("standing", std::string(law::name_of(standing)));
}

Standing authorisation_standing(const Value& one, Date as_of) {
  if (one.text("kind") != "tacit-authorisation") {
    return law::standing_between(day_in(one, "date"), day_in(one, "until"), as_of);
  }
  const law::TacitAuthorisation tacit{day_in(one, "filed"), one.flag("extended"),
                                      day_in(one, "until")};
  return law::standing_of(tacit, as_of);
}

law::Certificate certificate_of(const Value& declared) {
  return {declared.text("scheme"),  declared.text("version"), declared.text("status"),
          declared.text("service"), day_in(declared, "from"), day_in(declared, "until")};
}

bool is_same_name(std::string_view left, std::string_view right) {
  const auto lower = [](char letter) {
    return letter >= 'A' && letter <= 'Z' ? static_cast<char>(letter - 'A' + 'a') : letter;
  };
  return std::equal(left.begin(), left.end(), right.begin(), right.end(),
                    [lower](char a, char b) { return lower(a) == lower(b); });
}

/// The best standing among the certificates of a scheme and version; one without a version is
/// unknown where it would otherwise be valid.
std::string best_standing(const std::vector<law::Certificate>& certificates,
                          std::string_view scheme, std::string_view version,
                          std::string_view service, Date as_of) {
  Standing best = Standing::none;
  for (const law::Certificate& one : certificates) {
    if (!is_same_name(one.scheme, scheme)) continue;
    if (!one.version.empty() && one.version != version) continue;
    Standing standing = law::standing_of(one, service, as_of);
    if (one.version.empty() && standing == Standing::valid) standing = Standing::unknown;
    best = std::min(best, standing);
  }
  return std::string(law::name_of(best));
}

void add_derogations(Value& facts, const Value& provider, Date as_of) {
  const Value* declared = provider.find("derogations");
  if (declared == nullptr) return;
  Value list = Value::Array{};
  for (const Value& one : declared->as_array()) {
    const law::Derogation derogation{day_in(one, "granted"), day_in(one, "offer_available"),
                                     day_in(one, "until")};
    Value fact = pick(one, {"provision"});
    set_standing(fact, law::standing_of(derogation, as_of));
    if (const auto end = law::end_of(derogation)) fact.set("ends", format_date(*end));
    list.push(std::move(fact));
  }
  facts.set("derogations", std::move(list));
}

/// True when a change was not reported within the month that it had, as far as the day can tell.
bool is_unreported(const model::Change& change, Date as_of) {
  if (as_of < change.date) return false;
  const Date last = law::last_day_of(law::Deadline::secnumcloud_change, change.date);
  return last < as_of && (!change.reported || last < *change.reported);
}

}  // namespace

Standing opinion_standing(const Value& opinion, Date as_of) {
  if (opinion.text("outcome") == "pending") return Standing::pending;
  return law::standing_between(day_in(opinion, "date"), day_in(opinion, "until"), as_of);
}

void add_request_standings(Value& facts, const Value& request, Date as_of) {
  const auto add = [&](std::string_view name, std::initializer_list<std::string_view> members,
                       Standing (*standing)(const Value&, Date)) {
    const Value* declared = request.find(name);
    if (declared == nullptr) return;
    Value list = Value::Array{};
    for (const Value& one : declared->as_array()) {
      Value fact = pick(one, members);
      set_standing(fact, standing(one, as_of));
      list.push(std::move(fact));
    }
    facts.set(name, std::move(list));
  };
  add("opinions", {"body", "date", "outcome"}, opinion_standing);
  add("authorisations", {"authority", "date", "kind"}, authorisation_standing);
}

void add_certificates(Value& facts, const Value& provider, std::string_view service, Date as_of) {
  const Value* declared = provider.find("certificates");
  if (declared == nullptr) return;  // nothing is known of certificates: no qualifications either
  std::vector<law::Certificate> certificates;
  Value list = Value::Array{};
  for (const Value& one : declared->as_array()) {
    certificates.push_back(certificate_of(one));
    Value fact = pick(one, {"from", "scheme", "service", "status", "until", "version"});
    set_standing(fact, law::standing_of(certificates.back(), service, as_of));
    list.push(std::move(fact));
  }
  facts.set("certificates", std::move(list));
  facts.set("qualifications",
            json::object({{"hds", best_standing(certificates, "HDS", "2", service, as_of)},
                          {"secnumcloud_3_2",
                           best_standing(certificates, "SecNumCloud", "3.2", service, as_of)}}));
}

void add_host_standings(Value& facts, const model::Document& provider, Date as_of) {
  add_derogations(facts, provider.value, as_of);
  if (provider.value.find("changes") == nullptr) return;
  const std::vector<model::Change> changes = model::Provider::from(provider).changes;
  const auto count =
      std::count_if(changes.begin(), changes.end(),
                    [as_of](const model::Change& change) { return is_unreported(change, as_of); });
  facts.set("unreported_changes", std::int64_t{count});
}

}  // namespace octroi::rules
