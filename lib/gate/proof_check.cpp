// SPDX-License-Identifier: Apache-2.0
#include "gate/proof_check.hpp"

#include <fmt/format.h>

#include <algorithm>
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

/// The event in a proof's `extra`, or why it is not the issue of this token.
std::variant<registry::Event, std::string> issue_in(const note::TlogProof& proof,
                                                    const TokenClaims& claims,
                                                    std::string_view token_text) {
  if (proof.extra.empty()) return "the proof does not hold the event that it is about";
  std::optional<registry::Event> event;
  try {
    event = registry::read_event(proof.extra);
  } catch (const Error& error) {
    return fmt::format("the proof holds no event: {}", error.what());
  }
  if (event->type != registry::EventType::token_issued) {
    return fmt::format("the proof is of another act: {}", registry::name_of(event->type));
  }
  if (event->log != claims.issuer) {
    return fmt::format("its event is of the log {}, expected {}", in_quotes(event->log),
                       claims.issuer);
  }
  if (event->body.text("token") != claims.id ||
      event->body.text("token_sha256") != crypto::sha256(token_text).hex()) {
    return "its event is about another token";
  }
  if (static_cast<std::uint64_t>(event->seq) != proof.index.value) {
    return "its event says that it is at another position of the log";
  }
  return std::move(*event);
}

/// Why the log keys that the trust document dates do not carry this proof; "" when one does.
std::string window_fault(const Value& trust, const note::TlogProof& proof,
                         const note::TrustedCheckpoint& trusted, Instant event_at) {
  const Value* keys = trust.find("log_keys");
  if (keys == nullptr) return "";
  std::string fault = "no log key of the trust file signed it";
  for (const Value& one : keys->as_array()) {
    const auto key = note::VerifierKey::parse(one.text("vkey"));
    if (!key) continue;
    const auto signers = note::verify_note(proof.checkpoint.note, std::span(&*key, 1));
    if (!std::holds_alternative<std::vector<note::Signer>>(signers)) continue;
    const TrustWindow window = window_of(one);
    const bool is_seen_before =
        window.compromised_from &&
        std::any_of(trusted.cosignatures().begin(), trusted.cosignatures().end(),
                    [&](const auto& seen) { return seen.at < *window.compromised_from; });
    const bool is_in_time = window.is_readable && window.from && *window.from <= event_at &&
                            (!window.until || event_at <= *window.until);
    if (is_in_time && (!window.compromised_from || is_seen_before)) return "";
    fault = fmt::format("event of {}, log key {}", format_instant(event_at), window.text());
  }
  return fault;
}

std::string quorum_detail(const note::Policy& policy, const note::TrustedCheckpoint& trusted) {
  std::vector<std::string> names;
  for (const auto& cosignature : trusted.cosignatures()) {
    names.push_back(policy.witnesses().at(cosignature.witness).name);
  }
  if (names.empty()) return "no witness asked for";
  return fmt::format("witnessed by {}", fmt::join(names, ", "));
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
  return note::Policy::read(lines + "quorum none\n", "log_keys of the trust file");
}

ProofFinding look_up_issue(const TokenClaims& claims, std::string_view token_text,
                           std::string_view proof_text, const Value& trust) {
  const std::optional<note::Policy> policy = policy_of(trust);
  if (!policy) return {false, "the trust file says nothing of a log, so no proof can be checked"};
  const auto read = note::parse_tlog_proof(proof_text);
  if (const auto* fault = std::get_if<note::Fault>(&read)) {
    return {false, "no proof: " + fault->text()};
  }
  const auto& proof = std::get<note::TlogProof>(read);
  const auto issue = issue_in(proof, claims, token_text);
  if (const auto* why = std::get_if<std::string>(&issue)) return {false, *why};
  const auto& event = std::get<registry::Event>(issue);
  if (proof.checkpoint.checkpoint.origin != claims.issuer) {
    return {false, "its checkpoint is of another log"};
  }
  const auto verified = note::verify_proof(proof, proof.extra, *policy);
  if (const auto* refusal = std::get_if<note::ProofRefusal>(&verified)) {
    return {false, std::string(note::to_text(*refusal))};
  }
  const auto& trusted = std::get<note::TrustedCheckpoint>(verified);
  if (std::string fault = window_fault(trust, proof, trusted, event.at); !fault.empty()) {
    return {false, std::move(fault)};
  }
  return {true, fmt::format("event {} of a log of {}, {}", event.seq,
                            trusted.checkpoint().head.size.value,
                            quorum_detail(*policy, trusted))};
}

}  // namespace octroi::gate
