// SPDX-License-Identifier: Apache-2.0
// Named cases of the limbs of SecNumCloud 3.2 section 19.6 that several act in, that are dated, or
// that only multiplied minorities reach.
#include <algorithm>
#include <functional>
#include <set>
#include <string>
#include <vector>

#include "base/error.hpp"
#include "catch.hpp"
#include "law/jurisdiction.hpp"
#include "model/provider.hpp"
#include "support/day.hpp"

using namespace octroi;
using namespace octroi::law;
using model::Party;
using model::Provider;

using test::day;

namespace {

Party party(const char* id, const char* kind, const char* country) {
  return {id, id, kind, country, country, country, false};
}

/// A French operator, and foundations that nobody holds: two German, two American.
Provider cast_of_foundations() {
  Provider provider;
  provider.operator_id = "operator";
  provider.parties = {party("operator", "company", "FR"), party("de", "foundation", "DE"),
                      party("at", "foundation", "AT"), party("us", "foundation", "US"),
                      party("ch", "foundation", "CH")};
  return provider;
}

void hold(Provider& provider, const char* holder, const char* held, const char* percent) {
  provider.holdings.push_back({holder, held, percent, percent});
}

/// de holds 80 % and us and ch 10 % each: nothing that passes a ceiling.
Provider small_outsiders() {
  Provider provider = cast_of_foundations();
  hold(provider, "de", "operator", "80");
  hold(provider, "us", "operator", "10");
  hold(provider, "ch", "operator", "10");
  return provider;
}

JurisdictionAnswer examine(const Provider& provider, const char* date = "2026-11-20") {
  return exclusively_eu_law(provider, day(date));
}

std::string_view answer(const Provider& provider, const char* date = "2026-11-20") {
  return name_of(examine(provider, date).exclusively_eu_law);
}

std::string text_of(const JurisdictionAnswer& answer) {
  std::string text;
  for (const std::string& line : answer.as_lines()) text += line + "\n";
  return text;
}

}  // namespace

TEST_CASE("a power that several have together is outside when all of them are") {
  Provider provider = small_outsiders();
  CHECK(answer(provider) == "yes");
  provider.joint_powers = {{{"us", "ch"}, "operator", true, false}};
  CHECK(answer(provider) == "no");
  provider.joint_powers = {{{"us", "ch"}, "operator", false, true}};
  CHECK(answer(provider) == "no");
  provider.joint_powers = {{{"us", "ch"}, "operator", false, false}};
  CHECK(answer(provider) == "yes");
  // Without de the others can do nothing.
  provider.joint_powers = {{{"us", "ch", "de"}, "operator", true, true}};
  CHECK(answer(provider) == "yes");
  provider.parties[4].principal_establishment.reset();
  provider.parties[4].central_administration = "AT";
  provider.parties[4].registered_office = "AT";
  provider.joint_powers = {{{"us", "ch"}, "operator", true, false}};
  CHECK(answer(provider) == "unknown");
}

TEST_CASE("whoever appoints the majority together controls what the company holds") {
  Provider provider = cast_of_foundations();
  provider.parties.push_back(party("middle", "company", "FR"));
  hold(provider, "middle", "operator", "60");
  hold(provider, "at", "operator", "40");
  hold(provider, "de", "middle", "100");
  CHECK(answer(provider) == "yes");
  provider.joint_powers = {{{"us", "ch"}, "middle", false, true}};
  CHECK(answer(provider) == "no");
  CHECK(text_of(examine(provider)).find("ch and us together") != std::string::npos);
  provider.joint_powers = {{{"us", "at"}, "middle", false, true}};
  CHECK(answer(provider) == "yes");
  // A veto over who controls the operator is for a human.
  provider.joint_powers = {{{"us", "ch"}, "middle", true, false}};
  CHECK(answer(provider) == "unknown");
}

TEST_CASE("holders in concert count as one") {
  Provider provider = cast_of_foundations();
  hold(provider, "us", "operator", "12");
  hold(provider, "ch", "operator", "12");
  hold(provider, "de", "operator", "51");
  hold(provider, "at", "operator", "25");
  CHECK(answer(provider) == "yes");
  provider.concerts = {{{"us", "ch"}, "operator"}};
  CHECK(answer(provider) == "yes");  // 24 %
  provider.holdings[0].votes_percent = "12.000001";
  provider.holdings[3].votes_percent = "24.999999";
  CHECK(answer(provider) == "no");
  provider.concerts = {};
  CHECK(answer(provider) == "yes");
  provider.concerts = {{{"us", "at"}, "operator"}};  // each has what the other has
  CHECK(answer(provider) == "no");
  provider.concerts = {{{"de", "at"}, "operator"}};
  CHECK(answer(provider) == "yes");
  provider.concerts = {{{"de", "at"}, "operator"}, {{"at", "us"}, "operator"}};
  CHECK_THROWS_AS(answer(provider), Error);
}

