// SPDX-License-Identifier: Apache-2.0
// Named corruptions of a valid document of every kind: each is one fault, at one place, that says
// what was expected.
#include "catch.hpp"
#include "crypto/hash.hpp"
#include "json/read.hpp"
#include "json/write.hpp"
#include "model/corruption_rows.hpp"
#include "model/sample.hpp"
#include "support/refusal.hpp"

using namespace octroi;
using namespace octroi::model;
using json::Value;

namespace {

std::string words(std::size_t count) {
  std::string text;
  for (std::size_t i = 0; i < count; ++i) text += "word ";
  return text;
}

void check_row(DocumentKind kind, const sample::Row& row) {
  Value document = sample::valid(kind);
  row.change(document);
  const std::string faults = sample::faults_of(kind, document);
  INFO(name_of(kind) << ", " << row.name << ": " << faults);
  const std::string where = row.pointer[0] == '\0' ? "" : std::string(row.pointer) + ": ";
  CHECK(faults.starts_with("sample: " + where + "found "));
  const std::size_t expected = faults.find(", expected ");
  REQUIRE(expected != std::string::npos);
  CHECK(test::contains(faults.substr(expected), row.expected));
  CHECK(faults.find('\n') == std::string::npos);
}

}  // namespace

TEST_CASE("the documents that are corrupted below are valid before") {
  for (const DocumentKind kind : sample::kinds()) {
    CHECK(sample::faults_of(kind, sample::valid(kind)) == "");
  }
}

TEST_CASE("each corruption is one fault at its place") {
  for (const DocumentKind kind : sample::kinds()) {
    REQUIRE_FALSE(sample::corruptions_of(kind).empty());
    for (const sample::Row& row : sample::corruptions_of(kind)) check_row(kind, row);
  }
}

TEST_CASE("an unknown member is refused in every object") {
  for (const DocumentKind kind : sample::kinds()) {
    const Value valid = sample::valid(kind);
    for (const std::string& object : sample::objects_in(valid)) {
      INFO(name_of(kind) << object);
      Value changed = valid;
      sample::at(changed, object + "/unknown_member") = 1;
      const std::string faults = sample::faults_of(kind, changed);
      CHECK(test::contains(faults, "unknown_member"));
    }
  }
}

TEST_CASE("a required member is missed, whichever it is") {
  for (const DocumentKind kind : sample::kinds()) {
    const Value schema = json::read(schema_text(name_of(kind)), name_of(kind));
    for (const std::string& name : json::to_strings(schema.find("required"))) {
      INFO(name_of(kind) << " without " << name);
      Value changed = sample::valid(kind);
      sample::remove(changed, "/" + name);
      CHECK(test::contains(sample::faults_of(kind, changed), "\"" + name + "\""));
    }
  }
}

TEST_CASE("parts of one party add up to the whole at most, a hundredth more for rounding") {
  struct Sum {
    const char* first;
    const char* second;
    bool is_valid;
  };
  const Sum sums[] = {
      {"50", "50", true},  {"66.67", "33.34", true},       {"66.67", "33.340001", false},
      {"60", "60", false}, {"100", "0.01", true},          {"100.000000", "0.010001", false},
      {"0", "0", true},    {"99.999999", "0.000001", true}};
  for (const Sum& sum : sums) {
    for (const char* share : {"capital_percent", "votes_percent"}) {
      INFO(share << ": " << sum.first << " and " << sum.second);
      Value provider = sample::valid(DocumentKind::provider);
      sample::at(provider, "/parties/2") =
          json::object({{"id", "somebody"}, {"name", "Somebody"}, {"kind", "fund"}});
      sample::at(provider, "/holdings/0") =
          json::object({{"holder", "somebody"}, {"held", "microsoft-ireland"}, {share, sum.first}});
      sample::at(provider, "/holdings/1") = json::object({{"holder", "microsoft-corporation"},
                                                          {"held", "microsoft-ireland"},
                                                          {share, sum.second}});
      const std::string faults = sample::faults_of(DocumentKind::provider, provider);
      CHECK(faults.empty() == sum.is_valid);
      if (sum.is_valid) continue;
      CHECK(test::contains(faults, std::string("sample: /holdings/1/") + share));
    }
  }
}

TEST_CASE("one holding is declared once") {
  Value provider = sample::valid(DocumentKind::provider);
  sample::at(provider, "/holdings/0/capital_percent") = "10";
  sample::at(provider, "/holdings/0/votes_percent") = "10";
  provider.as_object().find("holdings")->second.push(Value(sample::at(provider, "/holdings/0")));
  CHECK(test::contains(sample::faults_of(DocumentKind::provider, provider),
                       "sample: /holdings/1: found "));
}

TEST_CASE("what is at a limit is within it") {
  const std::vector<std::pair<const char*, Value>> changes = {
      {"/title", std::string(300, 'x')},
      {"/summary/lay", words(250)},
      {"/duration/months", 120},
      {"/duration/months", 1},
      {"/users/0/id", std::string(64, 'a')},
      {"/users/0/country", "UK"},
      {"/datasets/0/period/to", "2020-03-01"}};
  for (const auto& [pointer, value] : changes) {
    INFO(pointer);
    Value request = sample::valid(DocumentKind::request);
    sample::at(request, pointer) = value;
    CHECK(sample::faults_of(DocumentKind::request, request) == "");
  }
}
