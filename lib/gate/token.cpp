// SPDX-License-Identifier: Apache-2.0
#include "gate/token.hpp"

#include "json/read.hpp"
#include "json/schema.hpp"
#include "model/document.hpp"

namespace octroi::gate {
namespace {

using json::Value;

const json::Schema& token_schema() {
  static const json::Schema schema = json::Schema::compile(
      json::read(model::schema_text("token"), "token.schema.json"), "token.schema.json");
  return schema;
}

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

StatusReference read_status(const Value& status) {
  const Value& entry = status.at("status_list");
  return {static_cast<int>(entry.at("idx").as_integer()), entry.at("uri").as_string()};
}

std::vector<TokenDataset> read_datasets(const Value& array) {
  std::vector<TokenDataset> datasets;
  for (const Value& dataset : array.as_array()) {
    datasets.push_back({dataset.at("id").as_string(), json::to_strings(dataset.find("components")),
                        dataset.at("extent").as_string(), dataset.at("format").as_string()});
  }
  return datasets;
}

/// False when one of the endorsements is no digest.
bool read_endorsements(const Value& payload, TokenClaims& claims) {
  for (const std::string& hex : json::to_strings(payload.find("endorsements"))) {
    const auto digest = Digest::from_hex(hex);
    if (!digest) return false;
    claims.endorsements.push_back(*digest);
  }
  return true;
}

/// False when one of the digests is none.
bool read_digests(const Value& digests, TokenClaims& claims) {
  const auto request = Digest::from_hex(digests.at("request").as_string());
  const auto decision = Digest::from_hex(digests.at("decision").as_string());
  const auto assessment = Digest::from_hex(digests.at("assessment").as_string());
  if (!request || !decision || !assessment) return false;
  claims.request_sha256 = *request;
  claims.decision_sha256 = *decision;
  claims.assessment_sha256 = *assessment;
  for (const auto& [id, text] : digests.at("rulebooks").as_object()) {
    const auto rulebook = Digest::from_hex(text.as_string());
    if (!rulebook) return false;
    claims.rulebooks_sha256.emplace(id, *rulebook);
  }
  return true;
}

/// False when one of the times is none.
bool read_times(const Value& payload, TokenClaims& claims) {
  const auto issued = parse_instant(payload.at("iat").as_string());
  const auto not_before = parse_instant(payload.at("nbf").as_string());
  const auto expires = parse_instant(payload.at("exp").as_string());
  if (!issued || !not_before || !expires) return false;
  claims.issued = *issued;
  claims.not_before = *not_before;
  claims.expires = *expires;
  return true;
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
  if (!token_schema().validate(payload).empty()) return std::nullopt;
  TokenClaims claims;
  if (!read_times(payload, claims) || !read_digests(payload.at("digests"), claims) ||
      !read_endorsements(payload, claims)) {
    return std::nullopt;
  }
  claims.issuer = payload.at("iss").as_string();
  claims.request = payload.at("sub").as_string();
  claims.request_version = static_cast<int>(payload.at("version").as_integer());
  claims.holder = payload.at("aud").as_string();
  claims.id = payload.at("jti").as_string();
  claims.decision = payload.at("decision").as_string();
  claims.datasets = read_datasets(payload.at("datasets"));
  claims.purposes = json::to_strings(payload.find("purposes"));
  claims.environment = payload.at("environment").at("provider").as_string();
  claims.service = payload.at("environment").text("service");
  claims.users = json::to_strings(payload.find("users"));
  claims.conditions = json::to_strings(payload.find("conditions"));
  claims.status = read_status(payload.at("status"));
  return claims;
}

}  // namespace octroi::gate
