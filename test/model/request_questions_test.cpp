// SPDX-License-Identifier: Apache-2.0
#include "model/request_questions.hpp"

#include "catch.hpp"
#include "json/read.hpp"
#include "model/sample.hpp"
#include "support/refusal.hpp"

#include <algorithm>
#include <map>

using namespace octroi;
using namespace octroi::model;
using json::Value;
using test::contains;

namespace {

using Answers = std::map<std::string, std::string>;

/// An answer that fits any question of its kind.
std::string answer_to(const Question& question) {
  switch (question.kind) {
    case AnswerKind::text:
      if (question.pointer.ends_with("/country")) return "FR";
      if (question.pointer.ends_with("/confidentiality_commitment")) return "2021-01-01";
      return "name-1";
    case AnswerKind::choice:
      return question.allowed.front();
    case AnswerKind::choices:
      return question.allowed.front() + ", " + question.allowed.back();
    case AnswerKind::texts:
      return question.pointer == "/purposes/duo" ? "DUO:0000007" : "U07.10,U07.11 ,";
    case AnswerKind::integer:
      return "24";
    case AnswerKind::yes_no:
      return "no";
    case AnswerKind::date:
      return "2021-03-01";
    case AnswerKind::none:
      return "none";
  }
  return "";
}

/// Answers every question that applies: as `answers` says, otherwise with an answer that fits, or
/// with nothing where that is allowed and `is_brief`.
Value answer_all(const Answers& answers, bool is_brief) {
  Value request;
  for (const Question& question : request_questions()) {
    if (!applies(request, question)) continue;
    const auto own = answers.find(question.pointer);
    const bool is_left_out = is_brief && !question.is_required && question.instead.empty();
    const std::string answer =
        own != answers.end() ? own->second : (is_left_out ? "" : answer_to(question));
    INFO(question.pointer << ": " << answer);
    const std::optional<std::string> fault = set_answer(request, question, answer);
    INFO(fault.value_or(""));
    REQUIRE_FALSE(fault);
  }
  return json::read(finished_request(request), "finished");
}

Question question_at(const std::string& pointer) {
  for (const Question& question : request_questions()) {
    if (question.pointer == pointer) return question;
  }
  FAIL("no question about " << pointer);
  return {};
}

/// What is said against an answer; "" when it is taken.
std::string fault_of(Value& request, const std::string& pointer, std::string_view answer) {
  return set_answer(request, question_at(pointer), answer).value_or("");
}

}  // namespace

TEST_CASE("whoever answers every question has a valid request") {
  for (const bool is_brief : {false, true}) {
    for (const char* sector : {"public", "insurer", "manufacturer", "bank"}) {
      for (const char* format : {"anonymised", "pseudonymised"}) {
        INFO(is_brief << " " << sector << " " << format);
        const Value request =
            answer_all({{"/controller/sector", sector}, {"/datasets/0/format", format}}, is_brief);
        CHECK(sample::faults_of(DocumentKind::request, request) == "");
      }
    }
  }
}

TEST_CASE("each question says what to answer, once, in the order of the form") {
  std::vector<std::string> pointers;
  for (const Question& question : request_questions()) {
    INFO(question.pointer);
    CHECK_FALSE(question.text.empty());
    const bool has_choice =
        question.kind == AnswerKind::choice || question.kind == AnswerKind::choices;
    CHECK(has_choice == !question.allowed.empty());
    // What a question depends on is asked before it.
    std::vector<std::string> before = question.instead;
    if (!question.when_pointer.empty()) before.push_back(question.when_pointer);
    for (const std::string& other : before) {
      CHECK(std::find(pointers.begin(), pointers.end(), other) != pointers.end());
    }
    CHECK(std::find(pointers.begin(), pointers.end(), question.pointer) == pointers.end());
    pointers.push_back(question.pointer);
  }
}

