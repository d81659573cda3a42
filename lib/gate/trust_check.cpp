// SPDX-License-Identifier: Apache-2.0
#include "gate/trust_check.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <set>

#include "gate/proof_check.hpp"
#include "gate/trusted_seal.hpp"
#include "json/write.hpp"
#include "registry/key_statement.hpp"

namespace octroi::gate {
namespace {

using json::Value;

/// A window may be closed, or closed earlier; never opened again or moved.
bool is_only_closed(const TrustWindow& before, const TrustWindow& now) {
  const auto is_no_later = [](const std::optional<Instant>& old, const std::optional<Instant>& by) {
    return !old || (by && *by <= *old);
  };
  return before.is_readable && now.is_readable && before.from == now.from &&
         is_no_later(before.until, now.until) &&
         is_no_later(before.compromised_from, now.compromised_from);
}

/// The first key of the list that the newer document lacks or changes; "" when there is none.
std::string changed_key(const Value& older, const Value& newer, std::string_view list,
                        std::string_view member) {
  const Value* keys = older.find(list);
  if (keys == nullptr) return "";
  for (const Value& key : keys->as_array()) {
    std::string name = key.text(member);
    const Value* now = find_key(newer, list, member, name);
    if (now == nullptr || !is_only_closed(window_of(key), window_of(*now))) return name;
  }
  return "";
}

std::optional<Instant> as_of(const Value& trust) {
  return parse_instant(trust.text("as_of"));
}

std::int64_t events_of(const Value& trust) {
  const Value* events = trust.find("events");
  return events == nullptr ? 0 : events->as_integer();
}

/// Whether one seal handed over to the next: at the moment in which its own time ended, not before
/// the older file was made, and while it could still be believed.
bool is_handed_over(const Value& seal, const Value& newer, const Value& older) {
  const std::string previous = seal.text("previous");
  const Value* before = find_key(newer, "seals", "kid", previous);
  const TrustWindow window = window_of(seal);
  if (before == nullptr || !window.is_readable) return false;
  const Instant at = *window.from;
  const TrustWindow ended = window_of(*before);
  const bool is_believed = ended.is_readable && ended.until == at && *ended.from <= at &&
                           (!ended.compromised_from || at < *ended.compromised_from);
  const std::optional<Instant> known_until = as_of(older);
  if (!is_believed || (known_until && at < *known_until)) return false;
  const auto key = crypto::PublicKey::from_paserk(before->text("key"));
  return key &&
         registry::is_signed_by({newer.text("origin"), "seal", "", previous, seal.text("key")},
                                *key, seal.text("handover"));
}

/// Whether the older document knows this seal and lets it sign to this day.
bool is_in_force(const Value& seal, const Value& older) {
  const Value* known = find_key(older, "seals", "key", seal.text("key"));
  if (known == nullptr) return false;
  const TrustWindow window = window_of(*known);
  return window.is_readable && !window.until && !window.compromised_from;
}

/// Follows the handovers back from the signing seal to the one that the older document holds in
/// force. Why they do not lead there, or leave out a seal that is new; "" when all is well.
std::string chain_fault(const std::string& signer, const Value& newer, const Value& older) {
  std::set<std::string> on_chain;
  std::string kid = signer;
  for (;;) {
    const Value* seal = find_key(newer, "seals", "kid", kid);
    if (seal == nullptr || !on_chain.insert(kid).second) {
      return fmt::format("{} was not handed over by a seal in good standing", kid);
    }
    if (find_key(older, "seals", "key", seal->text("key")) != nullptr) {
      if (is_in_force(*seal, older)) break;
      return fmt::format("{} is not in force in the older file, so it hands nothing over", kid);
    }
    if (!is_handed_over(*seal, newer, older)) {
      return fmt::format("{} was not handed over by a seal in good standing", kid);
    }
    kid = seal->text("previous");
  }
  for (const Value& seal : newer.at("seals").as_array()) {
    const bool is_known = find_key(older, "seals", "key", seal.text("key")) != nullptr;
    if (is_known || on_chain.count(seal.text("kid")) != 0) continue;
    return fmt::format("{} is new and stands in no handover", seal.text("kid"));
  }
  return "";
}

/// What a member of a quorum asks for, in a form of its own: witnesses by their keys, groups by
/// what is in them, so that neither names nor the order of lines count.
std::string demand_of(const note::Policy& policy, const note::Policy::Member& member) {
  if (!member.is_group) return policy.witnesses().at(member.place).key.text();
  const note::Policy::Group& group = policy.groups().at(member.place);
  std::vector<std::string> parts;
  for (const note::Policy::Member& one : group.members) parts.push_back(demand_of(policy, one));
  std::sort(parts.begin(), parts.end());
  return fmt::format("{} of ({})", group.threshold, fmt::join(parts, ", "));
}

/// A log key of the newer policy that neither the older one nor the newer document's list has.
std::string smuggled_log_key(const note::Policy& before, const note::Policy& now,
                             const Value& newer) {
  const std::string origin = newer.text("origin");
  for (const note::Policy::Log& log : now.logs()) {
    const bool is_known =
        std::any_of(before.logs().begin(), before.logs().end(),
                    [&log](const note::Policy::Log& old) { return old.key == log.key; });
    if (is_known || log.key.name() != origin) continue;
    if (find_key(newer, "log_keys", "vkey", log.key.text()) == nullptr) return log.key.text();
  }
  return "";
}

/// Why the newer policy asks for less than the older one; "" when it does not.
std::string policy_fault(const Value& older, const Value& newer) {
  if (newer.find("log_policy") == nullptr) {
    return older.find("log_policy") == nullptr ? "" : "log_policy is gone";
  }
  const std::optional<note::Policy> before = policy_of(older);
  const std::optional<note::Policy> now = policy_of(newer);
  if (!before || !now) return "";
  const std::string smuggled = smuggled_log_key(*before, *now, newer);
  if (!smuggled.empty()) return fmt::format("log_policy has the log key {} of nobody", smuggled);
  if (!before->quorum()) return "";
  const bool is_same =
      now->quorum() && demand_of(*before, *before->quorum()) == demand_of(*now, *now->quorum());
  return is_same ? "" : "log_policy asks for other witnesses than before";
}

/// Why the newer document asks for less than the older one; "" when it does not.
std::string demand_fault(const Value& older, const Value& newer) {
  for (const char* demand : {"requires_status", "requires_proof"}) {
    if (older.flag(demand).value_or(false) && !newer.flag(demand).value_or(false)) {
      return std::string(demand) + " is gone";
    }
  }
  return policy_fault(older, newer);
}

/// A value without what people noted in it.
Value without_comments(const Value& value) {
  if (value.is_array()) {
    Value::Array list;
    for (const Value& one : value.as_array()) list.push_back(without_comments(one));
    return list;
  }
  if (!value.is_object()) return value;
  Value result = value;
  result.as_object().erase("$comment");
  for (auto& [name, member] : result.as_object()) member = without_comments(member);
  return result;
}

/// A member that the log decides, and that two documents of the same events have differently.
/// `log_policy` and `requires_proof` are asked for beside the log, and have a check of their own.
std::string told_otherwise(const Value& older, const Value& newer) {
  if (events_of(newer) != events_of(older)) return "";
  for (const char* name : {"board", "as_of", "seals", "log_keys", "requires_status"}) {
    const Value* before = older.find(name);
    const Value* now = newer.find(name);
    if (before == nullptr && now == nullptr) continue;
    if (before == nullptr || now == nullptr ||
        without_comments(*before) != without_comments(*now)) {
      return name;
    }
  }
  return "";
}

bool is_older(const Value& older, const Value& newer) {
  const std::optional<Instant> before = as_of(older);
  const std::optional<Instant> now = as_of(newer);
  return events_of(newer) < events_of(older) || (before && (!now || *now < *before));
}

}  // namespace

bool TrustCheck::is_trusted() const {
  return std::all_of(checks.begin(), checks.end(),
                     [](const TokenCheck& check) { return check.outcome == CheckOutcome::passed; });
}

TrustCheck check_trust(const TrustFile& newer, const model::Document& older) {
  TrustCheck result;
  const auto check = [&result](const char* name, bool is_passed, std::string detail) {
    result.checks.push_back(
        {name, is_passed ? CheckOutcome::passed : CheckOutcome::failed, std::move(detail)});
    return is_passed;
  };
  const auto check_fault = [&check](const char* name, const std::string& fault, const char* good) {
    check(name, fault.empty(), fault.empty() ? good : fault);
  };
  if (!check("form", newer.signer.has_value(),
             newer.signer ? "signed"
                          : "nobody signed it; the board signs one with 'octroi key trust "
                            "--sign'")) {
    return result;
  }
  const Value& now = newer.document.value;
  const Value& before = older.value;
  check("signature", newer.fault.empty(), newer.fault.empty() ? newer.signer->text : newer.fault);
  check("board", now.text("origin") == before.text("origin"), now.text("origin"));
  check("not older", !is_older(before, now),
        fmt::format("{} events at {}, before {} at {}", events_of(now), now.text("as_of"),
                    events_of(before), before.text("as_of")));
  std::string changed = changed_key(before, now, "seals", "key");
  if (changed.empty()) changed = changed_key(before, now, "log_keys", "vkey");
  check_fault("keys kept", changed, "every key, no window opened again");
  check_fault("demands kept", demand_fault(before, now), "as strict as before");
  const std::string otherwise = told_otherwise(before, now);
  check("same account", otherwise.empty(),
        otherwise.empty() ? "no other account of the same events"
                          : fmt::format("of the same events, with another {}", otherwise));
  check_fault("chain", chain_fault(newer.signer->text, now, before),
              "from the seal in force in the older file");
  return result;
}

}  // namespace octroi::gate
