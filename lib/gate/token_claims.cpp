// SPDX-License-Identifier: Apache-2.0
#include "gate/token_claims.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "base/error.hpp"
#include "model/request.hpp"

namespace octroi::gate {
namespace {

using json::Value;

bool is_granted(const Grant& grant, const std::string& dataset) {
  const std::vector<std::string>& granted = grant.decision.datasets;
  return dataset.empty() || std::find(granted.begin(), granted.end(), dataset) != granted.end();
}

void add_once(std::vector<std::string>& texts, const std::string& text) {
  if (std::find(texts.begin(), texts.end(), text) == texts.end()) texts.push_back(text);
}

std::vector<std::string> conditions_of(const Grant& grant) {
  std::vector<std::string> conditions =
      json::to_strings(grant.decision_document.value.find("conditions"));
  for (const rules::Narrowing& narrowing : grant.assessment.narrowings) {
    if (!narrowing.obligation.en.empty() && is_granted(grant, narrowing.dataset)) {
      add_once(conditions, narrowing.obligation.en);
    }
  }
  return conditions;
}

}  // namespace

std::map<std::string, std::string> holders_of(const registry::AssessmentRow& assessment) {
  std::map<std::string, std::string> holders;
  for (const auto& one : assessment.datasets) holders.emplace(one.dataset, one.holder);
  return holders;
}

Date last_day(const Grant& grant) {
  const Value& duration = grant.request.value.at("duration");
  std::int64_t months = duration.at("months").as_integer();
  for (const rules::Narrowing& narrowing : grant.assessment.narrowings) {
    if (narrowing.months_max && is_granted(grant, narrowing.dataset)) {
      months = std::min(months, std::int64_t{*narrowing.months_max});
    }
  }
  const Date asked = add_months(grant.decision.decided_on, static_cast<int>(months));
  return grant.decision.valid_until ? std::min(asked, *grant.decision.valid_until) : asked;
}

std::map<std::string, std::vector<TokenDataset>> datasets_by_holder(const Grant& grant) {
  std::map<std::string, std::vector<TokenDataset>> result;
  for (const Value& use : grant.request.value.at("datasets").as_array()) {
    const std::string& id = use.at("dataset").as_string();
    if (!is_granted(grant, id)) continue;
    const auto holder = grant.holders.find(id);
    if (holder == grant.holders.end()) throw Error(ErrorCode::damaged, id + " was not assessed");
    result[holder->second].push_back({id, json::to_strings(use.find("components")),
                                      use.at("extent").as_string(), use.at("format").as_string()});
  }
  return result;
}

std::vector<std::string> users_for(const Grant& grant, const std::vector<TokenDataset>& datasets) {
  const std::vector<std::string> names = ids_of(datasets);
  const auto left = grant.assessment.users_left(names);
  std::vector<std::string> ids;
  for (const Value& user : grant.request.value.at("users").as_array()) {
    const std::string id = user.text("id");
    if (!left || std::binary_search(left->begin(), left->end(), id)) ids.push_back(id);
  }
  if (ids.empty()) {
    throw Error(ErrorCode::not_allowed,
                fmt::format("no user of {} may work on all of {}: the rules leave nobody; decide "
                            "on these datasets one by one",
                            grant.decision.request, fmt::join(names, ", ")));
  }
  return ids;
}

TokenClaims common_claims(const Grant& grant, const std::string& origin, Instant now) {
  const Value& request = grant.request.value;
  TokenClaims claims;
  claims.issuer = origin;
  claims.request = grant.decision.request;
  claims.request_version = grant.decision.version;
  claims.issued = now;
  claims.not_before = now;
  claims.expires = end_of(last_day(grant));
  claims.decision = grant.decision.id;
  claims.purposes = model::Request::from(grant.request).purpose_codes();
  claims.environment = request.at("environment").at("provider").as_string();
  claims.service = request.at("environment").text("service");
  claims.conditions = conditions_of(grant);
  claims.request_sha256 = grant.request.sha256;
  claims.decision_sha256 = grant.decision_document.sha256;
  claims.assessment_sha256 = grant.assessment_sha256;
  claims.rulebooks_sha256 = grant.assessment.documents.rulebooks;
  return claims;
}

}  // namespace octroi::gate
