// SPDX-License-Identifier: Apache-2.0
#include "gate/rulebook_check.hpp"

#include <variant>

namespace octroi::gate {
namespace {

using json::Value;

Value to_json(const rules::RulebookProblem& problem) {
  return json::object({{"rule", problem.rule},
                       {"where", problem.where},
                       {"message", problem.message},
                       {"expression", problem.expression},
                       {"line", static_cast<std::int64_t>(problem.line)},
                       {"column", static_cast<std::int64_t>(problem.column)}});
}

}  // namespace

Value to_json(const std::vector<RulebookCheck>& checks) {
  Value list = Value::Array{};
  for (const RulebookCheck& check : checks) {
    Value problems = Value::Array{};
    for (const rules::RulebookProblem& problem : check.problems) problems.push(to_json(problem));
    list.push(json::object(
        {{"file", check.file}, {"rulebook", check.rulebook}, {"problems", std::move(problems)}}));
  }
  return list;
}

RulebookCheck check_rulebook(const model::Document& document, const std::string& file) {
  RulebookCheck check{file, document.value.at("id").as_string(), {}};
  auto compiled = rules::CompiledRulebook::compile(document);
  if (auto* problems = std::get_if<std::vector<rules::RulebookProblem>>(&compiled)) {
    check.problems = std::move(*problems);
  }
  return check;
}

}  // namespace octroi::gate
