// SPDX-License-Identifier: Apache-2.0
// What holds of every provider, whoever stands behind it: seeded random ones, since the named cases
// of jurisdiction_test.cpp show only what somebody thought of.
#include <algorithm>
#include <array>
#include <functional>
#include <map>
#include <random>
#include <string>
#include <vector>

#include "catch.hpp"
#include "law/jurisdiction.hpp"
#include "model/provider.hpp"

using namespace octroi;
using namespace octroi::law;
using model::Holding;
using model::Party;
using model::Provider;

namespace {

constexpr int k_rounds = 1500;

/// Makes providers of up to six parties. Most are European and well declared, so that every answer
/// is frequent.
class ProviderMaker {
 public:
  explicit ProviderMaker(unsigned seed) : random_(seed) {}

  Provider next() {
    Provider provider{"host", "p0", {}, {}, {}};
    const std::size_t count = 1 + below(6);
    for (std::size_t at = 0; at < count; ++at) provider.parties.push_back(party(at));
    for (std::size_t held = 0; held < count; ++held) add_holdings(provider, held);
    for (std::size_t at = 1; at < count; ++at) {
      if (below(4) == 0) provider.suppliers.push_back(supplier(at));
    }
    if (count > 3) add_alliances(provider);
    return provider;
  }

  std::mt19937& random() { return random_; }
  std::size_t below(std::size_t end) { return random_() % end; }

 private:
  static std::string name(std::size_t at) { return "p" + std::to_string(at); }

  std::optional<std::string> country(const std::string& usual) {
    const std::size_t chance = below(60);
    if (chance == 0) return std::nullopt;
    return chance == 1 ? "US" : usual;
  }

  std::optional<bool> access() {
    const std::size_t chance = below(8);
    if (chance == 0) return std::nullopt;
    return chance < 3;
  }

  model::Supplier supplier(std::size_t at) {
    model::Supplier result{name(at), access()};
    if (below(4) != 0) result.own_skills = below(4) != 0;
    if (below(4) != 0) result.other_companies = static_cast<std::int64_t>(below(4));
    return result;
  }

  /// Two who act together, now and then: those who hold the party in concert.
  void add_alliances(Provider& provider) {
    const std::size_t held = below(2);
    std::vector<std::string> holders;
    for (const Holding& one : provider.holdings) {
      if (one.held == name(held) && holders.size() < 2) holders.push_back(one.holder);
    }
    if (holders.size() == 2 && below(8) == 0) provider.concerts.push_back({holders, name(held)});
    if (below(12) == 0) {
      provider.joint_powers.push_back(
          {{name(2), name(3)}, name(held), below(2) == 0, below(2) == 0});
    }
  }

  Party party(std::size_t at) {
    constexpr std::array<const char*, 5> k_kinds = {"company", "company", "foundation",
                                                    "public-body", "fund"};
    const bool is_outside = at > 0 && below(5) == 0;
    const std::string usual = is_outside ? "US" : "FR";
    const bool is_person = below(40) == 0;
    return {name(at),
            name(at),
            is_person ? "natural-person" : k_kinds[at == 0 ? 0 : below(k_kinds.size())],
            country(usual),
            country(usual),
            country(usual),
            below(4) == 0};
  }

  /// Shares around the thresholds of the law, as long as the whole allows them.
  void add_holdings(Provider& provider, std::size_t held) {
    constexpr std::array<int, 10> k_shares = {1, 15, 19, 24, 25, 39, 40, 50, 51, 100};
    int left = 100;
    for (std::size_t at = 0; at < provider.parties.size(); ++at) {
      const bool is_upwards = at > held || below(10) == 0;  // else a cycle
      if (at == held || !is_upwards || below(2) == 0) continue;
      int part = k_shares[below(k_shares.size())];
      if (part > left || below(4) == 0) part = left;
      left -= part;
      provider.holdings.push_back(
          {name(at), name(held), share(part), share(part), below(30) == 0, below(30) == 0});
    }
  }

  std::optional<std::string> share(int percent) {
    if (below(20) == 0) return std::nullopt;
    return std::to_string(percent);
  }

