// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <set>
#include <string_view>

#include "json/write.hpp"
#include "rules/assessment.hpp"
#include "rules/judgement.hpp"
#include "rules/rulebook_content.hpp"

namespace octroi::rules {
namespace {

/// The paths of the facts that a ruling rests on, each once, sorted.
std::vector<std::string_view> paths_of(const Ruling& ruling) {
  const CompiledRule& rule = *ruling.rule;
  std::vector<std::string_view> paths;
  const auto add = [&paths](const std::vector<std::string>& more) {
    paths.insert(paths.end(), more.begin(), more.end());
  };
  add(rule.applies.reads());
  if (ruling.is_required) add(rule.requirement.reads());
  const bool is_narrowed = ruling.outcome == Outcome::pass || ruling.gap;
  if (rule.narrows && is_narrowed) add(rule.narrows->reads());
  std::sort(paths.begin(), paths.end());
  paths.erase(std::unique(paths.begin(), paths.end()), paths.end());
  return paths;
}

/// What the facts call `dataset` for a subject, or nullptr.
const json::Value* dataset_of(const Facts& facts, const Subject& subject) {
  return subject.dataset ? &facts.datasets()[*subject.dataset] : nullptr;
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
  finding.because = rule.reason(ruling.outcome);
  if (verdict_of(ruling.outcome) != Verdict::clear) finding.remedy = rule.remedy;
  finding.cites = rule.cites;
  const json::Value* dataset = dataset_of(facts, subject);
  for (const std::string_view path : paths_of(ruling)) {
    if (const json::Value* value = find_fact(facts, dataset, path)) {
      finding.facts_used.emplace(path, *value);
    }
  }
  finding.missing = ruling.missing();
  finding.message = ruling.message();
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

/// The steps in both languages; where facts are stated, as they are.
HostAnswer host_answer(const Facts& facts) {
  const json::Value& host = facts.host->value;
  const law::JurisdictionAnswer& answer = facts.host->exclusively_eu_law;
  HostAnswer result{host.text("provider"), answer.exclusively_eu_law, {}};
  const std::vector<std::string> lines = json::to_strings(host.find("exclusively_eu_law_chain"));
  const std::vector<std::string> french = answer.as_lines("fr");
  for (std::size_t at = 0; at < lines.size(); ++at) {
    result.chain.push_back({lines[at], french.size() == lines.size() ? french[at] : lines[at]});
  }
  return result;
}

/// All of an assessment but its findings; of the documents, the rulebooks.
Assessment frame_of(const Facts& facts, const Judgement& judgement) {
  Assessment result;
  result.as_of = facts.as_of;
  result.verdict = judgement.verdict;
  result.datasets = judgement.dataset_verdicts();
  result.rulebooks = judgement.rulebook_verdicts();
  result.narrowings = judgement.narrowings;
  result.host = host_answer(facts);
  result.engine = this_engine();
  std::set<const CompiledRulebook*> applicable;
  for (const Ruling& ruling : judgement.rulings) {
    if (ruling.outcome != Outcome::not_applicable) applicable.insert(ruling.rulebook);
  }
  for (const CompiledRulebook* rulebook : judgement.rulebooks) {
    result.documents.rulebooks.emplace(rulebook->id(), rulebook->sha256());
    // Where no rule applies nothing was weighed, so nothing was disregarded either.
    if (applicable.contains(rulebook)) note_disregarded(result, rulebook->content(), facts);
  }
  return result;
}

void add_findings(Assessment& assessment, const Facts& facts, const Judgement& judgement) {
  assessment.findings.reserve(judgement.rulings.size());
  for (const Ruling& ruling : judgement.rulings) {
    assessment.findings.push_back(finding_of(ruling, facts, judgement.subjects[ruling.subject]));
  }
}

void append_facts(std::string& out, const Ruling& ruling, const Facts& facts,
                  const Subject& subject) {
  out += '{';
  const json::Value* dataset = dataset_of(facts, subject);
  for (const std::string_view path : paths_of(ruling)) {
    const json::Value* value = find_fact(facts, dataset, path);
    if (value == nullptr) continue;
    if (out.back() != '{') out += ',';
    json::append_canonical_text(out, path);
    out += ':';
    json::append_canonical(out, *value);
  }
  out += '}';
}

/// What finding_of makes, in canonical form: members by name, those that say nothing left out.
void append_finding(std::string& out, const Ruling& ruling, const Facts& facts,
                    const Judgement& judgement) {
  const FindingParts& parts = ruling.rule->parts;
  const Subject& subject = judgement.subjects[ruling.subject];
  const auto append_text = [&out](std::string_view name, std::string_view text) {
    if (text.empty()) return;
    out += name;
    json::append_canonical_text(out, text);
  };
  out += '{';
  out += ruling.outcome == Outcome::not_applicable ? parts.excused : parts.because;
  append_text(",\"dataset\":", subject.id);
  out += ",\"facts_used\":";
  append_facts(out, ruling, facts, subject);
  append_text(",\"id\":", judgement.id_of(ruling));
  append_text(",\"message\":", ruling.message());
  append_text(",\"missing\":", ruling.missing());
  append_text(",\"outcome\":", name_of(ruling.outcome));
  out += ',';
  if (verdict_of(ruling.outcome) != Verdict::clear) out += parts.remedy + ',';
  out += parts.identity;
  out += '}';
}

}  // namespace

Assessment assess_facts(const Facts& facts, const std::vector<CompiledRulebook>& rulebooks) {
  const Judgement judgement = judge(facts, rulebooks);
  Assessment result = frame_of(facts, judgement);
  add_findings(result, facts, judgement);
  return result;
}

Assessment assess(const Case& documents, const Facts& facts,
                  const std::vector<CompiledRulebook>& rulebooks) {
  return assess(documents, facts, judge(facts, rulebooks));
}

Assessment assess(const Case& documents, const Facts& facts, const Judgement& judgement) {
  Assessment result = frame_of(documents, facts, judgement);
  add_findings(result, facts, judgement);
  return result;
}

Assessment frame_of(const Case& documents, const Facts& facts, const Judgement& judgement) {
  Assessment result = frame_of(facts, judgement);
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

std::string assessment_bytes(const Assessment& frame, const Facts& facts,
                             const Judgement& judgement) {
  const json::Value tree = frame.to_json();
  std::string out = "{";
  for (const auto& [name, value] : tree.as_object()) {
    if (out.back() != '{') out += ',';
    json::append_canonical_text(out, name);
    out += ':';
    if (name != "findings") {
      json::append_canonical(out, value);
      continue;
    }
    out += '[';
    for (const Ruling& ruling : judgement.rulings) {
      if (out.back() != '[') out += ',';
      append_finding(out, ruling, facts, judgement);
    }
    out += ']';
  }
  out += '}';
  return out;
}

}  // namespace octroi::rules
