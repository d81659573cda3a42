// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>

#include <iostream>
#include <limits>

#include "base/error.hpp"
#include "base/file.hpp"
#include "base/limits.hpp"
#include "bench/stopwatch.hpp"
#include "crypto/key.hpp"
#include "json/read.hpp"
#include "json/write.hpp"
#include "rules/assessment.hpp"
#include "rules/condition.hpp"
#include "rules/judgement.hpp"

/// bench_rules PEERS
///   How often a second 20 rules of three rulebooks are asked about one request whose facts are
///   read: for the verdict and the ids of what decides it, and for the whole assessment. How many
///   conditions a second are evaluated of five that are compiled. How often a second a request is
///   assessed under all example rulebooks, and in which parts. Writes the facts and the conditions
///   to the file PEERS, for other engines.
namespace octroi::bench {
namespace {

using model::DocumentKind;

json::Value example(const std::string& path) {
  const std::string file = std::string(OCTROI_SOURCE "/examples/") + path;
  return json::read(read_input(file, limits::k_document_bytes_max), file);
}

model::Document document(DocumentKind kind, const json::Value& value) {
  return model::read_document(kind, json::canonical(value), "example");
}

/// An example rulebook, its first rules only.
rules::CompiledRulebook rulebook(const std::string& name, std::size_t rules_max) {
  json::Value value = example("rulebooks/" + name + ".json");
  json::Value::Array rules = value.at("rules").as_array();
  if (rules.size() > rules_max) rules.resize(rules_max);
  value.set("rules", std::move(rules));
  return rules::CompiledRulebook::require(document(DocumentKind::rulebook, value), name);
}

/// Those of the example rulebook whose answers the issue of a token most often hangs on.
const std::vector<std::string>& conditions() {
  static const std::vector<std::string> all = {
      "dataset.collection == 'snds-main-base' && host.exclusively_eu_law != 'yes'",
      "dataset.extent != 'whole'", "request.project.kind == 'study' && request.project.name != ''",
      "request.disease_scope == 'covid-19'",
      "request.necessity.degree in ['necessary', 'doubtful'] && "
      "request.necessity.serves.exists(use, use in ['prevention', 'treatment', 'care'])"};
  return all;
}

rules::Condition compile(const std::string& source) {
  auto compiled = rules::Condition::compile(source, "bench", "requires");
  if (auto* condition = std::get_if<rules::Condition>(&compiled)) return std::move(*condition);
  throw Error(ErrorCode::bad_input, "a condition does not compile: " + source);
}

void report(std::string_view what, double per_second) {
  std::cout << fmt::format("{} {:.0f}\n", what, per_second);
}

/// What an assessment under all example rulebooks takes, step by step.
void measure_whole(const rules::Case& documents, Date day) {
  std::vector<rules::CompiledRulebook> rulebooks;
  for (const char* name : {"cnam-2021", "ehds-secondary-use", "ga4gh-duo", "gdpr-chapter-v",
                           "hds-v2", "snds-law", "sren-31"}) {
    rulebooks.push_back(rulebook(name, std::numeric_limits<std::size_t>::max()));
  }
  const rules::KnownHost host(documents.provider, day);
  rules::Facts facts = rules::compute_facts(documents, host, day);
  report("whole-facts", per_second([&] { facts = rules::compute_facts(documents, host, day); }));
  rules::Assessment assessment = rules::assess(documents, facts, rulebooks);
  report("whole-assess",
         per_second([&] { assessment = rules::assess(documents, facts, rulebooks); }));
  json::Value tree;
  report("whole-tree", per_second([&] { tree = assessment.to_json(); }));
  std::string bytes;
  report("whole-bytes", per_second([&] { bytes = json::canonical(tree); }));
}

int run(const std::string& peers) {
  crypto::initialize();
  const model::Document request =
      document(DocumentKind::request, example("cnam-2021/request-treatment.json"));
  const model::Document dataset =
      document(DocumentKind::dataset, example("cnam-2021/dataset-snds-main-base.json"));
  const model::Document provider =
      document(DocumentKind::provider, example("cnam-2021/provider-azure-hub.json"));
  const Date day = parse_date("2026-11-20").value();
  const rules::Facts facts = rules::compute_facts({request, {&dataset}, provider}, day);
  const std::vector<rules::CompiledRulebook> rulebooks = {
      rulebook("cnam-2021", 8), rulebook("hds-v2", 10), rulebook("gdpr-chapter-v", 2)};

  std::vector<rules::Condition> compiled;
  for (const std::string& source : conditions()) compiled.push_back(compile(source));
  const rules::FactBindings bindings = rules::FactBindings(facts).with_dataset(0);

  json::Value shared = json::object({{"facts", facts.whole()},
                                     {"dataset", facts.datasets().front()},
                                     {"conditions", json::strings(conditions())}});
  json::Value answers = json::Value::Array{};
  for (const rules::Condition& one : compiled) {
    const auto holds = one.evaluate(bindings).holds;
    if (!holds) throw Error(ErrorCode::bad_input, "cannot be evaluated: " + one.source());
    answers.push(*holds);
  }
  shared.set("answers", std::move(answers));
  replace_file(peers, json::pretty(shared), FileMode::everybody_reads);

  const rules::Case borrowed{request, {&dataset}, provider};
  const rules::Assessment assessment = rules::assess(borrowed, facts, rulebooks);
  if (assessment.findings.size() != 20) {
    throw Error(ErrorCode::bad_input,
                fmt::format("expected 20 findings, got {}", assessment.findings.size()));
  }
  report("verdicts", per_second([&] {
           const rules::Judgement judgement = rules::judge(facts, rulebooks);
           const bool is_same = judgement.verdict == assessment.verdict;
           if (!is_same || judgement.decided_by().empty()) broken_invariant("another verdict");
         }));
  report("assessments",
         per_second([&] { static_cast<void>(rules::assess(borrowed, facts, rulebooks)); }));
  measure_whole(borrowed, day);
  std::size_t held = 0;
  const double evaluations = per_second([&] {
    for (const rules::Condition& one : compiled) held += *one.evaluate(bindings).holds ? 1 : 0;
  });
  if (held == 0) throw Error(ErrorCode::bad_input, "no condition held");
  report("conditions", evaluations * static_cast<double>(compiled.size()));
  return 0;
}

}  // namespace
}  // namespace octroi::bench

int main(int count, char** arguments) {
  if (count != 2) {
    std::cerr << "usage: bench_rules PEERS\n";
    return 2;
  }
  try {
    return octroi::bench::run(arguments[1]);
  } catch (const octroi::Error& error) {
    std::cerr << "bench_rules: " << error.what() << "\n";
    return 1;
  }
}