  std::mt19937 random_;
};

using Forget = std::function<void(Provider&)>;

/// One way to forget each fact that a provider declares: seats, shares, who is traded on a
/// regulated market, and what suppliers can obtain.
std::vector<Forget> declared_facts(const Provider& provider) {
  std::vector<Forget> facts;
  for (std::size_t at = 0; at < provider.parties.size(); ++at) {
    for (const auto seat : {&Party::registered_office, &Party::central_administration,
                            &Party::principal_establishment}) {
      if (!(provider.parties[at].*seat)) continue;
      facts.push_back([=](Provider& less) { (less.parties[at].*seat).reset(); });
    }
    if (!provider.parties[at].listed) continue;
    facts.push_back([=](Provider& less) { less.parties[at].listed = false; });
  }
  for (std::size_t at = 0; at < provider.holdings.size(); ++at) {
    for (const auto share : {&Holding::capital_percent, &Holding::votes_percent}) {
      if (!(provider.holdings[at].*share)) continue;
      facts.push_back([=](Provider& less) { (less.holdings[at].*share).reset(); });
    }
  }
  for (std::size_t at = 0; at < provider.suppliers.size(); ++at) {
    if (provider.suppliers[at].can_access_data) {
      facts.push_back([=](Provider& less) { less.suppliers[at].can_access_data.reset(); });
    }
    if (provider.suppliers[at].own_skills) {
      facts.push_back([=](Provider& less) { less.suppliers[at].own_skills.reset(); });
    }
    if (provider.suppliers[at].other_companies) {
      facts.push_back([=](Provider& less) { less.suppliers[at].other_companies.reset(); });
    }
  }
  return facts;
}

JurisdictionAnswer examine(const Provider& provider) {
  return exclusively_eu_law(provider, parse_date("2026-11-20").value());
}

Answer answer(const Provider& provider) {
  return examine(provider).exclusively_eu_law;
}

std::vector<std::string> sorted_chain(const JurisdictionAnswer& result) {
  std::vector<std::string> steps;
  for (const JurisdictionStep& step : result.chain) steps.push_back(describe(step));
  std::sort(steps.begin(), steps.end());
  return steps;
}

/// The provider in words, for a failed test.
std::string text_of(const Provider& provider) {
  const std::string none = "?";
  std::string text;
  for (const Party& one : provider.parties) {
    text += one.id + " " + one.kind + (one.listed ? " listed " : " ") +
            one.registered_office.value_or(none) + " " + one.central_administration.value_or(none) +
            " " + one.principal_establishment.value_or(none) + "\n";
  }
  for (const Holding& one : provider.holdings) {
    text += one.holder + " in " + one.held + ": " + one.capital_percent.value_or(none) + ", " +
            one.votes_percent.value_or(none) + (one.veto ? " veto" : "") +
            (one.appoints_majority ? " appoints" : "") + "\n";
  }
  for (const model::Supplier& one : provider.suppliers) {
    text += "supplier " + one.party + " " +
            (one.can_access_data ? std::to_string(*one.can_access_data) : none) + "\n";
  }
  for (const model::Concert& one : provider.concerts) {
    text += one.holders[0] + " and " + one.holders[1] + " in concert in " + one.held + "\n";
  }
  for (const model::JointPower& one : provider.joint_powers) {
    text += one.holders[0] + " and " + one.holders[1] + " together over " + one.held +
            (one.veto ? " veto" : "") + (one.appoints_majority ? " appoint" : "") + "\n";
  }
  return text;
}

}  // namespace

TEST_CASE("random providers get every answer often") {
  ProviderMaker maker(1);
  std::map<Answer, int> counts;
  for (int round = 0; round < k_rounds; ++round) ++counts[answer(maker.next())];
  for (const Answer one : {Answer::yes, Answer::no, Answer::unknown}) {
    INFO(name_of(one));
    CHECK(counts[one] > k_rounds / 20);
  }
}

