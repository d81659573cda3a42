// SPDX-License-Identifier: Apache-2.0
#include "gate/check_batch.hpp"

#include <fmt/format.h>

#include "base/limits.hpp"
#include "base/parallel.hpp"
#include "catch.hpp"
#include "gate/sample_board.hpp"
#include "json/read.hpp"
#include "json/schema.hpp"
#include "json/write.hpp"
#include "support/backwards.hpp"

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

namespace {

/// The answer as the findings of a whole assessment give it.
std::string answer_of(const rules::Assessment& assessment) {
  json::Value value = json::object({{"line", 7},
                                    {"request", assessment.documents.request.hex()},
                                    {"verdict", rules::name_of(assessment.verdict)},
                                    {"datasets", json::Value::Object{}},
                                    {"findings", json::Value::Array{}}});
  for (const auto& [id, verdict] : assessment.datasets) {
    value.as_object()["datasets"].set(id, rules::name_of(verdict));
  }
  for (const rules::Finding& finding : assessment.findings) {
    if (rules::verdict_of(finding.outcome) == rules::Verdict::clear) continue;
    json::Value one = json::object({{"rulebook", finding.rulebook},
                                    {"finding", finding.id()},
                                    {"outcome", rules::name_of(finding.outcome)}});
    if (!finding.missing.empty()) one.set("missing", finding.missing);
    value.as_object()["findings"].push(std::move(one));
  }
  return json::one_line(value);
}

json::Value rule(const char* id, const char* applies, const char* requirement) {
  const json::Value text = json::object({{"en", id}, {"fr", id}});
  return json::object({{"id", id},
                       {"title", text},
                       {"applies", applies},
                       {"requires", requirement},
                       {"otherwise", "refuse"},
                       {"because", text},
                       {"not_applicable", text},
                       {"remedy", text},
                       {"cites", json::Value::Array{json::object(
                                     {{"source", "a source"}, {"provision", "a provision"}})}}});
}

/// Rules that come out in each of the ways there are.
model::Document rules_of_every_kind() {
  json::Value narrows = rule("each.narrows", "true", "true");
  narrows.set("narrows", json::object({{"users_from", "dataset.consent.users"}}));
  return sample::document(
      model::DocumentKind::rulebook,
      json::object(
          {{"format", "octroi/rulebook/1"},
           {"id", "each"},
           {"title", json::object({{"en", "Each"}, {"fr", "Chaque"}})},
           {"valid", json::object({{"from", "2020-01-01"}})},
           {"rules", json::Value::Array{
                         rule("each.unknown", "request.sensitivity.size() > 0", "true"),
                         rule("each.missing", "true", "request.dpia_date != ''"),
                         rule("each.errs", "true", "request.purposes.snds[7] == '6'"),
                         rule("each.of-request", "true", "request.user_count > 9"),
                         rule("each.silent", "false", "dataset.extent == 'whole'"), narrows}}}));
}

}  // namespace

TEST_CASE("a line is checked as the request alone, byte for byte") {
  Board board;
  board.fill();
  GivenDocuments given;
  for (const char* name : {"cnam-2021", "ehds-secondary-use", "ga4gh-duo", "gdpr-chapter-v",
                           "hds-v2", "snds-law", "sren-31"}) {
    given.rulebooks.push_back(
        sample::document(model::DocumentKind::rulebook,
                         sample::example("rulebooks/" + std::string(name) + ".json")));
  }
  given.rulebooks.push_back(rules_of_every_kind());
  const Date day = parse_date("2026-11-20").value();
  const std::string other_extent = changed([](json::Value& value) {
    value.as_object()["datasets"].as_array().front().set("extent", "whole");
  });
  const std::string no_necessity =
      changed([](json::Value& value) { value.as_object().erase("necessity"); });
  const std::string escaped = changed([](json::Value& value) { value.set("title", "a\n\"b\""); });
  for (const GivenDocuments& documents : {GivenDocuments{}, given}) {
    CheckBatch batch(&board.database(), documents, day);
    for (const std::string& line : {json::canonical(request()), other_extent, no_necessity,
                                    test::backwards(request()), escaped}) {
      const model::Document document =
          model::read_document(model::DocumentKind::request, line, "request");
      const rules::Assessment alone =
          check(&board.database(), {document, documents}, day).assessment;
      static_cast<void>(answer_to(batch, line));
      const CheckAnswer answer = batch.answer({{7, ""}, line});
      CHECK(answer.text == answer_of(alone));
      const std::string of_file = batch.answer({{0, "a \"b\".json"}, line}).text;
      CHECK(of_file == json::one_line(json::read(of_file, "answer")));
      CHECK(answer.verdict == alone.verdict);
    }
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

TEST_CASE("a registry that has another document under an id answers nothing with it") {
  const char* table = GENERATE("providers", "datasets");
  INFO(table);
  Board board;
  board.fill();
  const bool is_provider = table == std::string("providers");
  json::Value other = sample::example(is_provider ? "cnam-2021/provider-azure-hub.json"
                                                  : "cnam-2021/dataset-snds-main-base.json");
  other.set("id", "other");
  const Actor actor = board.as("secretary-1");
  if (is_provider) {
    static_cast<void>(add_provider(board.database(), actor,
                                   sample::document(model::DocumentKind::provider, other),
                                   board.context()));
  } else {
    static_cast<void>(add_dataset(board.database(), actor,
                                  sample::document(model::DocumentKind::dataset, other),
                                  board.context()));
  }
  board.database().run_script(fmt::format(
      "UPDATE {0} SET document = (SELECT document FROM {0} WHERE id = 'other')", table));
  const GivenDocuments given;
  sample::error_of(ErrorCode::damaged, [&] {
    CheckBatch batch(&board.database(), given, parse_date("2026-11-20").value());
    static_cast<void>(batch.answer({{1, ""}, json::canonical(request())}));
  });
}
