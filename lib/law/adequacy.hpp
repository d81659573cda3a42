// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/time.hpp"
#include "law/countries.hpp"

namespace octroi::law {

/// Whom an adequacy decision covers.
enum class AdequacyScope {
  all,             ///< every recipient in the country
  dpf,             ///< organisations certified under the EU-U.S. Data Privacy Framework
  privacy_shield,  ///< organisations certified under the Privacy Shield
  safe_harbour,    ///< organisations certified under Safe Harbour
  pipeda,          ///< organisations under Canada's PIPEDA, commercial ones
  appi,            ///< operators under Japan's APPI and the supplementary rules
  pipa,            ///< controllers under Korea's PIPA
};

/// "all", "dpf", "privacy-shield", "safe-harbour", "pipeda", "appi", "pipa".
[[nodiscard]] std::string_view name_of(AdequacyScope scope);

/// One decision that a country ensures adequate protection, and when it applies.
struct AdequacyDecision {
  std::string_view country;
  std::string_view decision;  ///< "Decision 2010/625/EU"
  AdequacyScope scope;
  Date from;
  std::optional<Date> through;  ///< the last day, if it has one
};

/// The decision in force for a country on a day; nullptr when there is none.
/// Source: European Commission, list of adequacy decisions under article 25(6) of Directive
/// 95/46/EC and article 45 of Regulation (EU) 2016/679. For the United Kingdom the transition of
/// the Withdrawal Agreement and the bridge of the Trade and Cooperation Agreement stand in the
/// table too: while they lasted, transmission there was no transfer to a third country.
[[nodiscard]] const AdequacyDecision* adequacy_of(Country country, Date as_of);

/// That a recipient is under the scheme that a decision is limited to, as it is declared. Borrows
/// the text.
struct SchemeEvidence {
  std::string_view scheme;  ///< the name of an AdequacyScope; "" when nothing is declared
  std::optional<Date> from;
  std::optional<Date> until;
};

/// Whether a country is adequate for a recipient on a day.
enum class Adequacy {
  adequate,
  not_adequate,  ///< there is no decision, or the recipient was not under its scheme on the day
  unknown,       ///< the decision is limited to a scheme, and nothing says whether it covers
};
[[nodiscard]] Adequacy adequacy_for(Country country, const SchemeEvidence& evidence, Date as_of);

}  // namespace octroi::law
