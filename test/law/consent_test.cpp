// SPDX-License-Identifier: Apache-2.0
#include "law/consent.hpp"

#include <functional>

#include "catch.hpp"
#include "law/consent_sample.hpp"

using namespace octroi;
using namespace octroi::law;
using namespace octroi::law::sample;
using enum ConsentResult;

namespace {

/// What a term says of the sample use after a change.
ConsentResult after(const DuoTerm& one, const std::function<void(DeclaredUse&)>& change) {
  DeclaredUse changed = use();
  change(changed);
  return ask(one, changed);
}

ConsentResult after(std::string_view shorthand, const std::function<void(DeclaredUse&)>& change) {
  return after(term(shorthand), change);
}

/// A permission for a study whose purpose, and diseases where it is one of those, are these.
ConsentResult matched(std::string_view permission, std::string_view purpose,
                      const char* disease = "", const char* allowed = k_viral) {
  DuoTerm one = term(permission);
  if (one.diseases) one.diseases = mondo(allowed);
  return after(one, [&](DeclaredUse& by) {
    by.purposes = {purpose};
    by.diseases.reset();
    if (*disease != '\0') by.diseases = mondo(disease);
  });
}

constexpr const char* k_gru = "DUO:0000042";
constexpr const char* k_hmb = "DUO:0000006";
constexpr const char* k_ds = "DUO:0000007";
constexpr const char* k_poa = "DUO:0000011";
constexpr const char* k_cc = "DUO:0000043";

}  // namespace

TEST_CASE("purposes match permissions as the sound table says") {
  for (const char* permission : {"NRES", "GRU"}) {
    for (const char* purpose : {k_gru, k_hmb, k_poa, k_cc}) {
      INFO(permission << " " << purpose);
      CHECK(matched(permission, purpose) == pass);
    }
    CHECK(matched(permission, k_ds, k_cancer) == pass);
  }
  CHECK(matched("HMB", k_hmb) == pass);
  CHECK(matched("HMB", k_ds, k_cancer) == pass);
  CHECK(matched("HMB", k_cc) == pass);
  CHECK(matched("HMB", k_gru) == fail);
  CHECK(matched("HMB", k_poa) == fail);
  CHECK(matched("DS", k_ds, k_covid_19, k_covid_19) == pass);
  CHECK(matched("DS", k_ds, k_covid_19, k_viral) == pass);
  CHECK(matched("DS", k_ds, k_viral, k_covid_19) == fail);
  CHECK(matched("DS", k_ds, k_cancer, k_viral) == fail);
  CHECK(matched("DS", k_hmb) == fail);
  CHECK(matched("DS", k_poa) == fail);
  CHECK(matched("DS", k_cc) == fail);
  CHECK(matched("POA", k_poa) == pass);
  CHECK(matched("POA", k_hmb) == fail);
  CHECK(matched("POA", k_ds, k_covid_19) == fail);
}

TEST_CASE("what DUOS answers otherwise gets the sound answer") {
  // DUOS V4 approves general research on data for one disease, or for ancestry alone.
  CHECK(matched("DS", k_gru, "", k_covid_19) == fail);
  CHECK(matched("DS", k_gru) == fail);
  CHECK(matched("POA", k_gru) == fail);
  // DUOS V4 approves methods development everywhere; it is a purpose of nothing here.
  for (const std::string_view permission : permissions()) {
    INFO(permission);
    CHECK(after(permission, [](DeclaredUse& by) {
            by.purposes.clear();
            by.develops_methods = true;
          }) == unknown);
  }
  // In DUOS V4 an explicit poa=false turns health research on health data into a denial.
  CHECK(matched("HMB", k_hmb) == pass);
  // DUOS V3 denies an explicitly not commercial request on NPU data, and approves a commercial one.
  CHECK(after("NPU", [](DeclaredUse& by) { by.is_commercial = false; }) == pass);
  CHECK(after("NPU", [](DeclaredUse& by) {
          by.is_commercial = true;
          by.bodies.front().sector = "other-commercial";
        }) == fail);
  CHECK(after("NPUNCU", [](DeclaredUse& by) { by.is_commercial = true; }) == fail);
  // In DUOS V4 a profit status that is not stated counts as for profit; it is unknown.
  CHECK(after("NPU", [](DeclaredUse& by) { by.bodies.front().sector = ""; }) == unknown);
  // Without a purpose DUOS abstains, or denies beside NPU; nothing passes.
  CHECK(after("GRU", [](DeclaredUse& by) { by.purposes.clear(); }) == unknown);
}

