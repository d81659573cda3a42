// SPDX-License-Identifier: Apache-2.0
// Every threshold of SecNumCloud 3.2 section 19.6 and of Code de commerce L.233-3, below it, at it
// and above it, in capital and in votes.
#include <string>
#include <vector>

#include "catch.hpp"
#include "law/jurisdiction.hpp"
#include "law/ownership.hpp"
#include "law/percent.hpp"
#include "model/provider.hpp"
#include "support/day.hpp"

using namespace octroi;
using namespace octroi::law;
using model::Party;
using model::Provider;

namespace {

Party party(const char* id, const char* kind, const char* country) {
  return {id, id, kind, country, country, country, false};
}

/// A French operator, and foundations: European ones, and four outside the Union.
Provider provider_with_foundations() {
  Provider provider;
  provider.operator_id = "operator";
  provider.parties = {party("operator", "company", "FR"), party("de", "foundation", "DE"),
                      party("at", "foundation", "AT"),    party("us", "foundation", "US"),
                      party("ch", "foundation", "CH"),    party("gb", "foundation", "GB"),
                      party("no", "foundation", "NO")};
  return provider;
}

std::string rest_of(const std::vector<std::string>& parts) {
  Percent sum;
  for (const std::string& part : parts) sum += Percent::parse(part).value();
  return (Percent::of(100) - sum).text();
}

std::string_view answer(const Provider& provider) {
  return name_of(exclusively_eu_law(provider, test::day("2026-11-20")).exclusively_eu_law);
}

/// What holders outside the Union have of one kind of share, nothing of the other; de has the rest.
std::string_view with_parts(Share share, const std::vector<std::string>& parts) {
  const char* outsiders[] = {"us", "ch", "gb", "no"};
  Provider provider = provider_with_foundations();
  for (std::size_t at = 0; at < parts.size(); ++at) {
    const std::string none = "0";
    provider.holdings.push_back({outsiders[at], "operator",
                                 share == Share::capital ? parts[at] : none,
                                 share == Share::votes ? parts[at] : none});
  }
  const std::string rest = rest_of(parts);
  provider.holdings.push_back({"de", "operator", share == Share::capital ? rest : "100",
                               share == Share::votes ? rest : "100"});
  return answer(provider);
}

}  // namespace

TEST_CASE("24 % for one holder, in capital and in votes alone: at the value it passes") {
  for (const Share share : {Share::capital, Share::votes}) {
    INFO(name_of(share));
    CHECK(with_parts(share, {"0"}) == "yes");
    CHECK(with_parts(share, {"23.999999"}) == "yes");
    CHECK(with_parts(share, {"24"}) == "yes");
    CHECK(with_parts(share, {"24.000001"}) == "no");
    CHECK(with_parts(share, {"100"}) == "no");
  }
}

TEST_CASE("39 % for all holders together, in capital and in votes alone: at the value it passes") {
  for (const Share share : {Share::capital, Share::votes}) {
    INFO(name_of(share));
    CHECK(with_parts(share, {"20", "18.999999"}) == "yes");
    CHECK(with_parts(share, {"20", "19"}) == "yes");
    CHECK(with_parts(share, {"20", "19.000001"}) == "no");
    CHECK(with_parts(share, {"10", "10", "10", "9"}) == "yes");
    CHECK(with_parts(share, {"10", "10", "10", "9.000001"}) == "no");
  }
}

TEST_CASE("a part of the European Economic Area or of Switzerland is outside the Union") {
  for (const char* country : {"NO", "IS", "LI", "CH", "GB", "US"}) {
    Provider provider = provider_with_foundations();
    provider.parties.push_back(party("other", "foundation", country));
    provider.holdings = {{"other", "operator", "25", "25"}, {"de", "operator", "75", "75"}};
    INFO(country);
    CHECK(answer(provider) == "no");
  }
}

TEST_CASE("50 % of votes controls a holder when it is passed, and then all that it holds counts") {
  const auto behind = [](const char* votes, const char* rest) {
    Provider provider = provider_with_foundations();
    provider.parties.push_back(party("middle", "company", "FR"));
    provider.holdings = {{"middle", "operator", "30", "30"},
                         {"de", "operator", "70", "70"},
                         {"us", "middle", "0", votes},
                         {"at", "middle", "100", rest}};
    return answer(provider);
  };
  CHECK(behind("40", "60") == "yes");
  CHECK(behind("49.999999", "50.000001") == "yes");  // outvoted
  CHECK(behind("50", "50") == "unknown");            // presumed, and nobody holds more
  CHECK(behind("50.000001", "49.999999") == "no");
}

TEST_CASE("an undeclared remainder matters exactly where it could pass a ceiling") {
  const auto with_rest = [](const std::string& undeclared) {
    Provider provider = provider_with_foundations();
    const std::string declared = (Percent::of(100) - Percent::parse(undeclared).value()).text();
    provider.holdings = {{"de", "operator", declared, declared}};
    return answer(provider);
  };
  CHECK(with_rest("23.999999") == "yes");
  CHECK(with_rest("24") == "yes");
  CHECK(with_rest("24.000001") == "unknown");
  Provider provider = provider_with_foundations();
  provider.holdings = {{"us", "operator", "20", "20"}, {"de", "operator", "76", "76"}};
  CHECK(answer(provider) == "yes");  // 24 % if the rest is the same holder's
  provider.holdings[1] = {"de", "operator", "75.999999", "75.999999"};
  CHECK(answer(provider) == "unknown");
}
