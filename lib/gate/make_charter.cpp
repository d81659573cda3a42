// SPDX-License-Identifier: Apache-2.0
#include "gate/make_charter.hpp"

#include "json/write.hpp"

namespace octroi::gate {

model::Document make_charter(const CharterDraft& draft) {
  json::Value members = json::Value::Array{};
  for (const auto& [id, member] : draft.members) {
    members.push(
        json::object({{"id", id},
                      {"key", member.key.paserk()},
                      {"roles", json::strings({member.roles.begin(), member.roles.end()})}}));
  }
  const json::Value charter =
      json::object({{"format", "octroi/charter/1"},
                    {"board", draft.board},
                    {"origin", draft.origin},
                    {"decision", json::object({{"majority", draft.majority},
                                               {"seats", draft.seats},
                                               {"present_min", draft.present_min}})},
                    {"members", std::move(members)}});
  return model::read_document(model::DocumentKind::charter, json::pretty(charter), "charter");
}

}  // namespace octroi::gate