TEST_CASE("a study is for what it declares itself to be, too") {
  CHECK(after("HMB", [](DeclaredUse& by) { by.studies_ancestry = true; }) == fail);
  CHECK(after("HMB", [](DeclaredUse& by) { by.studies_ancestry.reset(); }) == unknown);
  CHECK(after("DS", [](DeclaredUse& by) { by.studies_ancestry = true; }) == fail);
  CHECK(after("DS", [](DeclaredUse& by) { by.serves_care = true; }) == fail);
  CHECK(after("DS", [](DeclaredUse& by) { by.serves_care.reset(); }) == unknown);
  CHECK(after("HMB", [](DeclaredUse& by) { by.serves_care.reset(); }) == pass);
  CHECK(after("GRU", [](DeclaredUse& by) { by.studies_ancestry.reset(); }) == pass);
  CHECK(after("DS", [](DeclaredUse& by) { by.purposes.push_back(k_hmb); }) == fail);
  CHECK(after("DS", [](DeclaredUse& by) { by.diseases.reset(); }) == unknown);
  CHECK(after("GRU", [](DeclaredUse& by) { by.purposes = {"DUO:0000045"}; }) == unknown);
  CHECK(after("NRES", [](DeclaredUse& by) { by.purposes = {"DUO:0000031"}; }) == unknown);
  CHECK(after("GRU", [](DeclaredUse& by) { by.purposes = {"DUO:0000004"}; }) == fail);
}

TEST_CASE("an obsolete, unknown or unassignable code never passes, nor one without its value") {
  for (const char* code : {"DUO:0000001", "DUO:0000002", "DUO:0000003", "DUO:0000005",
                           "DUO:0000017", "DUO:0000031", "DUO:9999999", ""}) {
    INFO(code);
    DuoTerm one;
    one.code = code;
    CHECK(ask(one, use()) == unknown);
    CHECK(consent({term("GRU"), one}, use(), hierarchies(), k_day).result == unknown);
  }
  for (const char* shorthand : {"DS", "RS", "GS", "MOR", "TS", "US", "PS", "IS"}) {
    INFO(shorthand);
    DuoTerm bare;
    bare.code = term(shorthand).code;
    CHECK(ask(bare, use()) == unknown);
  }
  DuoTerm stray = term("GRU");
  stray.months = 6;  // whoever wrote it meant a limit
  CHECK(ask(stray, use()) == unknown);
}

TEST_CASE("every term is met by a study that declares what it wants") {
  for (const std::string_view shorthand : modifiers()) {
    INFO(shorthand);
    const ConsentResult result = ask(term(shorthand), use());
    CHECK((result == pass || result == narrows));
  }
  CHECK(consent({}, use(), hierarchies(), k_day).result == unknown);
  CHECK(consent({term("NCU")}, use(), hierarchies(), k_day).result == unknown);
  CHECK(consent({term("GRU"), term("NCU")}, use(), hierarchies(), k_day).result == pass);
}

TEST_CASE("modifiers that ask for one answer fail on the other and are unknown without") {
  using Flag = std::optional<bool> DeclaredUse::*;
  struct Row {
    const char* shorthand;
    Flag flag;
    bool wanted;
    ConsentResult met;
  };
  for (const Row& row : {Row{"NCU", &DeclaredUse::is_commercial, false, pass},
                         {"NPUNCU", &DeclaredUse::is_commercial, false, pass},
                         {"NMDS", &DeclaredUse::develops_methods, false, pass},
                         {"NPOA", &DeclaredUse::studies_ancestry, false, pass},
                         {"GSO", &DeclaredUse::is_genetic, true, pass},
                         {"PUB", &DeclaredUse::publishes, true, narrows},
                         {"COL", &DeclaredUse::collaborates, true, narrows},
                         {"RTN", &DeclaredUse::returns_results, true, narrows}}) {
    INFO(row.shorthand);
    CHECK(after(row.shorthand, [&](DeclaredUse& by) { by.*row.flag = row.wanted; }) == row.met);
    CHECK(after(row.shorthand, [&](DeclaredUse& by) { by.*row.flag = !row.wanted; }) == fail);
    CHECK(after(row.shorthand, [&](DeclaredUse& by) { (by.*row.flag).reset(); }) == unknown);
  }
  CHECK(after("COL", [](DeclaredUse& by) { by.has_collaboration_letter = false; }) == unknown);
  CHECK(after("NPOA", [](DeclaredUse& by) { by.purposes = {k_poa}; }) == fail);
}

TEST_CASE("organisations not for profit are all that use the data") {
  for (const char* sector : {"manufacturer", "insurer", "bank", "media", "other-commercial", "x"}) {
    INFO(sector);
    CHECK(after("NPU", [&](DeclaredUse& by) { by.bodies.back().sector = sector; }) == fail);
    CHECK(after("NPUNCU", [&](DeclaredUse& by) { by.bodies.back().sector = sector; }) == fail);
    CHECK(after("NCU", [&](DeclaredUse& by) { by.bodies.back().sector = sector; }) == pass);
  }
  CHECK(after("NPU", [](DeclaredUse& by) {
          by.bodies.front().sector = "";
          by.bodies.back().sector = "bank";
        }) == fail);
  CHECK(after("NPU", [](DeclaredUse& by) { by.bodies.clear(); }) == unknown);
}

