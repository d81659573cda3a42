// SPDX-License-Identifier: Apache-2.0
#include "rules/regimes.hpp"

namespace octroi::rules {
namespace {

void add(Regime& regime, const Finding& finding) {
  ++regime.counts[static_cast<std::size_t>(finding.outcome)];
  const Verdict verdict = verdict_of(finding.outcome);
  for (auto& [dataset, so_far] : regime.datasets) {
    if (finding.dataset.empty() || finding.dataset == dataset) so_far = worse(so_far, verdict);
  }
  if (verdict <= regime.verdict) return;
  regime.verdict = verdict;
  regime.decided_by = finding.id();
}

}  // namespace

std::vector<Regime> regimes_of(const Assessment& assessment) {
  std::vector<Regime> result;
  for (const auto& [rulebook, verdict] : assessment.rulebooks) {
    Regime regime;
    regime.rulebook = rulebook;
    for (const auto& [dataset, worst] : assessment.datasets) {
      regime.datasets.emplace(dataset, Verdict::clear);
    }
    for (const Finding& finding : assessment.findings) {
      if (finding.rulebook == rulebook) add(regime, finding);
    }
    result.push_back(std::move(regime));
  }
  return result;
}

json::Value to_json(const std::vector<Regime>& regimes) {
  json::Value result = json::Value::Array{};
  for (const Regime& regime : regimes) {
    json::Value findings = json::Value::Object{};
    for (std::size_t i = 0; i < k_outcome_count; ++i) {
      findings.set(name_of(static_cast<Outcome>(i)), static_cast<std::int64_t>(regime.counts[i]));
    }
    json::Value datasets = json::Value::Object{};
    for (const auto& [dataset, verdict] : regime.datasets) datasets.set(dataset, name_of(verdict));
    json::Value one = json::object({{"rulebook", regime.rulebook},
                                    {"verdict", name_of(regime.verdict)},
                                    {"findings", std::move(findings)},
                                    {"datasets", std::move(datasets)}});
    if (!regime.decided_by.empty()) one.set("decided_by", regime.decided_by);
    result.push(std::move(one));
  }
  return result;
}

}  // namespace octroi::rules
