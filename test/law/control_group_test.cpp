// SPDX-License-Identifier: Apache-2.0
#include "law/control_group.hpp"

#include <algorithm>
#include <random>
#include <set>

#include "base/error.hpp"
#include "catch.hpp"

using octroi::Error;
using namespace octroi::law;

namespace {

/// Parties of these tests, by the place of their letter.
const std::vector<std::string> k_names = {"a", "b", "c", "x", "y", "top", "middle"};
constexpr PartyNumber k_a = 0, k_b = 1, k_c = 2, k_x = 3, k_y = 4, k_top = 5, k_middle = 6;

Stake votes(PartyNumber holder, PartyNumber held, const char* percent) {
  const Part part{Percent::parse(percent).value(), false};
  return {holder, held, part, part, false, false};
}

Stake unknown_votes(PartyNumber holder, PartyNumber held) {
  return {holder, held, {{}, true}, {{}, true}, false, false};
}

using Numbers = std::set<PartyNumber>;

Numbers controlled_by(PartyNumber party, const std::vector<Stake>& stakes, ControlRule rule,
                      bool is_open = false) {
  const Ownership ownership(k_names, stakes);
  const std::vector<bool> open(ownership.size(), is_open);
  ControlGroup group(ownership, open, rule);
  group.add(party);
  Numbers result(group.members().begin(), group.members().end());
  result.erase(party);
  return result;
}

Numbers certainly(PartyNumber party, const std::vector<Stake>& stakes) {
  return controlled_by(party, stakes, ControlRule::certain);
}

Numbers possibly(PartyNumber party, const std::vector<Stake>& stakes) {
  return controlled_by(party, stakes, ControlRule::possible);
}

Numbers presumably(PartyNumber party, const std::vector<Stake>& stakes) {
  return controlled_by(party, stakes, ControlRule::presumed);
}

}  // namespace

TEST_CASE("one half of the votes is not control, and a little more is") {
  CHECK(certainly(k_a, {votes(k_a, k_x, "50")}).empty());
  CHECK(certainly(k_a, {votes(k_a, k_x, "50.000001")}) == Numbers{k_x});
  Stake appoints = votes(k_a, k_x, "1");
  appoints.appoints_majority = true;
  CHECK(certainly(k_a, {appoints}) == Numbers{k_x});
  CHECK(presumably(k_a, {appoints}).empty());
}

TEST_CASE("control runs through chains, and adds up over controlled companies") {
  CHECK(certainly(k_top, {votes(k_top, k_middle, "60"), votes(k_middle, k_x, "51")}) ==
        Numbers{k_middle, k_x});
  // Each subsidiary holds less than half, their common parent more.
  CHECK(certainly(k_top, {votes(k_top, k_a, "100"), votes(k_top, k_b, "100"), votes(k_a, k_x, "30"),
                          votes(k_b, k_x, "30")}) == Numbers{k_a, k_b, k_x});
  // A minority of a minority is no control.
  CHECK(certainly(k_top, {votes(k_top, k_middle, "40"), votes(k_middle, k_x, "100")}).empty());
}

TEST_CASE("votes that a company holds in itself or in its controller do not count") {
  const std::vector<Stake> itself = {votes(k_x, k_x, "60"), votes(k_a, k_x, "20")};
  CHECK(certainly(k_a, itself).empty());
  CHECK(possibly(k_a, itself) == Numbers{k_x});
  const std::vector<Stake> mutual = {votes(k_x, k_y, "60"), votes(k_y, k_x, "60"),
                                     votes(k_a, k_x, "20")};
  CHECK(certainly(k_y, mutual).empty());
  CHECK(possibly(k_a, mutual).contains(k_x));
  // A small part in one's parent changes nothing.
  const std::vector<Stake> small = {votes(k_x, k_y, "60"), votes(k_y, k_x, "1"),
                                    votes(k_a, k_x, "20")};
  CHECK(certainly(k_x, small) == Numbers{k_y});
  CHECK(possibly(k_a, small).empty());
}

TEST_CASE("more than 40 % may be control where nobody holds more") {
  CHECK(possibly(k_a, {votes(k_a, k_x, "40")}).empty());
  CHECK(possibly(k_a, {votes(k_a, k_x, "40.000001")}) == Numbers{k_x});
  CHECK(possibly(k_a, {votes(k_a, k_x, "45"), votes(k_b, k_x, "46")}).empty());
  CHECK(possibly(k_b, {votes(k_a, k_x, "45"), votes(k_b, k_x, "46")}) == Numbers{k_x});
  CHECK(possibly(k_a, {votes(k_a, k_x, "45"), votes(k_b, k_x, "45")}) == Numbers{k_x});
}

TEST_CASE("it is presumed where nobody can hold more, alone or with others behind the same front") {
  const std::vector<Stake> alone = {votes(k_a, k_x, "41"), votes(k_b, k_x, "30"),
                                    votes(k_c, k_x, "29")};
  CHECK(presumably(k_a, alone) == Numbers{k_x});
  CHECK(certainly(k_a, alone).empty());
  CHECK(presumably(k_a, {votes(k_a, k_x, "40"), votes(k_b, k_x, "30")}).empty());
  CHECK(presumably(k_a, {votes(k_a, k_x, "41"), votes(k_b, k_x, "42")}).empty());
  CHECK(presumably(k_a, {votes(k_a, k_x, "41"), unknown_votes(k_b, k_x)}).empty());
  // Somebody holds both of the others, or could.
  std::vector<Stake> joined = alone;
  joined.push_back(votes(k_top, k_b, "10"));
  joined.push_back(votes(k_top, k_c, "10"));
  CHECK(presumably(k_a, joined).empty());
  CHECK(controlled_by(k_a, alone, ControlRule::presumed, true).empty());
}

