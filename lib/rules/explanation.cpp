// SPDX-License-Identifier: Apache-2.0
#include "rules/explanation.hpp"

#include <algorithm>
#include <set>

#include "base/error.hpp"
#include "base/limits.hpp"
#include "cel/token.hpp"
#include "json/pointer.hpp"
#include "rules/rulebook_content.hpp"

namespace octroi::rules {
namespace {

/// The operands of an expression's outermost `&&`, or the expression itself. `||` and `? :` bind
/// looser, so that an expression which has one at that level has no such operands.
std::vector<std::string> conjuncts_of(const std::string& expression) {
  const auto tokens = cel::tokens_of(expression);
  const auto* list = std::get_if<std::vector<cel::Token>>(&tokens);
  if (list == nullptr) return {expression};
  std::vector<std::string> parts;
  std::size_t depth = 0;
  std::size_t start = 0;
  for (const cel::Token& token : *list) {
    if (token.is("(") || token.is("[") || token.is("{")) ++depth;
    if (token.is(")") || token.is("]") || token.is("}")) --depth;
    if (depth > 0) continue;
    if (token.is("||") || token.is("?")) return {expression};
    if (!token.is("&&")) continue;
    parts.push_back(expression.substr(start, token.offset - start));
    start = token.offset + token.text.size();
  }
  parts.push_back(expression.substr(start));
  return parts;
}

using Paths = std::set<std::string>;

/// What the parts of a condition read that do not hold; nothing where all of it holds.
Paths reads_of_failing_parts(const CompiledRule& rule, const Condition& condition,
                             const FactBindings& bindings, cel::Allowance& allowance) {
  Paths paths;
  for (const std::string& part : conjuncts_of(condition.source())) {
    const auto compiled = Condition::compile(part, rule.id, "");
    const auto* one = std::get_if<Condition>(&compiled);
    if (one == nullptr) return {condition.reads().begin(), condition.reads().end()};
    if (one->evaluate(bindings, &allowance).holds.value_or(false)) continue;
    paths.insert(one->reads().begin(), one->reads().end());
  }
  return paths;
}

/// What decided a finding, and what else made its rule apply.
struct ReadFacts {
  Paths decided;
  Paths applied;
};

ReadFacts read_facts(const CompiledRule& rule, Outcome outcome, const FactBindings& bindings,
                     cel::Allowance& allowance) {
  ReadFacts result;
  const std::vector<std::string>& applies = rule.applies.reads();
  const std::vector<std::string>& requires_reads = rule.requirement.reads();
  if (!rule.applies.evaluate(bindings, &allowance).holds.value_or(false)) {
    result.decided = reads_of_failing_parts(rule, rule.applies, bindings, allowance);
    return result;
  }
  if (outcome == Outcome::pass) {
    result.decided.insert(requires_reads.begin(), requires_reads.end());
  } else {
    result.decided = reads_of_failing_parts(rule, rule.requirement, bindings, allowance);
  }
  if (result.decided.empty()) result.decided.insert(applies.begin(), applies.end());
  for (const std::string& path : applies) {
    if (!result.decided.contains(path)) result.applied.insert(path);
  }
  return result;
}

/// The documents of a case as one finding looks at them.
class FindingView {
 public:
  FindingView(const Case& documents, const Facts& facts, const std::string& dataset)
      : documents_(documents), facts_(facts), dataset_(dataset) {
    const json::Value::Array& uses = documents.request.value.at("datasets").as_array();
    for (std::size_t i = 0; i < uses.size(); ++i) {
      if (uses[i].text("dataset") == dataset) use_ = i;
    }
    for (std::size_t i = 0; i < facts.datasets().size(); ++i) {
      if (facts.datasets()[i].text("id") == dataset) place_ = i;
    }
  }

  /// `of_request` are the facts without a dataset.
  [[nodiscard]] FactBindings bindings(const FactBindings& of_request) const {
    return place_ ? of_request.with_dataset(*place_) : of_request;
  }

  [[nodiscard]] std::vector<ExplainedFact> explained(const Paths& paths) const {
    const json::Value* dataset = place_ ? &facts_.datasets()[*place_] : nullptr;
    std::vector<ExplainedFact> result;
    for (const std::string& path : paths) {
      const json::Value* value = find_fact(facts_, dataset, path);
      ExplainedFact fact{path, value == nullptr ? std::nullopt : std::optional(*value), {}};
      for (const FactSource& source : fact_sources(path, use_)) {
        fact.declared.push_back(declared_at(source));
      }
      result.push_back(std::move(fact));
    }
    return result;
  }

