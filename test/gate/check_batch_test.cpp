// SPDX-License-Identifier: Apache-2.0
#include "gate/check_batch.hpp"

#include "base/limits.hpp"
#include "base/parallel.hpp"
#include "catch.hpp"
#include "gate/sample_board.hpp"
#include "json/read.hpp"
#include "json/schema.hpp"
#include "json/write.hpp"

using namespace octroi;
using namespace octroi::gate;
using sample::Board;

namespace {

json::Value request() {
  return sample::example("cnam-2021/request-treatment.json");
}

std::string changed(const std::function<void(json::Value&)>& change) {
  json::Value value = request();
  change(value);
  return json::canonical(value);
}

/// The answer, valid under its schema.
json::Value answer_to(CheckBatch& batch, const BatchLine& line) {
  const CheckAnswer answer = batch.answer(line);
  CHECK(answer.text.find('\n') == std::string::npos);
  json::Value value = json::read(answer.text, "answer");
  static const json::Schema schema = json::Schema::compile(
      json::read(model::schema_text("output/check-line"), "schema"), "schema");
  json::require_valid(schema, value, answer.text);
  CHECK(answer.verdict.has_value() == (value.find("verdict") != nullptr));
  return value;
}

json::Value answer_to(CheckBatch& batch, const std::string& line) {
  return answer_to(batch, {{7, ""}, line});
}

}  // namespace

TEST_CASE("a line is checked as the request alone") {
  Board board;
  board.fill();
  const GivenDocuments given;
  const Date day = parse_date("2026-11-20").value();
  CheckBatch batch(&board.database(), given, day);
  const std::string other_extent = changed([](json::Value& value) {
    value.as_object()["datasets"].as_array().front().set("extent", "whole");
  });
  const std::string no_necessity =
      changed([](json::Value& value) { value.as_object().erase("necessity"); });
  for (const std::string& line : {json::canonical(request()), other_extent, no_necessity}) {
    const json::Value got = answer_to(batch, line);
    const model::Document document =
        model::read_document(model::DocumentKind::request, line, "request");
    const rules::Assessment alone = check(&board.database(), {document, {}}, day).assessment;
    CHECK(got.text("verdict") == rules::name_of(alone.verdict));
    CHECK(got.text("request") == document.sha256.hex());
    for (const auto& [id, verdict] : alone.datasets) {
      CHECK(got.at("datasets").text(id) == rules::name_of(verdict));
    }
    std::size_t obstacles = 0;
    for (const rules::Finding& finding : alone.findings) {
      if (rules::verdict_of(finding.outcome) == rules::Verdict::clear) continue;
      const json::Value& one = got.at("findings").as_array().at(obstacles++);
      CHECK(one.text("finding") == finding.id());
      CHECK(one.text("outcome") == rules::name_of(finding.outcome));
      CHECK(one.text("missing") == finding.missing);
    }
    CHECK(got.at("findings").as_array().size() == obstacles);
  }
}

TEST_CASE("what is wrong with a line is its answer") {
  Board board;
  board.fill();
  const GivenDocuments given;
  CheckBatch batch(&board.database(), given, parse_date("2026-11-20").value());
  const auto error = [&](const std::string& line) { return answer_to(batch, line).text("error"); };
  CHECK(error("") == "line: expected a request, got a blank line");
  CHECK(error(" \t\r") == "line: expected a request, got a blank line");
  CHECK(error("{").find("line: column 2") == 0);
  CHECK(error(std::string(100'000, '[')).find("nested too deep") != std::string::npos);
  CHECK(error(changed([](json::Value& value) { value.set("as", "secretary-1"); })).find("/as") !=
        std::string::npos);
  CHECK(error(changed([](json::Value& value) {
          value.as_object()["environment"].set("provider", "azure-hob");
        })).find("did you mean azure-hub") != std::string::npos);
  CHECK(answer_to(batch, {{8, ""}, std::nullopt})
            .text("error")
            .find(std::to_string(limits::k_batch_line_bytes_max)) != std::string::npos);
  const json::Value file = answer_to(batch, {{0, "a.json"}, "{"});
  CHECK(file.text("file") == "a.json");
  CHECK(file.text("error").find("a.json: line 1") == 0);
  CHECK(file.find("line") == nullptr);
  CHECK(answer_to(batch, json::canonical(request())).text("verdict") == "refer");
}

TEST_CASE("without a rulebook in force there is no batch") {
  Board board;
  board.fill();
  const GivenDocuments given;
  sample::error_of(ErrorCode::not_yet,
                   [&] { CheckBatch(&board.database(), given, parse_date("2000-01-01").value()); });
  sample::error_of(ErrorCode::bad_input,
                   [&] { CheckBatch(nullptr, given, parse_date("2026-11-20").value()); });
}

TEST_CASE("a batch sees one state of the registry, and many threads the same") {
  Board board;
  board.fill();
  const GivenDocuments given;
  const auto reader = open_sqlite(board.path(), OpenMode::read);
  CheckBatch batch(reader.get(), given, parse_date("2026-11-20").value());
  const std::string before = batch.answer({{1, ""}, json::canonical(request())}).text;
  json::Value whole = sample::example("cnam-2021/provider-azure-hub.json");
  whole.set("id", "another");
  static_cast<void>(add_provider(board.database(), board.as("secretary-1"),
                                 sample::document(model::DocumentKind::provider, whole),
                                 board.context()));
  const std::string asks_later = changed(
      [](json::Value& value) { value.as_object()["environment"].set("provider", "another"); });
  CHECK_FALSE(batch.answer({{2, ""}, asks_later}).verdict);
  std::vector<std::string> answers(64);
  for_each_of(answers.size(), 4, [&](std::size_t i) {
    answers[i] = batch.answer({{1, ""}, json::canonical(request())}).text;
  });
  for (const std::string& answer : answers) CHECK(answer == before);
}
