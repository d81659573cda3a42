// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <map>
#include <string>
#include <vector>

#include "base/time.hpp"
#include "gate/token.hpp"
#include "model/document.hpp"
#include "registry/decisions.hpp"
#include "registry/requests.hpp"
#include "rules/assessment.hpp"

/// What a token says, from the documents that were recorded: `issue` writes it, `audit` asks
/// whether it was written so.
namespace octroi::gate {

/// Everything that goes into the tokens of one grant.
struct Grant {
  registry::Decision decision;
  model::Document decision_document;
  model::Document request;
  std::map<std::string, std::string> holders;  ///< of each dataset that was assessed
  rules::Assessment assessment;
  Digest assessment_sha256;
};

/// The holder of each dataset, as the event of the assessment has it.
[[nodiscard]] std::map<std::string, std::string> holders_of(
    const registry::AssessmentRow& assessment);

/// The last day of validity: the duration asked for, counted from the decision; shortened by the
/// decision's own end and by the rules that narrow.
[[nodiscard]] Date last_day(const Grant& grant);

/// Granted datasets by holder.
[[nodiscard]] std::map<std::string, std::vector<TokenDataset>> datasets_by_holder(
    const Grant& grant);

/// The users of the request whom the rules that narrow leave for these datasets.
/// Throws Error(not_allowed) when they leave nobody.
[[nodiscard]] std::vector<std::string> users_for(const Grant& grant,
                                                 const std::vector<TokenDataset>& datasets);

/// The claims that all tokens of the grant share; holder, datasets, users, id, endorsements and
/// status are still to be set.
[[nodiscard]] TokenClaims common_claims(const Grant& grant, const std::string& origin, Instant now);

}  // namespace octroi::gate
