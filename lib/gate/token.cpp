// SPDX-License-Identifier: Apache-2.0
#include "gate/token.hpp"

#include "base/error.hpp"
#include "json/read.hpp"
#include "json/shape.hpp"
#include "model/schema_shapes.hpp"

namespace octroi::gate {
namespace {

using json::TapeValue;
using json::Value;

Value datasets_json(const std::vector<TokenDataset>& datasets) {
  Value result = Value::Array{};
  for (const TokenDataset& dataset : datasets) {
    result.push(json::object({{"id", dataset.id},
                              {"components", json::strings(dataset.components)},
                              {"extent", dataset.extent},
                              {"format", dataset.format}}));
  }
  return result;
}

Value environment_json(const TokenClaims& claims) {
  Value environment = json::object({{"provider", claims.environment}});
  if (!claims.service.empty()) environment.set("service", claims.service);
  return environment;
}

Value digests_json(const TokenClaims& claims) {
  Value rulebooks = Value::Object{};
  for (const auto& [id, digest] : claims.rulebooks_sha256) rulebooks.set(id, digest.hex());
  return json::object({{"request", claims.request_sha256.hex()},
                       {"decision", claims.decision_sha256.hex()},
                       {"assessment", claims.assessment_sha256.hex()},
                       {"rulebooks", std::move(rulebooks)}});
}

Value status_json(const StatusReference& status) {
  return json::object(
      {{"status_list", json::object({{"idx", status.index}, {"uri", status.uri}})}});
}

std::string owned_text(const TapeValue& value) {
  return std::string(value.as_string());
}

std::vector<std::string> owned_texts(const TapeValue& array) {
  std::vector<std::string> texts;
  texts.reserve(array.size());
  for (const TapeValue item : array) texts.push_back(owned_text(item));
  return texts;
}

StatusReference read_status(const TapeValue& status) {
  const TapeValue entry = status.at("status_list");
  return {static_cast<int>(entry.at("idx").as_integer()), owned_text(entry.at("uri"))};
}

std::vector<TokenDataset> read_datasets(const TapeValue& array) {
  std::vector<TokenDataset> datasets;
  datasets.reserve(array.size());
  for (const TapeValue dataset : array) {
    datasets.push_back({owned_text(dataset.at("id")), owned_texts(dataset.at("components")),
                        owned_text(dataset.at("extent")), owned_text(dataset.at("format"))});
  }
  return datasets;
}

/// Into `digest`; false when the text is none.
bool read_digest(const TapeValue& text, Digest& digest) {
  const auto read = Digest::from_hex(text.as_string());
  if (read) digest = *read;
  return read.has_value();
}

/// False when one of the endorsements is no digest.
bool read_endorsements(const TapeValue& payload, TokenClaims& claims) {
  const std::optional<TapeValue> endorsements = payload.find("endorsements");
  if (!endorsements) return true;
  for (const TapeValue hex : *endorsements) {
    if (!read_digest(hex, claims.endorsements.emplace_back())) return false;
  }
  return true;
}

/// False when one of the digests is none.
bool read_digests(const TapeValue& digests, TokenClaims& claims) {
  if (!read_digest(digests.at("request"), claims.request_sha256) ||
      !read_digest(digests.at("decision"), claims.decision_sha256) ||
      !read_digest(digests.at("assessment"), claims.assessment_sha256)) {
    return false;
  }
  for (const TapeValue rulebook : digests.at("rulebooks")) {
    Digest& digest = claims.rulebooks_sha256[std::string(rulebook.name())];
    if (!read_digest(rulebook, digest)) return false;
  }
  return true;
}

/// False when one of the times is none.
bool read_times(const TapeValue& payload, TokenClaims& claims) {
  const auto issued = parse_instant(payload.at("iat").as_string());
  const auto not_before = parse_instant(payload.at("nbf").as_string());
  const auto expires = parse_instant(payload.at("exp").as_string());
  if (!issued || !not_before || !expires) return false;
  claims.issued = *issued;
  claims.not_before = *not_before;
  claims.expires = *expires;
  return true;
}

std::optional<TokenClaims> claims_on(const TapeValue& payload) {
  static const json::Shape& shape = *model::shape_of("token");
  if (!json::accepts(shape, payload)) return std::nullopt;
  TokenClaims claims;
  if (!read_times(payload, claims) || !read_digests(payload.at("digests"), claims) ||
      !read_endorsements(payload, claims)) {
    return std::nullopt;
  }
  claims.issuer = owned_text(payload.at("iss"));
  claims.request = owned_text(payload.at("sub"));
  claims.request_version = static_cast<int>(payload.at("version").as_integer());
  claims.holder = owned_text(payload.at("aud"));
  claims.id = owned_text(payload.at("jti"));
  claims.decision = owned_text(payload.at("decision"));
  claims.datasets = read_datasets(payload.at("datasets"));
  claims.purposes = owned_texts(payload.at("purposes"));
  const TapeValue environment = payload.at("environment");
  claims.environment = owned_text(environment.at("provider"));
  if (const auto service = environment.find("service")) claims.service = owned_text(*service);
  claims.users = owned_texts(payload.at("users"));
  claims.conditions = owned_texts(payload.at("conditions"));
  claims.status = read_status(payload.at("status"));
  return claims;
}

}  // namespace

std::vector<std::string> ids_of(const std::vector<TokenDataset>& datasets) {
  std::vector<std::string> ids;
  for (const TokenDataset& dataset : datasets) ids.push_back(dataset.id);
  return ids;
}

Value to_json(const TokenClaims& claims) {
  Value payload = json::object({{"iss", claims.issuer},
                                {"sub", claims.request},
                                {"version", claims.request_version},
                                {"aud", claims.holder},
                                {"jti", claims.id},
                                {"iat", format_instant(claims.issued)},
                                {"nbf", format_instant(claims.not_before)},
                                {"exp", format_instant(claims.expires)},
                                {"decision", claims.decision},
                                {"datasets", datasets_json(claims.datasets)},
                                {"purposes", json::strings(claims.purposes)},
                                {"environment", environment_json(claims)},
                                {"users", json::strings(claims.users)},
                                {"conditions", json::strings(claims.conditions)},
                                {"digests", digests_json(claims)},
                                {"status", status_json(claims.status)}});
  if (claims.endorsements.empty()) return payload;
  std::vector<std::string> endorsements;
  for (const Digest& event : claims.endorsements) endorsements.push_back(event.hex());
  payload.set("endorsements", json::strings(endorsements));
  return payload;
}

std::optional<TokenClaims> read_claims(const Value& payload) {
  json::Tape tape;
  tape.lay(payload);
  return claims_on(tape.root());
}

std::optional<TokenClaims> read_payload(std::string_view payload) {
  thread_local json::Tape tape;  // a batch reads many, and none of them leaves anything behind
  if (tape.read(payload)) return claims_on(tape.root());
  try {
    return read_claims(json::read(payload, "token"));
  } catch (const Error&) {
    return std::nullopt;  // no JSON, or none that octroi reads
  }
}

}  // namespace octroi::gate
