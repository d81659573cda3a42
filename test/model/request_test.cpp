// SPDX-License-Identifier: Apache-2.0
#include "model/request.hpp"

#include "catch.hpp"
#include "model/sample.hpp"

#include <algorithm>

using namespace octroi;
using namespace octroi::model;

namespace {

bool has(const std::vector<std::string>& texts, const std::string& text) {
  return std::find(texts.begin(), texts.end(), text) != texts.end();
}

}  // namespace

TEST_CASE("purposes are named under their regimes") {
  json::Value value = sample::valid(DocumentKind::request);
  const Document document = sample::read(DocumentKind::request, value);
  CHECK(Request::from(document).purpose_codes() ==
        std::vector<std::string>{"snds:6", "ehds:e", "duo:DUO:0000007"});

  sample::at(value, "/purposes") = json::object({{"snds", json::strings({"2", "5"})}});
  const Document other = sample::read(DocumentKind::request, value);
  CHECK(Request::from(other).purpose_codes() == std::vector<std::string>{"snds:2", "snds:5"});
}

TEST_CASE("everybody whom a request names is found, wherever it names them") {
  const char* places[] = {"/users/1/id",
                          "/users/1/name",
                          "/users/1/email",
                          "/principal_investigator/id",
                          "/principal_investigator/name",
                          "/principal_investigator/email",
                          "/officers/signing_official",
                          "/officers/data_protection_officer",
                          "/officers/security_officer",
                          "/controller/contact",
                          "/implementing_body/contact",
                          "/joint_controllers/0/contact"};
  json::Value value = sample::valid(DocumentKind::request);
  sample::at(value, "/joint_controllers") = json::Value::Array{*value.find("controller")};
  for (const char* place : places) {
    INFO(place);
    json::Value changed = value;
    sample::at(changed, place) = "somebody-9";
    const Document document = sample::read(DocumentKind::request, changed);
    CHECK(has(Request::from(document).named_persons(), "somebody-9"));
  }
  const Document document = sample::read(DocumentKind::request, value);
  CHECK_FALSE(has(Request::from(document).named_persons(), "somebody-9"));
  CHECK_FALSE(has(Request::from(document).named_persons(), "CHU Rennes"));
}

TEST_CASE("a request that says no more than it must names its users") {
  json::Value value = sample::valid(DocumentKind::request);
  for (const char* optional : {"principal_investigator", "officers", "joint_controllers"}) {
    value.as_object().erase(optional);
  }
  sample::at(value, "/users/0/id") = "somebody-9";
  const Document document = sample::read(DocumentKind::request, value);
  CHECK(has(Request::from(document).named_persons(), "somebody-9"));
}