TEST_CASE("a concert that has the majority controls, whatever its members' own parts are") {
  Provider provider = cast_of_foundations();
  provider.parties.push_back(party("middle", "company", "FR"));
  hold(provider, "middle", "operator", "20");
  hold(provider, "us", "operator", "20");
  hold(provider, "de", "operator", "60");
  hold(provider, "ch", "middle", "20");
  hold(provider, "us", "middle", "31");
  hold(provider, "at", "middle", "49");
  CHECK(answer(provider) != "no");
  provider.concerts = {{{"ch", "us"}, "middle"}};
  CHECK(answer(provider) == "no");  // us has 20 % of the operator, and middle's 20 %
}

TEST_CASE("a natural person outside the Union is for a human, above the ceilings") {
  const auto with_person = [](const char* percent, const char* rest, const char* country) {
    Provider provider = cast_of_foundations();
    provider.parties.push_back(party("person", "natural-person", "FR"));
    if (country == nullptr) {
      provider.parties.back().principal_establishment.reset();
    } else {
      provider.parties.back().principal_establishment = country;
    }
    hold(provider, "person", "operator", percent);
    hold(provider, "de", "operator", rest);
    return provider;
  };
  CHECK(answer(with_person("24", "76", "US")) == "yes");
  CHECK(answer(with_person("24.000001", "75.999999", "US")) == "unknown");
  CHECK(answer(with_person("24.000001", "75.999999", nullptr)) == "unknown");
  CHECK(answer(with_person("24.000001", "75.999999", "DE")) == "yes");
  CHECK(answer(with_person("100", "0", "US")) == "unknown");
  CHECK(answer(with_person("100", "0", "FR")) == "yes");
  const std::string text = text_of(examine(with_person("30", "70", "US")));
  INFO(text);
  CHECK(text.find("a natural person") != std::string::npos);
  CHECK(text.find("living in US") != std::string::npos);
}

TEST_CASE("multiplied minorities alone leave the answer open at a ceiling, and never say no") {
  struct Row {
    const char* behind_middle;  ///< us in middle, which has 60 % of the operator
    const char* rest_of_middle;
    const char* expected;
  };
  // 60 % of 40 % is 24 %; with a millionth more it is above.
  const Row rows[] = {{"40", "60", "yes"},
                      {"39.999999", "60.000001", "yes"},
                      {"40.000001", "59.999999", "unknown"}};
  for (const Row& row : rows) {
    INFO(row.behind_middle);
    Provider provider = cast_of_foundations();
    provider.parties.push_back(party("middle", "company", "FR"));
    hold(provider, "middle", "operator", "60");
    hold(provider, "de", "operator", "40");
    hold(provider, "us", "middle", row.behind_middle);
    hold(provider, "at", "middle", row.rest_of_middle);
    CHECK(answer(provider) == row.expected);
  }
  // 65 % of 30 % for each: 39 % together, and with a millionth more above.
  for (const bool is_above : {false, true}) {
    Provider provider = cast_of_foundations();
    provider.parties.push_back(party("middle", "company", "FR"));
    hold(provider, "middle", "operator", "65");
    hold(provider, "de", "operator", "35");
    hold(provider, "us", "middle", "30");
    hold(provider, "ch", "middle", is_above ? "30.000001" : "30");
    hold(provider, "at", "middle", is_above ? "39.999999" : "40");
    CHECK(answer(provider) == (is_above ? "unknown" : "yes"));
  }
}

TEST_CASE("minorities in a ring are followed round after round") {
  Provider provider = cast_of_foundations();
  provider.parties.push_back(party("one", "company", "FR"));
  provider.parties.push_back(party("two", "company", "FR"));
  hold(provider, "one", "operator", "50");
  hold(provider, "de", "operator", "50");
  // What us has of one is x = 0.3 + 0.3 y, with y = 0.3 x: 0.3297; half of it is below 24 %.
  hold(provider, "us", "one", "30");
  hold(provider, "two", "one", "30");
  hold(provider, "de", "one", "40");
  hold(provider, "one", "two", "30");
  hold(provider, "at", "two", "70");
  CHECK(answer(provider) == "yes");
  // With y = 0.4 + 0.3 x it is x = 0.42 / 0.91 = 0.4615, and half of it 23.08 %; from 52 % of one
  // on it is above.
  provider.holdings[6].votes_percent = provider.holdings[6].capital_percent = "30";
  hold(provider, "us", "two", "40");
  CHECK(answer(provider) == "yes");
  provider.holdings[0].capital_percent = "53";
  provider.holdings[1].capital_percent = "47";
  CHECK(answer(provider) == "unknown");
}

