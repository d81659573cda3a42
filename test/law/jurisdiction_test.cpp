// SPDX-License-Identifier: Apache-2.0
#include "law/jurisdiction.hpp"

#include <algorithm>
#include <functional>
#include <random>

#include "base/file.hpp"
#include "base/limits.hpp"
#include "catch.hpp"
#include "model/document.hpp"
#include "model/provider.hpp"
#include "support/day.hpp"

using namespace octroi;
using namespace octroi::law;
using model::Holding;
using model::Party;
using model::Provider;

using test::day;

namespace {

Party party(std::string id, const char* country) {
  return {id, id, "company", country, country, country, false};
}

Holding holding(const char* holder, const char* held, const char* percent) {
  return {holder, held, percent, percent, false, false};
}

/// An operator in France, all of it held by a foundation in Germany, which nobody holds.
Provider european() {
  Provider provider{"host",
                    "operator",
                    {party("operator", "FR"), party("owner", "DE")},
                    {holding("owner", "operator", "100")},
                    {}};
  provider.parties[1].kind = "foundation";
  return provider;
}

Answer answer(const Provider& provider, const char* date = "2026-11-20") {
  return exclusively_eu_law(provider, day(date)).exclusively_eu_law;
}

std::string chain(const Provider& provider) {
  std::string text;
  for (const JurisdictionStep& step : exclusively_eu_law(provider, day("2026-11-20")).chain) {
    text += describe(step) + "\n";
  }
  return text;
}

Provider example(const char* name) {
  const std::string file = std::string(OCTROI_SOURCE "/examples/cnam-2021/") + name;
  return Provider::from(model::read_document(model::DocumentKind::provider,
                                             read_input(file, limits::k_document_bytes_max), file));
}

struct Row {
  const char* name;
  std::function<void(Provider&)> change;
  Answer expected;
};

/// Without owners of its own, unlike a company.
Party foundation(std::string id, const char* country) {
  Party result = party(std::move(id), country);
  result.kind = "foundation";
  return result;
}

/// A foreign holding whose capital and votes differ; the rest is German.
std::function<void(Provider&)> foreign_parts(const char* capital, const char* votes,
                                             const char* rest = "75.999999") {
  return [=](Provider& provider) {
    provider.parties.push_back(foundation("foreign", "US"));
    provider.holdings = {{"foreign", "operator", capital, votes, false, false},
                         holding("owner", "operator", rest)};
  };
}

/// A company in France has 30 % of the operator; an American one has a part of that company, and
/// two German foundations have others.
std::function<void(Provider&)> foreign_behind(const char* foreign, const char* one,
                                              const char* other) {
  return [=](Provider& provider) {
    provider.parties.push_back(party("middle", "FR"));
    provider.parties.push_back(foundation("foreign", "US"));
    provider.parties.push_back(provider.parties[1]);
    provider.parties.back().id = "second";
    provider.holdings = {holding("owner", "operator", "70"), holding("middle", "operator", "30"),
                         holding("foreign", "middle", foreign), holding("owner", "middle", one),
                         holding("second", "middle", other)};
  };
}

/// The share of the French operator that a company outside the Union has; the rest is German.
std::function<void(Provider&)> foreign_share(const char* foreign, const char* rest) {
  return [=](Provider& provider) {
    provider.parties.push_back(foundation("foreign", "US"));
    provider.holdings = {holding("foreign", "operator", foreign),
                         holding("owner", "operator", rest)};
  };
}

const std::vector<Row>& rows() {
  static const std::vector<Row> k_rows = {
      {"all European", [](Provider&) {}, Answer::yes},
      {"registered office outside",
       [](Provider& provider) { provider.parties[0].registered_office = "US"; }, Answer::no},
      {"central administration outside",
       [](Provider& provider) { provider.parties[0].central_administration = "CH"; }, Answer::no},
      {"principal establishment outside",
       [](Provider& provider) { provider.parties[0].principal_establishment = "GB"; }, Answer::no},
      {"registered office not declared",
       [](Provider& provider) { provider.parties[0].registered_office.reset(); }, Answer::unknown},
      {"central administration not declared",
       [](Provider& provider) { provider.parties[0].central_administration.reset(); },
       Answer::unknown},
      {"principal establishment not declared",
       [](Provider& provider) { provider.parties[0].principal_establishment.reset(); },
       Answer::unknown},
      {"owner outside", [](Provider& provider) { provider.parties[1] = party("owner", "US"); },
       Answer::no},
      {"owner's owner outside",
       [](Provider& provider) {
         provider.parties[1].kind = "company";
         provider.parties.push_back(party("top", "US"));
         provider.holdings.push_back(holding("top", "owner", "100"));
       },
       Answer::no},
      {"majority at the end of a chain of three",
       [](Provider& provider) {
         provider.parties[1].kind = "company";
         provider.parties.push_back(party("middle", "LU"));
         provider.parties.push_back(party("top", "US"));
         provider.holdings.push_back(holding("middle", "owner", "51"));
         provider.holdings.push_back(holding("top", "middle", "51"));
       },
       Answer::no},
      {"companies that hold each other, nobody else",
       [](Provider& provider) {
         provider.parties[1].kind = "company";
         provider.holdings.push_back(holding("operator", "owner", "60"));
       },
       Answer::unknown},
      {"an owner whose own owners are not declared",
       [](Provider& provider) { provider.parties[1].kind = "company"; }, Answer::unknown},
      {"nobody declared as owner", [](Provider& provider) { provider.holdings.clear(); },
       Answer::unknown},
      {"a third of the shares not declared",
       [](Provider& provider) { provider.holdings[0] = holding("owner", "operator", "66"); },
       Answer::unknown},
      // SecNumCloud 3.2, 19.6 b: 24 % for one holder outside the Union.
      {"one holder outside with exactly 24 %", foreign_share("24", "76"), Answer::yes},
      {"one holder outside with more", foreign_share("24.000001", "75.999999"), Answer::no},
      {"several holders outside, together exactly 39 %",
       [](Provider& provider) {
         provider.parties.push_back(foundation("us", "US"));
         provider.parties.push_back(foundation("ch", "CH"));
         provider.holdings = {holding("us", "operator", "20"), holding("ch", "operator", "19"),
                              holding("owner", "operator", "61")};
       },
       Answer::yes},
      {"several holders outside, together more",
       [](Provider& provider) {
         provider.parties.push_back(foundation("us", "US"));
         provider.parties.push_back(foundation("ch", "CH"));
         provider.holdings = {holding("us", "operator", "20"),
                              holding("ch", "operator", "19.000001"),
                              holding("owner", "operator", "60.999999")};
       },
       Answer::no},
      {"one holder outside at the ceiling in capital and votes", foreign_parts("24", "24", "76"),
       Answer::yes},
      {"one holder outside with more of the capital alone", foreign_parts("24.000001", "24"),
       Answer::no},
      {"one holder outside with more of the votes alone", foreign_parts("24", "24.000001"),
       Answer::no},
      // Code de commerce L.233-3 II: above 40 %, where nobody holds more.
      {"a holder with exactly 40 % of it from outside", foreign_behind("40", "30", "30"),
       Answer::yes},
      {"a holder with more than 40 % of it from outside", foreign_behind("40.01", "30", "29.99"),
       Answer::unknown},
      {"a holder with more than 40 % of it from outside, and another with more",
       foreign_behind("41", "42", "17"), Answer::yes},
      {"a small holder outside with a veto",
       [](Provider& provider) {
         foreign_share("1", "99")(provider);
         provider.holdings[0].veto = true;
       },
       Answer::no},
      {"a small holder outside that appoints the majority",
       [](Provider& provider) {
         foreign_share("1", "99")(provider);
         provider.holdings[0].appoints_majority = true;
       },
       Answer::no},
      {"a supplier outside that can obtain data",
       [](Provider& provider) {
         provider.parties.push_back(party("supplier", "US"));
         provider.suppliers.push_back({"supplier", true});
       },
       Answer::no},
      {"a supplier outside that cannot",
       [](Provider& provider) {
         provider.parties.push_back(party("supplier", "US"));
         provider.suppliers.push_back({"supplier", false, true});
       },
       Answer::yes},
      {"a supplier outside that cannot, and nothing is said of going on without it",
       [](Provider& provider) {
         provider.parties.push_back(party("supplier", "US"));
         provider.suppliers.push_back({"supplier", false});
       },
       Answer::unknown},
      {"a supplier outside whose access is not declared",
       [](Provider& provider) {
         provider.parties.push_back(party("supplier", "US"));
         provider.suppliers.push_back({"supplier", std::nullopt});
       },
       Answer::unknown},
  };
  return k_rows;
}

}  // namespace

