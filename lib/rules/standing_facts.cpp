// SPDX-License-Identifier: Apache-2.0
#include "rules/standing_facts.hpp"

#include <algorithm>
#include <optional>
#include <string>
#include <vector>

#include "law/deadlines.hpp"
#include "law/standing.hpp"

namespace octroi::rules {
namespace {

using cel::View;
using json::TapeValue;
using law::Standing;

std::optional<Date> day_in(TapeValue object, std::string_view name) {
  return parse_date(object.text(name));
}

void add_standing(FactRow& fact, Standing standing) {
  fact.add("standing", View::of(law::name_of(standing)));
}

Standing authorisation_standing(TapeValue one, Date as_of) {
  if (one.text("kind") != "tacit-authorisation") {
    return law::standing_between(day_in(one, "date"), day_in(one, "until"), as_of);
  }
  const law::TacitAuthorisation tacit{day_in(one, "filed"), one.flag("extended"),
                                      day_in(one, "until")};
  return law::standing_of(tacit, as_of);
}

law::Certificate certificate_of(TapeValue declared) {
  const auto text = [declared](std::string_view name) { return std::string(declared.text(name)); };
  return {text("scheme"),  text("version"),          text("status"),
          text("service"), day_in(declared, "from"), day_in(declared, "until")};
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
std::string_view best_standing(const std::vector<law::Certificate>& certificates,
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
  return law::name_of(best);
}

void add_derogation(FactRow& fact, TapeValue declared, Date as_of) {
  const law::Derogation derogation{day_in(declared, "granted"), day_in(declared, "offer_available"),
                                   day_in(declared, "until")};
  if (const auto end = law::end_of(derogation)) fact.add_copy("ends", format_date(*end));
  fact.pick(declared, {"provision"});
  add_standing(fact, law::standing_of(derogation, as_of));
}

/// True when a change was not reported within the month that it had, as far as the day can tell.
bool is_unreported(const model::Change& change, Date as_of) {
  if (as_of < change.date) return false;
  const Date last = law::last_day_of(law::Deadline::secnumcloud_change, change.date);
  return last < as_of && (!change.reported || last < *change.reported);
}

}  // namespace

Standing opinion_standing(TapeValue opinion, Date as_of) {
  if (opinion.text("outcome") == "pending") return Standing::pending;
  return law::standing_between(day_in(opinion, "date"), day_in(opinion, "until"), as_of);
}

void add_request_standings(FactRow& facts, TapeValue request, Date as_of) {
  constexpr std::size_t k_members = 4;
  facts.add_each("authorisations", request.find("authorisations"), k_members,
                 [as_of](FactRow& fact, TapeValue one) {
                   fact.pick(one, {"authority", "date", "kind"});
                   add_standing(fact, authorisation_standing(one, as_of));
                 });
  facts.add_each("opinions", request.find("opinions"), k_members,
                 [as_of](FactRow& fact, TapeValue one) {
                   fact.pick(one, {"body", "date", "outcome"});
                   add_standing(fact, opinion_standing(one, as_of));
                 });
}

void add_certificates(FactRow& facts, TapeValue provider, std::string_view service, Date as_of) {
  const std::optional<TapeValue> declared = provider.find("certificates");
  if (!declared) return;  // nothing is known of certificates: no qualifications either
  std::vector<law::Certificate> certificates;
  constexpr std::size_t k_members = 7;
  facts.add_each("certificates", declared, k_members, [&](FactRow& fact, TapeValue one) {
    certificates.push_back(certificate_of(one));
    fact.pick(one, {"from", "scheme", "service"});
    add_standing(fact, law::standing_of(certificates.back(), service, as_of));
    fact.pick(one, {"status", "until", "version"});
  });
  facts.add_object("qualifications", 2, [&](FactRow& fact) {
    fact.add("hds", View::of(best_standing(certificates, "HDS", "2", service, as_of)));
    fact.add("secnumcloud_3_2",
             View::of(best_standing(certificates, "SecNumCloud", "3.2", service, as_of)));
  });
}

void add_host_standings(FactRow& facts, TapeValue provider,
                        const std::vector<model::Change>& changes, Date as_of) {
  facts.add_each("derogations", provider.find("derogations"), 3,
                 [as_of](FactRow& fact, TapeValue one) { add_derogation(fact, one, as_of); });
  if (!provider.find("changes")) return;
  const auto count =
      std::count_if(changes.begin(), changes.end(),
                    [as_of](const model::Change& change) { return is_unreported(change, as_of); });
  facts.add("unreported_changes", View::of(std::int64_t{count}));
}

}  // namespace octroi::rules
