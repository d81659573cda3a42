// SPDX-License-Identifier: Apache-2.0
#include <set>

#include "rules/assessment.hpp"
#include "rules/judgement.hpp"
#include "rules/rulebook_content.hpp"

namespace octroi::rules {
namespace {

void note_facts(Finding& finding, const Facts& facts, const Subject& subject,
                const std::vector<std::string>& paths) {
  for (const std::string& path : paths) {
    if (finding.facts_used.contains(path)) continue;
    if (const json::Value* value = find_fact(facts, subject.dataset, path)) {
      finding.facts_used.emplace(path, *value);
    }
  }
}

/// The words of a ruling.
Finding finding_of(const Ruling& ruling, const Facts& facts, const Subject& subject) {
  const CompiledRule& rule = *ruling.rule;
  Finding finding;
  finding.rulebook = ruling.rulebook->id();
  finding.rule = rule.id;
  finding.dataset = subject.id;
  finding.outcome = ruling.outcome;
  finding.title = rule.title;
  const bool is_excused =
      ruling.outcome == Outcome::not_applicable && !rule.not_applicable.en.empty();
  finding.because = is_excused ? rule.not_applicable : rule.because;
  if (verdict_of(ruling.outcome) != Verdict::clear) finding.remedy = rule.remedy;
  finding.cites = rule.cites;
  note_facts(finding, facts, subject, rule.applies.reads());
  if (ruling.is_required) note_facts(finding, facts, subject, rule.requirement.reads());
  const bool is_narrowed = ruling.outcome == Outcome::pass || ruling.gap;
  if (rule.narrows && is_narrowed) note_facts(finding, facts, subject, rule.narrows->reads());
  if (ruling.unanswered) {
    finding.missing = ruling.unanswered->missing;
    finding.message = ruling.unanswered->message;
  } else if (ruling.gap) {
    finding.missing = ruling.gap->missing;
    finding.message = ruling.gap->message;
  }
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

void add_finding(Assessment& assessment, Finding finding) {
  const Verdict verdict = verdict_of(finding.outcome);
  const auto worsen = [verdict](Verdict& so_far) { so_far = worse(so_far, verdict); };
  worsen(assessment.rulebooks[finding.rulebook]);
  for (auto& [id, so_far] : assessment.datasets) {
    if (finding.dataset.empty() || finding.dataset == id) worsen(so_far);
  }
  assessment.findings.push_back(std::move(finding));
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
  Judgement judgement = judge(facts, rulebooks);
  Assessment result;
  result.as_of = facts.as_of;
  result.verdict = judgement.verdict;
  result.host = host_answer(facts);
  result.engine = this_engine();
  for (const Subject& subject : judgement.subjects) {
    if (subject.dataset != nullptr) result.datasets.emplace(subject.id, Verdict::clear);
  }
  std::set<const CompiledRulebook*> applicable;
  result.findings.reserve(judgement.rulings.size());
  for (const Ruling& ruling : judgement.rulings) {
    if (ruling.outcome != Outcome::not_applicable) applicable.insert(ruling.rulebook);
    add_finding(result, finding_of(ruling, facts, judgement.subjects[ruling.subject]));
  }
  for (const CompiledRulebook* rulebook : judgement.rulebooks) {
    result.rulebooks.emplace(rulebook->id(), Verdict::clear);
    result.documents.rulebooks.emplace(rulebook->id(), rulebook->sha256());
    // Where no rule applies nothing was weighed, so nothing was disregarded either.
    if (applicable.contains(rulebook)) note_disregarded(result, rulebook->content(), facts);
  }
  result.narrowings = std::move(judgement.narrowings);
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
