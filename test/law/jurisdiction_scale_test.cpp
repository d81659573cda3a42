// SPDX-License-Identifier: Apache-2.0
// Large graphs of every shape are answered in nearly linear time: what grows with the square of
// the number of holders would take hours here.
#include <chrono>
#include <string>

#include "catch.hpp"
#include "law/jurisdiction.hpp"
#include "model/provider.hpp"

using namespace octroi;
using namespace octroi::law;
using model::Party;
using model::Provider;

namespace {

constexpr std::size_t k_holders = 100'000;
constexpr std::size_t k_members = 20'000;  ///< of shapes that take longer to declare than to answer
constexpr auto k_patience = std::chrono::seconds(20);

std::string name(std::size_t at) {
  return "p" + std::to_string(at);
}

/// An operator p0 and many parties, of which every third is outside the Union.
Provider crowd(std::size_t holders, const char* kind, bool has_outsiders) {
  Provider provider;
  provider.operator_id = name(0);
  for (std::size_t at = 0; at <= holders; ++at) {
    const char* country = has_outsiders && at % 3 == 2 ? "US" : "FR";
    provider.parties.push_back(
        {name(at), name(at), at == 0 ? "company" : kind, country, country, country, false});
  }
  return provider;
}

void hold(Provider& provider, std::size_t holder, std::size_t held, const char* percent) {
  provider.holdings.push_back({name(holder), name(held), percent, percent});
}

void require_answer(const Provider& provider, Answer expected) {
  const auto start = std::chrono::steady_clock::now();
  const JurisdictionAnswer answer = exclusively_eu_law(provider, parse_date("2026-11-20").value());
  const auto taken = std::chrono::steady_clock::now() - start;
  INFO(std::chrono::duration_cast<std::chrono::milliseconds>(taken).count() << " ms");
  CHECK(answer.exclusively_eu_law == expected);
  CHECK(taken < k_patience);
}

}  // namespace

TEST_CASE("an operator with 100 000 direct holders") {
  Provider provider = crowd(k_holders, "foundation", true);
  for (std::size_t at = 1; at <= k_holders; ++at) hold(provider, at, 0, "0.001");
  require_answer(provider, Answer::yes);  // a third of the parts is outside
  for (Party& party : provider.parties) {
    if (&party != &provider.parties.front()) party.kind = "company";
  }
  require_answer(provider, Answer::unknown);
}

TEST_CASE("a long chain of companies, named from its top or from its foot") {
  for (const bool from_top : {true, false}) {
    for (const bool has_outsiders : {true, false}) {
      Provider provider = crowd(k_members, "company", has_outsiders);
      provider.parties.back().kind = "foundation";
      for (std::size_t at = 0; at < k_members; ++at) {
        hold(provider, from_top ? k_members - at : at + 1, from_top ? k_members - at - 1 : at,
             "100");
      }
      require_answer(provider, has_outsiders ? Answer::no : Answer::yes);
    }
  }
}

TEST_CASE("a long chain of minorities") {
  Provider provider = crowd(k_members, "company", true);
  for (std::size_t at = 0; at < k_members; ++at) hold(provider, at + 1, at, "30");
  require_answer(provider, Answer::unknown);
}

TEST_CASE("a large ring of companies") {
  for (const char* part : {"60", "30"}) {
    Provider provider = crowd(k_members, "company", false);
    for (std::size_t at = 0; at <= k_members; ++at) {
      hold(provider, (at + 1) % (k_members + 1), at, part);
    }
    require_answer(provider, Answer::unknown);
  }
}

TEST_CASE("companies of which each is held by two of the next") {
  Provider provider = crowd(k_members, "company", true);
  for (std::size_t at = 0; at + 2 <= k_members; ++at) {
    hold(provider, at + 1, at, "30");
    hold(provider, at + 2, at, "70");
  }
  require_answer(provider, Answer::no);
}