TEST_CASE("who is subject exclusively to European law, case by case") {
  for (const Row& row : rows()) {
    Provider provider = european();
    row.change(provider);
    INFO(row.name << "\n" << chain(provider));
    CHECK(name_of(answer(provider)) == name_of(row.expected));
  }
}

TEST_CASE("the chain names the company whose owners nobody declared") {
  Provider provider = european();
  provider.parties[1].kind = "company";
  CHECK(chain(provider).find("owner: undeclared shares 100 % of votes\n") != std::string::npos);
}

TEST_CASE("the chain names every company that control from outside runs through") {
  Provider provider = european();
  provider.parties[1].kind = "company";
  provider.parties.push_back(party("middle", "LU"));
  provider.parties.push_back(party("top", "US"));
  provider.holdings.push_back(holding("middle", "owner", "60"));
  provider.holdings.push_back(holding("top", "middle", "51"));
  const std::string text = chain(provider);
  INFO(text);
  CHECK(text.find("operator: controlled by top") != std::string::npos);
  CHECK(text.find("owner: controlled by top") != std::string::npos);
  CHECK(text.find("middle: controlled by top") != std::string::npos);
  CHECK(text.find("top: registered office US\n") != std::string::npos);
}

TEST_CASE("the United Kingdom counts until the day it left") {
  Provider provider = european();
  provider.parties[0] = party("operator", "GB");
  CHECK(answer(provider, "2020-01-31") == Answer::yes);
  CHECK(answer(provider, "2020-02-01") == Answer::no);
}

