// SPDX-License-Identifier: Apache-2.0
#include "gate/proof_check.hpp"

#include <fmt/format.h>

#include <functional>
#include <variant>

#include "base/error.hpp"
#include "base/safe_text.hpp"
#include "crypto/hash.hpp"
#include "gate/trust.hpp"
#include "note/tlog_proof.hpp"
#include "note/verifying.hpp"
#include "registry/event.hpp"

namespace octroi::gate {
namespace {

using json::Value;

/// The event of that type in a proof's `extra`, or why it is none of this log.
std::variant<registry::Event, std::string> event_in(const note::TlogProof& proof,
                                                    registry::EventType type,
                                                    const std::string& origin) {
  if (proof.extra.empty()) return "the proof does not hold the event that it is about";
  std::optional<registry::Event> event;
  try {
    event = registry::read_event(proof.extra);
  } catch (const Error& error) {
    return fmt::format("the proof holds no event: {}", error.what());
  }
  if (event->type != type) {
    return fmt::format("the proof is of another act: {}", registry::name_of(event->type));
  }
  if (event->log != origin) {
    return fmt::format("its event is of the log {}, expected {}", in_quotes(event->log), origin);
  }
  if (static_cast<std::uint64_t>(event->seq) != proof.index.value) {
    return "its event says that it is at another position of the log";
  }
  return std::move(*event);
}

/// Why the event is not the issue of this token; "" when it is. Everything that both say is
/// compared: a token that says otherwise was never issued like this.
std::string issue_fault(const registry::Event& event, const TokenClaims& claims,
                        std::string_view token_text) {
  const Value& body = event.body;
  if (body.text("token") != claims.id ||
      body.text("token_sha256") != crypto::sha256(token_text).hex()) {
    return "its event is about another token";
  }
  if (event.at != claims.issued) {
    return fmt::format("its event is of {}, and the token says that it was issued {}",
                       format_instant(event.at), format_instant(claims.issued));
  }
  const Value& entry = body.at("status");
  const std::pair<const char*, bool> members[] = {
      {"request", body.text("request") == claims.request},
      {"version", body.at("version").as_integer() == claims.request_version},
      {"decision", body.text("decision") == claims.decision},
      {"holder", body.text("holder") == claims.holder},
      {"not_before", parse_instant(body.text("not_before")) == claims.not_before},
      {"expires", parse_instant(body.text("expires")) == claims.expires},
      {"status",
       entry.at("index").as_integer() == claims.status.index &&
           status_list_uri(claims.issuer, static_cast<int>(entry.at("list").as_integer())) ==
               claims.status.uri}};
  for (const auto& [name, is_same] : members) {
    if (!is_same) return fmt::format("its event has another {} than the token", name);
  }
  return "";
}

/// Why the event is not the publication of this status list; "" when it is.
std::string publication_fault(const registry::Event& event, const StatusListClaims& claims,
                              std::string_view list_text) {
  const Value& body = event.body;
  if (body.text("sha256") != crypto::sha256(list_text).hex()) {
    return "its event is about another status list";
  }
  const int list = static_cast<int>(body.at("list").as_integer());
  const std::pair<const char*, bool> members[] = {
      {"time", event.at == claims.issued},
      {"list", status_list_uri(claims.issuer, list) == claims.uri},
      {"next_update", parse_instant(body.text("next_update")) == claims.next_update},
      {"expires", parse_instant(body.text("expires")) == claims.expires}};
  for (const auto& [name, is_same] : members) {
    if (!is_same) return fmt::format("its event has another {} than the status list", name);
  }
  return "";
}

/// Whether witnesses that are enough for the policy cosigned before that moment. Nobody is enough
/// where it asks for nobody.
bool is_seen_before(const note::Policy& policy, const note::TrustedCheckpoint& trusted,
                    Instant moment) {
  if (!policy.quorum()) return false;
  std::vector<bool> has_cosigned(policy.witnesses().size());
  for (const auto& cosignature : trusted.cosignatures()) {
    if (cosignature.at < moment) has_cosigned.at(cosignature.witness) = true;
  }
  return policy.is_quorum(has_cosigned);
}

std::string refusal_text(note::ProofRefusal refusal) {
  std::string text(note::to_text(refusal));
  if (refusal != note::ProofRefusal::no_quorum) return text;
  return text +
         "; the board adds their answers with 'octroi checkpoint --cosigned FILE', and makes the "
         "proof again with 'octroi prove'";
}

std::string quorum_detail(const note::Policy& policy, const note::TrustedCheckpoint& trusted) {
  std::vector<std::string> names;
  for (const auto& cosignature : trusted.cosignatures()) {
    names.push_back(policy.witnesses().at(cosignature.witness).name);
  }
  if (names.empty()) return "no witness asked for";
  return fmt::format("witnessed by {}", fmt::join(names, ", "));
}

/// A proof of an event of that type, of which `fault_of` says what is wrong with it, or "".
ProofFinding look_up_event(registry::EventType type, std::string_view proof_text,
                           const Value& trust,
                           const std::function<std::string(const registry::Event&)>& fault_of) {
  const std::optional<note::Policy> policy = policy_of(trust);
  if (!policy) return {false, "the trust file says nothing of a log, so no proof can be checked"};
  const auto read = note::parse_tlog_proof(proof_text);
  if (const auto* fault = std::get_if<note::Fault>(&read)) {
    return {false, "no proof: " + fault->text()};
  }
  const auto& proof = std::get<note::TlogProof>(read);
  const std::string& origin = trust.at("origin").as_string();
  const auto found = event_in(proof, type, origin);
  if (const auto* why = std::get_if<std::string>(&found)) return {false, *why};
  const auto& event = std::get<registry::Event>(found);
  if (std::string fault = fault_of(event); !fault.empty()) return {false, std::move(fault)};
  if (proof.checkpoint.checkpoint.origin != origin) {
    return {false, "its checkpoint is of another log"};
  }
  const auto verified = note::verify_proof(proof, proof.extra, *policy);
  if (const auto* refusal = std::get_if<note::ProofRefusal>(&verified)) {
    return {false, refusal_text(*refusal)};
  }
  const auto& trusted = std::get<note::TrustedCheckpoint>(verified);
  if (std::string fault = log_key_fault(trust, *policy, proof.checkpoint, trusted, event.at);
      !fault.empty()) {
    return {false, std::move(fault)};
  }
  return {true, fmt::format("event {} of a log of {}, {}", event.seq,
                            trusted.checkpoint().head.size.value, quorum_detail(*policy, trusted))};
}

}  // namespace

std::optional<note::Policy> policy_of(const Value& trust) {
  const std::string text = trust.text("log_policy");
  const std::string& origin = trust.at("origin").as_string();
  if (!text.empty()) {
    note::Policy policy = note::Policy::read(text, "log_policy of the trust file");
    for (const note::Policy::Log& log : policy.logs()) {
      if (log.key.name() == origin) return policy;
    }
    throw Error(ErrorCode::bad_input,
                fmt::format("log_policy of the trust file: it has no log {}", origin));
  }
  const Value* keys = trust.find("log_keys");
  if (keys == nullptr || keys->as_array().empty()) return std::nullopt;
  std::string lines;
  for (const Value& key : keys->as_array()) lines += "log " + key.text("vkey") + "\n";
  note::Policy policy = note::Policy::read(lines + "quorum none\n", "log_keys of the trust file");
  for (const note::Policy::Log& log : policy.logs()) {
    if (log.key.name() == origin) continue;
    throw Error(ErrorCode::bad_input,
                fmt::format("log_keys of the trust file: expected keys of the log {}, got one of "
                            "{}",
                            origin, in_quotes(log.key.name())));
  }
  return policy;
}

std::string log_key_fault(const Value& trust, const note::Policy& policy,
                          const note::SignedCheckpoint& checkpoint,
                          const note::TrustedCheckpoint& trusted,
                          const std::optional<Instant>& event_at) {
  const Value* keys = trust.find("log_keys");
  if (keys == nullptr || keys->as_array().empty()) {
    return "the trust file has no log_keys, so nobody can tell when a log key signs";
  }
  std::string fault = "no log key of the trust file signed it";
  for (const Value& one : keys->as_array()) {
    const auto key = note::VerifierKey::parse(one.text("vkey"));
    if (!key) continue;
    const auto signers = note::verify_note(checkpoint.note, std::span(&*key, 1));
    if (!std::holds_alternative<std::vector<note::Signer>>(signers)) continue;
    const TrustWindow window = window_of(one);
    // A key may begin after the event: the log key in force signs for all that came before it. What
    // comes after its end is not its to sign.
    const bool is_in_time =
        window.is_readable && (!event_at || !window.until || *event_at <= *window.until);
    const bool is_believed =
        !window.compromised_from || is_seen_before(policy, trusted, *window.compromised_from);
    if (is_in_time && is_believed) return "";
    fault = event_at
                ? fmt::format("event of {}, log key {}", format_instant(*event_at), window.text())
                : fmt::format("log key {}", window.text());
  }
  return fault;
}

ProofFinding look_up_issue(const TokenClaims& claims, std::string_view token_text,
                           std::string_view proof_text, const Value& trust) {
  return look_up_event(
      registry::EventType::token_issued, proof_text, trust,
      [&](const registry::Event& event) { return issue_fault(event, claims, token_text); });
}

ProofFinding look_up_publication(const StatusListClaims& claims, std::string_view list_text,
                                 std::string_view proof_text, const Value& trust) {
  return look_up_event(
      registry::EventType::status_published, proof_text, trust,
      [&](const registry::Event& event) { return publication_fault(event, claims, list_text); });
}

}  // namespace octroi::gate