TEST_CASE("an ethics approval is in force, from an ethics committee, and attached") {
  const auto with = [](EthicsOpinion opinion) {
    return after("IRB", [&](DeclaredUse& by) { by.opinions = {std::move(opinion)}; });
  };
  CHECK(with({"Comité d'éthique", "favourable", Standing::valid}) == narrows);
  CHECK(with({"COMITÉ ÉTHIQUE ET SCIENTIFIQUE", "favourable", Standing::valid}) == narrows);
  CHECK(with({"CESREES", "favourable", Standing::valid}) == narrows);
  CHECK(with({"CESREES", "favourable", Standing::expired}) == unknown);
  CHECK(with({"CESREES", "favourable", Standing::not_yet}) == unknown);
  CHECK(with({"CESREES", "favourable", Standing::unknown}) == unknown);
  CHECK(with({"CESREES", "pending", Standing::pending}) == unknown);
  CHECK(with({"CESREES", "favourable-with-reservations", Standing::valid}) == refer);
  CHECK(with({"CESREES", "unfavourable", Standing::valid}) == fail);
  CHECK(with({"CESREES", "unfavourable", Standing::expired}) == fail);
  CHECK(with({"Steering group", "favourable", Standing::valid}) == refer);
  CHECK(with({"Steering group", "unfavourable", Standing::valid}) == unknown);
  CHECK(after("IRB", [](DeclaredUse& by) { by.opinions.clear(); }) == unknown);
  CHECK(after("IRB", [](DeclaredUse& by) { by.has_committee_opinion = false; }) == unknown);
  CHECK(after("IRB", [](DeclaredUse& by) {
          by.opinions.push_back({"CESREES", "unfavourable", Standing::valid});
        }) == refer);
  CHECK_FALSE(is_ethics_committee("Recruitment office"));
  CHECK_FALSE(is_ethics_committee(""));
  CHECK(is_ethics_committee("CPP Ouest V"));
}

TEST_CASE("a region holds every place of the use") {
  CHECK(after("GS", [](DeclaredUse& by) { by.countries = {"FR", "DE"}; }) == pass);
  CHECK(after("GS", [](DeclaredUse& by) { by.countries = {"FR", "US"}; }) == fail);
  CHECK(after("GS", [](DeclaredUse& by) { by.are_places_known = false; }) == unknown);
  CHECK(after("GS", [](DeclaredUse& by) {
          by.countries = {"US"};
          by.are_places_known = false;
        }) == fail);
  CHECK(after("GS", [](DeclaredUse& by) { by.countries.clear(); }) == unknown);
}

TEST_CASE("a moratorium ends on its day") {
  DuoTerm one = term("MOR");
  const auto from = [&](std::optional<Date> day) {
    return after(one, [&](DeclaredUse& by) { by.publishes_from = day; });
  };
  const Date end = *one.not_before;
  CHECK(from(end) == narrows);
  CHECK(from(end - std::chrono::days(1)) == fail);
  CHECK(from(std::nullopt) == unknown);
  CHECK(after(one, [](DeclaredUse& by) {
          by.publishes_from.reset();
          by.publishes = false;
        }) == narrows);
  CHECK(consent({one}, use(), hierarchies(), k_day).not_before == end);
  one.not_before = k_day;
  CHECK(from(std::nullopt) == pass);
  CHECK_FALSE(consent({one}, use(), hierarchies(), k_day).not_before);
}

TEST_CASE("users, projects and institutions are those that are named") {
  CHECK(ask(term("US"), use()) == narrows);
  CHECK(consent({term("US")}, use(), hierarchies(), k_day).users == Texts{"analyst-1"});
  CHECK(after("US", [](DeclaredUse& by) { by.users.pop_back(); }) == pass);
  CHECK(after("US", [](DeclaredUse& by) { by.users.erase(by.users.begin()); }) == fail);
  CHECK(after("US", [](DeclaredUse& by) { by.users.clear(); }) == unknown);
  DuoTerm others = term("US");
  others.users = {"analyst-2"};
  const Consent both = consent({term("GRU"), term("US"), others}, use(), hierarchies(), k_day);
  CHECK(both.result == fail);
  CHECK(both.users->empty());
  CHECK(after("PS", [](DeclaredUse& by) { by.project = "OTHER"; }) == fail);
  CHECK(after("PS", [](DeclaredUse& by) { by.project = ""; }) == unknown);
  CHECK(after("IS", [](DeclaredUse& by) { by.bodies.back().business_id = "3"; }) == fail);
  CHECK(after("IS", [](DeclaredUse& by) { by.bodies.back().business_id = ""; }) == unknown);
  CHECK(after("IS", [](DeclaredUse& by) { by.users.back().organisation = "Elsewhere"; }) == refer);
  CHECK(after("IS", [](DeclaredUse& by) { by.users.clear(); }) == unknown);
  CHECK(after("RS", [](DeclaredUse& by) { by.research_types = {"cohort", "trial"}; }) == fail);
  CHECK(after("RS", [](DeclaredUse& by) { by.research_types->clear(); }) == unknown);
  CHECK(after("RS", [](DeclaredUse& by) { by.research_types.reset(); }) == unknown);
}

TEST_CASE("the shortest of several time limits counts") {
  DuoTerm shorter = term("TS");
  shorter.months = 3;
  const Consent both = consent({term("TS"), term("GRU"), shorter}, use(), hierarchies(), k_day);
  CHECK(both.result == narrows);
  CHECK(both.months_max == 3);
  CHECK(both.permissions == 1);
}