TEST_CASE("holders whom nobody declared may stand behind several holders") {
  Provider provider = cast_of_foundations();
  provider.parties.push_back(party("one", "company", "CH"));
  provider.parties.push_back(party("two", "company", "US"));
  hold(provider, "one", "operator", "15");
  hold(provider, "two", "operator", "15");
  hold(provider, "de", "operator", "70");
  CHECK(answer(provider) == "unknown");
  hold(provider, "us", "one", "100");
  hold(provider, "ch", "two", "100");
  CHECK(answer(provider) == "yes");
  provider.holdings.back().holder = "us";
  CHECK(answer(provider) == "no");
}

TEST_CASE("of a listed company only declared thresholds count; of a listed holder, if it has any") {
  Provider provider = cast_of_foundations();
  provider.parties[0].listed = true;
  hold(provider, "de", "operator", "60");
  CHECK(answer(provider) == "yes");  // the float of the operator
  provider.parties.push_back(party("group", "company", "FR"));
  provider.holdings[0].holder = "group";
  CHECK(answer(provider) == "unknown");
  provider.parties.back().listed = true;
  CHECK(answer(provider) == "unknown");
  hold(provider, "at", "group", "6");
  CHECK(answer(provider) == "yes");
  hold(provider, "us", "group", "45");
  CHECK(answer(provider) == "unknown");
}

TEST_CASE("only the holdings and suppliers of the day count") {
  Provider provider = cast_of_foundations();
  hold(provider, "us", "operator", "60");
  hold(provider, "de", "operator", "40");
  hold(provider, "us", "operator", "24");
  hold(provider, "de", "operator", "76");
  for (const std::size_t at : {0U, 1U}) provider.holdings[at].period.until = day("2024-12-31");
  for (const std::size_t at : {2U, 3U}) provider.holdings[at].period.from = day("2025-01-01");
  provider.suppliers = {{"ch", true}};
  provider.suppliers[0].period = {day("2025-06-01"), day("2025-06-30")};
  CHECK(answer(provider, "2024-12-31") == "no");
  CHECK(answer(provider, "2025-01-01") == "yes");
  CHECK(answer(provider, "2025-05-31") == "yes");
  CHECK(answer(provider, "2025-06-01") == "no");
  CHECK(answer(provider, "2025-06-30") == "no");
  CHECK(answer(provider, "2025-07-01") == "yes");
}

TEST_CASE("a supplier outside must leave the operator's autonomy") {
  struct Row {
    std::optional<bool> own_skills;
    std::optional<std::int64_t> other_companies;
    bool is_qualified;
    const char* expected;
  };
  const Row rows[] = {
      {std::nullopt, std::nullopt, false, "unknown"},
      {true, std::nullopt, false, "yes"},
      {false, std::nullopt, false, "unknown"},
      {false, 2, false, "yes"},
      {false, 1, false, "no"},
      {std::nullopt, 1, false, "unknown"},
      {false, 0, true, "yes"},
      {std::nullopt, std::nullopt, true, "yes"},
  };
  for (const Row& row : rows) {
    Provider provider = small_outsiders();
    provider.suppliers = {{"us", false, row.own_skills, row.other_companies}};
    if (row.is_qualified) provider.suppliers[0].qualification = {day("2026-01-01"), {}};
    INFO(text_of(examine(provider)));
    CHECK(answer(provider) == row.expected);
    provider.suppliers[0].party = "at";  // nothing is asked of a European one
    CHECK(answer(provider) == "yes");
  }
  Provider provider = small_outsiders();
  provider.suppliers = {{"us", false, false, 1}};
  provider.suppliers[0].qualification = {day("2025-01-01"), day("2025-12-31")};
  CHECK(answer(provider, "2025-12-31") == "yes");
  CHECK(answer(provider, "2026-01-01") == "no");
}

