// SPDX-License-Identifier: Apache-2.0
#include "rules/condition.hpp"

#include <algorithm>
#include <deque>
#include <utility>

#include <fmt/format.h>

#include "base/safe_text.hpp"
#include "rules/fact_schema.hpp"
#include "rules/fact_views.hpp"

namespace octroi::rules {
namespace {

/// A fact as a value of its declared type; objects carry the name of theirs. Facts fit their schema
/// (see compute_facts), which has no number but integers.
cel::Value to_value(const json::Value& fact, const cel::Type& type) {
  switch (fact.kind()) {
    case json::Kind::null:
      return {};
    case json::Kind::boolean:
      return fact.as_boolean();
    case json::Kind::integer:
      return fact.as_integer();
    case json::Kind::number:
      return fact.as_number();
    case json::Kind::string:
      return fact.as_string();
    case json::Kind::array: {
      cel::Value::List elements;
      for (const json::Value& one : fact.as_array()) {
        elements.push_back(to_value(one, type.element()));
      }
      return elements;
    }
    case json::Kind::object:
      break;
  }
  const cel::Environment::Fields* declared = fact_environment().find_object(type.name());
  std::vector<cel::Value::Entry> fields;
  for (const auto& [name, value] : fact.as_object()) {
    const auto found =
        declared == nullptr ? cel::Environment::Fields::const_iterator() : declared->find(name);
    const bool is_declared = declared != nullptr && found != declared->end();
    fields.emplace_back(cel::Value(name),
                        to_value(value, is_declared ? found->second : cel::Type()));
  }
  return cel::Value::object(type.name(), std::move(fields));
}

void bind_fact(cel::Bindings& bindings, const std::string& name, const json::Value& fact) {
  if (const cel::Type* type = fact_environment().find_variable(name)) {
    bindings.insert_or_assign(name, to_value(fact, *type));
  }
}

std::vector<RulebookProblem> to_rulebook_problems(const std::vector<cel::Problem>& problems,
                                                  std::string_view expression,
                                                  std::string_view rule, std::string_view where) {
  std::vector<RulebookProblem> result;
  for (const cel::Problem& problem : problems) {
    result.push_back({std::string(rule), std::string(where), problem.message,
                      std::string(expression), problem.line, problem.column});
  }
  return result;
}

}  // namespace

struct FactBindings::Content {
  explicit Content(const Facts& its_facts) : facts(its_facts), views(its_facts) {}
  Content(std::shared_ptr<Content> outer, std::size_t its_dataset)
      : facts(outer->facts),
        dataset(its_dataset),
        of_request(std::move(outer)),
        views(of_request->views, facts.dataset_views()[its_dataset]) {}

  const Facts& facts;
  std::size_t dataset = 0;              ///< where there is one
  std::shared_ptr<Content> of_request;  ///< nullptr for rules about the whole request
  FactViews views;
  std::optional<cel::Bindings> bindings;
  std::deque<Unanswered> unanswered;
};

FactBindings::FactBindings(const Facts& facts) : content_(std::make_shared<Content>(facts)) {}

FactBindings FactBindings::with_dataset(std::size_t dataset) const {
  const std::shared_ptr<Content>& outer = content_->of_request ? content_->of_request : content_;
  return FactBindings(std::make_shared<Content>(outer, dataset));
}

FactViews& FactBindings::views() const {
  return content_->views;
}

const Unanswered* FactBindings::keep(Unanswered why) const {
  return &content_->unanswered.emplace_back(std::move(why));
}

const cel::Bindings& FactBindings::bindings() const {
  std::optional<cel::Bindings>& made = content_->bindings;
  if (made) return *made;
  if (content_->of_request) {
    made = FactBindings(content_->of_request).bindings();
    bind_fact(*made, "dataset", content_->facts.datasets()[content_->dataset]);
    return *made;
  }
  made.emplace();
  for (const auto& [name, type] : fact_environment().variables()) {
    if (const json::Value* fact = content_->facts.find(name)) bind_fact(*made, name, *fact);
  }
  return *made;
}

Condition::Condition(std::string_view source, cel::Program program)
    : source_(source),
      literal_(source == "true"    ? std::optional(true)
               : source == "false" ? std::optional(false)
                                   : std::nullopt),
      program_(std::move(program)),
      plan_(std::make_shared<const cel::Plan>(program_.plan(fact_number))),
      reads_(program_.references()) {}

std::variant<Condition, std::vector<RulebookProblem>> Condition::compile(
    std::string_view expression, std::string_view rule, std::string_view where) {
  auto compiled = cel::Program::compile(expression, fact_environment());
  if (const auto* problems = std::get_if<std::vector<cel::Problem>>(&compiled)) {
    return to_rulebook_problems(*problems, expression, rule, where);
  }
  auto& program = std::get<cel::Program>(compiled);
  if (program.result_type() != cel::TypeKind::boolean) {
    const cel::Problem problem =
        cel::problem_at(expression, 0,
                        fmt::format("expected a condition that is true or false (bool), got {}",
                                    cel::to_string(program.result_type())));
    return to_rulebook_problems({problem}, expression, rule, where);
  }
  return Condition(expression, std::move(program));
}

ConditionResult Condition::evaluate(const FactBindings& facts, cel::Allowance* allowance) const {
  if (literal_) return {literal_};
  const cel::Decided decided = plan_->decide(facts.views(), allowance);
  if (decided.decision == cel::Decision::yes) return {true};
  if (decided.decision == cel::Decision::no) return {false};
  if (decided.absent) return {std::nullopt, &facts.views().absence(*decided.absent)};
  cel::Evaluated result = program_.evaluate(facts.bindings(), allowance);
  if (auto* error = std::get_if<cel::EvaluationError>(&result)) {
    return {std::nullopt, facts.keep({std::move(error->missing), std::move(error->message)})};
  }
  // INVARIANT: compile() accepts no expression of another type.
  return {std::get<cel::Value>(result).as_boolean()};
}

std::vector<RulebookProblem> problems_of_fact_path(std::string_view path, std::string_view where,
                                                   const std::vector<cel::Type>& types) {
  auto compiled = cel::Program::compile(path, fact_environment());
  if (const auto* problems = std::get_if<std::vector<cel::Problem>>(&compiled)) {
    return to_rulebook_problems(*problems, path, "", where);
  }
  const cel::Program& program = std::get<cel::Program>(compiled);
  const std::vector<std::string>& references = program.references();
  if (references.size() == 1 && references.front() == path) {
    const cel::Type type = program.result_type();
    if (types.empty() || std::find(types.begin(), types.end(), type) != types.end()) return {};
    const cel::Problem wrong =
        cel::problem_at(path, 0,
                        fmt::format("expected a fact of type {}, got {}",
                                    cel::to_string(types.front()), cel::to_string(type)));
    return to_rulebook_problems({wrong}, path, "", where);
  }
  const cel::Problem problem =
      cel::problem_at(path, 0, fmt::format("expected the path of a fact, got {}", in_quotes(path)));
  return to_rulebook_problems({problem}, path, "", where);
}

}  // namespace octroi::rules
