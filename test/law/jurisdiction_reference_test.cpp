// SPDX-License-Identifier: Apache-2.0
// The same answer computed again, slowly and in another way: for every head anew, by growing sets
// until they stay, and by following every path of multiplied parts.
#include <algorithm>
#include <cstdint>
#include <map>
#include <optional>
#include <random>
#include <set>
#include <string>
#include <vector>

#include "catch.hpp"
#include "law/jurisdiction.hpp"
#include "model/provider.hpp"

using namespace octroi;
using namespace octroi::law;
using model::Provider;

namespace {

using Set = std::set<std::size_t>;

/// Party 0 operates; a company or foundation each; holders have higher numbers than the held.
struct World {
  struct Party {
    bool is_foundation;
    std::optional<bool> is_european;
  };
  struct Stake {
    std::size_t holder;
    std::size_t held;
    std::optional<int> percent;
  };
  std::vector<Party> parties;
  std::vector<Stake> stakes;

  [[nodiscard]] int undeclared(std::size_t held) const {
    int left = 100;
    for (const Stake& stake : stakes) left -= stake.held == held ? stake.percent.value_or(0) : 0;
    return left;
  }
  [[nodiscard]] bool is_open(std::size_t held) const { return !parties[held].is_foundation; }
};

/// What a set holds in a company, at least or at most; `hidden` is whether holders whom nobody
/// declared belong to it.
int least_part(const World& world, const Set& group, std::size_t held) {
  int sum = 0;
  for (const World::Stake& stake : world.stakes) {
    if (stake.held == held && group.contains(stake.holder)) sum += stake.percent.value_or(0);
  }
  return sum;
}

int most_part(const World& world, const Set& group, std::size_t held, bool hidden) {
  bool takes_rest = hidden && world.is_open(held);
  for (const World::Stake& stake : world.stakes) {
    takes_rest =
        takes_rest || (stake.held == held && group.contains(stake.holder) && !stake.percent);
  }
  return least_part(world, group, held) + (takes_rest ? world.undeclared(held) : 0);
}

bool somebody_holds_more(const World& world, const Set& group, std::size_t held, int part) {
  return std::any_of(world.stakes.begin(), world.stakes.end(), [&](const World::Stake& stake) {
    return stake.held == held && !group.contains(stake.holder) && stake.percent.value_or(0) > part;
  });
}

Set certain_group(const World& world, std::size_t head) {
  Set group = {head};
  for (std::size_t before = 0; before != group.size();) {
    before = group.size();
    for (std::size_t at = 0; at < world.parties.size(); ++at) {
      if (least_part(world, group, at) > 50) group.insert(at);
    }
  }
  return group;
}

Set possible_group(const World& world, Set group) {
  for (std::size_t before = world.parties.size() + 1; before != group.size();) {
    before = group.size();
    for (std::size_t at = 0; at < world.parties.size(); ++at) {
      const int part = most_part(world, group, at, true);
      const bool controls =
          part > 50 || (part > 40 && !somebody_holds_more(world, group, at, part));
      if (controls) group.insert(at);
    }
  }
  return group;
}

/// Parts multiplied along every path, in units of 10^-14: exact for whole percents up to depth 7.
constexpr std::int64_t k_one = 100'000'000'000'000;

std::int64_t multiplied(const World& world, std::size_t company, const Set& whole) {
  std::int64_t sum = 0;
  std::int64_t open = world.is_open(company) && world.undeclared(company) > 0 ? k_one : 0;
  for (const World::Stake& stake : world.stakes) {
    if (stake.held != company) continue;
    const std::int64_t part =
        whole.contains(stake.holder) ? k_one : multiplied(world, stake.holder, whole);
    sum += part / 100 * stake.percent.value_or(0);
    if (!stake.percent) open = std::max(open, part);
  }
  return sum + open / 100 * world.undeclared(company);
}

struct Standings {
  Set outside;
  Set uncertain;  ///< outside, or not known to be in the Union
};

Standings standings_of(const World& world) {
  Standings result;
  result.uncertain = possible_group(world, {});
  for (std::size_t at = 0; at < world.parties.size(); ++at) {
    const std::optional<bool>& european = world.parties[at].is_european;
    if (european == true) continue;
    result.uncertain.merge(possible_group(world, {at}));
    if (european == false) result.outside.merge(certain_group(world, at));
  }
  return result;
}

Answer reference(const World& world) {
  const Standings standings = standings_of(world);
  if (standings.outside.contains(0)) return Answer::no;
  if (least_part(world, standings.outside, 0) > 39) return Answer::no;
  bool is_unknown = standings.uncertain.contains(0) ||
                    most_part(world, standings.uncertain, 0, true) > 39 ||
                    multiplied(world, 0, standings.uncertain) > k_one / 100 * 39;
  std::vector<Set> groups = {possible_group(world, {})};
  for (std::size_t at = 1; at < world.parties.size(); ++at) {
    const std::optional<bool>& european = world.parties[at].is_european;
    if (european == true) continue;
    if (european == false && least_part(world, certain_group(world, at), 0) > 24) return Answer::no;
    groups.push_back(possible_group(world, {at}));
  }
  for (const Set& group : groups) {
    is_unknown = is_unknown || most_part(world, group, 0, true) > 24 ||
                 multiplied(world, 0, group) > k_one / 100 * 24;
  }
  return is_unknown ? Answer::unknown : Answer::yes;
}

Provider provider_of(const World& world) {
  Provider provider;
  provider.operator_id = "p0";
  const auto name = [](std::size_t at) { return "p" + std::to_string(at); };
  for (std::size_t at = 0; at < world.parties.size(); ++at) {
    const World::Party& party = world.parties[at];
    std::optional<std::string> country;
    if (party.is_european) country = *party.is_european ? "FR" : "US";
    provider.parties.push_back({name(at), name(at), party.is_foundation ? "foundation" : "company",
                                country, country, country, false});
  }
  for (const World::Stake& stake : world.stakes) {
    std::optional<std::string> percent;
    if (stake.percent) percent = std::to_string(*stake.percent);
    provider.holdings.push_back({name(stake.holder), name(stake.held), percent, percent});
  }
  return provider;
}

std::string text_of(const World& world) {
  std::string text;
  for (const World::Party& party : world.parties) {
    text += party.is_foundation ? "foundation " : "company ";
    text += !party.is_european ? "?\n" : *party.is_european ? "EU\n" : "outside\n";
  }
  for (const World::Stake& stake : world.stakes) {
    text += std::to_string(stake.holder) + " in " + std::to_string(stake.held) + ": " +
            (stake.percent ? std::to_string(*stake.percent) : "?") + "\n";
  }
  return text;
}

World random_world(std::mt19937& random) {
  constexpr int k_parts[] = {5, 12, 15, 19, 20, 24, 25, 39, 40, 41, 50, 51, 60, 80, 100};
  World world;
  const std::size_t count = 2 + random() % 6;
  for (std::size_t at = 0; at < count; ++at) {
    std::optional<bool> european = at == 0 || random() % 3 != 0;
    if (random() % 40 == 0) european.reset();
    world.parties.push_back({at > 0 && random() % 2 == 0, european});
  }
  for (std::size_t held = 0; held + 1 < count; ++held) {
    for (std::size_t holder = held + 1; holder < count; ++holder) {
      const int left = world.undeclared(held);
      if (random() % 3 == 0 || left == 0) continue;
      std::optional<int> part = std::min(left, k_parts[random() % std::size(k_parts)]);
      if (holder + 1 == count || random() % 3 == 0) part = left;
      if (random() % 30 == 0) part.reset();
      world.stakes.push_back({holder, held, part});
    }
  }
  world.parties.back().is_foundation = true;
  return world;
}

}  // namespace

TEST_CASE("the answer agrees with a slow computation of the same on random graphs") {
  std::mt19937 random(24'39);
  std::map<Answer, int> counts;
  for (int round = 0; round < 6000; ++round) {
    const World world = random_world(random);
    const JurisdictionAnswer answer =
        exclusively_eu_law(provider_of(world), parse_date("2026-11-20").value());
    const Answer expected = reference(world);
    ++counts[expected];
    INFO(text_of(world));
    for (const JurisdictionStep& step : answer.chain) UNSCOPED_INFO(describe(step));
    REQUIRE(name_of(answer.exclusively_eu_law) == name_of(expected));
  }
  for (const Answer one : {Answer::yes, Answer::no, Answer::unknown}) CHECK(counts[one] > 300);
}