 private:
  [[nodiscard]] const model::Document* document_of(Declarer declarer) const {
    if (declarer == Declarer::request) return &documents_.request;
    if (declarer == Declarer::provider) return &documents_.provider;
    for (const model::Document* one : documents_.datasets) {
      if (declarer == Declarer::dataset && one->value.text("id") == dataset_) return one;
    }
    return nullptr;
  }

  [[nodiscard]] DeclaredAt declared_at(const FactSource& source) const {
    DeclaredAt result{source.declarer, "", source.pointer, std::nullopt};
    const model::Document* document = document_of(source.declarer);
    if (document == nullptr) return result;
    if (source.declarer != Declarer::request) result.document = document->value.text("id");
    const json::Value* value = json::find_at(document->value, source.pointer);
    if (value != nullptr) result.value = *value;
    return result;
  }

  const Case& documents_;
  const Facts& facts_;
  const std::string& dataset_;
  std::optional<std::size_t> use_;    ///< in the request
  std::optional<std::size_t> place_;  ///< of the dataset in the facts
};

const CompiledRule& rule_of(const Finding& finding, const std::vector<CompiledRulebook>& rulebooks,
                            Date as_of) {
  for (const CompiledRulebook& rulebook : rulebooks) {
    if (rulebook.id() != finding.rulebook || !rulebook.is_in_force(as_of)) continue;
    for (const CompiledRule& rule : rulebook.content().rules) {
      if (rule.id == finding.rule) return rule;
    }
  }
  broken_invariant("a finding of a rule that no rulebook has");
}

json::Value declared_json(const DeclaredAt& declared) {
  json::Value result = json::object(
      {{"declared_by", std::string(name_of(declared.declarer))}, {"pointer", declared.pointer}});
  if (!declared.document.empty()) result.set("document", declared.document);
  if (declared.value) result.set("value", *declared.value);
  return result;
}

json::Value facts_json(const std::vector<ExplainedFact>& facts) {
  json::Value result = json::Value::Array{};
  for (const ExplainedFact& fact : facts) {
    json::Value declared = json::Value::Array{};
    for (const DeclaredAt& one : fact.declared) declared.push(declared_json(one));
    json::Value object = json::object({{"fact", fact.path}, {"declared", std::move(declared)}});
    if (fact.value) object.set("value", *fact.value);
    result.push(std::move(object));
  }
  return result;
}

json::Value explained_json(const ExplainedFinding& one) {
  json::Value result = json::object({{"id", one.finding.id()},
                                     {"rulebook", one.finding.rulebook},
                                     {"rule", one.finding.rule},
                                     {"outcome", std::string(name_of(one.finding.outcome))},
                                     {"title", to_json(one.finding.title)},
                                     {"because", to_json(one.finding.because)},
                                     {"cites", to_json(one.finding.cites)},
                                     {"decided", facts_json(one.decided)},
                                     {"applied", facts_json(one.applied)}});
  if (!one.finding.dataset.empty()) result.set("dataset", one.finding.dataset);
  if (!one.finding.remedy.en.empty()) result.set("remedy", to_json(one.finding.remedy));
  if (!one.finding.missing.empty()) result.set("missing", one.finding.missing);
  return result;
}

}  // namespace

Explanation explain(const Case& documents, const Facts& facts,
                    const std::vector<CompiledRulebook>& rulebooks, const Assessment& assessment,
                    bool is_for_all) {
  const FactBindings of_request(facts);
  cel::Allowance allowance{rulebooks.size() * limits::k_rulebook_steps_max};
  Explanation result{assessment.as_of, assessment.verdict, {}, regimes_of(assessment)};
  for (const Finding& finding : assessment.findings) {
    if (!is_for_all && verdict_of(finding.outcome) == Verdict::clear) continue;
    const FindingView view(documents, facts, finding.dataset);
    const CompiledRule& rule = rule_of(finding, rulebooks, assessment.as_of);
    const ReadFacts read = read_facts(rule, finding.outcome, view.bindings(of_request), allowance);
    result.findings.push_back(
        {finding, view.explained(read.decided), view.explained(read.applied)});
  }
  std::stable_sort(result.findings.begin(), result.findings.end(),
                   [](const ExplainedFinding& left, const ExplainedFinding& right) {
                     return left.finding.outcome > right.finding.outcome;
                   });
  return result;
}

json::Value to_json(const Explanation& explanation) {
  json::Value findings = json::Value::Array{};
  for (const ExplainedFinding& one : explanation.findings) findings.push(explained_json(one));
  return json::object({{"as_of", format_date(explanation.as_of)},
                       {"verdict", std::string(name_of(explanation.verdict))},
                       {"regimes", to_json(explanation.regimes)},
                       {"findings", std::move(findings)}});
}

}  // namespace octroi::rules
