// SPDX-License-Identifier: Apache-2.0
#include "law/transfers.hpp"

#include <algorithm>
#include <functional>

#include "catch.hpp"
#include "support/day.hpp"

using octroi::Date;
using octroi::parse_date;
using namespace octroi::law;

using octroi::test::day;

namespace {

constexpr const char* k_day = "2026-11-23";

/// Standard clauses to India with everything that they need.
Transfer clauses() {
  Transfer transfer;
  transfer.country = "IN";
  transfer.basis = "standard-contractual-clauses";
  transfer.evidence_from = day("2024-01-01");
  transfer.assessed = day("2024-02-01");
  transfer.assessment = "with-measures";
  transfer.measures_suffice = true;
  return transfer;
}

Transfer derogation() {
  Transfer transfer;
  transfer.country = "IN";
  transfer.basis = "derogation";
  transfer.derogation = "49(1)(d)";
  transfer.is_systematic = false;
  return transfer;
}

Transfer adequacy(const char* country, const char* scheme = "", const char* from = "") {
  Transfer transfer;
  transfer.country = country;
  transfer.basis = "adequacy";
  transfer.scheme = {scheme, parse_date(from), {}};
  return transfer;
}

std::string status(const Transfer& transfer, const char* as_of = k_day) {
  const TransferAnswer answer = answer_of(transfer, day(as_of));
  CHECK_FALSE(answer.reason.empty());
  return std::string(name_of(answer.status));
}

std::string changed(Transfer transfer, const std::function<void(Transfer&)>& change) {
  change(transfer);
  return status(transfer);
}

using Destinations = std::vector<Destination>;

std::string shown(const Destinations& list) {
  std::string text;
  for (const Destination& one : list) {
    text += std::string(one.country) + ":";
    for (const std::string_view way : one.through) text += " " + std::string(way);
    text += " = " + std::string(name_of(one.answer.status)) + "; ";
  }
  return text;
}

}  // namespace

TEST_CASE("safeguards need their document, an assessment and the measures it asks for") {
  CHECK(status(clauses()) == "safeguards");
  for (const char* basis : {"binding-corporate-rules", "authorised-clauses", "public-instrument",
                            "code-of-conduct", "certification"}) {
    CHECK(changed(clauses(), [&](Transfer& one) { one.basis = basis; }) == "safeguards");
  }
  CHECK(changed(clauses(), [](Transfer& one) {
          one.assessment = "equivalent";
          one.measures_suffice = {};
        }) == "safeguards");
  CHECK(changed(clauses(), [](Transfer& one) { one.evidence_from = {}; }) == "unknown");
  CHECK(changed(clauses(), [](Transfer& one) { one.evidence_from = day("2026-11-24"); }) == "none");
  CHECK(changed(clauses(), [](Transfer& one) { one.evidence_until = day("2026-11-22"); }) ==
        "none");
  CHECK(changed(clauses(), [](Transfer& one) { one.evidence_until = day(k_day); }) == "safeguards");
  CHECK(changed(clauses(), [](Transfer& one) { one.assessed = {}; }) == "unknown");
  CHECK(changed(clauses(), [](Transfer& one) { one.assessed = day("2026-11-24"); }) == "none");
  CHECK(changed(clauses(), [](Transfer& one) { one.assessment = ""; }) == "unknown");
  CHECK(changed(clauses(), [](Transfer& one) { one.assessment = "fine"; }) == "unknown");
  CHECK(changed(clauses(), [](Transfer& one) { one.assessment = "not-equivalent"; }) == "none");
  CHECK(changed(clauses(), [](Transfer& one) { one.measures_suffice = {}; }) == "unknown");
  CHECK(changed(clauses(), [](Transfer& one) { one.measures_suffice = false; }) == "none");
}

TEST_CASE("a derogation is named, and never for systematic transfers") {
  CHECK(status(derogation()) == "derogation");
  CHECK(changed(derogation(), [](Transfer& one) { one.derogation = ""; }) == "unknown");
  CHECK(changed(derogation(), [](Transfer& one) { one.is_systematic = {}; }) == "unknown");
  CHECK(changed(derogation(), [](Transfer& one) { one.is_systematic = true; }) == "none");
}

