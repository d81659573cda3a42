// SPDX-License-Identifier: Apache-2.0
#include "model/request_questions.hpp"

#include "base/error.hpp"
#include "base/safe_text.hpp"
#include "json/pointer.hpp"
#include "json/schema.hpp"
#include "json/write.hpp"
#include "model/request_schema.hpp"
#include "model/semantic_faults.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <charconv>
#include <utility>

namespace octroi::model {
namespace {

using json::Value;

/// What the form asks beyond the schema: the order, and what depends on an earlier answer.
struct Entry {
  const char* pointer;
  bool is_required = true;
  const char* when_pointer = "";
  std::vector<std::string> when = {};
  std::size_t when_items_min = 0;
  std::vector<std::string> instead = {};
};

const std::vector<Entry>& form() {
  static const std::vector<std::string> k_restricted = {"manufacturer", "insurer", "bank"};
  static const std::vector<Entry> k_form = {
      {"/title"},
      {"/project/name"},
      {"/project/kind"},
      {"/regime"},
      {"/controller/name"},
      {"/controller/country"},
      {"/controller/sector"},
      {"/implementing_body/name", true, "/controller/sector", k_restricted},
      {"/implementing_body/country", true, "/controller/sector", k_restricted},
      {"/implementing_body/sector", true, "/controller/sector", k_restricted},
      {"/implementing_body/confidentiality_commitment", true, "/controller/sector", k_restricted},
      {"/recipient/id"},
      {"/recipient/name"},
      {"/users/0/id"},
      {"/users/0/organisation"},
      {"/users/0/country"},
      {"/purposes/snds", false},
      {"/purposes/ehds", false},
      {"/purposes/duo", false, "", {}, 0, {"/purposes/snds", "/purposes/ehds"}},
      {"/prohibited_uses/promotion_of_health_products"},
      {"/prohibited_uses/insurance_exclusion_or_premium"},
      {"/prohibited_uses/detrimental_decisions"},
      {"/prohibited_uses/advertising_or_marketing"},
      {"/prohibited_uses/harmful_products"},
      {"/disease_codes/system", false},
      {"/disease_codes/codes", true, "/disease_codes/system"},
      {"/necessity/degree", false},
      {"/necessity/for", true, "/necessity/degree"},
      {"/necessity/reason", true, "/necessity/degree"},
      {"/summary/scientific"},
      {"/summary/lay"},
      {"/public_interest"},
      {"/datasets/0/dataset"},
      {"/datasets/0/components"},
      {"/datasets/0/extent"},
      {"/datasets/0/variables"},
      {"/datasets/0/population/inclusion"},
      {"/datasets/0/population/size"},
      {"/datasets/0/period/from"},
      {"/datasets/0/period/to"},
      {"/datasets/0/format"},
      {"/datasets/0/format_reason", true, "/datasets/0/format", {"pseudonymised"}},
      {"/datasets/0/identifiers_crossed"},
      {"/datasets/0/identifiers_reason", true, "/datasets/0/identifiers_crossed", {}, 2},
      {"/environment/provider"},
      {"/transfers"},
      {"/duration/months"},
      {"/duration/reason"},
      {"/legal_basis/gdpr_article_6"},
      {"/legal_basis/gdpr_article_9"},
      {"/safeguards"},
  };
  return k_form;
}

AnswerKind kind_of(const Value& schema) {
  const std::string type = schema.text("type");
  if (schema.find("enum") != nullptr) return AnswerKind::choice;
  if (type == "boolean") return AnswerKind::yes_no;
  if (type == "integer") return AnswerKind::integer;
  if (type != "array") {
    return schema.text("format") == "date" ? AnswerKind::date : AnswerKind::text;
  }
  const Value& items = resolved(schema.at("items"));
  if (items.find("enum") != nullptr) return AnswerKind::choices;
  return items.text("type") == "object" ? AnswerKind::none : AnswerKind::texts;
}

std::vector<std::string> allowed_by(const Value& schema) {
  const Value* values = schema.find("enum");
  if (values == nullptr && schema.find("items") != nullptr) {
    values = resolved(schema.at("items")).find("enum");
  }
  return json::to_strings(values);
}

std::string_view trimmed(std::string_view text) {
  const std::size_t first = text.find_first_not_of(" \t\r\n");
  if (first == std::string_view::npos) return {};
  return text.substr(first, text.find_last_not_of(" \t\r\n") - first + 1);
}

Value::Array split(std::string_view text) {
  Value::Array items;
  while (!text.empty()) {
    const std::size_t comma = text.find(',');
    const std::string_view item = trimmed(text.substr(0, comma));
    if (!item.empty()) items.emplace_back(item);
    text = comma == std::string_view::npos ? "" : text.substr(comma + 1);
  }
  return items;
}

/// The answer as a JSON value, or null when it is none of its kind.
Value read_answer(AnswerKind kind, std::string_view answer) {
  const bool is_none = answer == "none" || answer.empty();
  switch (kind) {
    case AnswerKind::text:
    case AnswerKind::choice:
    case AnswerKind::date:
      return answer;
    case AnswerKind::texts:
    case AnswerKind::choices:
      return is_none ? Value::Array{} : split(answer);
    case AnswerKind::none:
      return answer == "none" ? Value(Value::Array{}) : Value(nullptr);
    case AnswerKind::yes_no:
      if (answer == "yes" || answer == "y") return true;
      return answer == "no" || answer == "n" ? Value(false) : Value(nullptr);
    case AnswerKind::integer: {
      std::int64_t number = 0;
      const auto [end, failure] =
          std::from_chars(answer.data(), answer.data() + answer.size(), number);
      const bool is_number = failure == std::errc{} && end == answer.data() + answer.size();
      return is_number ? Value(number) : Value(nullptr);
    }
  }
  broken_invariant("a kind of answer that is none");
}

std::string expectation(AnswerKind kind, std::string_view answer) {
  const std::string got = ", got " + in_quotes(answer);
  if (kind == AnswerKind::yes_no) return "expected yes or no" + got;
  if (kind == AnswerKind::integer) return "expected a whole number" + got;
  return "only \"none\" can be answered here; describe them in the file afterwards";
}

std::string in_words(const json::Fault& fault) {
  return fmt::format("expected {}, got {}", fault.expected, fault.found);
}

/// What is wrong with a value under the schema of its place.
std::optional<std::string> fault_of(const Value& schema, const Value& value) {
  Value whole = schema;
  whole.set("definitions", request_schema().at("definitions"));
  const auto faults = json::Schema::compile(whole, "question").validate(value);
  if (faults.empty()) return std::nullopt;
  return in_words(faults.front());
}

/// A pointer's first token, and what follows it.
std::pair<std::string, std::string_view> split_pointer(std::string_view pointer) {
  pointer.remove_prefix(1);  // the slash
  const std::size_t end = pointer.find('/');
  return {std::string(pointer.substr(0, end)),
          end == std::string_view::npos ? "" : pointer.substr(end)};
}

/// The place that a pointer names, made on the way. The form asks about one item of a list.
Value& place(Value& value, std::string_view pointer) {
  if (pointer.empty()) return value;
  const auto [token, rest] = split_pointer(pointer);
  if (token == "0") {
    if (!value.is_array() || value.as_array().empty()) value = Value::Array{nullptr};
    return place(value.as_array().front(), rest);
  }
  if (value.find(token) == nullptr) value.set(token, nullptr);
  return place(value.as_object().find(token)->second, rest);
}

/// Whether the member that a question leaves out has to be there after all.
bool is_missed(const Value& request, const Question& question) {
  return !question.instead.empty() &&
         std::none_of(
             question.instead.begin(), question.instead.end(),
             [&](const std::string& other) { return json::find_at(request, other) != nullptr; });
}

}  // namespace

bool applies(const Value& request, const Question& question) {
  if (question.when_pointer.empty()) return true;
  const Value* value = json::find_at(request, question.when_pointer);
  if (value == nullptr) return false;
  if (value->is_array()) return value->as_array().size() >= question.when_items_min;
  return question.when.empty() ||
         std::find(question.when.begin(), question.when.end(), *value) != question.when.end();
}

std::vector<Question> request_questions() {
  std::vector<Question> questions;
  for (const Entry& entry : form()) {
    const Value& schema = schema_at(entry.pointer);
    const Value& leaf = resolved(schema);
    questions.push_back({entry.pointer, description_of(schema), kind_of(leaf), allowed_by(leaf),
                         entry.is_required, entry.when_pointer, entry.when, entry.when_items_min,
                         entry.instead});
  }
  return questions;
}

std::optional<std::string> set_answer(Value& request, const Question& question,
                                      std::string_view answer) {
  answer = trimmed(answer);
  if (answer.empty() && !question.is_required) {
    if (!is_missed(request, question)) return std::nullopt;
    return fmt::format("expected an answer, as {} was left out",
                       fmt::join(question.instead, " and "));
  }
  Value value = read_answer(question.kind, answer);
  if (value.is_null()) return expectation(question.kind, answer);
  if (std::optional<std::string> fault = fault_of(resolved(schema_at(question.pointer)), value)) {
    return fault;
  }
  Value changed = request;
  place(changed, question.pointer) = std::move(value);
  json::Tape tape;
  tape.lay(changed);
  for (const json::Fault& fault : semantic_faults(DocumentKind::request, tape.root())) {
    if (fault.pointer == question.pointer) return in_words(fault);
  }
  request = std::move(changed);
  return std::nullopt;
}

std::string finished_request(const Value& request) {
  Value whole = request;
  whole.set("format", "octroi/request/1");
  return json::pretty(whole);
}

}  // namespace octroi::model
