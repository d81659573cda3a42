// SPDX-License-Identifier: Apache-2.0
#include "model/provider.hpp"

#include "catch.hpp"
#include "model/sample.hpp"

using namespace octroi;
using namespace octroi::model;

TEST_CASE("a provider is read as its document declares it") {
  json::Value value = sample::valid(DocumentKind::provider);
  sample::at(value, "/suppliers/0") =
      json::object({{"party", "microsoft-corporation"}, {"can_access_data", true}});
  sample::at(value, "/suppliers/1") = json::object({{"party", "microsoft-ireland"}});
  sample::at(value, "/holdings/0/veto") = true;
  const Provider provider = Provider::from(sample::read(DocumentKind::provider, value));

  CHECK(provider.id == "azure-hub");
  CHECK(provider.operator_id == "microsoft-ireland");
  REQUIRE(provider.parties.size() == 2);
  CHECK(provider.parties[0].kind == "company");
  CHECK(provider.parties[0].registered_office == "IE");
  CHECK_FALSE(provider.parties[0].listed);
  CHECK(provider.parties[1].central_administration == "US");
  CHECK(provider.parties[1].listed);
  REQUIRE(provider.holdings.size() == 1);
  CHECK(provider.holdings[0].holder == "microsoft-corporation");
  CHECK(provider.holdings[0].held == "microsoft-ireland");
  CHECK(provider.holdings[0].capital_percent == "100");
  CHECK(provider.holdings[0].veto);
  CHECK_FALSE(provider.holdings[0].appoints_majority);
  REQUIRE(provider.suppliers.size() == 2);
  CHECK(provider.suppliers[0].can_access_data == true);
  CHECK(provider.suppliers[1].can_access_data == std::nullopt);
}

TEST_CASE("what a provider leaves out is not made up") {
  json::Value value = sample::valid(DocumentKind::provider);
  for (const char* member :
       {"registered_office", "central_administration", "principal_establishment"}) {
    sample::remove(value, std::string("/parties/0/") + member);
  }
  sample::remove(value, "/holdings/0/capital_percent");
  sample::remove(value, "/holdings/0/votes_percent");
  const Provider provider = Provider::from(sample::read(DocumentKind::provider, value));
  CHECK_FALSE(provider.parties[0].registered_office);
  CHECK_FALSE(provider.parties[0].central_administration);
  CHECK_FALSE(provider.parties[0].principal_establishment);
  CHECK_FALSE(provider.holdings[0].capital_percent);
  CHECK_FALSE(provider.holdings[0].votes_percent);
}
