// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/time.hpp"
#include "law/adequacy.hpp"

namespace octroi::law {

/// How a transfer stands under GDPR chapter V on a day, worst last: of two ways to reach a country,
/// the worse one decides.
enum class TransferStatus {
  adequate,    ///< article 45
  safeguards,  ///< article 46 or 47, with an assessment of the country's law that passes
  derogation,  ///< article 49: a person must judge
  unknown,     ///< what is declared does not tell
  none,        ///< no basis, or one that fails
};

/// "adequate", "safeguards", "derogation", "unknown", "none".
[[nodiscard]] std::string_view name_of(TransferStatus status);

/// A transfer, or remote access, as it is declared. What is left out is unknown; texts
/// are borrowed.
struct Transfer {
  std::string_view country;  ///< as written
  std::string_view basis;  ///< "adequacy", "standard-contractual-clauses", …, "derogation", "none"
  SchemeEvidence scheme;
  std::optional<Date> evidence_from;  ///< the day of the document that shows the basis
  std::optional<Date> evidence_until;
  std::optional<Date> assessed;  ///< the day of the transfer impact assessment
  std::string_view assessment;   ///< "equivalent", "with-measures", "not-equivalent", or ""
  std::optional<bool> measures_suffice;
  std::string_view derogation;  ///< "49(1)(a)" to "49(1)(g)", or ""
  std::optional<bool> is_systematic;
};

/// What came out, and in a few words why: the decision, or what is missing or fails.
struct TransferAnswer {
  TransferStatus status;
  std::string reason;

  friend bool operator==(const TransferAnswer&, const TransferAnswer&) = default;
};

/// How one declared transfer to a country outside the European Economic Area stands on a day.
/// Source: Regulation (EU) 2016/679, articles 44 to 49; CJEU, 16 July 2020, C-311/18 (Schrems II):
/// safeguards need an assessment of law and practice, and measures where it asks for them; EDPB,
/// Guidelines 2/2018: derogations are not for systematic transfers.
[[nodiscard]] TransferAnswer answer_of(const Transfer& transfer, Date as_of);

/// A way in which data, or somebody who sees them, reach a country. Texts are borrowed.
struct Reach {
  std::string_view country;  ///< as written
  std::string_view through;  ///< "transfer", "remote-access", "user", "storage", …
};

/// A country outside the European Economic Area that is reached.
struct Destination {
  std::string_view country;
  std::vector<std::string_view> through;  ///< each once, sorted
  std::string_view basis;  ///< of the transfer that decided; "" when none is declared
  TransferAnswer answer;
  std::optional<bool> is_systematic;  ///< of the transfer that decided
};

/// Every country outside the European Economic Area that is reached, sorted. The worst transfer
/// declared for it decides. Where none is declared, an adequacy decision for all recipients covers
/// it; otherwise there is no basis.
/// Source: EDPB, Guidelines 05/2021: making data available from a third country is a transfer.
[[nodiscard]] std::vector<Destination> destinations(const std::vector<Reach>& reaches,
                                                    const std::vector<Transfer>& transfers,
                                                    Date as_of);

}  // namespace octroi::law
