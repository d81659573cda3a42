// SPDX-License-Identifier: Apache-2.0
#include "law/provider_holdings.hpp"

namespace octroi::law {

std::vector<Holding> holdings_of(const model::Provider& provider) {
  std::vector<Holding> result;
  for (const model::Holding& declared : provider.holdings) {
    Holding holding{declared.holder, declared.held, std::nullopt,
                    std::nullopt,    declared.veto, declared.appoints_majority};
    if (declared.capital_percent) holding.capital = Percent::parse(*declared.capital_percent);
    if (declared.votes_percent) holding.votes = Percent::parse(*declared.votes_percent);
    result.push_back(std::move(holding));
  }
  return result;
}

}  // namespace octroi::law
