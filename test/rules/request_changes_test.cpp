// SPDX-License-Identifier: Apache-2.0
#include "rules/request_changes.hpp"

#include <algorithm>

#include "catch.hpp"
#include "json/pointer.hpp"
#include "model/request_schema.hpp"
#include "rules/sample_documents.hpp"

using namespace octroi;
using namespace octroi::rules;
using json::Value;

namespace {

bool takes_one_of_few(const Value& schema) {
  if (schema.find("enum") != nullptr || schema.text("type") == "boolean") return true;
  const Value* items = schema.find("items");
  return items != nullptr && model::resolved(*items).find("enum") != nullptr;
}

/// The pointers of a request's members that take one of a few values; those in lists of objects
/// are left out, but for dataset uses.
void add_enumerable(const Value& schema, const std::string& pointer,
                    std::vector<std::string>& pointers) {
  const Value& here = model::resolved(schema);
  if (takes_one_of_few(here)) pointers.push_back(pointer);
  if (pointer == "/datasets") add_enumerable(here.at("items"), pointer + "/0", pointers);
  const Value* properties = here.find("properties");
  if (properties == nullptr) return;
  for (const auto& [name, property] : properties->as_object()) {
    if (!name.starts_with('$')) add_enumerable(property, pointer + "/" + name, pointers);
  }
}

std::vector<std::string> keys_of(const std::vector<Edit>& edits) {
  std::vector<std::string> keys;
  for (const Edit& edit : edits) keys.push_back(edit.key());
  return keys;
}

Value request() {
  return sample::Story().request;
}

}  // namespace

TEST_CASE("somebody has decided of every field with few values whether it may be proposed") {
  std::vector<std::string> pointers;
  add_enumerable(model::request_schema(), "", pointers);
  CHECK(pointers.size() > 30);
  for (const std::string& pointer : pointers) {
    INFO("add to k_fields in lib/rules/request_changes.cpp: {\""
         << pointer << "\", Proposal::choice | statement | never}; datasets/0 is datasets/N there");
    CHECK(has_proposal(pointer));
  }
}

TEST_CASE("who somebody is, what has happened and what nobody has classed is never proposed") {
  for (const char* pointer :
       {"/controller/sector", "/controller/country",
        "/implementing_body/confidentiality_commitment", "/recipient/id", "/opinions",
        "/opinions/0/outcome", "/authorisations/0/date", "/dpia/date", "/sensitivity",
        "/disease_codes/codes", "/title", "/format", "/attachments", "/nothing"}) {
    INFO(pointer);
    CHECK(proposal_of(pointer) == Proposal::never);
    CHECK(possible_edits(request(), pointer, {"azure-hub", "other"}).empty());
  }
  CHECK(proposal_of("/prohibited_uses/harmful_products") == Proposal::statement);
  CHECK(proposal_of("/necessity/degree") == Proposal::statement);
  CHECK(proposal_of("/datasets/3/extent") == Proposal::choice);
  CHECK(proposal_of("/environment/provider") == Proposal::choice);
}

TEST_CASE("a field can become what its schema enumerates and it is not yet") {
  Value start = request();
  sample::set(start, "necessity.for", json::strings({"treatment", "other"}));
  CHECK(
      keys_of(possible_edits(start, "/necessity/degree", {})) ==
      std::vector<std::string>{"/necessity/degree0 \"doubtful\"", "/necessity/degree0 \"useful\""});
  CHECK(keys_of(possible_edits(start, "/necessity/for", {})) ==
        std::vector<std::string>{"/necessity/for/02 null", "/necessity/for/12 null",
                                 "/necessity/for1 \"prevention\"", "/necessity/for1 \"care\""});
  CHECK(possible_edits(start, "/necessity", {}).size() == 6);
  CHECK(keys_of(possible_edits(start, "/environment/provider", {"a", "azure-hub", "b"})) ==
        std::vector<std::string>{"/environment/provider3 \"a\"", "/environment/provider3 \"b\""});
  const std::vector<Edit> extent = possible_edits(start, "/datasets/0/extent", {});
  REQUIRE(extent.size() == 3);
  CHECK(extent.back().kind == Edit::Kind::take_out);
  CHECK(extent.back().pointer == "/datasets/0");
}

TEST_CASE("edits are made to the request as it was, whatever their order") {
  Value start = request();
  Value second = start.at("datasets").as_array().front();
  second.set("dataset", "second");
  start.as_object()["datasets"].push(second);
  sample::set(start, "necessity.for", json::strings({"treatment", "other", "care"}));
  std::vector<Edit> edits = {
      {Edit::Kind::take_out, "/datasets/0", {}},
      {Edit::Kind::set, "/datasets/1/extent", "sample"},
      {Edit::Kind::take_out, "/necessity/for/0", {}},
      {Edit::Kind::take_out, "/necessity/for/2", {}},
      {Edit::Kind::add, "/necessity/for", "prevention"},
      {Edit::Kind::set, "/research/genetic", true},
      {Edit::Kind::move_to, "/environment/provider", "other"},
  };
  const Value expected = edited(start, edits);
  CHECK(*json::find_at(expected, "/datasets/0/dataset") == Value("second"));
  CHECK(*json::find_at(expected, "/datasets/0/extent") == Value("sample"));
  CHECK(expected.at("datasets").as_array().size() == 1);
  CHECK(*json::find_at(expected, "/necessity/for") == json::strings({"other", "prevention"}));
  CHECK(*json::find_at(expected, "/research/genetic") == Value(true));
  CHECK(*json::find_at(expected, "/environment/provider") == Value("other"));
  CHECK(json::find_at(expected, "/environment/service") == nullptr);
  std::reverse(edits.begin(), edits.end());
  CHECK(edited(start, edits) == expected);
}

TEST_CASE("changes are shown as what was and what would be") {
  const Value start = request();
  const std::vector<Change> changes =
      changes_of(start, {{Edit::Kind::move_to, "/environment/provider", "other"},
                         {Edit::Kind::add, "/necessity/for", "care"},
                         {Edit::Kind::take_out, "/datasets/0", {}}});
  REQUIRE(changes.size() == 4);
  CHECK(changes[0] == Change{"/datasets/0", Proposal::choice, Value("snds-main-base"), {}});
  CHECK(changes[1] ==
        Change{"/environment/provider", Proposal::choice, Value("azure-hub"), Value("other")});
  CHECK(changes[2].pointer == "/environment/service");
  CHECK_FALSE(changes[2].to.has_value());
  CHECK(changes[3] == Change{"/necessity/for", Proposal::statement, json::strings({"treatment"}),
                             json::strings({"treatment", "care"})});
}

TEST_CASE("edits that cannot be made together exclude each other") {
  const Edit drop{Edit::Kind::take_out, "/datasets/0", {}};
  const Edit sample_of{Edit::Kind::set, "/datasets/0/extent", "sample"};
  const Edit whole{Edit::Kind::set, "/datasets/0/extent", "whole"};
  const Edit other{Edit::Kind::set, "/datasets/1/extent", "whole"};
  const Edit care{Edit::Kind::add, "/necessity/for", "care"};
  const Edit prevention{Edit::Kind::add, "/necessity/for", "prevention"};
  CHECK(exclude_each_other(drop, sample_of));
  CHECK(exclude_each_other(sample_of, drop));
  CHECK(exclude_each_other(sample_of, whole));
  CHECK(exclude_each_other(care, care));
  CHECK_FALSE(exclude_each_other(sample_of, other));
  CHECK_FALSE(exclude_each_other(drop, other));
  CHECK_FALSE(exclude_each_other(care, prevention));
}
