// SPDX-License-Identifier: Apache-2.0
#include "law/transfers.hpp"

#include <map>
#include <set>

#include <fmt/format.h>

namespace octroi::law {
namespace {

using enum TransferStatus;

TransferAnswer by_adequacy(Country country, const SchemeEvidence& scheme, Date as_of) {
  const AdequacyDecision* decision = adequacy_of(country, as_of);
  if (decision == nullptr) {
    return {none, fmt::format("no adequacy decision for {} in force", country.code())};
  }
  switch (adequacy_for(country, scheme, as_of)) {
    case Adequacy::adequate:
      return {adequate, std::string(decision->decision)};
    case Adequacy::not_adequate:
      return {none, fmt::format("{} covers recipients under {} only, and this one was not on "
                                "the day",
                                decision->decision, name_of(decision->scope))};
    case Adequacy::unknown:
      break;
  }
  return {unknown, fmt::format("{} covers recipients under {} only: adequacy_scheme is missing",
                               decision->decision, name_of(decision->scope))};
}

/// The document that shows the basis, on the day.
std::optional<TransferAnswer> fault_of_evidence(const Transfer& transfer, Date as_of) {
  if (transfer.evidence_until && *transfer.evidence_until < as_of) {
    return TransferAnswer{none, "the document that shows the basis has expired"};
  }
  if (!transfer.evidence_from) return TransferAnswer{unknown, "evidence_date is missing"};
  if (as_of < *transfer.evidence_from) {
    return TransferAnswer{none, "the document that shows the basis is of a later day"};
  }
  return std::nullopt;
}

TransferAnswer by_safeguards(const Transfer& transfer, Date as_of) {
  if (transfer.assessment == "not-equivalent") {
    return {none, "the transfer impact assessment finds no equivalent protection"};
  }
  if (transfer.assessment == "with-measures" && transfer.measures_suffice == false) {
    return {none, "the supplementary measures do not suffice"};
  }
  if (auto fault = fault_of_evidence(transfer, as_of)) return *fault;
  if (transfer.assessment.empty() || !transfer.assessed) {
    return {unknown, "impact_assessment is missing"};
  }
  if (as_of < *transfer.assessed) {
    return {none, "the transfer impact assessment is of a later day"};
  }
  if (transfer.assessment == "equivalent") return {safeguards, "assessed as equivalent"};
  if (transfer.assessment != "with-measures") {
    return {unknown, "the outcome of the impact assessment is not one that is known"};
  }
  if (!transfer.measures_suffice) return {unknown, "supplementary_measures is missing"};
  return {safeguards, "assessed as equivalent with supplementary measures"};
}

TransferAnswer by_derogation(const Transfer& transfer) {
  if (transfer.is_systematic == true) {
    return {none, "a derogation does not carry systematic transfers"};
  }
  if (transfer.derogation.empty()) return {unknown, "derogation is missing: which one"};
  if (!transfer.is_systematic) return {unknown, "systematic is missing"};
  return {derogation, fmt::format("GDPR article {}", transfer.derogation)};
}

bool is_safeguard(std::string_view basis) {
  static const std::set<std::string_view> k_safeguards = {"standard-contractual-clauses",
                                                          "binding-corporate-rules",
                                                          "authorised-clauses",
                                                          "public-instrument",
                                                          "code-of-conduct",
                                                          "certification"};
  return k_safeguards.contains(basis);
}

struct Reached {
  std::set<std::string_view> through;
  std::vector<const Transfer*> transfers;
};

/// The worst of the transfers declared for a country; those that stand alike, by basis.
Destination destination_of(std::string_view code, const Reached& reached, Date as_of) {
  Destination result{code, {reached.through.begin(), reached.through.end()}, "", {}, {}};
  // INVARIANT: codes come from iso_code.
  const Country country = Country::from(code).value();
  if (reached.transfers.empty()) {
    result.answer = by_adequacy(country, {}, as_of);
    if (result.answer.status != adequate) {
      result.answer = {none, fmt::format("no transfer to {} is declared", code)};
    }
    return result;
  }
  const Transfer* worst = nullptr;
  for (const Transfer* transfer : reached.transfers) {
    TransferAnswer answer = answer_of(*transfer, as_of);
    const auto rank = std::pair(answer.status, std::string(transfer->basis) + answer.reason);
    if (worst != nullptr &&
        rank <= std::pair(result.answer.status, std::string(worst->basis) + result.answer.reason)) {
      continue;
    }
    worst = transfer;
    result.answer = std::move(answer);
  }
  result.basis = worst->basis;
  result.is_systematic = worst->is_systematic;
  return result;
}

}  // namespace

std::string_view name_of(TransferStatus status) {
  switch (status) {
    case adequate:
      return "adequate";
    case safeguards:
      return "safeguards";
    case derogation:
      return "derogation";
    case unknown:
      return "unknown";
    case none:
      break;
  }
  return "none";
}

TransferAnswer answer_of(const Transfer& transfer, Date as_of) {
  const std::optional<Country> country = Country::from(transfer.country);
  if (!country) return {unknown, "the country is not known"};
  if (transfer.basis == "adequacy") return by_adequacy(*country, transfer.scheme, as_of);
  if (is_safeguard(transfer.basis)) return by_safeguards(transfer, as_of);
  if (transfer.basis == "derogation") return by_derogation(transfer);
  if (transfer.basis == "none") return {none, "declared without a basis"};
  return {unknown, "the basis is not one that is known"};
}

std::vector<Destination> destinations(const std::vector<Reach>& reaches,
                                      const std::vector<Transfer>& transfers, Date as_of) {
  std::map<std::string_view, Reached> by_country;
  for (const Reach& reach : reaches) {
    const std::optional<Country> country = Country::from(reach.country);
    if (!country || is_in_european_economic_area(*country, as_of)) continue;
    by_country[*iso_code(reach.country)].through.insert(reach.through);
  }
  for (const Transfer& transfer : transfers) {
    const auto code = iso_code(transfer.country);
    const auto found = code ? by_country.find(*code) : by_country.end();
    if (found != by_country.end()) found->second.transfers.push_back(&transfer);
  }
  std::vector<Destination> result;
  for (const auto& [code, reached] : by_country) {
    result.push_back(destination_of(code, reached, as_of));
  }
  return result;
}

}  // namespace octroi::law
