// SPDX-License-Identifier: Apache-2.0
// Samples of what rules say.
#include "base/file.hpp"
#include "base/limits.hpp"
#include "json/read.hpp"
#include "json/write.hpp"
#include "model/provider.hpp"
#include "rules/text.hpp"
#include "screen/samples.hpp"

namespace octroi::screen::sample {
namespace {

using json::Value;
using rules::Outcome;
using rules::Verdict;

const Date k_day = parse_date("2021-03-01").value();

Digest digest(char digit) {
  return Digest::from_hex(std::string(64, digit)).value();
}

Value example(const std::string& path) {
  const std::string file = OCTROI_SOURCE "/examples/" + path;
  return json::read(read_input(file, limits::k_document_bytes_max), file);
}

rules::Text text(std::string_view words, const Spell& spell) {
  return {spell(std::string(words) + " (en)"), spell(std::string(words) + " (fr)")};
}

rules::Finding finding(Outcome outcome, std::string_view rule, std::string_view dataset,
                       const Spell& spell) {
  rules::Finding result;
  result.rulebook = spell("book");
  result.rule = spell(rule);
  result.dataset = dataset.empty() ? "" : spell(dataset);
  result.outcome = outcome;
  result.title = text("title", spell);
  result.because = text("because", spell);
  result.remedy = text("remedy", spell);
  result.cites = {{spell("source"), spell("provision")}, {spell("other"), spell("place")}};
  result.facts_used = {{spell("host.exclusively_eu_law"), Value(spell("no"))},
                       {spell("dataset.variables"), json::strings({spell("a"), spell("b")})}};
  return result;
}

/// A finding of a rule of examples/rulebooks/cnam-2021.json with the rule's own texts.
rules::Finding finding_of(const Value& rule, Outcome outcome) {
  rules::Finding result;
  result.rulebook = "cnam-2021";
  result.rule = rule.text("id");
  result.dataset = "snds-main-base";
  result.outcome = outcome;
  result.title = rules::read_text(rule.find("title"));
  result.because = rules::read_text(
      rule.find(outcome == Outcome::not_applicable ? "not_applicable" : "because"));
  const bool is_curable = outcome == Outcome::refuse || outcome == Outcome::refer;
  if (is_curable) result.remedy = rules::read_text(rule.find("remedy"));
  result.cites = rules::read_citations(rule.find("cites"));
  return result;
}

rules::HostAnswer host_of(const Value& provider) {
  const model::Document document =
      model::read_document(model::DocumentKind::provider, json::canonical(provider), "provider");
  const law::JurisdictionAnswer answer =
      law::exclusively_eu_law(model::Provider::from(document), k_day);
  rules::HostAnswer host{provider.text("id"), answer.exclusively_eu_law, {}};
  for (const law::JurisdictionStep& step : answer.chain) {
    host.chain.push_back({law::describe(step), law::describe(step, "fr")});
  }
  return host;
}

rules::Assessment story(law::Answer answer) {
  rules::Assessment result;
  result.as_of = k_day;
  result.host = host_of(example("cnam-2021/provider-azure-hub.json"));
  result.host.exclusively_eu_law = answer;
  result.documents = {
      digest('1'), digest('2'), {{"snds-main-base", digest('3')}}, {{"cnam-2021", digest('4')}}};
  return result;
}

void note_facts(rules::Finding& finding, std::string_view extent, law::Answer host) {
  finding.facts_used = {{"dataset.collection", Value("snds-main-base")},
                        {"dataset.extent", Value(extent)},
                        {"host.exclusively_eu_law", Value(law::name_of(host))}};
}

}  // namespace

rules::Assessment assessment(const Spell& spell) {
  rules::Assessment result;
  result.as_of = k_day;
  result.verdict = Verdict::refuse;
  result.datasets = {{spell("dataset-a"), Verdict::refuse}, {spell("dataset-b"), Verdict::refer}};
  result.rulebooks = {{spell("book"), Verdict::refuse}};
  result.findings = {finding(Outcome::pass, "rule-1", "", spell),
                     finding(Outcome::refer, "rule-2", "dataset-b", spell),
                     finding(Outcome::incomplete, "rule-3", "dataset-a", spell),
                     finding(Outcome::refuse, "rule-4", "dataset-a", spell),
                     finding(Outcome::not_applicable, "rule-5", "dataset-b", spell)};
  result.findings[2].missing = spell("request.project.name");
  result.findings[2].message = spell("no such member");
  result.narrowings = {
      {spell("book"), spell("rule-1"), "", 12, text("obligation", spell)},
      {spell("book"), spell("rule-2"), spell("dataset-a"), {}, text("obligation", spell)}};
  result.disregarded = {{spell("book"),
                         spell("host.locations"),
                         json::object({{spell("storage"), json::strings({spell("FR")})}}),
                         text("because", spell),
                         {{spell("source"), spell("provision")}}}};
  result.host = {
      spell("azure-hub"),
      law::Answer::no,
      {{spell("holder-1: registered office US"), spell("holder-1: siège statutaire US")}}};
  result.documents = {digest('1'),
                      digest('2'),
                      {{spell("dataset-a"), digest('3')}},
                      {{spell("book"), digest('4')}}};
  result.engine = rules::Engine{"octroi/rules/1", digest('5').hex()};
  return result;
}

gate::RecordedAssessment recorded(const Spell& spell) {
  return {spell("R-2026-0001"), 1, assessment(spell), spell(digest('f').hex()), true};
}

gate::Explained explained(const Spell& spell) {
  using rules::Declarer;
  const rules::Assessment from = assessment(spell);
  const std::vector<rules::ExplainedFact> decided = {
      {"dataset.extent",
       Value(spell("whole")),
       {{Declarer::request, "", "/datasets/0/extent", Value(spell("whole"))},
        {Declarer::dataset, spell("dataset-a"), "/collection", Value(spell("collection"))},
        {Declarer::provider, spell("azure-hub"), "/parties", {}}}},
      {"request.project.name", {}, {{Declarer::request, "", "/project/name", {}}}},
      {spell("request.unheard-of"), Value(spell("value")), {}}};
  const std::vector<rules::ExplainedFact> applied = {
      {"as_of", Value("2021-03-15"), {{Declarer::day, "", "", {}}}}};
  gate::Explained result;
  result.explanation = {k_day, Verdict::refuse, {}, rules::regimes_of(from)};
  for (const std::size_t i : {3U, 2U, 1U, 0U, 4U}) {
    result.explanation.findings.push_back({from.findings[i], decided, applied});
  }
  result.what_if = rules::WhatIf{
      Verdict::refuse,
      Verdict::refer,
      {{"/datasets/0/extent", rules::Proposal::choice, Value(spell("whole")), Value("extract")},
       {"/datasets/1", rules::Proposal::choice, Value(spell("dataset-b")), {}},
       {"/necessity/degree", rules::Proposal::statement, {}, Value("necessary")}},
      12,
      false};
  return result;
}

std::vector<gate::ReplayedAssessment> replayed(const Spell& spell) {
  gate::ReplayedAssessment same;
  same.request = spell("R-2026-0001");
  same.seq = 7;
  same.as_of = k_day;
  same.verdict = "refer";
  same.sha256 = spell(digest('a').hex());
  same.engine = rules::this_engine();
  gate::ReplayedAssessment differs = same;
  differs.result = gate::ReplayResult::differs;
  differs.what = spell("this program computes another assessment");
  differs.pointer = "/host/exclusively_eu_law";
  differs.recorded = Value(spell("yes"));
  differs.computed = Value("no");
  differs.engine = rules::Engine{spell("octroi/rules/0"), spell(digest('b').hex())};
  differs.is_same_engine = false;
  gate::ReplayedAssessment gone = same;
  gone.result = gate::ReplayResult::unavailable;
  gone.what = spell("the document is missing");
  gone.engine.reset();
  return {same, differs, gone};
}

rules::ExpressionAnswer expression(const Spell& spell) {
  return {"list(string)", cel::Value(cel::Value::List{cel::Value(spell("text"))}), "", ""};
}

rules::ExpressionAnswer expression_without_value(const Spell& spell) {
  return {"bool", std::nullopt, spell("no such key: request.name"), spell("request.name")};
}

rules::Assessment whole_base_refused() {
  const Value rulebook = example("rulebooks/cnam-2021.json");
  rules::Assessment result = story(law::Answer::no);
  result.verdict = Verdict::refuse;
  result.datasets = {{"snds-main-base", Verdict::refuse}};
  result.rulebooks = {{"cnam-2021", Verdict::refuse}};
  for (const Value& rule : rulebook.at("rules").as_array()) {
    const std::string id = rule.text("id");
    const bool is_of_extracts = id == "cnam-2021.limited-extract" || id == "cnam-2021.case-by-case";
    const Outcome outcome = id == "cnam-2021.whole-base"  ? Outcome::refuse
                            : is_of_extracts              ? Outcome::not_applicable
                            : id == "cnam-2021.recipient" ? Outcome::refer
                                                          : Outcome::pass;
    result.findings.push_back(finding_of(rule, outcome));
    note_facts(result.findings.back(), "whole", law::Answer::no);
  }
  const Value& first = rulebook.at("disregards").as_array().front();
  result.disregarded = {{"cnam-2021", "host.contract_clauses",
                         json::strings({"law of a member state governs the contract"}),
                         rules::read_text(first.find("because")),
                         rules::read_citations(first.find("cites"))}};
  return result;
}

rules::Assessment european_host() {
  rules::Assessment result = story(law::Answer::yes);
  result.verdict = Verdict::clear;
  result.datasets = {{"snds-main-base", Verdict::clear}};
  result.rulebooks = {{"cnam-2021", Verdict::clear}};
  result.host = {"european-host",
                 law::Answer::yes,
                 {{"european-host: registered office FR", "european-host: siège statutaire FR"}}};
  const Value rulebook = example("rulebooks/cnam-2021.json");
  for (const Value& rule : rulebook.at("rules").as_array()) {
    result.findings.push_back(finding_of(rule, Outcome::not_applicable));
    note_facts(result.findings.back(), "whole", law::Answer::yes);
  }
  return result;
}

}  // namespace octroi::screen::sample
