// SPDX-License-Identifier: Apache-2.0
// What is wrong between the members of a provider: who acts together, and when.
#include "model/provider_faults.hpp"

#include <string>

#include "catch.hpp"
#include "json/read.hpp"
#include "model/document.hpp"
#include "model/provider.hpp"
#include "model/sample.hpp"
#include "support/refusal.hpp"

using namespace octroi;
using namespace octroi::model;
using json::Value;

namespace {

/// Two American companies hold a French one; the second sells to it.
Value joint_provider() {
  return json::read(R"({
    "format": "octroi/provider/1", "id": "host", "name": "Host", "operator": "operator",
    "parties": [
      { "id": "operator", "name": "Operator", "kind": "company" },
      { "id": "one", "name": "One", "kind": "company" },
      { "id": "two", "name": "Two", "kind": "company" }
    ],
    "holdings": [
      { "holder": "one", "held": "operator", "capital_percent": "60", "votes_percent": "60",
        "from": "2020-01-01", "until": "2020-12-31" },
      { "holder": "two", "held": "operator", "capital_percent": "40", "votes_percent": "40" },
      { "holder": "one", "held": "operator", "capital_percent": "50", "votes_percent": "50",
        "from": "2021-01-01" }
    ],
    "suppliers": [
      { "party": "two", "can_access_data": false, "own_skills": false, "other_companies": 2,
        "qualification": { "from": "2020-01-01", "until": "2022-12-31", "reference": "q-1" },
        "from": "2020-02-01", "until": "2020-03-01" }
    ],
    "joint_powers": [ { "holders": ["one", "two"], "held": "operator", "veto": true } ],
    "concerts": [ { "holders": ["one", "two"], "held": "operator" } ],
    "changes": [
      { "date": "2021-01-01", "what": "one sold a part of its part", "reported": "2021-01-31" },
      { "date": "2021-02-01", "what": "a new supplier" }
    ]
  })",
                    "provider");
}

std::string faults_with(const char* pointer, Value value) {
  Value provider = joint_provider();
  sample::at(provider, pointer) = std::move(value);
  return sample::faults_of(DocumentKind::provider, provider);
}

void require_fault(const std::string& faults, const char* pointer, const char* expected) {
  INFO(faults);
  CHECK(test::contains(faults, std::string("sample: ") + pointer + ":"));
  CHECK(test::contains(faults, expected));
}

}  // namespace

TEST_CASE("a provider says who acts together, and when") {
  const Provider provider = Provider::from(sample::read(DocumentKind::provider, joint_provider()));
  const Date last = parse_date("2020-12-31").value();
  REQUIRE(provider.holdings.size() == 3);
  CHECK(provider.holdings[0].period.contains(last));
  CHECK_FALSE(provider.holdings[0].period.contains(last + std::chrono::days(1)));
  CHECK_FALSE(provider.holdings[2].period.contains(last));
  CHECK(provider.holdings[1].period.contains(last));
  const Supplier& supplier = provider.suppliers.at(0);
  CHECK(supplier.own_skills == false);
  CHECK(supplier.other_companies == 2);
  CHECK(supplier.qualification.value().until == parse_date("2022-12-31"));
  CHECK(supplier.period.from == parse_date("2020-02-01"));
  REQUIRE(provider.joint_powers.size() == 1);
  CHECK(provider.joint_powers[0].holders == std::vector<std::string>{"one", "two"});
  CHECK(provider.joint_powers[0].veto);
  CHECK_FALSE(provider.joint_powers[0].appoints_majority);
  REQUIRE(provider.concerts.size() == 1);
  CHECK(provider.concerts[0].held == "operator");
  REQUIRE(provider.changes.size() == 2);
  CHECK(provider.changes[0].reported == parse_date("2021-01-31"));
  CHECK_FALSE(provider.changes[1].reported);
}

TEST_CASE("who acts together is a party, and who acts in concert holds a part") {
  const char* party = "the id of one of the parties";
  require_fault(faults_with("/joint_powers/0/holders/1", "three"), "/joint_powers/0/holders/1",
                party);
  require_fault(faults_with("/joint_powers/0/held", "three"), "/joint_powers/0/held", party);
  require_fault(faults_with("/concerts/0/holders/0", "three"), "/concerts/0/holders/0", party);
  require_fault(faults_with("/concerts/0/held", "three"), "/concerts/0/held", party);
  require_fault(faults_with("/concerts/0/held", "two"), "/concerts/0/holders/0",
                "a holder of \"two\"");
  const Value one = json::strings({"one"});
  require_fault(faults_with("/concerts/0/holders", one), "/concerts/0/holders", "2 items");
  const Value twice = json::strings({"one", "one"});
  require_fault(faults_with("/joint_powers/0/holders", twice), "/joint_powers/0/holders/1", "once");
  Value again = joint_provider();
  Value concert = sample::at(again, "/concerts/0");
  sample::at(again, "/concerts").push(std::move(concert));
  require_fault(sample::faults_of(DocumentKind::provider, again), "/concerts/1/holders/0",
                "one concert of each holder in \"operator\"");
}

TEST_CASE("nothing ends before it begins") {
  require_fault(faults_with("/holdings/0/until", "2019-12-31"), "/holdings/0/until",
                "nothing before 2020-01-01");
  require_fault(faults_with("/suppliers/0/until", "2020-01-31"), "/suppliers/0/until",
                "nothing before 2020-02-01");
  require_fault(faults_with("/suppliers/0/qualification/until", "2019-12-31"),
                "/suppliers/0/qualification/until", "nothing before 2020-01-01");
  require_fault(faults_with("/changes/0/reported", "2020-12-31"), "/changes/0/reported",
                "nothing before 2021-01-01");
  require_fault(faults_with("/holdings/0/from", "2020-02-30"), "/holdings/0/from", "");
}

TEST_CASE("a holding may be declared again from the day after its end") {
  CHECK(sample::faults_of(DocumentKind::provider, joint_provider()).empty());
  require_fault(faults_with("/holdings/2/from", "2020-12-31"), "/holdings/2",
                "one entry for each holder and held on a day");
  Value open = joint_provider();
  sample::remove(open, "/holdings/0/until");
  require_fault(sample::faults_of(DocumentKind::provider, open), "/holdings/2",
                "one entry for each holder and held on a day");
}

TEST_CASE("parts add up to the whole at most on every day") {
  // 60 and 40 until the end of 2020, then 50 and 40: never more than the whole, though 150 in all.
  require_fault(faults_with("/holdings/2/votes_percent", "60.02"), "/holdings/2/votes_percent",
                "at most 100 % together");
  CHECK(faults_with("/holdings/2/votes_percent", "60.01").empty());
  require_fault(faults_with("/holdings/1/capital_percent", "40.02"), "/holdings/1/capital_percent",
                "at most 100 % together");
}
