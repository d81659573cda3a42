// SPDX-License-Identifier: Apache-2.0
#include "model/sample.hpp"

#include "base/error.hpp"
#include "base/file.hpp"
#include "base/limits.hpp"
#include "catch.hpp"
#include "crypto/vkey.hpp"
#include "json/pointer.hpp"
#include "json/read.hpp"
#include "json/write.hpp"
#include "support/secret.hpp"

#include <charconv>

namespace octroi::model::sample {
namespace {

json::Value decision() {
  return json::read(R"({
    "format": "octroi/decision/1", "request": "R-2021-0001", "version": 1,
    "reference": "example 1", "date": "2021-03-15", "result": "granted",
    "ballots": {
      "counts": { "for": 2, "against": 0, "abstaining": 1, "absent": 2 },
      "by_name": [
        { "name": "seat 1", "vote": "for" }, { "name": "seat 2", "vote": "for" },
        { "name": "seat 3", "vote": "abstaining" }, { "name": "seat 4", "vote": "absent" }
      ]
    },
    "minutes": {
      "name": "minutes.txt", "bytes": 7,
      "sha256": "0000000000000000000000000000000000000000000000000000000000000000"
    },
    "resolves": ["snds-main-base/cnam-2021.case-by-case"],
    "datasets": ["snds-main-base"], "conditions": ["no copy leaves the project space"],
    "until": "2022-03-15", "reason": "one named study"
  })",
                    "decision");
}

json::Value trust() {
  const crypto::PublicKey key = test::key_of("seal").public_key();
  json::Value seal = json::object({{"key", key.paserk()},
                                   {"kid", key.id().text},
                                   {"from", "2021-01-01T00:00:00Z"},
                                   {"until", "2022-01-01T00:00:00Z"}});
  return json::object(
      {{"format", "octroi/trust/1"},
       {"board", "Example board"},
       {"origin", "council.example/data-access"},
       {"as_of", "2021-06-01T00:00:00Z"},
       {"events", 12},
       {"log_keys", json::Value::Array{json::object(
                        {{"vkey", crypto::vkey_of("council.example/data-access",
                                                  test::key_of("log").public_key())},
                         {"from", "2021-01-01T00:00:00Z"}})}},
       {"seals", json::Value::Array{std::move(seal)}}});
}

/// Splits the last token off a pointer.
std::pair<std::string_view, std::string> parent_of(std::string_view pointer) {
  const std::size_t slash = pointer.rfind('/');
  return {pointer.substr(0, slash), std::string(pointer.substr(slash + 1))};
}

std::size_t index_of(const std::string& token) {
  std::size_t index = 0;
  std::from_chars(token.data(), token.data() + token.size(), index);
  return index;
}

void collect_objects(const json::Value& value, const std::string& pointer,
                     std::vector<std::string>& out) {
  if (value.is_object()) {
    out.push_back(pointer);
    for (const auto& [name, member] : value.as_object()) {
      collect_objects(member, json::pointer_to(pointer, name), out);
    }
  } else if (value.is_array()) {
    std::size_t index = 0;
    for (const json::Value& item : value.as_array()) {
      collect_objects(item, pointer + "/" + std::to_string(index++), out);
    }
  }
}

}  // namespace

json::Value example(std::string_view path) {
  const std::string file = std::string(OCTROI_SOURCE "/examples/") + std::string(path);
  return json::read(read_input(file, limits::k_document_bytes_max), file);
}

json::Value valid(DocumentKind kind) {
  switch (kind) {
    case DocumentKind::request:
      return example("cnam-2021/request-treatment.json");
    case DocumentKind::dataset:
      return example("cnam-2021/dataset-snds-main-base.json");
    case DocumentKind::provider:
      return example("cnam-2021/provider-azure-hub-with-safeguards.json");
    case DocumentKind::rulebook:
      return example("rulebooks/cnam-2021.json");
    case DocumentKind::charter:
      return example("cnam-2021/charter.json");
    case DocumentKind::decision:
      return decision();
    case DocumentKind::trust:
      return trust();
    case DocumentKind::rule_tests:
      return example("rulebooks/cnam-2021.tests.json");
    case DocumentKind::holidays:
      return example("calendars/france.json");
    case DocumentKind::hierarchy:
      return example("hierarchies/mondo-covid-19.json");
    case DocumentKind::assessment:
      break;
  }
  FAIL("nobody writes such a document by hand");
  return {};
}

Document read(DocumentKind kind, const json::Value& value) {
  return read_document(kind, json::canonical(value), "sample");
}

std::string faults_of(DocumentKind kind, const json::Value& value) {
  try {
    static_cast<void>(read(kind, value));
  } catch (const Error& error) {
    CHECK(error.code() == ErrorCode::bad_input);
    return error.what();
  }
  return "";
}

json::Value& at(json::Value& value, std::string_view pointer) {
  if (pointer.empty()) return value;
  const auto [parent, token] = parent_of(pointer);
  json::Value& owner = at(value, parent);
  if (owner.is_array()) {
    const std::size_t index = index_of(token);
    while (owner.as_array().size() <= index) owner.push(nullptr);
    return owner.as_array().at(index);
  }
  if (owner.find(token) == nullptr) owner.set(token, nullptr);
  return owner.as_object().find(token)->second;
}

void remove(json::Value& value, std::string_view pointer) {
  INFO("remove " << pointer);
  REQUIRE(json::remove_at(value, pointer));
}

std::vector<std::string> objects_in(const json::Value& value) {
  std::vector<std::string> pointers;
  collect_objects(value, "", pointers);
  return pointers;
}

const std::vector<DocumentKind>& kinds() {
  static const std::vector<DocumentKind> all = {
      DocumentKind::request,   DocumentKind::dataset,  DocumentKind::provider,
      DocumentKind::rulebook,  DocumentKind::charter,  DocumentKind::decision,
      DocumentKind::trust,     DocumentKind::holidays, DocumentKind::hierarchy};
  return all;
}

}  // namespace octroi::model::sample
