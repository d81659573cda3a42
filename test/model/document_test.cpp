// SPDX-License-Identifier: Apache-2.0
#include "model/document.hpp"

#include "base/limits.hpp"
#include "catch.hpp"
#include "crypto/hash.hpp"
#include "json/to_value.hpp"
#include "json/write.hpp"
#include "model/sample.hpp"
#include "support/backwards.hpp"
#include "support/refusal.hpp"

#include <algorithm>

using namespace octroi;
using namespace octroi::model;
using test::contains;
using test::refusal;

namespace {

std::string refused(DocumentKind kind, std::string bytes) {
  return refusal(ErrorCode::bad_input,
                 [&] { static_cast<void>(read_document(kind, std::move(bytes), "file.json")); });
}

}  // namespace

TEST_CASE("a document keeps its exact bytes and is named by their digest") {
  const std::string bytes = "\n" + json::pretty(sample::valid(DocumentKind::dataset)) + "\n";
  const Document document = read_document(DocumentKind::dataset, bytes, "file.json");
  CHECK(document.kind == DocumentKind::dataset);
  CHECK(document.bytes == bytes);
  CHECK(document.sha256 == crypto::sha256(bytes));
  CHECK(document.value == sample::valid(DocumentKind::dataset));
}

TEST_CASE("all that is wrong is said at once, by schema and between members") {
  json::Value request = sample::valid(DocumentKind::request);
  sample::at(request, "/title") = "";
  sample::at(request, "/users/0/country") = "ZZ";
  sample::at(request, "/datasets/0/period/to") = "2019-01-01";
  sample::remove(request, "/summary");
  const std::string faults = sample::faults_of(DocumentKind::request, request);
  INFO(faults);
  for (const char* part : {"sample: /title: ", "summary",
                           "sample: /users/0/country: ", "sample: /datasets/0/period/to: "}) {
    INFO(part);
    CHECK(contains(faults, part));
  }
  CHECK(std::count(faults.begin(), faults.end(), '\n') == 3);
}

TEST_CASE("what is wrong is said in the order of names, whatever that of the text") {
  json::Value request = sample::valid(DocumentKind::request);
  sample::at(request, "/users/0/country") = "ZZ";
  sample::at(request, "/controller/country") = "XX";
  const std::string faults = refused(DocumentKind::request, json::canonical(request));
  INFO(faults);
  CHECK(faults.find("/controller/country") < faults.find("/users/0/country"));
  CHECK(refused(DocumentKind::request, test::backwards(request)) == faults);
}

TEST_CASE("a document that is laid out is looked at as one that is read") {
  json::Value request = sample::valid(DocumentKind::request);
  for (const char* title : {"A study", "A \"study\""}) {
    sample::at(request, "/title") = title;
    for (const std::string& text : {json::canonical(request), test::backwards(request)}) {
      const json::Tape tape = read_laid(DocumentKind::request, text, "file.json");
      CHECK(tape.root().text("title") == title);
      CHECK(json::to_value(tape.root()) == request);
    }
  }
  sample::at(request, "/users/0/country") = "ZZ";
  const std::string text = json::canonical(request);
  CHECK(refusal(ErrorCode::bad_input, [&] {
          static_cast<void>(read_laid(DocumentKind::request, text, "file.json"));
        }) == refused(DocumentKind::request, text));
}

TEST_CASE("what the schema refuses is not refused a second time") {
  json::Value request = sample::valid(DocumentKind::request);
  sample::at(request, "/users/0/country") = "France";
  const std::string faults = sample::faults_of(DocumentKind::request, request);
  INFO(faults);
  CHECK(contains(faults, "sample: /users/0/country: found \"France\""));
  CHECK(std::count(faults.begin(), faults.end(), '\n') == 0);
}

TEST_CASE("a document of another kind gives one clear error") {
  const std::string bytes = json::pretty(sample::valid(DocumentKind::provider));
  CHECK(refused(DocumentKind::request, bytes) ==
        "file.json: /format: expected \"octroi/request/1\", got \"octroi/provider/1\"");
}

