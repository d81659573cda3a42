// SPDX-License-Identifier: Apache-2.0
#include "gate/token.hpp"

#include "base/error.hpp"
#include "gate/token_reader.hpp"
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

/// Members by name, quickest in the order in which they stand: that of their names in what octroi
/// writes.
class MembersInOrder {
 public:
  explicit MembersInOrder(const TapeValue& object) : object_(object), next_(object.begin()) {}

  std::optional<TapeValue> find(std::string_view name) {
    if (next_ == object_.end() || (*next_).name() != name) return object_.find(name);
    const TapeValue found = *next_;
    ++next_;
    return found;
  }
  /// The member must be there.
  TapeValue at(std::string_view name) {
    const std::optional<TapeValue> found = find(name);
    return found ? *found : object_.at(name);
  }

 private:
  TapeValue object_;
  TapeValue::Iterator next_;
};

StatusReference read_status(const TapeValue& status) {
  const TapeValue entry = status.at("status_list");
  return {static_cast<int>(entry.at("idx").as_integer()), owned_text(entry.at("uri"))};
}

std::vector<TokenDataset> read_datasets(const TapeValue& array) {
  std::vector<TokenDataset> datasets;
  datasets.reserve(array.size());
  for (const TapeValue dataset : array) {
    MembersInOrder members(dataset);
    TokenDataset& one = datasets.emplace_back();
    one.components = owned_texts(members.at("components"));
    one.extent = owned_text(members.at("extent"));
    one.format = owned_text(members.at("format"));
    one.id = owned_text(members.at("id"));
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
bool read_endorsements(const TapeValue& array, TokenClaims& claims) {
  for (const TapeValue hex : array) {
    if (!read_digest(hex, claims.endorsements.emplace_back())) return false;
  }
  return true;
}

/// False when one of the digests is none.
bool read_digests(const TapeValue& digests, TokenClaims& claims) {
  MembersInOrder members(digests);
  if (!read_digest(members.at("assessment"), claims.assessment_sha256) ||
      !read_digest(members.at("decision"), claims.decision_sha256) ||
      !read_digest(members.at("request"), claims.request_sha256)) {
    return false;
  }
  for (const TapeValue rulebook : members.at("rulebooks")) {
    Digest& digest = claims.rulebooks_sha256[std::string(rulebook.name())];
    if (!read_digest(rulebook, digest)) return false;
  }
  return true;
}

/// Into `moment`; false when the text is none.
bool read_moment(const TapeValue& text, Instant& moment) {
  const auto read = parse_instant(text.as_string());
  if (read) moment = *read;
  return read.has_value();
}

std::optional<TokenClaims> claims_on(const TapeValue& payload) {
  static const json::Shape& shape = *model::shape_of("token");
  if (!json::accepts(shape, payload)) return std::nullopt;
  TokenClaims claims;
  MembersInOrder members(payload);
  claims.holder = owned_text(members.at("aud"));
  claims.conditions = owned_texts(members.at("conditions"));
  claims.datasets = read_datasets(members.at("datasets"));
  claims.decision = owned_text(members.at("decision"));
  if (!read_digests(members.at("digests"), claims)) return std::nullopt;
  const auto endorsements = members.find("endorsements");
  if (endorsements && !read_endorsements(*endorsements, claims)) return std::nullopt;
  const TapeValue environment = members.at("environment");
  claims.environment = owned_text(environment.at("provider"));
  if (const auto service = environment.find("service")) claims.service = owned_text(*service);
  if (!read_moment(members.at("exp"), claims.expires) ||
      !read_moment(members.at("iat"), claims.issued)) {
    return std::nullopt;
  }
  claims.issuer = owned_text(members.at("iss"));
  claims.id = owned_text(members.at("jti"));
  if (!read_moment(members.at("nbf"), claims.not_before)) return std::nullopt;
  claims.purposes = owned_texts(members.at("purposes"));
  claims.status = read_status(members.at("status"));
  claims.request = owned_text(members.at("sub"));
  claims.users = owned_texts(members.at("users"));
  claims.request_version = static_cast<int>(members.at("version").as_integer());
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

namespace {

/// Of a payload that is not as octroi writes it.
std::optional<TokenClaims> read_other_payload(std::string_view payload) {
  thread_local json::Tape tape;  // a batch reads many, and none of them leaves anything behind
  if (tape.read(payload)) return claims_on(tape.root());
  try {
    return read_claims(json::read(payload, "token"));
  } catch (const Error&) {
    return std::nullopt;  // no JSON, or none that octroi reads
  }
}

}  // namespace

std::optional<TokenClaims> read_payload(std::string_view payload) {
  std::optional<TokenClaims> claims(std::in_place);
  if (!read_canonical_claims(payload, *claims)) claims = read_other_payload(payload);
  return claims;
}

}  // namespace octroi::gate
