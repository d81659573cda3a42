// SPDX-License-Identifier: Apache-2.0
#include "registry/event.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "base/error.hpp"
#include "base/safe_text.hpp"
#include "crypto/hash.hpp"
#include "json/read.hpp"
#include "json/schema.hpp"
#include "json/write.hpp"
#include "model/document.hpp"
#include "model/schema_shapes.hpp"
#include "paseto/v4_public.hpp"

namespace octroi::registry {
namespace {

constexpr std::array<std::string_view, 22> k_names = {
    "board.founded",     "member.added",     "member.retired",    "dataset.added",
    "provider.added",    "hierarchy.added",  "rulebook.adopted",  "request.submitted",
    "request.withdrawn", "request.assessed", "decision.recorded", "token.issued",
    "token.revoked",     "token.suspended",  "token.resumed",     "status.published",
    "seal.rotated",      "log_key.rotated",  "member.rekeyed",    "key.retired",
    "release.endorsed",  "document.erased",
};

const json::Schema& event_schema() {
  static const json::Schema schema = json::Schema::compile(
      json::read(model::schema_text("event"), "event.schema.json"), "event.schema.json");
  return schema;
}

json::Value payload_of(const Event& event) {
  return json::object({{"sub", name_of(event.type)},
                       {"iss", event.signer.text},
                       {"jti", event.id},
                       {"iat", format_instant(event.at)},
                       {"log", event.log},
                       {"seq", event.seq},
                       {"prev", event.previous.hex()},
                       {"body", event.body}});
}

[[noreturn]] void refuse(const std::string& what) {
  throw Error(ErrorCode::damaged, "event: " + what);
}

Event content_of(const json::Value& payload) {
  const std::string& name = payload.at("sub").as_string();
  const auto type = std::find(k_names.begin(), k_names.end(), name);
  const std::optional<Instant> at = parse_instant(payload.at("iat").as_string());
  const std::optional<Digest> previous = Digest::from_hex(payload.at("prev").as_string());
  if (type == k_names.end()) refuse("unknown type " + in_quotes(name));
  if (!at || format_instant(*at) != payload.at("iat").as_string()) refuse("iat is no time");
  if (!previous) refuse("prev is no SHA-256");
  return {static_cast<EventType>(type - k_names.begin()),
          payload.at("jti").as_string(),
          *at,
          payload.at("log").as_string(),
          payload.at("seq").as_integer(),
          *previous,
          {payload.at("iss").as_string()},
          payload.at("body")};
}

paseto::Unverified parse(std::string_view text) {
  std::optional<paseto::Unverified> token = paseto::parse(text);
  if (!token) refuse("expected a v4.public token, got " + in_quotes(text));
  return std::move(*token);
}

/// What an unverified token says, as far as it is an event.
Event event_in(const paseto::Unverified& token) {
  json::Value payload;
  try {
    payload = json::read(token.message, "event");
    if (!model::is_of_shape("event", payload)) {
      json::require_valid(event_schema(), payload, "event");
    }
  } catch (const Error& error) {
    throw Error(ErrorCode::damaged, error.what());
  }
  Event event = content_of(payload);
  const std::optional<crypto::KeyId> kid = paseto::footer_kid(token.footer);
  if (!kid || *kid != event.signer) refuse("the footer does not name the key of the signer");
  return event;
}

}  // namespace

std::string_view name_of(EventType type) {
  return k_names.at(static_cast<std::size_t>(type));
}

SignedEvent::SignedEvent(Event content, std::string text)
    : content_(std::move(content)), text_(std::move(text)), digest_(crypto::sha256(text_)) {}

SignedEvent sign_event(Event content, const crypto::SecretKey& key) {
  content.signer = key.public_key().id();
  const json::Value payload = payload_of(content);
  if (!model::is_of_shape("event", payload) && !event_schema().validate(payload).empty()) {
    broken_invariant("an event outside its schema");
  }
  std::string text =
      paseto::sign(key, json::canonical(payload), paseto::kid_footer(content.signer));
  return {std::move(content), std::move(text)};
}

Event read_event(std::string_view text) {
  return event_in(parse(text));
}

SignedEvent verify_event(std::string text, const crypto::PublicKey& key) {
  return verify_event(std::move(text), [&key](const Event&) { return key; });
}

SignedEvent verify_event(std::string text, const KeyOfSigner& key_of_signer) {
  const paseto::Unverified token = parse(text);
  Event content = event_in(token);
  const crypto::PublicKey key = key_of_signer(content);
  if (content.signer != key.id() || !paseto::verify(key, token)) {
    refuse(fmt::format("event {} was not signed by {}", content.seq, key.id().text));
  }
  SignedEvent event(std::move(content), std::move(text));
  event.leaf_ = merkle::leaf_hash(event.text_);  // whoever verifies many does it on several threads
  return event;
}

Digest read_digest(const json::Value& hex) {
  const std::optional<Digest> digest = Digest::from_hex(hex.as_string());
  if (!digest) refuse("expected a digest");
  return *digest;
}

}  // namespace octroi::registry
