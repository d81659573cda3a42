// SPDX-License-Identifier: Apache-2.0
#include "gate/status_token.hpp"

#include <fmt/format.h>

#include "json/read.hpp"
#include "json/schema.hpp"
#include "model/document.hpp"

namespace octroi::gate {
namespace {

using json::Value;

const json::Schema& status_list_schema() {
  static const json::Schema schema = json::Schema::compile(
      json::read(model::schema_text("status-list"), "status-list.schema.json"),
      "status-list.schema.json");
  return schema;
}

std::int64_t seconds_between(Instant from, Instant to) {
  return (to - from).count();
}

}  // namespace

Value to_json(const StatusListClaims& claims) {
  return json::object({{"iss", claims.issuer},
                       {"sub", claims.uri},
                       {"iat", format_instant(claims.issued)},
                       {"exp", format_instant(claims.expires)},
                       {"ttl", seconds_between(claims.issued, claims.next_update)},
                       {"next_update", format_instant(claims.next_update)},
                       {"status_list", claims.list.to_json()}});
}

std::optional<StatusListClaims> read_status_claims(const Value& payload) {
  if (!status_list_schema().validate(payload).empty()) return std::nullopt;
  const auto issued = parse_instant(payload.at("iat").as_string());
  const auto next_update = parse_instant(payload.at("next_update").as_string());
  const auto expires = parse_instant(payload.at("exp").as_string());
  if (!issued || !next_update || !expires) return std::nullopt;
  if (*expires < *next_update) return std::nullopt;
  if (*expires - *issued > std::chrono::days(k_status_days_max)) return std::nullopt;
  if (seconds_between(*issued, *next_update) != payload.at("ttl").as_integer()) return std::nullopt;
  std::optional<status::StatusList> list = status::StatusList::read(payload.at("status_list"));
  if (!list) return std::nullopt;
  return StatusListClaims{payload.at("iss").as_string(),
                          payload.at("sub").as_string(),
                          *issued,
                          *next_update,
                          *expires,
                          std::move(*list)};
}

std::string status_list_uri(const std::string& origin, int list) {
  return fmt::format("https://{}/status/{}", origin, list);
}

}  // namespace octroi::gate