TEST_CASE("adequacy is what the decisions of the day say, not what is claimed") {
  CHECK(status(adequacy("CH")) == "adequate");
  CHECK(status(adequacy("IN")) == "none");
  CHECK(status(adequacy("US")) == "unknown");
  CHECK(status(adequacy("US", "dpf", "2023-09-01")) == "adequate");
  CHECK(status(adequacy("US", "dpf", "2023-09-01"), "2021-02-19") == "none");
  CHECK(status(adequacy("BR"), "2026-01-25") == "none");
  CHECK(status(adequacy("BR"), "2026-01-26") == "adequate");
}

TEST_CASE("no basis, an unknown basis and an unknown country never pass") {
  CHECK(changed(clauses(), [](Transfer& one) { one.basis = "none"; }) == "none");
  CHECK(changed(clauses(), [](Transfer& one) { one.basis = "trust us"; }) == "unknown");
  CHECK(changed(clauses(), [](Transfer& one) { one.country = "XX"; }) == "unknown");
}

TEST_CASE("leaving evidence out never helps") {
  const auto rank = [](const Transfer& one) { return answer_of(one, day(k_day)).status; };
  for (const Transfer& full : {clauses(), derogation(), adequacy("US", "dpf", "2023-09-01")}) {
    const std::function<void(Transfer&)> removals[] = {
        [](Transfer& one) { one.basis = ""; },
        [](Transfer& one) { one.scheme = {}; },
        [](Transfer& one) { one.scheme.from = {}; },
        [](Transfer& one) { one.evidence_from = {}; },
        [](Transfer& one) { one.assessed = {}; },
        [](Transfer& one) { one.assessment = ""; },
        [](Transfer& one) { one.measures_suffice = {}; },
        [](Transfer& one) { one.derogation = ""; },
        [](Transfer& one) { one.is_systematic = {}; }};
    for (const auto& remove_first : removals) {
      Transfer once = full;
      remove_first(once);
      CHECK(rank(once) >= rank(full));
      for (const auto& remove_second : removals) {
        Transfer twice = once;
        remove_second(twice);
        CHECK(rank(twice) >= rank(full));
      }
    }
  }
}

TEST_CASE("destinations are the countries outside the area, each with its worst transfer") {
  const auto list = destinations({{"FR", "user"},
                                  {"NO", "storage"},
                                  {"IN", "support"},
                                  {"UK", "user"},
                                  {"US", "administration"},
                                  {"IN", "remote-access"}},
                                 {clauses(), derogation()}, day(k_day));
  CHECK(shown(list) ==
        "GB: user = adequate; IN: remote-access support = derogation; US: administration = none; ");
  CHECK(list[1].basis == "derogation");
  CHECK(list[1].is_systematic == false);
  CHECK(list[2].answer.reason == "no transfer to US is declared");
}

TEST_CASE("a scheme that nobody declares covers nobody, even where there is a decision") {
  CHECK(shown(destinations({{"US", "user"}}, {}, day(k_day))) == "US: user = none; ");
  CHECK(shown(destinations({{"US", "user"}}, {adequacy("US", "dpf", "2023-09-01")}, day(k_day))) ==
        "US: user = adequate; ");
}

TEST_CASE("the order in which ways and transfers are declared means nothing") {
  std::vector<Reach> reaches = {{"IN", "support"}, {"US", "user"}, {"IN", "storage"}};
  std::vector<Transfer> transfers = {clauses(), derogation(), adequacy("US"), adequacy("IN")};
  const std::string expected = shown(destinations(reaches, transfers, day(k_day)));
  const auto by_country = [](const auto& left, const auto& right) {
    return std::tie(left.country, left.basis) < std::tie(right.country, right.basis);
  };
  std::sort(transfers.begin(), transfers.end(), by_country);
  do {
    std::rotate(reaches.begin(), reaches.begin() + 1, reaches.end());
    CHECK(shown(destinations(reaches, transfers, day(k_day))) == expected);
  } while (std::next_permutation(transfers.begin(), transfers.end(), by_country));
}
