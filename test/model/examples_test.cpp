// SPDX-License-Identifier: Apache-2.0
// Every JSON file under examples/ is a valid document of the kind that it says it is.
#include "base/file.hpp"
#include "base/limits.hpp"
#include "catch.hpp"
#include "model/sample.hpp"
#include "support/secret.hpp"

#include <filesystem>
#include <map>

using namespace octroi;
using namespace octroi::model;
namespace fs = std::filesystem;

namespace {

const fs::path k_examples = OCTROI_SOURCE "/examples";

std::vector<fs::path> example_files() {
  std::vector<fs::path> files;
  for (const fs::directory_entry& entry : fs::recursive_directory_iterator(k_examples)) {
    if (entry.path().extension() == ".json") files.push_back(entry.path());
  }
  return files;
}

const DocumentKind* kind_in(const json::Value& value) {
  for (const DocumentKind& kind : sample::kinds()) {
    if (value.text("format") == "octroi/" + std::string(name_of(kind)) + "/1") return &kind;
  }
  static const DocumentKind k_rule_tests = DocumentKind::rule_tests;
  return value.text("format") == "octroi/rule-tests/1" ? &k_rule_tests : nullptr;
}

}  // namespace

TEST_CASE("every example is valid and names its schema") {
  std::map<DocumentKind, int> counts;
  for (const fs::path& file : example_files()) {
    INFO(file.string());
    const json::Value value = sample::example(fs::relative(file, k_examples).string());
    const DocumentKind* kind = kind_in(value);
    REQUIRE(kind != nullptr);
    ++counts[*kind];
    CHECK_NOTHROW(
        read_document(*kind, read_input(file, limits::k_document_bytes_max), file.string()));
    const fs::path schema = file.parent_path() / value.text("$schema");
    CHECK(fs::exists(schema));
    CHECK(schema.filename() == std::string(name_of(*kind)) + ".schema.json");
  }
  for (const DocumentKind kind :
       {DocumentKind::request, DocumentKind::dataset, DocumentKind::provider,
        DocumentKind::rulebook, DocumentKind::charter, DocumentKind::rule_tests,
        DocumentKind::holidays}) {
    INFO(name_of(kind));
    CHECK(counts[kind] > 0);
  }
}

TEST_CASE("the charter's secretary has the key that its comment says") {
  const json::Value charter = sample::example("cnam-2021/charter.json");
  const json::Value& secretary = charter.at("members").as_array().front();
  REQUIRE(secretary.text("id") == "secretary-1");
  CHECK(secretary.text("key") == test::key_of("secretary-1").public_key().paserk());
}

TEST_CASE("with safeguards, the provider differs in nothing but safeguards and places") {
  json::Value with = sample::example("cnam-2021/provider-azure-hub-with-safeguards.json");
  json::Value without = sample::example("cnam-2021/provider-azure-hub.json");
  CHECK(with != without);
  for (const char* member : {"safeguards", "locations"}) {
    with.as_object().erase(member);
    without.as_object().erase(member);
  }
  CHECK(with == without);
}

TEST_CASE("on the European host, the study differs in nothing but its environment") {
  json::Value there = sample::example("cnam-2021/request-european-host.json");
  json::Value here = sample::example("cnam-2021/request-treatment.json");
  CHECK(there != here);
  there.as_object().erase("environment");
  here.as_object().erase("environment");
  CHECK(there == here);
}
