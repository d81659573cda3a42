// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/time.hpp"
#include "law/adequacy.hpp"

namespace octroi::law {

/// Where all the countries of a list lie on a day.
struct Place {
  bool in_eu = true;              ///< each is a Member State
  bool in_eea = true;             ///< each is in the European Economic Area
  bool in_eu_or_adequate = true;  ///< each is a Member State, or adequate for the service there
  std::vector<std::string> outside_eea;  ///< the others, each once, sorted
};

/// By the code of a Country, what each recipient that is declared there shows of an adequacy
/// scheme: nothing too. A country that is adequate for some recipients only is adequate when all of
/// these are.
using EvidenceByCountry = std::map<std::string_view, std::vector<SchemeEvidence>>;

/// The place of a list of country codes; nothing for an empty list, or when a code is none.
/// Source: SecNumCloud 3.2 section 19.2 (Union); HDS v2 EXI 28 (European Economic Area);
/// Regulation (EU) 2025/327 article 87 (Union, or adequacy decision).
[[nodiscard]] std::optional<Place> place_of(const std::vector<std::string_view>& countries,
                                            const EvidenceByCountry& evidence, Date as_of);

}  // namespace octroi::law
