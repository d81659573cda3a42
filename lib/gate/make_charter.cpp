// SPDX-License-Identifier: Apache-2.0
#include "gate/make_charter.hpp"

#include <algorithm>

#include "json/write.hpp"

namespace octroi::gate {

using json::Value;

model::Document make_charter(const CharterDraft& draft) {
  Value members = Value::Array{};
  for (const CharterDraft::Member& member : draft.members) {
    members.push(json::object(
        {{"id", member.id}, {"key", member.key.paserk()}, {"roles", json::strings(member.roles)}}));
  }
  Value charter = json::object({{"format", "octroi/charter/1"},
                                {"board", draft.board},
                                {"origin", draft.origin},
                                {"decision", json::object({{"majority", draft.majority},
                                                           {"seats", draft.seats},
                                                           {"present_min", draft.present_min}})},
                                {"members", std::move(members)}});
  if (draft.requires_status) charter.set("requires_status", true);
  if (draft.requires_proof) charter.set("requires_proof", true);
  if (draft.endorsements > 0) {
    charter.set("issuing", json::object({{"endorsements", draft.endorsements}}));
  }
  return model::read_document(model::DocumentKind::charter, json::pretty(charter), "charter");
}

std::vector<std::string> secretaries_of(const model::Document& charter) {
  std::vector<std::string> ids;
  for (const Value& member : charter.value.at("members").as_array()) {
    const std::vector<std::string> roles = json::to_strings(member.find("roles"));
    if (std::find(roles.begin(), roles.end(), "secretary") != roles.end()) {
      ids.push_back(member.at("id").as_string());
    }
  }
  return ids;
}

}  // namespace octroi::gate