TEST_CASE("a wrong answer is refused with a reason and changes nothing") {
  struct Row {
    const char* pointer;
    const char* answer;
    const char* reason;
  };
  const Row rows[] = {
      {"/title", "", "text that is not empty"},
      {"/title", "   ", "text that is not empty"},
      {"/project/kind", "trial", "one of"},
      {"/project/kind", "Study", "one of"},
      {"/controller/country", "France", "FR"},
      {"/controller/country", "ZZ", "ISO 3166-1"},
      {"/users/0/id", "Analyst 1", "pattern"},
      {"/purposes/snds", "6, 7", "one of"},
      {"/purposes/snds", "6,6", "each item once"},
      {"/purposes/duo", "0000007", "DUO:0000007"},
      {"/prohibited_uses/harmful_products", "", "yes or no"},
      {"/prohibited_uses/harmful_products", "perhaps", "yes or no"},
      {"/prohibited_uses/harmful_products", "false", "yes or no"},
      {"/datasets/0/population/size", "many", "a whole number"},
      {"/datasets/0/population/size", "1.5", "a whole number"},
      {"/datasets/0/population/size", "0", "at least 1"},
      {"/datasets/0/period/from", "March 2020", "a date YYYY-MM-DD"},
      {"/datasets/0/components", "", "at least 1 item"},
      {"/datasets/0/identifiers_crossed", "name", "one of"},
      {"/duration/months", "121", "at most 120"},
      {"/duration/months", "99999999999999999999", "a whole number"},
      {"/transfers", "to the US", "none"},
  };
  for (const Row& row : rows) {
    INFO(row.pointer << ": " << row.answer);
    Value request = json::object({{"title", "before"}});
    const std::string fault = fault_of(request, row.pointer, row.answer);
    INFO(fault);
    CHECK(contains(fault, row.reason));
    CHECK(request == json::object({{"title", "before"}}));
  }
}

TEST_CASE("an answer is looked at together with those before it") {
  Value request;
  CHECK(fault_of(request, "/datasets/0/period/from", "2020-03-01") == "");
  CHECK(contains(fault_of(request, "/datasets/0/period/to", "2020-02-29"),
                 "nothing before 2020-03-01"));
  CHECK(fault_of(request, "/datasets/0/period/to", "2020-12-31") == "");
  CHECK(request.at("datasets").as_array().front().at("period").text("to") == "2020-12-31");
}

TEST_CASE("one purpose at least has to be answered") {
  Value request;
  CHECK(fault_of(request, "/purposes/snds", "") == "");
  CHECK(fault_of(request, "/purposes/ehds", "") == "");
  CHECK(contains(fault_of(request, "/purposes/duo", ""), "/purposes/snds and /purposes/ehds"));
  CHECK(fault_of(request, "/purposes/ehds", "e") == "");
  CHECK(fault_of(request, "/purposes/duo", "") == "");
  CHECK(request == json::object({{"purposes", json::object({{"ehds", json::strings({"e"})}})}}));
}

TEST_CASE("what hangs on an earlier answer is asked only then") {
  Value request;
  const Question laboratory = question_at("/implementing_body/confidentiality_commitment");
  CHECK_FALSE(applies(request, laboratory));
  CHECK(fault_of(request, "/controller/sector", "public") == "");
  CHECK_FALSE(applies(request, laboratory));
  CHECK(fault_of(request, "/controller/sector", "insurer") == "");
  CHECK(applies(request, laboratory));

  const Question reason = question_at("/datasets/0/identifiers_reason");
  CHECK_FALSE(applies(request, reason));
  CHECK(fault_of(request, "/datasets/0/identifiers_crossed", "none") == "");
  CHECK_FALSE(applies(request, reason));
  CHECK(fault_of(request, "/datasets/0/identifiers_crossed", "birth-month") == "");
  CHECK_FALSE(applies(request, reason));
  CHECK(fault_of(request, "/datasets/0/identifiers_crossed", "birth-month,commune-of-death") == "");
  CHECK(applies(request, reason));
}

TEST_CASE("a list that is empty so far gets its first item") {
  Value request = json::object({{"users", Value::Array{}}});
  CHECK_FALSE(
      applies(request, {"/x", "", AnswerKind::text, {}, true, "/users/0/id", {"a"}, 0, {}}));
  CHECK(fault_of(request, "/users/0/id", "analyst-1") == "");
  CHECK(request.at("users").as_array().front().text("id") == "analyst-1");
}
