// SPDX-License-Identifier: Apache-2.0
#include "law/ownership.hpp"

#include <random>

#include "base/error.hpp"
#include "catch.hpp"

using octroi::Error;
using octroi::law::Bounds;
using octroi::law::Control;
using octroi::law::Holding;
using octroi::law::Ownership;
using octroi::law::Percent;
using octroi::law::Share;

namespace {

Holding votes(std::string holder, std::string held, const char* percent) {
  return {std::move(holder),       std::move(held), Percent::parse(percent),
          Percent::parse(percent), false,           false};
}

Holding unknown_votes(std::string holder, std::string held) {
  return {std::move(holder), std::move(held), std::nullopt, std::nullopt, false, false};
}

std::set<std::string> names(std::initializer_list<const char*> list) {
  return {list.begin(), list.end()};
}

/// The same question answered slowly: grow the set of controlled companies until it stays.
std::set<std::string> naive_controlled_by(const std::vector<Holding>& holdings,
                                          const std::string& party) {
  std::set<std::string> group = {party};
  for (bool has_grown = true; has_grown;) {
    has_grown = false;
    for (const Holding& candidate : holdings) {
      Percent sum;
      bool appoints = false;
      for (const Holding& one : holdings) {
        if (one.held != candidate.held || !group.contains(one.holder)) continue;
        sum += one.votes.value_or(Percent{});
        appoints = appoints || one.appoints_majority;
      }
      if (appoints || sum > Percent::of(50)) {
        has_grown = group.insert(candidate.held).second || has_grown;
      }
    }
  }
  group.erase(party);
  return group;
}

std::vector<Holding> random_holdings(std::mt19937& random) {
  const int parties = 2 + static_cast<int>(random() % 6);
  std::vector<Holding> result;
  for (int held = 0; held < parties; ++held) {
    std::int64_t left = 100;
    for (int holder = 0; holder < parties; ++holder) {
      if (random() % 2 == 0) continue;  // a company may even hold itself
      const std::int64_t part = static_cast<std::int64_t>(random()) % (left + 1);
      Holding holding{"p" + std::to_string(holder),
                      "p" + std::to_string(held),
                      std::nullopt,
                      Percent::of(part),
                      false,
                      random() % 16 == 0};
      if (random() % 8 == 0) holding.votes.reset();
      left -= part;
      result.push_back(std::move(holding));
    }
  }
  return result;
}

std::set<std::string> companies(const std::vector<Control>& controls) {
  std::set<std::string> result;
  for (const Control& control : controls) result.insert(control.company);
  return result;
}

}  // namespace

TEST_CASE("one half of the votes is not control, and a little more is") {
  CHECK(Ownership({votes("a", "x", "50")}).controllers_of("x").empty());
  CHECK(Ownership({votes("a", "x", "50.000001")}).controllers_of("x") == names({"a"}));
  Holding appoints = votes("a", "x", "1");
  appoints.appoints_majority = true;
  CHECK(Ownership({appoints}).controllers_of("x") == names({"a"}));
}

TEST_CASE("control runs through chains, adds up over controlled companies, and ends in cycles") {
  const Ownership chain({votes("top", "middle", "60"), votes("middle", "x", "51")});
  CHECK(chain.controllers_of("x") == names({"middle", "top"}));
  // Each subsidiary holds less than half, their common parent more.
  const Ownership joined({votes("top", "a", "100"), votes("top", "b", "100"), votes("a", "x", "30"),
                          votes("b", "x", "30")});
  CHECK(joined.controllers_of("x") == names({"top"}));
  CHECK(joined.controlled_by("top").back().through == std::vector<std::string>{"a", "b"});
  // A minority of a minority is no control.
  const Ownership weak({votes("top", "middle", "40"), votes("middle", "x", "100")});
  CHECK(weak.controllers_of("x") == names({"middle"}));
  const Ownership cycle({votes("a", "b", "60"), votes("b", "a", "60"), votes("b", "x", "60")});
  CHECK(cycle.controllers_of("x") == names({"a", "b"}));
  CHECK(cycle.controllers_of("a") == names({"b"}));
  const Ownership itself({votes("x", "x", "60")});
  CHECK(itself.controllers_of("x").empty());
}

TEST_CASE("what is not declared is bounded, not guessed") {
  const Ownership some({votes("a", "x", "30"), unknown_votes("b", "x"), votes("c", "x", "20")});
  const Bounds bounds = some.held_by({"a", "b"}, "x", Share::votes);
  CHECK(bounds.least == Percent::of(30));
  CHECK(bounds.most == Percent::of(80));
  CHECK(some.undeclared("x", Share::votes) == Percent::of(50));
  CHECK(some.controllers_of("x").empty());
  CHECK(some.possible_controllers_of("x") == names({"b"}));
  CHECK(some.could_have_unknown_controller("x"));
  const Ownership settled({votes("a", "x", "60"), unknown_votes("b", "x")});
  CHECK(settled.possible_controllers_of("x") == names({"a"}));
  CHECK_FALSE(settled.could_have_unknown_controller("x"));
  CHECK(Ownership(std::vector<Holding>{}).could_have_unknown_controller("x"));
}

TEST_CASE("more than 40 % may be control where nobody holds more") {
  CHECK(Ownership({votes("a", "x", "40")}).possible_controllers_of("x").empty());
  CHECK(Ownership({votes("a", "x", "40.01")}).possible_controllers_of("x") == names({"a"}));
  CHECK(Ownership({votes("a", "x", "45"), votes("b", "x", "46")}).possible_controllers_of("x") ==
        names({"b"}));
}

TEST_CASE("shares that cannot be are refused") {
  CHECK_NOTHROW(Ownership({votes("a", "x", "50.005"), votes("b", "x", "50.005")}));
  CHECK_THROWS_AS(Ownership({votes("a", "x", "60"), votes("b", "x", "40.011")}), Error);
  CHECK_THROWS_AS(Ownership({votes("a", "x", "10"), votes("a", "x", "10")}), Error);
}

TEST_CASE("control agrees with a naive computation on random graphs, in any order") {
  std::mt19937 random(20210219);
  for (int round = 0; round < 2000; ++round) {
    std::vector<Holding> holdings = random_holdings(random);
    const Ownership ownership(holdings);
    std::shuffle(holdings.begin(), holdings.end(), random);
    const Ownership shuffled(holdings);
    for (const Holding& holding : holdings) {
      const std::set<std::string> expected = naive_controlled_by(holdings, holding.holder);
      REQUIRE(companies(ownership.controlled_by(holding.holder)) == expected);
      REQUIRE(companies(shuffled.controlled_by(holding.holder)) == expected);
      // Whoever certainly controls also possibly does.
      for (const std::string& company : expected) {
        REQUIRE(companies(ownership.possibly_controlled_by(holding.holder)).contains(company));
      }
    }
  }
}