TEST_CASE("the host of 2021 stands under American law through its parent") {
  const Provider provider = example("provider-azure-hub.json");
  CHECK(answer(provider, "2021-02-19") == Answer::no);
  CHECK(chain(provider).find("controlled by microsoft-corporation") != std::string::npos);
  CHECK(chain(provider).find("microsoft-corporation: registered office US") != std::string::npos);
  CHECK(answer(example("provider-azure-hub-with-safeguards.json")) == Answer::no);
}

TEST_CASE("the fictitious European host is European, and every step says so") {
  const JurisdictionAnswer result =
      exclusively_eu_law(example("provider-hebergeur-exemple.json"), day("2021-03-15"));
  CHECK(result.exclusively_eu_law == Answer::yes);
  REQUIRE_FALSE(result.chain.empty());
  for (const JurisdictionStep& step : result.chain) {
    INFO(describe(step));
    CHECK(step.answer == Answer::yes);
  }
}

TEST_CASE("declaring less never makes a host European, and order means nothing") {
  std::mt19937 random(20210219);
  for (const Row& row : rows()) {
    Provider provider = european();
    row.change(provider);
    const Answer before = answer(provider);
    INFO(row.name);
    Provider shuffled = provider;
    std::shuffle(shuffled.parties.begin(), shuffled.parties.end(), random);
    std::shuffle(shuffled.holdings.begin(), shuffled.holdings.end(), random);
    CHECK(answer(shuffled) == before);
    for (std::size_t i = 0; i < provider.parties.size(); ++i) {
      Provider less = provider;
      less.parties[i].registered_office.reset();
      CHECK((before == Answer::yes || answer(less) != Answer::yes));
    }
    for (std::size_t i = 0; i < provider.holdings.size(); ++i) {
      Provider less = provider;
      less.holdings[i].votes_percent.reset();
      less.holdings[i].capital_percent.reset();
      CHECK((before == Answer::yes || answer(less) != Answer::yes));
    }
  }
}
