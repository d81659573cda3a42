// SPDX-License-Identifier: Apache-2.0
#include "law/foreign_laws.hpp"

#include "catch.hpp"

using namespace octroi;
using model::Party;
using model::Provider;

namespace {

Party party(const char* id, const char* seat) {
  Party result;
  result.id = id;
  result.name = id;
  result.kind = "company";
  if (*seat != '\0') {
    result.registered_office = seat;
    result.central_administration = seat;
    result.principal_establishment = seat;
  }
  return result;
}

/// A French operator that a German foundation holds whole.
Provider european() {
  Provider provider;
  provider.id = "host";
  provider.operator_id = "operator";
  provider.parties = {party("operator", "FR"), party("owner", "DE")};
  provider.parties[1].kind = "foundation";
  provider.holdings = {{"owner", "operator", "100", "100", false, false}};
  return provider;
}

std::string laws(const Provider& provider, const char* as_of = "2026-11-23") {
  const auto found = law::foreign_laws(provider, parse_date(as_of).value());
  if (!found) return "unknown";
  std::string text;
  for (const std::string& one : *found) text += one + " ";
  return text;
}

}  // namespace

TEST_CASE("a provider that is European throughout is bound by no other law") {
  CHECK(laws(european()) == "");
  Provider provider = european();
  provider.parties[0] = party("operator", "NO");
  CHECK(laws(provider) == "");
}

TEST_CASE("every seat of the operator and of who controls it brings its law") {
  Provider provider = european();
  provider.parties[0].central_administration = "IN";
  CHECK(laws(provider) == "IN ");
  provider.parties[1].registered_office = "US";
  CHECK(laws(provider) == "IN US ");
}

TEST_CASE("who may control counts, and a small holder does not") {
  Provider provider = european();
  provider.parties.push_back(party("other", "US"));
  provider.parties[2].kind = "public-body";
  provider.holdings = {{"owner", "operator", "80", "80", false, false},
                       {"other", "operator", "20", "20", false, false}};
  CHECK(laws(provider) == "");
  provider.holdings = {{"owner", "operator", "20", "20", false, false},
                       {"other", "operator", "80", "80", false, false}};
  CHECK(laws(provider) == "US ");
}

TEST_CASE("a country that is adequate for everybody on the day brings no law of that kind") {
  Provider provider = european();
  provider.parties[0] = party("operator", "GB");
  CHECK(laws(provider, "2026-11-23") == "");
  CHECK(laws(provider, "2031-12-28") == "GB ");
  provider.parties[0] = party("operator", "US");  // adequate for certified organisations only
  CHECK(laws(provider) == "US ");
}

TEST_CASE("a supplier counts when it can obtain data, and is unknown when nobody says") {
  Provider provider = european();
  provider.parties.push_back(party("supplier", "IN"));
  provider.parties[2].kind = "public-body";
  provider.suppliers = {{"supplier", false}};
  CHECK(laws(provider) == "");
  provider.suppliers = {{"supplier", true}};
  CHECK(laws(provider) == "IN ");
  provider.suppliers = {{"supplier", std::nullopt}};
  CHECK(laws(provider) == "unknown");
}

TEST_CASE("what is not declared leaves the answer open, unless a law is known already") {
  Provider provider = european();
  provider.parties[0].principal_establishment.reset();
  CHECK(laws(provider) == "unknown");
  provider.parties[0].registered_office = "US";
  CHECK(laws(provider) == "US ");
  provider = european();
  provider.parties.pop_back();
  CHECK(laws(provider) == "unknown");
  provider = european();
  provider.holdings.clear();
  CHECK(laws(provider) == "unknown");
}

TEST_CASE("every member of a concert in control brings its law, and who controls a member") {
  Provider provider = european();
  provider.parties.push_back(party("partner", "US"));
  provider.parties.push_back(party("behind", "IN"));
  provider.parties[2].kind = provider.parties[3].kind = "foundation";
  provider.holdings = {{"owner", "operator", "40", "40", false, false},
                       {"partner", "operator", "20", "20", false, false}};
  provider.parties.push_back(party("rest", "DE"));
  provider.parties[4].kind = "foundation";
  provider.holdings.push_back({"rest", "operator", "40", "40", false, false});
  CHECK(laws(provider) == "");
  provider.concerts = {{{"owner", "partner"}, "operator"}};
  CHECK(laws(provider) == "US ");
  provider.concerts = {{{"owner", "rest"}, "operator"}};
  CHECK(laws(provider) == "");
  provider.concerts = {{{"owner", "partner"}, "operator"}};
  provider.parties[2].kind = "company";
  provider.holdings.push_back({"behind", "partner", "100", "100", false, false});
  CHECK(laws(provider) == "IN US ");
}

TEST_CASE("a power to appoint the majority together brings the law of each, a joint veto of none") {
  Provider provider = european();
  provider.parties.push_back(party("partner", "US"));
  provider.parties.push_back(party("behind", "IN"));
  provider.parties[3].kind = "public-body";
  provider.holdings.push_back({"behind", "partner", "100", "100", false, false});
  model::JointPower power;
  power.held = "operator";
  power.holders = {"owner", "partner"};
  power.veto = true;
  provider.joint_powers = {power};
  CHECK(laws(provider) == "");
  provider.joint_powers[0].appoints_majority = true;
  CHECK(laws(provider) == "IN US ");
  // Over a company that controls the operator it is as good.
  provider.parties.push_back(party("middle", "FR"));
  provider.holdings[0] = {"owner", "middle", "100", "100", false, false};
  provider.holdings.push_back({"middle", "operator", "100", "100", false, false});
  provider.joint_powers[0].held = "middle";
  CHECK(laws(provider) == "IN US ");
  // And over a supplier that can obtain data.
  provider = european();
  provider.parties.push_back(party("supplier", "FR"));
  provider.parties.push_back(party("partner", "US"));
  provider.parties[2].kind = provider.parties[3].kind = "public-body";
  provider.suppliers = {{"supplier", true}};
  CHECK(laws(provider) == "");
  power.held = "supplier";
  power.appoints_majority = true;
  provider.joint_powers = {power};
  CHECK(laws(provider) == "US ");
}

TEST_CASE("a partner in a joint power whose seat nobody declares leaves the answer open") {
  Provider provider = european();
  provider.parties.push_back(party("partner", ""));
  model::JointPower power;
  power.held = "operator";
  power.holders = {"owner", "partner"};
  power.appoints_majority = true;
  provider.joint_powers = {power};
  CHECK(laws(provider) == "unknown");
}
