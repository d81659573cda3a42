// SPDX-License-Identifier: Apache-2.0
#include <algorithm>

#include <fmt/format.h>

#include "base/error.hpp"
#include "base/limits.hpp"
#include "base/safe_text.hpp"
#include "rules/assessment.hpp"
#include "rules/rulebook_content.hpp"

namespace octroi::rules {
namespace {

/// What the findings of one rule are about: the whole request, or one dataset of it.
struct Subject {
  const json::Value* dataset;  ///< nullptr for the whole request
  std::string id;              ///< "" for the whole request
  FactBindings bindings;
};

std::vector<Subject> subjects_of(const Facts& facts) {
  const FactBindings of_request(facts);
  std::vector<Subject> result;
  result.push_back({nullptr, "", of_request});
  for (const json::Value& dataset : facts.datasets()) {
    result.push_back({&dataset, dataset.at("id").as_string(), of_request.with_dataset(dataset)});
  }
  return result;
}

void note_facts(Finding& finding, const Facts& facts, const Subject& subject,
                const Condition& condition) {
  for (const std::string& path : condition.reads()) {
    if (const json::Value* value = find_fact(facts, subject.dataset, path)) {
      finding.facts_used.emplace(path, *value);
    }
  }
}

/// True when the condition holds; nothing when it could not be evaluated, which the finding then
/// says.
std::optional<bool> ask(Finding& finding, const Facts& facts, const Subject& subject,
                        const Condition& condition, cel::Allowance& allowance) {
  note_facts(finding, facts, subject, condition);
  ConditionResult result = condition.evaluate(subject.bindings, &allowance);
  if (result.holds) return result.holds;
  finding.outcome = Outcome::incomplete;
  finding.missing = std::move(result.missing);
  finding.message = std::move(result.message);
  return std::nullopt;
}

Finding find(const std::string& rulebook, const CompiledRule& rule, const Facts& facts,
             const Subject& subject, cel::Allowance& allowance) {
  Finding finding;
  finding.rulebook = rulebook;
  finding.rule = rule.id;
  finding.dataset = subject.id;
  finding.title = rule.title;
  finding.because = rule.because;
  finding.remedy = rule.remedy;
  finding.cites = rule.cites;
  const std::optional<bool> applies = ask(finding, facts, subject, rule.applies, allowance);
  if (!applies) return finding;
  if (!*applies) {
    finding.outcome = Outcome::not_applicable;
    if (!rule.not_applicable.en.empty()) finding.because = rule.not_applicable;
    finding.remedy = {};
    return finding;
  }
  const std::optional<bool> is_met = ask(finding, facts, subject, rule.requirement, allowance);
  if (!is_met) return finding;
  finding.outcome = *is_met ? Outcome::pass : rule.otherwise;
  if (finding.outcome == Outcome::pass) finding.remedy = {};
  return finding;
}

bool is_declared(const json::Value* value) {
  if (value == nullptr || value->is_null()) return false;
  if (value->is_boolean()) return value->as_boolean();
  if (value->is_string()) return !value->as_string().empty();
  if (value->is_array()) return !value->as_array().empty();
  if (value->is_object()) return !value->as_object().empty();
  return true;
}

void note_disregarded(Assessment& assessment, const CompiledRulebook::Content& rulebook,
                      const Facts& facts) {
  for (const DisregardedFact& fact : rulebook.disregards) {
    const json::Value* value = find_fact(facts, nullptr, fact.path);
    if (!is_declared(value)) continue;
    assessment.disregarded.push_back({rulebook.id, fact.path, *value, fact.because, fact.cites});
  }
}

/// The datasets that something about `dataset` concerns: all where that is "".
std::vector<std::string> concerned(const Assessment& assessment, const std::string& dataset) {
  if (!dataset.empty()) return {dataset};
  std::vector<std::string> ids;
  for (const auto& [id, verdict] : assessment.datasets) ids.push_back(id);
  return ids;
}

/// Notes what a rule that is met takes away. Where that is not known, or where nothing would be
/// left with what other rules take, the rule is not met after all: an empty list never passes.
void narrow(Assessment& assessment, const CompiledRule& rule, const Facts& facts,
            const Subject& subject, Finding& finding) {
  if (!rule.narrows || finding.outcome != Outcome::pass) return;
  for (const std::string& path : rule.narrows->reads()) {
    if (const json::Value* value = find_fact(facts, subject.dataset, path)) {
      finding.facts_used.emplace(path, *value);
    }
  }
  const auto refuse = [&](NarrowingGap gap) {
    finding.outcome = gap.missing.empty() ? rule.otherwise : Outcome::incomplete;
    finding.remedy = rule.remedy;
    finding.missing = std::move(gap.missing);
    finding.message = std::move(gap.message);
  };
  auto result = computed(*rule.narrows, finding, facts, subject.dataset);
  if (auto* gap = std::get_if<NarrowingGap>(&result)) return refuse(std::move(*gap));
  assessment.narrowings.push_back(std::move(std::get<Narrowing>(result)));
  if (!assessment.narrowings.back().users) return;
  for (const std::string& id : concerned(assessment, finding.dataset)) {
    const auto left = assessment.users_left({id});
    if (!left || !left->empty()) continue;
    assessment.narrowings.pop_back();
    return refuse({"", "no user is left whom the other rules leave too"});
  }
}

void add_finding(Assessment& assessment, Finding finding) {
  const Verdict verdict = verdict_of(finding.outcome);
  const auto worsen = [verdict](Verdict& so_far) { so_far = worse(so_far, verdict); };
  worsen(assessment.verdict);
  worsen(assessment.rulebooks[finding.rulebook]);
  for (auto& [id, so_far] : assessment.datasets) {
    if (finding.dataset.empty() || finding.dataset == id) worsen(so_far);
  }
  assessment.findings.push_back(std::move(finding));
}

void apply(Assessment& assessment, const CompiledRulebook::Content& rulebook, const Facts& facts,
           const std::vector<Subject>& subjects) {
  bool is_any_applicable = false;
  assessment.rulebooks[rulebook.id] = Verdict::clear;
  // Each has its own, so that one that uses it up leaves the others as they are.
  cel::Allowance allowance{limits::k_rulebook_steps_max};
  for (const CompiledRule& rule : rulebook.rules) {
    for (const Subject& subject : subjects) {
      if (rule.is_about_datasets() == subject.id.empty()) continue;
      Finding finding = find(rulebook.id, rule, facts, subject, allowance);
      is_any_applicable = is_any_applicable || finding.outcome != Outcome::not_applicable;
      narrow(assessment, rule, facts, subject, finding);
      add_finding(assessment, std::move(finding));
    }
  }
  // Where no rule applies nothing was weighed, so nothing was disregarded either.
  if (is_any_applicable) note_disregarded(assessment, rulebook, facts);
}

std::vector<const CompiledRulebook*> in_force(const std::vector<CompiledRulebook>& rulebooks,
                                              Date as_of) {
  std::vector<const CompiledRulebook*> result;
  for (const CompiledRulebook& rulebook : rulebooks) {
    if (rulebook.is_in_force(as_of)) result.push_back(&rulebook);
  }
  if (result.empty()) {
    throw Error(ErrorCode::not_yet,
                fmt::format("no rulebook in force on {}: without rules there is no verdict",
                            format_date(as_of)));
  }
  std::sort(result.begin(), result.end(),
            [](const auto* left, const auto* right) { return left->id() < right->id(); });
  const auto twice = std::adjacent_find(
      result.begin(), result.end(),
      [](const auto* left, const auto* right) { return left->id() == right->id(); });
  if (twice != result.end()) {
    throw Error(ErrorCode::bad_input, fmt::format("rulebook {} is given twice for {}",
                                                  in_quotes((*twice)->id()), format_date(as_of)));
  }
  return result;
}

/// The steps in both languages; where facts are stated, as they are.
HostAnswer host_answer(const Facts& facts) {
  const json::Value& host = facts.value.at("host");
  HostAnswer result{host.text("provider"), facts.host.exclusively_eu_law, {}};
  const std::vector<std::string> lines = json::to_strings(host.find("exclusively_eu_law_chain"));
  const std::vector<std::string> french = facts.host.as_lines("fr");
  for (std::size_t at = 0; at < lines.size(); ++at) {
    result.chain.push_back({lines[at], french.size() == lines.size() ? french[at] : lines[at]});
  }
  return result;
}

}  // namespace

Assessment assess_facts(const Facts& facts, const std::vector<CompiledRulebook>& rulebooks) {
  const std::vector<const CompiledRulebook*> applicable = in_force(rulebooks, facts.as_of);
  Assessment result;
  result.as_of = facts.as_of;
  result.verdict = Verdict::clear;
  result.host = host_answer(facts);
  result.engine = this_engine();
  const std::vector<Subject> subjects = subjects_of(facts);
  for (const Subject& subject : subjects) {
    if (!subject.id.empty()) result.datasets.emplace(subject.id, Verdict::clear);
  }
  for (const CompiledRulebook* rulebook : applicable) {
    result.documents.rulebooks.emplace(rulebook->id(), rulebook->sha256());
    apply(result, rulebook->content(), facts, subjects);
  }
  return result;
}

Assessment assess(const Case& documents, const Facts& facts,
                  const std::vector<CompiledRulebook>& rulebooks) {
  Assessment result = assess_facts(facts, rulebooks);
  result.documents.request = documents.request.sha256;
  result.documents.provider = documents.provider.sha256;
  for (const model::Document* dataset : documents.datasets) {
    const std::string& id = dataset->value.at("id").as_string();
    if (result.datasets.contains(id)) result.documents.datasets.emplace(id, dataset->sha256);
  }
  for (const model::Document* one : documents.hierarchies) {
    result.documents.hierarchies.emplace(one->value.at("id").as_string(), one->sha256);
  }
  return result;
}

}  // namespace octroi::rules
