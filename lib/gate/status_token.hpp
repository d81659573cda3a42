// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <string>

#include "base/time.hpp"
#include "json/value.hpp"
#include "status/status_list.hpp"

namespace octroi::gate {

/// How long a list may be relied on: what `status publish` writes at most, and what is read.
/// Without an end that is near, a list that the board replaced long ago, or that a thief of its
/// seal made, would say "valid" for ever. It is also what the schema lets `ttl` be.
constexpr int k_status_days_max = 366;

/// The claims of a status list token, under schemas/status-list.schema.json.
/// Source: draft-ietf-oauth-status-list, section "Status List Token in JWT Format", with times as
/// PASETO has them.
struct StatusListClaims {
  std::string issuer;   ///< iss: the board's origin
  std::string uri;      ///< sub: the list's name, which its tokens carry
  Instant issued;       ///< iat
  Instant next_update;  ///< when the next list is there at the latest; ttl says the same
  Instant expires;      ///< exp, inclusive
  status::StatusList list;

  friend bool operator==(const StatusListClaims&, const StatusListClaims&) = default;
};

/// The claims as the token's payload, and back. Reading gives nothing when the payload does not
/// satisfy the schema, its times contradict each other or span more than k_status_days_max, or the
/// list cannot be inflated.
[[nodiscard]] json::Value to_json(const StatusListClaims& claims);
[[nodiscard]] std::optional<StatusListClaims> read_status_claims(const json::Value& payload);

/// The name of a board's list N: https://ORIGIN/status/N.
[[nodiscard]] std::string status_list_uri(const std::string& origin, int list);

}  // namespace octroi::gate
