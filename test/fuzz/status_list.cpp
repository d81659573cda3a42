// SPDX-License-Identifier: Apache-2.0
// The claims of a status list token, whose list is zlib within base64url within JSON.
#include "fuzz/target.hpp"
#include "gate/status_token.hpp"
#include "json/read.hpp"

void octroi::fuzz::try_input(std::string_view text) {
  const json::Value payload = json::read(text, "status list");
  if (const auto list = status::StatusList::read(payload)) {
    require(status::StatusList::read(list->to_json()) == list, "a list that is written reads so");
    require(!list->at(list->size()).has_value(), "a list ends at its end");
    require(list->at(list->size() - 1).has_value(), "and not before");
  }
  const auto claims = gate::read_status_claims(payload);
  if (!claims) return;
  require(claims->issued < claims->next_update && claims->next_update <= claims->expires,
          "its times follow each other");
  require(claims->expires - claims->issued <= std::chrono::days(gate::k_status_days_max),
          "it ends in time");
  require(gate::read_status_claims(gate::to_json(*claims)) == claims,
          "claims that are written read so");
}
