// SPDX-License-Identifier: Apache-2.0
#include "gate/trust.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "base/error.hpp"
#include "base/safe_text.hpp"
#include "gate/acting.hpp"
#include "gate/board.hpp"
#include "gate/proof_check.hpp"
#include "gate/trusted_seal.hpp"
#include "json/write.hpp"
#include "note/policy.hpp"
#include "paseto/v4_public.hpp"
#include "registry/keys.hpp"
#include "registry/log.hpp"
#include "registry/members.hpp"

namespace octroi::gate {
namespace {

using json::Value;

std::optional<Instant> moment_in(const Value& key, std::string_view name, bool& is_readable) {
  const Value* text = key.find(name);
  if (text == nullptr) return std::nullopt;
  const std::optional<Instant> moment = parse_instant(text->as_string());
  if (!moment) is_readable = false;
  return moment;
}

void set_window(Value& value, const registry::KeyRecord& key) {
  value.set("from", format_instant(key.from));
  if (key.until) value.set("until", format_instant(*key.until));
  if (key.compromised_from) value.set("compromised_from", format_instant(*key.compromised_from));
}

Value seal_json(const registry::KeyRecord& key) {
  Value value = json::object({{"key", key.key.paserk()}, {"kid", key.key.id().text}});
  set_window(value, key);
  if (!key.previous.empty()) value.set("previous", key.previous);
  if (!key.handover.empty()) value.set("handover", key.handover);
  return value;
}

std::optional<Instant> moment_of(const Value& trust) {
  const Value* as_of = trust.find("as_of");
  return as_of == nullptr ? std::nullopt : parse_instant(as_of->as_string());
}

/// Why the token's signature is not good for the document inside it; "" when it is.
std::string signature_fault(const paseto::Unverified& token, const crypto::KeyId& kid,
                            const Value& trust) {
  const Value* seal = find_seal(trust, kid);
  if (seal == nullptr) return fmt::format("{} signed it, which is none of its seals", kid.text);
  const auto key = crypto::PublicKey::from_paserk(seal->at("key").as_string());
  if (!key || key->id() != kid || !paseto::verify(*key, token)) {
    return "the bytes are not what " + kid.text + " signed";
  }
  const std::optional<Instant> moment = moment_of(trust);
  if (!moment || trust.find("events") == nullptr) return "it does not say as of when it is";
  // The one in force has no end yet: a seal that was replaced speaks for no state, not even for
  // that of the moment in which it was replaced.
  const TrustWindow window = window_of(*seal);
  if (window.until || !window.covers(*moment)) {
    return fmt::format("{} was not in force at {}", kid.text, format_instant(*moment));
  }
  return "";
}

/// A trust document never demands a proof that nobody could check: its policy is about this log and
/// the log key in force.
void require_usable_policy(Database& database, const Value& trust) {
  const bool is_needed = trust.flag("requires_proof").value_or(false);
  if (!is_needed && trust.find("log_policy") == nullptr) return;
  const auto in_force = registry::key_in_force(database, registry::KeyUse::log);
  if (!in_force) {
    throw Error(ErrorCode::not_yet,
                "this board has no log key in force, so no proof can be asked for; a secretary "
                "gives it one with 'octroi key rotate NAME --use log'");
  }
  const std::optional<note::Policy> policy = policy_of(trust);
  const bool is_named = policy && std::any_of(policy->logs().begin(), policy->logs().end(),
                                              [&](const note::Policy::Log& log) {
                                                return log.key.key() == in_force->key;
                                              });
  if (is_named) return;
  throw Error(ErrorCode::bad_input,
              fmt::format("log_policy: it does not name the log key in force, {}",
                          registry::vkey_of(database, *in_force)));
}

}  // namespace

bool TrustWindow::covers(Instant moment) const {
  return is_readable && from && *from <= moment && (!until || moment <= *until) &&
         (!compromised_from || moment < *compromised_from);
}

std::string TrustWindow::text() const {
  std::string result = "from " + (from ? format_instant(*from) : "?");
  if (until) result += " until " + format_instant(*until);
  if (compromised_from) result += ", compromised from " + format_instant(*compromised_from);
  return result;
}

TrustWindow window_of(const Value& key) {
  TrustWindow window;
  window.is_readable = true;
  window.from = moment_in(key, "from", window.is_readable);
  window.until = moment_in(key, "until", window.is_readable);
  window.compromised_from = moment_in(key, "compromised_from", window.is_readable);
  if (!window.from) window.is_readable = false;
  return window;
}

TrustFile read_trust(const std::string& text, std::string_view source) {
  if (!text.starts_with("v4.")) {
    return {model::read_document(model::DocumentKind::trust, text, source), {}, ""};
  }
  std::string_view line = text;
  while (!line.empty() && (line.back() == '\n' || line.back() == '\r')) line.remove_suffix(1);
  const auto token = paseto::parse(line);
  const auto kid = token ? paseto::footer_kid(token->footer) : std::nullopt;
  if (!kid) {
    throw Error(ErrorCode::bad_input,
                fmt::format("{}: expected a trust file, plain or signed", source));
  }
  model::Document document =
      model::read_document(model::DocumentKind::trust, token->message, source);
  std::string fault = signature_fault(*token, *kid, document.value);
  return {std::move(document), *kid, std::move(fault)};
}

model::Document require_sound(TrustFile file, std::string_view source) {
  if (file.fault.empty()) return std::move(file.document);
  throw Error(ErrorCode::bad_input,
              fmt::format("{}: its signature is not good: {}", source, file.fault));
}

Value export_trust(Database& database, const LogDemands& demands) {
  const model::Document charter = load(database, registry::read_charter(database).document,
                                       model::DocumentKind::charter, "charter");
  Value seals = Value::Array{};
  for (const registry::KeyRecord& key : registry::keys_of(database, registry::KeyUse::seal)) {
    seals.push(seal_json(key));
  }
  Value log_keys = Value::Array{};
  for (const registry::KeyRecord& key : registry::keys_of(database, registry::KeyUse::log)) {
    Value value = json::object({{"vkey", registry::vkey_of(database, key)}});
    set_window(value, key);
    log_keys.push(std::move(value));
  }
  const registry::Head head = registry::read_head(database);
  Value trust = json::object({{"format", "octroi/trust/1"},
                              {"board", charter.value.at("board")},
                              {"origin", charter.value.at("origin")},
                              {"as_of", format_instant(head.at)},
                              {"events", head.size},
                              {"seals", std::move(seals)}});
  if (!log_keys.as_array().empty()) trust.set("log_keys", std::move(log_keys));
  if (charter.value.flag("requires_status").value_or(false)) trust.set("requires_status", true);
  if (demands.requires_proof || charter.value.flag("requires_proof").value_or(false)) {
    trust.set("requires_proof", true);
  }
  if (demands.log_policy) trust.set("log_policy", *demands.log_policy);
  require_usable_policy(database, trust);
  return trust;
}

std::string sign_trust(Database& database, const crypto::SecretKey& seal,
                       const LogDemands& demands) {
  registry::Transaction transaction(database, registry::Transaction::Kind::read);
  const auto in_force = registry::key_in_force(database, registry::KeyUse::seal);
  if (!in_force || in_force->key != seal.public_key()) {
    throw Error(ErrorCode::not_allowed,
                fmt::format("the key {} is not the seal in force", seal.public_key().id().text));
  }
  return paseto::sign(seal, json::canonical(export_trust(database, demands)),
                      paseto::kid_footer(seal.public_key().id()));
}

void require_clock(const Value& trust, std::string_view source, Instant now) {
  const std::optional<Instant> moment = moment_of(trust);
  if (!moment || *moment <= now + k_clock_skew_max) return;
  throw Error(ErrorCode::could_not,
              fmt::format("{} was made at {}, and this machine's clock says {}: set the clock, or "
                          "say with --at of which moment you ask",
                          printable(source), format_instant(*moment), format_instant(now)));
}

}  // namespace octroi::gate
