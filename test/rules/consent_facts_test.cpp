// SPDX-License-Identifier: Apache-2.0
#include "rules/consent_facts.hpp"

#include <algorithm>
#include <functional>

#include "catch.hpp"
#include "json/read.hpp"
#include "law/duo.hpp"
#include "rules/sample_documents.hpp"

using namespace octroi;
using namespace octroi::rules;
using json::Value;
using sample::Story;

namespace {

Value terms(const std::string& list) {
  return json::read(list, "terms");
}

/// The treatment study with all that consent terms may ask for, under the consent rulebook.
Story study(const std::string& duo) {
  Story story;
  story.as_of = "2026-11-23";
  story.rulebooks = {sample::example("rulebooks/ga4gh-duo.json")};
  story.datasets.front().set("duo", terms(duo));
  const Value more = json::read(R"({
      "purposes": {"duo": ["DUO:0000007"]}, "sensitivity": [],
      "research": {"commercial": false, "methods_development": false, "ancestry": false,
                   "genetic": true, "clinical_care": false, "types": ["cohort"]},
      "undertakings": {"return_results": true, "collaboration": true},
      "publication": {"commitment": true, "not_before": "2031-01-01"},
      "opinions": [{"body": "CESREES", "outcome": "favourable", "date": "2021-01-14"}],
      "disease_codes": {"system": "icd-10", "codes": ["U07.10"]}})",
                                "more");
  for (const auto& [name, value] : more.as_object()) story.request.set(name, value);
  story.request.as_object()["controller"].set("business_id", "1");
  return story;
}

/// A term of that code with a value that the study meets.
Value term(const law::DuoCode& code) {
  Value result = json::object({{"code", code.code}});
  const Value values = json::read(R"({
      "diseases": {"system": "icd-10", "codes": ["U07.1"]}, "research_types": ["cohort"],
      "regions": ["FR", "IE", "NL", "US", "GB", "IN"], "not_before": "2030-01-01", "months": 6,
      "users": ["analyst-1"], "projects": ["EXAMPLE"], "institutions": ["1"]})",
                                  "values");
  const std::string_view name = law::name_of(code.value);
  if (!name.empty()) result.set(name, values.at(name));
  return result;
}

const Value& consent_of(const Facts& facts) {
  return facts.datasets().front().at("consent");
}

}  // namespace

TEST_CASE("facts say what every term says, and what all of them say") {
  const Facts facts = study(R"([
      {"code": "DUO:0000007", "diseases": {"system": "icd-10", "codes": ["U07.1"]}},
      {"code": "DUO:0000046"}, {"code": "DUO:0000025", "months": 6},
      {"code": "DUO:0000025", "months": 3}, {"code": "DUO:0000017"}])")
                          .facts();
  const Value& consent = consent_of(facts);
  CHECK(consent.text("permits") == "unknown");
  CHECK(consent.at("met") == json::object({{"ds", true}, {"ncu", true}, {"ts", true}}));
  CHECK(consent.at("months_max") == Value(3));
  CHECK(consent.at("permission_count") == Value(1));
  CHECK(consent.find("users") == nullptr);
  CHECK(consent.at("terms").as_array().size() == 5);
  CHECK(consent.at("terms").as_array().at(1).text("shorthand").empty());
}

TEST_CASE("without stated terms there is no consent, and with none no permission") {
  Story silent = study("[]");
  CHECK(consent_of(silent.facts()).text("permits") == "unknown");
  CHECK(silent.assess().verdict == Verdict::clear);  // the dataset says that it carries none
  silent.datasets.front().as_object().erase("duo");
  CHECK(silent.facts().datasets().front().find("consent") == nullptr);
  CHECK(silent.assess().verdict == Verdict::incomplete);
}

TEST_CASE("the order of terms, users and opinions gives the same facts") {
  Story one = study(
      R"([{"code": "DUO:0000042"}, {"code": "DUO:0000026", "users": ["analyst-1", "analyst-2"]},
                        {"code": "DUO:0000026", "users": ["analyst-2", "analyst-1", "x"]}])");
  Story other = one;
  auto& list = other.datasets.front().as_object()["duo"].as_array();
  std::reverse(list.begin(), list.end());
  auto& users = other.request.as_object()["users"].as_array();
  std::reverse(users.begin(), users.end());
  CHECK(one.facts().value() == other.facts().value());
}

TEST_CASE("the rulebook is clear exactly where all terms permit, for each term and each pair") {
  std::size_t clear = 0;
  std::size_t stopped = 0;
  const auto compare = [&](const Story& story, const std::string& what) {
    const Facts facts = story.facts();
    const std::string permits = consent_of(facts).text("permits");
    const Verdict verdict = story.assess().verdict;
    INFO(what << ": " << permits);
    CHECK((verdict == Verdict::clear) == (permits == "yes"));
    CHECK((verdict == Verdict::refuse) == (permits == "no"));
    CHECK((verdict == Verdict::refer) == (permits == "refer"));
    ++(verdict == Verdict::clear ? clear : stopped);
  };
  std::vector<std::function<void(Value&)>> changes = {
      [](Value&) {},
      [](Value& request) { request.as_object().erase("research"); },
      [](Value& request) { request.as_object().erase("publication"); },
      [](Value& request) { request.as_object().erase("undertakings"); },
      [](Value& request) { request.as_object().erase("opinions"); },
      [](Value& request) { request.as_object()["research"].set("commercial", true); },
      [](Value& request) { request.as_object()["controller"].set("sector", "media"); }};
  for (std::size_t number = 0; number < changes.size(); ++number) {
    for (const law::DuoCode& code : law::duo_codes()) {
      Story story = study("[]");
      changes[number](story.request);
      Value list = Value::Array{term(code)};
      if (code.code != "DUO:0000042") list.push(json::object({{"code", "DUO:0000042"}}));
      story.datasets.front().set("duo", std::move(list));
      compare(story, std::string(code.code) + ", change " + std::to_string(number));
    }
  }
  CHECK(clear > 40);
  CHECK(stopped > 40);
}