TEST_CASE("to declare less leaves the answer, or leaves it open") {
  constexpr std::size_t k_facts_max = 8;  // of each provider: many providers find more than facts
  ProviderMaker maker(2);
  for (int round = 0; round < k_rounds; ++round) {
    const Provider provider = maker.next();
    const Answer before = answer(provider);
    std::vector<Forget> facts = declared_facts(provider);
    std::shuffle(facts.begin(), facts.end(), maker.random());
    facts.resize(std::min(facts.size(), k_facts_max));
    for (const Forget& forget : facts) {
      Provider less = provider;
      forget(less);
      const Answer after = answer(less);
      if (after == before || after == Answer::unknown) continue;
      FAIL(name_of(before) << " became " << name_of(after) << " without a fact of\n"
                           << text_of(provider) << "left are\n"
                           << text_of(less));
    }
  }
}

TEST_CASE("to leave out a holding, or a party, never makes a host European") {
  ProviderMaker maker(6);
  for (int round = 0; round < k_rounds; ++round) {
    const Provider provider = maker.next();
    if (answer(provider) == Answer::yes) continue;
    for (std::size_t at = 0; at < provider.holdings.size(); ++at) {
      Provider less = provider;
      less.holdings.erase(less.holdings.begin() + static_cast<std::ptrdiff_t>(at));
      // Nobody but companies has owners, and of listed ones only declared thresholds count.
      const auto held =
          std::find_if(provider.parties.begin(), provider.parties.end(),
                       [&](const Party& one) { return one.id == provider.holdings[at].held; });
      if (held->listed || (held->kind != "company" && held->kind != "fund")) continue;
      if (provider.holdings[at].veto || provider.holdings[at].appoints_majority) continue;
      INFO(text_of(provider) << "without " << provider.holdings[at].holder << " in " << held->id);
      REQUIRE(answer(less) != Answer::yes);
    }
    for (std::size_t at = 0; at < provider.parties.size(); ++at) {
      Provider less = provider;
      less.parties.erase(less.parties.begin() + static_cast<std::ptrdiff_t>(at));
      INFO(text_of(provider) << "without " << provider.parties[at].id);
      REQUIRE(answer(less) != Answer::yes);
    }
  }
}

TEST_CASE("whoever declares nothing is not European") {
  ProviderMaker maker(3);
  for (int round = 0; round < k_rounds; ++round) {
    Provider provider = maker.next();
    for (const Forget& forget : declared_facts(provider)) forget(provider);
    INFO(text_of(provider));
    REQUIRE(answer(provider) != Answer::yes);
  }
}

TEST_CASE("the order in which a provider is declared means nothing") {
  ProviderMaker maker(4);
  for (int round = 0; round < k_rounds; ++round) {
    const Provider provider = maker.next();
    Provider shuffled = provider;
    std::shuffle(shuffled.parties.begin(), shuffled.parties.end(), maker.random());
    std::shuffle(shuffled.holdings.begin(), shuffled.holdings.end(), maker.random());
    std::shuffle(shuffled.suppliers.begin(), shuffled.suppliers.end(), maker.random());
    for (auto& one : shuffled.concerts) std::reverse(one.holders.begin(), one.holders.end());
    for (auto& one : shuffled.joint_powers) std::reverse(one.holders.begin(), one.holders.end());
    const JurisdictionAnswer expected = examine(provider);
    const JurisdictionAnswer result = examine(shuffled);
    INFO(text_of(provider));
    REQUIRE(result.exclusively_eu_law == expected.exclusively_eu_law);
    REQUIRE(sorted_chain(result) == sorted_chain(expected));
    REQUIRE_FALSE(result.chain.empty());
  }
}

TEST_CASE("the chain consists of the steps that speak for the answer") {
  ProviderMaker maker(5);
  for (int round = 0; round < k_rounds; ++round) {
    const Provider provider = maker.next();
    const JurisdictionAnswer result = examine(provider);
    INFO(text_of(provider));
    for (const JurisdictionStep& step : result.chain) {
      INFO(describe(step));
      REQUIRE(step.answer == result.exclusively_eu_law);
    }
  }
}