TEST_CASE("a supplier is controlled by who has more than 40 % of its votes and is not outvoted") {
  Provider provider = small_outsiders();
  provider.parties.push_back(party("supplier", "company", "FR"));
  provider.suppliers = {{"supplier", true}};
  hold(provider, "us", "supplier", "41");
  hold(provider, "de", "supplier", "30");
  hold(provider, "at", "supplier", "29");
  CHECK(answer(provider) == "no");
  provider.suppliers[0] = {"supplier", false, true};  // who stands behind it then harms nobody
  CHECK(answer(provider) == "yes");
  provider.suppliers[0] = {"supplier", true, true};
  provider.holdings[3].votes_percent = "40";
  CHECK(answer(provider) == "unknown");  // who has the last percent is not known
  provider.holdings[5].votes_percent = "30";
  CHECK(answer(provider) == "yes");
  provider.holdings[3].appoints_majority = true;  // control by other means
  CHECK(answer(provider) == "unknown");
}

TEST_CASE("the lines read from the operator to its holders") {
  Provider provider = cast_of_foundations();
  provider.parties.push_back(party("middle", "company", "FR"));
  hold(provider, "middle", "operator", "60");
  hold(provider, "de", "operator", "40");
  hold(provider, "us", "middle", "70");
  hold(provider, "at", "middle", "30");
  CHECK(examine(provider).as_lines() ==
        std::vector<std::string>{
            "operator: controlled by us (60 % of votes, through middle)",
            "  middle: controlled by us (70 % of votes)", "    us: registered office US",
            "    us: central administration US", "    us: principal establishment US"});
}

TEST_CASE("the lines say the same in French, at the same places") {
  Provider provider = cast_of_foundations();
  provider.parties.push_back(party("middle", "company", "FR"));
  hold(provider, "middle", "operator", "60");
  hold(provider, "de", "operator", "40");
  hold(provider, "us", "middle", "70");
  hold(provider, "at", "middle", "30");
  CHECK(examine(provider).as_lines("fr") ==
        std::vector<std::string>{
            "operator: contrôlé par us (60 % des votes, par middle)",
            "  middle: contrôlé par us (70 % des votes)", "    us: siège statutaire US",
            "    us: administration centrale US", "    us: principal établissement US"});
  provider.holdings.clear();
  hold(provider, "us", "operator", "30");
  hold(provider, "ch", "operator", "30");
  hold(provider, "de", "operator", "40");
  provider.concerts = {{{"us", "ch"}, "operator"}};
  provider.suppliers = {{"us", true}, {"ch", std::nullopt}};
  const JurisdictionAnswer answer = examine(provider);
  const std::vector<std::string> english = answer.as_lines();
  const std::vector<std::string> french = answer.as_lines("fr");
  REQUIRE(english.size() == french.size());
  const auto has = [](const std::vector<std::string>& lines, const std::string& part) {
    return std::any_of(lines.begin(), lines.end(), [&part](const std::string& line) {
      return line.find(part) != std::string::npos;
    });
  };
  CHECK(has(english, "ch and us in concert"));
  CHECK(has(french, "ch et us de concert"));
  CHECK(has(english, "us: supplier can obtain data"));
  CHECK(has(french, "us: fournisseur qui peut obtenir des données"));
  for (const char* word : {" and ", "votes of", "registered", "supplier", "controlled", "held"}) {
    INFO(word);
    CHECK_FALSE(has(french, word));
  }
}

TEST_CASE("the tree of a deep chain and of a ring ends, with every company once") {
  Provider provider = cast_of_foundations();
  std::string held = "operator";
  for (int i = 0; i < 60; ++i) {
    const std::string holder = "level-" + std::to_string(i);
    provider.parties.push_back(party(holder.c_str(), "company", "FR"));
    hold(provider, holder.c_str(), held.c_str(), "100");
    held = holder;
  }
  hold(provider, "us", held.c_str(), "100");
  const std::vector<std::string> deep = examine(provider).as_lines();
  CHECK(deep.size() == 61 + 3);  // each company, and the seats of the last holder
  CHECK(deep.front() == "operator: controlled by us (100 % of votes, through level-0)");
  // The indent stops at 20 levels.
  CHECK(deep[1].find_first_not_of(' ') == 2);
  CHECK(deep.back().find_first_not_of(' ') == 40);

  Provider ring = cast_of_foundations();
  ring.parties.push_back(party("one", "company", "FR"));
  ring.parties.push_back(party("two", "company", "FR"));
  hold(ring, "one", "operator", "100");
  hold(ring, "two", "one", "60");
  hold(ring, "one", "two", "40");
  hold(ring, "us", "two", "60");
  hold(ring, "de", "one", "40");
  const std::vector<std::string> round = examine(ring).as_lines();
  CHECK(answer(ring) == "no");
  const std::set<std::string> once(round.begin(), round.end());
  CHECK(once.size() == round.size());
  CHECK(examine(ring).as_lines("fr").size() == round.size());
}
