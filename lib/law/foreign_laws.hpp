// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "base/time.hpp"
#include "model/provider.hpp"

namespace octroi::law {

/// The countries, sorted, whose law binds a provider without being that of the European Economic
/// Area or of a country that is adequate for everybody: those where its operator, a party that
/// controls the operator or may do so, alone, in concert or by powers that it has together with
/// others, or a supplier that can obtain data or who controls one, has
/// a seat. Nothing when none is found and a declaration is missing that could hide one. Source: HDS
/// v2 EXI 30 (laws of countries without adequacy that bind host or subcontractor); Code de commerce
/// L.233-3 for control.
[[nodiscard]] std::optional<std::vector<std::string>> foreign_laws(const model::Provider& provider,
                                                                   Date as_of);

}  // namespace octroi::law