TEST_CASE("what is not declared counts for the group, and for holders whom nobody declared") {
  const std::vector<Stake> stakes = {votes(k_a, k_x, "30"), unknown_votes(k_b, k_x),
                                     votes(k_c, k_x, "20")};
  CHECK(possibly(k_a, stakes).empty());
  CHECK(possibly(k_b, stakes) == Numbers{k_x});
  const Ownership ownership(k_names, stakes);
  const std::vector<bool> open = {false, false, false, true, false, false, false};
  ControlGroup group(ownership, open, ControlRule::possible);
  group.add_hidden();
  CHECK(group.members() == std::vector<PartyNumber>{k_x});
  CHECK(group.part_in(k_x, Share::votes) == Bounds{Percent{}, Percent::of(50)});
  group.add(k_a);
  CHECK(group.part_in(k_x, Share::votes) == Bounds{Percent::of(30), Percent::of(80)});
  group.shrink_to(1);
  CHECK_FALSE(group.contains(k_a));
  CHECK(group.part_in(k_x, Share::votes) == Bounds{Percent{}, Percent::of(50)});
}

TEST_CASE("shares that cannot be are refused") {
  CHECK_NOTHROW(Ownership(k_names, {votes(k_a, k_x, "50.005"), votes(k_b, k_x, "50.005")}));
  CHECK_THROWS_AS(Ownership(k_names, {votes(k_a, k_x, "60"), votes(k_b, k_x, "40.011")}), Error);
  CHECK_THROWS_AS(Ownership(k_names, {votes(k_a, k_x, "10"), votes(k_a, k_x, "10")}), Error);
}

TEST_CASE("holders come before those they hold, and rings stay together") {
  const Ownership ownership(
      k_names, {votes(k_x, k_a, "1"), votes(k_b, k_x, "1"), votes(k_x, k_y, "1"),
                votes(k_y, k_b, "1"), votes(k_top, k_y, "1"), votes(k_a, k_middle, "1")});
  const std::vector<PartyNumber>& order = ownership.holders_first();
  REQUIRE(order.size() == k_names.size());
  const auto place = [&order](PartyNumber party) {
    return std::find(order.begin(), order.end(), party) - order.begin();
  };
  CHECK(place(k_top) < std::min({place(k_b), place(k_x), place(k_y)}));
  CHECK(std::max({place(k_b), place(k_x), place(k_y)}) < place(k_a));
  CHECK(place(k_a) < place(k_middle));
  CHECK(ownership.ring(k_b) == ownership.ring(k_x));
  CHECK(ownership.ring(k_y) == ownership.ring(k_x));
  CHECK(ownership.ring(k_top) != ownership.ring(k_x));
}

namespace {

/// The same question answered slowly: grow the set of controlled companies until it stays. Votes
/// in rings are left to the named cases.
Numbers naive_controlled_by(const std::vector<Stake>& stakes, PartyNumber party) {
  Numbers group = {party};
  for (bool has_grown = true; has_grown;) {
    has_grown = false;
    for (const Stake& candidate : stakes) {
      Percent sum;
      bool appoints = false;
      for (const Stake& one : stakes) {
        if (one.held != candidate.held || !group.contains(one.holder)) continue;
        sum += one.votes.least;
        appoints = appoints || one.appoints_majority;
      }
      if (!appoints && sum <= Percent::of(50)) continue;
      has_grown = group.insert(candidate.held).second || has_grown;
    }
  }
  group.erase(party);
  return group;
}

std::vector<Stake> random_stakes(std::mt19937& random) {
  std::vector<Stake> result;
  for (PartyNumber held = 0; held < k_names.size(); ++held) {
    std::int64_t left = 100;
    for (PartyNumber holder = 0; holder < held; ++holder) {
      if (random() % 2 == 0) continue;
      const std::int64_t percent = static_cast<std::int64_t>(random()) % (left + 1);
      const bool is_open = random() % 8 == 0;
      const Part part{is_open ? Percent{} : Percent::of(percent), is_open};
      result.push_back({holder, held, part, part, false, random() % 16 == 0});
      left -= percent;
    }
  }
  return result;
}

}  // namespace

TEST_CASE("control agrees with a naive computation on random graphs, in any order") {
  std::mt19937 random(20210219);
  for (int round = 0; round < 2000; ++round) {
    std::vector<Stake> stakes = random_stakes(random);
    for (PartyNumber party = 0; party < k_names.size(); ++party) {
      const Numbers expected = naive_controlled_by(stakes, party);
      REQUIRE(certainly(party, stakes) == expected);
      std::shuffle(stakes.begin(), stakes.end(), random);
      REQUIRE(certainly(party, stakes) == expected);
      // Whoever certainly controls also possibly does.
      const Numbers possible = possibly(party, stakes);
      REQUIRE(std::includes(possible.begin(), possible.end(), expected.begin(), expected.end()));
    }
  }
}
