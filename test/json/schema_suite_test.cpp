// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <filesystem>
#include <iostream>
#include <map>
#include <set>
#include <string>
#include <vector>

#include "catch.hpp"
#include "json/read.hpp"
#include "json/refusal.hpp"
#include "json/schema.hpp"

/// The official draft 7 tests. What octroi does not follow is listed here, group by group and test
/// by test, with the reason; each entry must still be needed, so that no list outlives its cause.
namespace octroi::json {
namespace {

const std::filesystem::path k_folder = OCTROI_JSON_SCHEMA_SUITE;

using Reasons = std::map<std::string, std::string>;

/// "file: group" whose schema must be refused, because …
const Reasons k_schemas_outside = {
    {"additionalProperties.json: non-ASCII pattern with additionalProperties", "pattern not ASCII"},
    {"definitions.json: valid definition", "refers to another document"},
    {"definitions.json: invalid definition", "refers to another document"},
    {"dependencies.json: dependencies", "dependencies"},
    {"dependencies.json: dependencies with empty array", "dependencies"},
    {"dependencies.json: multiple dependencies", "dependencies"},
    {"dependencies.json: multiple dependencies subschema", "dependencies"},
    {"dependencies.json: dependencies with boolean subschemas", "dependencies"},
    {"multipleOf.json: by number", "multipleOf a fraction"},
    {"multipleOf.json: by small number", "multipleOf a fraction"},
    {"ref.json: escaped pointer ref", "refers to schemas under names that are no keywords"},
    {"ref.json: ref overrides any sibling keywords", "a keyword beside $ref"},
    {"ref.json: remote ref, containing refs itself", "refers to another document"},
    {"ref.json: Recursive references between schemas", "$id inside, refers by it"},
    {"refRemote.json: remote ref", "refers to another document"},
    {"refRemote.json: fragment within remote ref", "refers to another document"},
    {"refRemote.json: ref within remote ref", "refers to another document"},
    {"refRemote.json: base URI change", "$id inside"},
    {"refRemote.json: base URI change - change folder", "$id inside"},
    {"refRemote.json: base URI change - change folder in subschema", "$id inside"},
    {"refRemote.json: root ref in remote ref", "refers to another document"},
    {"optional/content.json: validation of string-encoded content based on media type",
     "contentMediaType"},
    {"optional/content.json: validation of binary string-encoding", "contentEncoding"},
    {"optional/content.json: validation of binary-encoded media type documents",
     "contentEncoding, contentMediaType"},
    {"optional/ecmascript-regex.json: ECMA 262 regex non-compliance", "format regex"},
};

/// "file: group: test" where octroi must answer the contrary, because …
const Reasons k_answers_otherwise = {
    {"optional/bignum.json: integer: a bignum is an integer", "no integer of 64 bits"},
    {"optional/bignum.json: integer: a negative bignum is an integer", "no integer of 64 bits"},
    {"optional/zeroTerminatedFloats.json: some languages do not distinguish between different "
     "types "
     "of numeric value: a float without fractional part is an integer",
     "an integer is written as one"},
    {"optional/format/date-time.json: validation of date-time strings: case-insensitive T and Z",
     "lower-case letters"},
};

/// Optional files that are not run: each is about a format outside the subset.
const std::set<std::string> k_formats_outside = {
    "email.json",         "hostname.json",     "idn-email.json",
    "idn-hostname.json",  "ipv4.json",         "ipv6.json",
    "iri-reference.json", "iri.json",          "json-pointer.json",
    "regex.json",         "time.json",         "relative-json-pointer.json",
    "uri-reference.json", "uri-template.json", "uri.json"};

/// What is counted, and what of the lists above was met.
struct Run {
  int answers = 0;
  std::set<std::string> met;
};

void run_group(const std::string& file, const Value& group, Run& run) {
  const std::string name = file + ": " + group.text("description");
  INFO(name);
  if (k_schemas_outside.contains(name)) {
    run.met.insert(name);
    CHECK(refusal([&] { (void)Schema::compile(group.at("schema"), file); }) != "accepted");
    return;
  }
  const Schema schema = Schema::compile(group.at("schema"), file);
  for (const Value& test : group.at("tests").as_array()) {
    const std::string test_name = name + ": " + test.text("description");
    INFO(test_name);
    const bool is_contrary = k_answers_otherwise.contains(test_name);
    if (is_contrary) run.met.insert(test_name);
    const bool is_valid = schema.validate(test.at("data")).empty();
    CHECK((is_valid == test.at("valid").as_boolean()) != is_contrary);
    ++run.answers;
  }
}

std::vector<std::filesystem::path> files_of(const std::filesystem::path& folder) {
  std::vector<std::filesystem::path> files;
  for (const auto& file : std::filesystem::directory_iterator(folder)) {
    if (file.path().extension() == ".json") files.push_back(file.path());
  }
  std::sort(files.begin(), files.end());
  return files;
}

void run_file(const std::filesystem::path& path, Run& run) {
  const ReadLimits limits{.depth_max = 64, .integers_only = false};
  const Value groups = read(content_of(path), path.string(), limits);
  for (const Value& group : groups.as_array()) {
    run_group(std::filesystem::relative(path, k_folder).string(), group, run);
  }
}

}  // namespace

TEST_CASE("JSON-Schema-Test-Suite: draft 7, required and optional") {
  if (!std::filesystem::exists(k_folder)) {
    std::cout << "skipped: no vectors\n";
    return;
  }
  Run run;
  for (const auto& folder : {k_folder, k_folder / "optional", k_folder / "optional" / "format"}) {
    for (const auto& file : files_of(folder)) {
      const bool is_format = folder.filename() == "format";
      if (is_format && k_formats_outside.contains(file.filename().string())) continue;
      run_file(file, run);
    }
  }
  CHECK(run.answers > 380);
  CHECK(run.met.size() == k_schemas_outside.size() + k_answers_otherwise.size());
}

}  // namespace octroi::json
