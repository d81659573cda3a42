// SPDX-License-Identifier: Apache-2.0
#include <algorithm>

#include "json/read.hpp"
#include "model/document.hpp"
#include "rules/rule_test.hpp"
#include "rules/rulebook_content.hpp"

namespace octroi::rules {
namespace {

using json::Value;

const Value& facts_schema() {
  static const Value result = json::read(model::schema_text("facts"), "facts.schema.json");
  return result;
}

/// The schema itself, or the definition that it refers to.
const Value& definition_of(const Value& schema) {
  constexpr std::string_view k_definitions = "#/definitions/";
  const std::string reference = schema.text("$ref");
  if (reference.empty()) return schema;
  return facts_schema().at("definitions").at(reference.substr(k_definitions.size()));
}

bool is_required(const Value& object, std::string_view name) {
  const std::vector<std::string> required = json::to_strings(object.find("required"));
  return std::find(required.begin(), required.end(), name) != required.end();
}

/// True when some member along a fact's path need not be there.
bool can_be_absent(std::string_view path) {
  const Value* schema = &facts_schema();
  while (!path.empty()) {
    const std::size_t dot = std::min(path.find('.'), path.size());
    const std::string_view name = path.substr(0, dot);
    path.remove_prefix(std::min(dot + 1, path.size()));
    if (name == "dataset") {
      schema = &definition_of(facts_schema().at("properties").at("datasets").at("items"));
      continue;
    }
    if (!is_required(*schema, name)) return true;
    const Value* properties = schema->find("properties");
    const Value* member = properties == nullptr ? nullptr : properties->find(name);
    if (member == nullptr) return true;
    schema = &definition_of(*member);
  }
  return false;
}

bool reads_what_can_be_absent(const Condition& condition) {
  return std::any_of(condition.reads().begin(), condition.reads().end(), can_be_absent);
}

}  // namespace

std::vector<CoveredOutcome> possible_outcomes(const CompiledRulebook& rulebook) {
  std::vector<CoveredOutcome> result;
  for (const CompiledRule& rule : rulebook.content().rules) {
    std::vector<Outcome> outcomes;
    if (!rule.applies.is_literal(true)) outcomes.push_back(Outcome::not_applicable);
    if (!rule.requirement.is_literal(false)) outcomes.push_back(Outcome::pass);
    if (!rule.requirement.is_literal(true)) outcomes.push_back(rule.otherwise);
    if (rule.otherwise != Outcome::incomplete &&
        (reads_what_can_be_absent(rule.applies) || reads_what_can_be_absent(rule.requirement))) {
      outcomes.push_back(Outcome::incomplete);
    }
    for (const Outcome outcome : outcomes) result.push_back({rule.id, outcome, 0, ""});
  }
  return result;
}

}  // namespace octroi::rules
