// SPDX-License-Identifier: Apache-2.0
#include "rules/fact_sources.hpp"

#include <algorithm>

#include <fmt/format.h>

#include "base/error.hpp"
#include "rules/facts.hpp"

namespace octroi::rules {
namespace {

/// One fact and where it is declared: pointers with blanks between. N is the position of the
/// dataset's use.
struct SourceRow {
  std::string_view fact;
  Declarer declarer;
  std::string_view pointers;
};

constexpr Declarer k_request = Declarer::request;
constexpr Declarer k_dataset = Declarer::dataset;
constexpr Declarer k_provider = Declarer::provider;

/// What decides whose law binds the operator.
constexpr std::string_view k_ownership =
    "/operator /parties /holdings /joint_powers /concerts /suppliers";

/// What the consent terms of a dataset are compared with in a request. All of them stand in the
/// dataset's /duo, which fact_sources adds.
constexpr std::string_view k_consent =
    "/purposes/duo /research /undertakings /disease_codes /controller /joint_controllers "
    "/implementing_body /users /project/name /publication /opinions /attachments /transfers "
    "/environment/provider";

constexpr SourceRow k_rows[] = {
    {"as_of", Declarer::day, ""},
    {"datasets", k_request, "/datasets"},

    {"request.regime", k_request, "/regime"},
    {"request.project.name", k_request, "/project/name"},
    {"request.project.kind", k_request, "/project/kind"},
    {"request.controller.country", k_request, "/controller/country"},
    {"request.controller.sector", k_request, "/controller/sector"},
    {"request.controller.public_body", k_request, "/controller/public_body"},
    {"request.controller.has_mandate", k_request, "/controller/mandate"},
    {"request.controller.state_body", k_request, "/controller/state_body"},
    {"request.controller.confidentiality_commitment", k_request, "/controller"},
    {"request.implementing_body.country", k_request, "/implementing_body/country"},
    {"request.implementing_body.sector", k_request, "/implementing_body/sector"},
    {"request.implementing_body.public_body", k_request, "/implementing_body/public_body"},
    {"request.implementing_body.has_mandate", k_request, "/implementing_body/mandate"},
    {"request.implementing_body.state_body", k_request, "/implementing_body/state_body"},
    {"request.implementing_body.confidentiality_commitment", k_request,
     "/implementing_body/confidentiality_commitment"},
    {"request.recipient.id", k_request, "/recipient/id"},
    {"request.recipient.state_body", k_request, "/recipient/state_body"},
    {"request.applicant_countries", k_request, "/controller/country /joint_controllers"},
    {"request.applicants_outside_eu", k_request, "/controller/country /joint_controllers"},
    {"request.applicants_outside_eea", k_request, "/controller/country /joint_controllers"},
    {"request.user_count", k_request, "/users"},
    {"request.user_countries", k_request, "/users"},
    {"request.purposes.snds", k_request, "/purposes/snds"},
    {"request.purposes.ehds", k_request, "/purposes/ehds"},
    {"request.purposes.duo", k_request, "/purposes/duo"},
    {"request.prohibited_uses.promotion_of_health_products", k_request,
     "/prohibited_uses/promotion_of_health_products"},
    {"request.prohibited_uses.insurance_exclusion_or_premium", k_request,
     "/prohibited_uses/insurance_exclusion_or_premium"},
    {"request.prohibited_uses.detrimental_decisions", k_request,
     "/prohibited_uses/detrimental_decisions"},
    {"request.prohibited_uses.advertising_or_marketing", k_request,
     "/prohibited_uses/advertising_or_marketing"},
    {"request.prohibited_uses.harmful_products", k_request, "/prohibited_uses/harmful_products"},
    {"request.research.commercial", k_request, "/research/commercial"},
    {"request.research.methods_development", k_request, "/research/methods_development"},
    {"request.research.ancestry", k_request, "/research/ancestry"},
    {"request.research.genetic", k_request, "/research/genetic"},
    {"request.research.clinical_care", k_request, "/research/clinical_care"},
    {"request.research.types", k_request, "/research/types"},
    {"request.undertakings.return_results", k_request, "/undertakings/return_results"},
    {"request.undertakings.collaboration", k_request, "/undertakings/collaboration"},
    {"request.disease_codes.system", k_request, "/disease_codes/system"},
    {"request.disease_codes.codes", k_request, "/disease_codes/codes"},
    {"request.disease_scope", k_request, "/disease_codes/codes /disease_codes/system"},
    {"request.necessity.degree", k_request, "/necessity/degree"},
    {"request.necessity.serves", k_request, "/necessity/for"},
    {"request.states_public_interest", k_request, "/public_interest"},
    {"request.environment.provider", k_request, "/environment/provider"},
    {"request.transfers", k_request, "/transfers"},
    {"request.destinations", k_request, "/transfers /users"},
    {"request.duration.months", k_request, "/duration/months"},
    {"request.legal_basis.gdpr_article_6", k_request, "/legal_basis/gdpr_article_6"},
    {"request.legal_basis.gdpr_article_9", k_request, "/legal_basis/gdpr_article_9"},
    {"request.opinions", k_request, "/opinions"},
    {"request.authorisations", k_request, "/authorisations"},
    {"request.publication.commitment", k_request, "/publication/commitment"},
    {"request.publication.months_max", k_request, "/publication/months_max"},
    {"request.publication.not_before", k_request, "/publication/not_before"},
    {"request.attachments", k_request, "/attachments"},
    {"request.sensitivity", k_request, "/sensitivity"},
    {"request.dpia_date", k_request, "/dpia/date"},
    {"request.names_data_protection_officer", k_request, "/officers/data_protection_officer"},
    {"request.declares_interests", k_request, "/interests"},
    {"request.states_safeguards", k_request, "/safeguards"},
    {"request.asks_opt_out_exception", k_request, "/opt_out_exception"},

    {"dataset.id", k_request, "/datasets/N/dataset"},
    {"dataset.holder", k_dataset, "/holder/id"},
    {"dataset.collection", k_dataset, "/collection"},
    {"dataset.countries", k_dataset, "/countries"},
    {"dataset.whole_population", k_dataset, "/whole_population"},
    {"dataset.ehds_categories", k_dataset, "/ehds_categories"},
    {"dataset.duo", k_dataset, "/duo"},
    {"dataset.particular_sensitivity.protected", k_dataset, "/particular_sensitivity/protected"},
    {"dataset.particular_sensitivity.breach_harms", k_dataset,
     "/particular_sensitivity/breach_harms"},
    {"dataset.consent.permits", k_request, k_consent},
    {"dataset.consent.permits", k_provider, "/locations /transfers"},
    {"dataset.consent.terms", k_request, k_consent},
    {"dataset.consent.terms", k_provider, "/locations /transfers"},
    {"dataset.consent.referred", k_request, k_consent},
    {"dataset.consent.referred", k_provider, "/locations /transfers"},
    {"dataset.consent.permission_count", k_dataset, "/duo"},
    {"dataset.consent.months_max", k_dataset, "/duo"},
    {"dataset.consent.not_before", k_dataset, "/duo"},
    {"dataset.consent.users", k_request, "/users"},
    {"dataset.consent.met.nres", k_request,
     "/purposes/duo /research/ancestry /research/clinical_care"},
    {"dataset.consent.met.gru", k_request,
     "/purposes/duo /research/ancestry /research/clinical_care"},
    {"dataset.consent.met.hmb", k_request,
     "/purposes/duo /research/ancestry /research/clinical_care"},
    {"dataset.consent.met.ds", k_request,
     "/purposes/duo /research/ancestry /research/clinical_care /disease_codes"},
    {"dataset.consent.met.poa", k_request,
     "/purposes/duo /research/ancestry /research/clinical_care"},
    {"dataset.consent.met.rs", k_request, "/research/types"},
    {"dataset.consent.met.nmds", k_request, "/research/methods_development"},
    {"dataset.consent.met.gso", k_request, "/research/genetic"},
    {"dataset.consent.met.npuncu", k_request,
     "/research/commercial /controller/sector /joint_controllers /implementing_body/sector"},
    {"dataset.consent.met.pub", k_request, "/publication/commitment"},
    {"dataset.consent.met.col", k_request, "/undertakings/collaboration /attachments"},
    {"dataset.consent.met.irb", k_request, "/opinions /attachments"},
    {"dataset.consent.met.gs", k_request,
     "/users /controller/country /joint_controllers /implementing_body/country /transfers "
     "/environment/provider"},
    {"dataset.consent.met.gs", k_provider, "/locations /transfers"},
    {"dataset.consent.met.mor", k_request, "/publication/not_before /publication/commitment"},
    {"dataset.consent.met.ts", k_dataset, "/duo"},
    {"dataset.consent.met.us", k_request, "/users"},
    {"dataset.consent.met.ps", k_request, "/project/name"},
    {"dataset.consent.met.is", k_request,
     "/controller /joint_controllers /implementing_body /users"},
    {"dataset.consent.met.rtn", k_request, "/undertakings/return_results"},
    {"dataset.consent.met.cc", k_dataset, "/duo"},
    {"dataset.consent.met.npoa", k_request, "/research/ancestry /purposes/duo"},
    {"dataset.consent.met.npu", k_request,
     "/controller/sector /joint_controllers /implementing_body/sector"},
    {"dataset.consent.met.ncu", k_request, "/research/commercial"},
    {"dataset.components", k_request, "/datasets/N/components"},
    {"dataset.extent", k_request, "/datasets/N/extent"},
    {"dataset.variables", k_request, "/datasets/N/variables"},
    {"dataset.population_size", k_request, "/datasets/N/population/size"},
    {"dataset.period.from", k_request, "/datasets/N/period/from"},
    {"dataset.period.to", k_request, "/datasets/N/period/to"},
    {"dataset.geography", k_request, "/datasets/N/geography"},
    {"dataset.format", k_request, "/datasets/N/format"},
    {"dataset.identifiers_crossed", k_request, "/datasets/N/identifiers_crossed"},
    {"dataset.states_identifiers_reason", k_request, "/datasets/N/identifiers_reason"},
    {"dataset.states_format_reason", k_request, "/datasets/N/format_reason"},
    {"dataset.linkage_count", k_request, "/datasets/N/linkage"},
    {"dataset.controls", k_request, "/datasets/N/controls"},
    {"dataset.frequency", k_request, "/datasets/N/frequency"},

    {"host.provider", k_provider, "/id"},
    {"host.service", k_provider, "/service"},
    {"host.exclusively_eu_law", k_provider, k_ownership},
    {"host.exclusively_eu_law_chain", k_provider, k_ownership},
    {"host.foreign_laws", k_provider, k_ownership},
    {"host.locations.storage", k_provider, "/locations/storage"},
    {"host.locations.processing", k_provider, "/locations/processing"},
    {"host.locations.administration", k_provider, "/locations/administration"},
    {"host.locations.support", k_provider, "/locations/support"},
    {"host.locations.backup", k_provider, "/locations/backup"},
    {"host.places.storage", k_provider, "/locations/storage /transfers"},
    {"host.places.processing", k_provider, "/locations/processing /transfers"},
    {"host.places.administration", k_provider, "/locations/administration /transfers"},
    {"host.places.support", k_provider, "/locations/support /transfers"},
    {"host.places.backup", k_provider, "/locations/backup /transfers"},
    {"host.destinations", k_provider, "/locations /transfers"},
    {"host.disclosures.places", k_provider, "/disclosures/places"},
    {"host.disclosures.foreign_laws", k_provider, "/disclosures/foreign_laws"},
    {"host.disclosures.transfer_map_date", k_provider, "/disclosures/transfer_map/date"},
    {"host.disclosures.transfer_map_statement", k_provider, "/disclosures/transfer_map/statement"},
    {"host.governing_law", k_provider, "/governing_law"},
    {"host.governing_law_in_eu", k_provider, "/governing_law"},
    {"host.residual_risk_listed", k_provider, "/residual_risk_listed"},
    {"host.foreign_government_links", k_provider, "/foreign_government_links"},
    {"host.unreported_changes", k_provider, "/changes"},
    {"host.qualifications.hds", k_request, "/environment/service"},
    {"host.qualifications.hds", k_provider, "/certificates /service"},
    {"host.qualifications.secnumcloud_3_2", k_request, "/environment/service"},
    {"host.qualifications.secnumcloud_3_2", k_provider, "/certificates /service"},
    {"host.certificates", k_request, "/environment/service"},
    {"host.certificates", k_provider, "/certificates"},
    {"host.derogations", k_provider, "/derogations"},
    {"host.contract_clauses", k_provider, "/safeguards/contract_clauses"},
    {"host.customer_held_keys", k_provider, "/safeguards/customer_held_keys"},
};

/// The pointer with the use's position in it; its list where the position is not known.
std::string placed(std::string_view pointer, std::optional<std::size_t> use) {
  constexpr std::string_view k_use = "/datasets/N";
  if (!pointer.starts_with(k_use)) return std::string(pointer);
  if (!use) return "/datasets";
  return fmt::format("/datasets/{}{}", *use, pointer.substr(k_use.size()));
}

void add_once(std::vector<FactSource>& sources, FactSource source) {
  if (std::find(sources.begin(), sources.end(), source) == sources.end()) {
    sources.push_back(std::move(source));
  }
}

void add_row(std::vector<FactSource>& sources, const SourceRow& row,
             std::optional<std::size_t> use) {
  std::string_view rest = row.pointers;
  do {
    const std::size_t end = std::min(rest.find(' '), rest.size());
    add_once(sources, {row.declarer, placed(rest.substr(0, end), use)});
    rest.remove_prefix(std::min(end + 1, rest.size()));
  } while (!rest.empty());
}

/// The pointer to what both pointers lie in.
std::string common_part(std::string_view left, std::string_view right) {
  const auto [end, other] = std::mismatch(left.begin(), left.end(), right.begin(), right.end());
  const auto length = static_cast<std::size_t>(end - left.begin());
  const bool ends_a_step =
      (end == left.end() || *end == '/') && (other == right.end() || *other == '/');
  return std::string(left.substr(0, ends_a_step ? length : left.substr(0, length).rfind('/')));
}

/// One place for each declarer where an object's members all lie in one.
void join_places(std::vector<FactSource>& sources) {
  for (const Declarer declarer : {k_request, k_dataset, k_provider}) {
    std::optional<std::string> common;
    for (const FactSource& source : sources) {
      if (source.declarer != declarer) continue;
      common = common ? common_part(*common, source.pointer) : source.pointer;
    }
    if (!common || common->empty()) continue;
    std::erase_if(sources, [&](const FactSource& one) { return one.declarer == declarer; });
    sources.push_back({declarer, std::move(*common)});
  }
}

/// The rows of the path and of all that is in it, or else of the nearest thing that it lies in.
std::vector<const SourceRow*> rows_of(std::string_view path) {
  std::vector<const SourceRow*> rows;
  for (const SourceRow& row : k_rows) {
    if (is_within(row.fact, path)) rows.push_back(&row);
  }
  if (!rows.empty()) return rows;
  for (const SourceRow& row : k_rows) {
    if (is_within(path, row.fact)) rows.push_back(&row);
  }
  return rows;
}

}  // namespace

std::string_view name_of(Declarer declarer) {
  switch (declarer) {
    case Declarer::request:
      return "request";
    case Declarer::dataset:
      return "dataset";
    case Declarer::provider:
      return "provider";
    case Declarer::day:
      return "day";
  }
  broken_invariant("a declarer without a name");
}

std::vector<FactSource> fact_sources(std::string_view path, std::optional<std::size_t> use) {
  std::vector<FactSource> sources;
  const std::vector<const SourceRow*> rows = rows_of(path);
  for (const SourceRow* row : rows) add_row(sources, *row, use);
  if (rows.size() > 1 && rows.front()->fact.size() > path.size()) join_places(sources);
  for (const SourceRow* row : rows) {
    if (is_within(row->fact, "host")) add_once(sources, {k_request, "/environment/provider"});
    const bool is_of_consent = is_within(row->fact, "dataset.consent");
    if (is_of_consent) add_once(sources, {k_dataset, "/duo"});
    if (row->declarer != k_dataset && !is_of_consent) continue;
    add_once(sources, {k_request, placed("/datasets/N/dataset", use)});
  }
  std::stable_sort(sources.begin(), sources.end(),
                   [](const FactSource& left, const FactSource& right) {
                     return left.declarer < right.declarer;
                   });
  return sources;
}

bool has_source_row(std::string_view path) {
  return std::any_of(std::begin(k_rows), std::end(k_rows),
                     [path](const SourceRow& row) { return is_within(path, row.fact); });
}

std::vector<std::string_view> paths_of_source_rows() {
  std::vector<std::string_view> paths;
  for (const SourceRow& row : k_rows) paths.push_back(row.fact);
  return paths;
}

}  // namespace octroi::rules
