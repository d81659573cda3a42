// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/bytes.hpp"
#include "base/time.hpp"
#include "json/value.hpp"

namespace octroi::gate {

/// What is released of one dataset.
struct TokenDataset {
  std::string id;
  std::vector<std::string> components;
  std::string extent;
  std::string format;

  friend bool operator==(const TokenDataset&, const TokenDataset&) = default;
};

[[nodiscard]] std::vector<std::string> ids_of(const std::vector<TokenDataset>& datasets);

/// The token's entry in a status list, as the IETF Token Status List has it.
struct StatusReference {
  int index = 0;
  std::string uri;  ///< of the list

  friend bool operator==(const StatusReference&, const StatusReference&) = default;
};

/// The claims of a data-release token, under schemas/token.schema.json.
struct TokenClaims {
  std::string issuer;   ///< iss: the board's origin
  std::string request;  ///< sub
  int request_version = 1;
  std::string holder;  ///< aud: the data holder
  std::string id;      ///< jti, a UUIDv7
  Instant issued;      ///< iat
  Instant not_before;  ///< nbf
  Instant expires;     ///< exp, inclusive
  std::string decision;
  std::vector<TokenDataset> datasets;
  std::vector<std::string> purposes;
  std::string environment;  ///< the provider's id
  std::string service;      ///< of the provider; may be empty
  std::vector<std::string> users;
  std::vector<std::string> conditions;  ///< of the board and of rules that narrow
  std::vector<Digest> endorsements;     ///< SHA-256 of the events of those who endorsed it
  Digest request_sha256;
  Digest decision_sha256;
  Digest assessment_sha256;
  std::map<std::string, Digest> rulebooks_sha256;
  StatusReference status;

  friend bool operator==(const TokenClaims&, const TokenClaims&) = default;
};

/// The claims as the token's payload, and back. Reading gives nothing when the payload does not
/// satisfy the schema.
[[nodiscard]] json::Value to_json(const TokenClaims& claims);
[[nodiscard]] std::optional<TokenClaims> read_claims(const json::Value& payload);
/// The same from the payload's text; nothing too when that is no JSON that octroi reads.
[[nodiscard]] std::optional<TokenClaims> read_payload(std::string_view payload);

}  // namespace octroi::gate
