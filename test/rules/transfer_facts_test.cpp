// SPDX-License-Identifier: Apache-2.0
#include "catch.hpp"
#include "json/read.hpp"
#include "json/write.hpp"
#include "rules/facts.hpp"
#include "sample_documents.hpp"

using namespace octroi;
using namespace octroi::rules;
using sample::Story;

namespace {

std::string fact(const Story& story, std::string_view path) {
  const Facts facts = story.facts();
  const json::Value* found = find_fact(facts, nullptr, path);
  return found == nullptr ? "absent" : json::canonical(*found);
}

}  // namespace

TEST_CASE("a user who works in a third country is a destination, declared or not") {
  Story story;
  story.as_of = "2026-11-23";
  CHECK(fact(story, "request.destinations") == "[]");
  story.request.as_object()["users"].as_array().front().set("country", "US");
  CHECK(fact(story, "request.destinations") ==
        R"([{"country":"US","reason":"no transfer to US is declared","status":"none",)"
        R"("through":["user"]}])");
  sample::set(story.request, "transfers",
              json::read(R"([{"country": "US", "kind": "remote-access", "basis": "adequacy",
                              "adequacy_scheme": {"scheme": "dpf", "from": "2024-01-01"}}])",
                         "transfers"));
  CHECK(fact(story, "request.destinations") ==
        R"([{"basis":"adequacy","country":"US","reason":"Implementing Decision (EU) 2023/1795",)"
        R"("status":"adequate","through":["remote-access","user"]}])");
}

TEST_CASE("where a host stores and is supported from is a place and a destination") {
  Story story;
  sample::set(story.provider, "locations.administration", json::strings({"FR"}));
  sample::set(story.provider, "locations.support", json::strings({"IN", "FR"}));
  CHECK(fact(story, "host.places.support") ==
        R"({"in_eea":false,"in_eu":false,"in_eu_or_adequate":false,"outside_eea":["IN"]})");
  CHECK(fact(story, "host.destinations") ==
        R"([{"country":"IN","reason":"no transfer to IN is declared","status":"none",)"
        R"("through":["support"]}])");
}

TEST_CASE("while a location is not declared nobody can say which countries a host reaches") {
  for (const char* part : {"storage", "processing", "administration", "support", "backup"}) {
    Story story;
    sample::remove(story.provider, std::string("locations.") + part);
    CHECK(fact(story, "host.destinations") == "absent");
    CHECK(fact(story, std::string("host.places.") + part) == "absent");
  }
  Story story;
  sample::remove(story.provider, "locations");
  CHECK(fact(story, "host.destinations") == "absent");
  CHECK(fact(story, "host.places") == "absent");
}

TEST_CASE("applicants are sorted by where they are established") {
  Story story;
  CHECK(fact(story, "request.applicants_outside_eu") == "[]");
  json::Value other = story.request.at("controller");
  other.set("country", "NO");
  json::Value third = story.request.at("controller");
  third.set("country", "UK");
  story.request.set("joint_controllers", json::Value::Array{other, third});
  CHECK(fact(story, "request.applicant_countries") == R"(["FR","GB","NO"])");
  CHECK(fact(story, "request.applicants_outside_eu") == R"(["GB","NO"])");
  CHECK(fact(story, "request.applicants_outside_eea") == R"(["GB"])");
}

TEST_CASE("the law of the contract is one of a Member State or not") {
  Story story;
  CHECK(fact(story, "host.governing_law_in_eu") == "absent");
  sample::set(story.provider, "governing_law", "IE");
  CHECK(fact(story, "host.governing_law_in_eu") == "true");
  sample::set(story.provider, "governing_law", "UK");
  CHECK(fact(story, "host.governing_law_in_eu") == "false");
}

TEST_CASE("the laws behind a host are those of its owners") {
  Story story;
  CHECK(fact(story, "host.foreign_laws") == R"(["US"])");
  story.provider = sample::european_provider();
  CHECK(fact(story, "host.foreign_laws") == "[]");
}

TEST_CASE("a place is adequate when every recipient that is declared there is under the scheme") {
  const auto is_adequate = [](const char* transfers, const char* country) {
    Story story;
    story.as_of = "2026-11-23";
    sample::set(story.provider, "locations.storage", json::strings({country}));
    sample::set(story.provider, "transfers", json::read(transfers, "transfers"));
    return fact(story, "host.places.storage.in_eu_or_adequate");
  };
  const std::string covered = R"({"country": "US", "kind": "transfer", "basis": "adequacy",
                                  "adequacy_scheme": {"scheme": "dpf", "from": "2024-01-01"}})";
  const std::string by_clauses = R"({"country": "US", "kind": "transfer",
                                     "basis": "standard-contractual-clauses"})";
  CHECK(is_adequate(("[" + covered + "]").c_str(), "US") == "true");
  CHECK(is_adequate(("[" + covered + "," + by_clauses + "]").c_str(), "US") == "false");
  CHECK(is_adequate(("[" + by_clauses + "," + covered + "]").c_str(), "US") == "false");
  CHECK(is_adequate("[]", "US") == "false");
  CHECK(is_adequate(("[" + by_clauses + "]").c_str(), "FR") == "true");
}