TEST_CASE("a note may stand in every object, as a text or as lines") {
  for (const DocumentKind kind : sample::kinds()) {
    json::Value value = sample::valid(kind);
    sample::at(value, "/$comment") = "one text";
    CHECK(sample::faults_of(kind, value) == "");
    sample::at(value, "/$comment") = json::strings({"line by", "line"});
    CHECK(sample::faults_of(kind, value) == "");
    sample::at(value, "/$comment") = 7;
    CHECK(contains(sample::faults_of(kind, value), "/$comment"));
  }
}

TEST_CASE("what is no document is refused before it is looked at") {
  CHECK(contains(refused(DocumentKind::request, ""), "file.json"));
  CHECK(contains(refused(DocumentKind::request, "[]"), "file.json"));
  CHECK(contains(refused(DocumentKind::request, "{}"), "\"format\""));
  CHECK(contains(refused(DocumentKind::request, R"({"format": 1})"), "/format"));
  CHECK(contains(refused(DocumentKind::request, R"({"format": 1, "format": 2})"), "format"));
}

TEST_CASE("text that is not UTF-8 is refused, wherever it stands") {
  struct Row {
    const char* name;
    std::string text;
  };
  const Row rows[] = {{"a byte of Latin-1", "\xE9"},
                      {"a character cut short", "\xE2\x82"},
                      {"an overlong slash", "\xC0\xAF"},
                      {"half of a surrogate pair", "\xED\xA0\x80"},
                      {"half of a surrogate pair, escaped", "\\ud800"},
                      {"beyond Unicode", "\xF4\x90\x80\x80"},
                      {"a zero byte", std::string(1, '\0')},
                      {"a control character", "\x01"}};
  const std::string bytes = json::canonical(sample::valid(DocumentKind::request));
  const std::string member = R"("title":")";
  const std::size_t place = bytes.find(member);
  REQUIRE(place != std::string::npos);
  for (const Row& row : rows) {
    INFO(row.name);
    std::string changed = bytes;
    changed.insert(place + member.size(), row.text);
    CHECK(contains(refused(DocumentKind::request, changed), "file.json: line 1, column "));
  }
  CHECK(contains(refused(DocumentKind::request, "\xEF\xBB\xBF" + bytes), "byte-order mark"));
}

TEST_CASE("size and depth are limited") {
  const std::string bytes = json::canonical(sample::valid(DocumentKind::request));
  const std::string full = bytes + std::string(limits::k_document_bytes_max - bytes.size(), ' ');
  CHECK_NOTHROW(read_document(DocumentKind::request, full, "file.json"));
  CHECK(contains(refused(DocumentKind::request, full + ' '),
                 std::to_string(limits::k_document_bytes_max)));
  const std::string open(limits::k_json_depth_max + 1, '[');
  const std::string close(limits::k_json_depth_max + 1, ']');
  CHECK(contains(refused(DocumentKind::request, open + close),
                 std::to_string(limits::k_json_depth_max)));
}

TEST_CASE("a member given twice is refused, however deep") {
  std::string bytes = json::canonical(sample::valid(DocumentKind::request));
  const std::string member = R"("degree":"necessary")";
  const std::size_t place = bytes.find(member);
  REQUIRE(place != std::string::npos);
  bytes.insert(place, R"("degree":"useful",)");
  CHECK(contains(refused(DocumentKind::request, bytes), "degree"));
}

TEST_CASE("control characters of a document do not reach the terminal") {
  json::Value request = sample::valid(DocumentKind::request);
  sample::at(request, "/regime") = "\x1b[2J";
  sample::at(request, "/users/1/id") = "analyst-1";
  request.set("evil\x1b[2J", 1);
  const std::string faults = sample::faults_of(DocumentKind::request, request);
  CHECK_FALSE(faults.empty());
  CHECK_FALSE(contains(faults, "\x1b"));
}
