// SPDX-License-Identifier: Apache-2.0
#include "gate/status_check.hpp"

#include <fmt/format.h>

#include "base/error.hpp"
#include "gate/proof_check.hpp"
#include "gate/status_token.hpp"
#include "gate/trust.hpp"
#include "gate/trusted_seal.hpp"
#include "json/read.hpp"
#include "paseto/v4_public.hpp"

namespace octroi::gate {
namespace {

using json::Value;

constexpr int k_bits = 2;  // what octroi writes; a list of other bits is somebody else's

OpenedStatusList unusable(std::string why) {
  return {std::nullopt, std::move(why), std::nullopt, ""};
}

std::string_view list_text(std::string_view text) {
  while (!text.empty() && (text.back() == '\n' || text.back() == '\r')) text.remove_suffix(1);
  return text;
}

std::optional<StatusListClaims> claims_in(const std::string& message) {
  try {
    return read_status_claims(json::read(message, "status list"));
  } catch (const Error&) {
    return std::nullopt;  // the caller says that these are no claims
  }
}

/// Why a genuine list says nothing of this token, or "".
std::string fault_of(const OpenedStatusList& opened, const StatusReference& entry,
                     const Value& trust, Instant now) {
  const StatusListClaims& claims = *opened.claims;
  const std::string& origin = trust.at("origin").as_string();
  if (claims.issuer != origin) {
    return fmt::format("the status list is of {}, expected {}", claims.issuer, origin);
  }
  if (claims.uri != entry.uri) {
    return fmt::format("the status list is {}, expected {}", claims.uri, entry.uri);
  }
  if (claims.issued > now) {
    return fmt::format("the status list is of the future: made {}, and now is {}",
                       format_instant(claims.issued), format_instant(now));
  }
  if (opened.seal_until && opened.logged.empty() &&
      now > *opened.seal_until + k_replaced_seal_grace) {
    return fmt::format(
        "the status list is signed by a seal that was replaced {}, and nothing shows that it is in "
        "the log; get a newer one, or its proof (--status-proof)",
        format_instant(*opened.seal_until));
  }
  if (claims.list.bits() != k_bits) {
    return fmt::format("the status list has {} bits an entry, expected {}", claims.list.bits(),
                       k_bits);
  }
  if (!claims.list.at(static_cast<std::size_t>(entry.index))) {
    return fmt::format("the status list ends before entry {}", entry.index);
  }
  return "";
}

/// Why a list is too old, or "".
std::string age_fault(const StatusListClaims& claims, const std::optional<int>& age_days_max,
                      Instant now) {
  const std::string made = format_instant(claims.issued);
  if (now > claims.expires) {
    return fmt::format("the status list of {} ended {}", made, format_instant(claims.expires));
  }
  if (age_days_max && now - claims.issued > std::chrono::days(*age_days_max)) {
    return fmt::format("the status list of {} is older than {} days", made, *age_days_max);
  }
  return "";
}

std::string good_detail(const OpenedStatusList& opened, Instant now) {
  const StatusListClaims& claims = *opened.claims;
  std::string list = fmt::format("status list of {}", format_instant(claims.issued));
  if (!opened.logged.empty()) list += ", logged: " + opened.logged;
  if (now <= claims.next_update) return list;
  return fmt::format("{}; a newer one was due {}", list, format_instant(claims.next_update));
}

}  // namespace

OpenedStatusList open_status_list(const Value& trust, std::string_view text,
                                  const std::optional<std::string>& proof) {
  const auto parts = paseto::parse(list_text(text));
  const auto kid = parts ? paseto::footer_kid(parts->footer) : std::nullopt;
  if (!kid) return unusable("the status list is no v4.public token that names its key");
  const Value* seal = find_seal(trust, *kid);
  if (seal == nullptr) {
    return unusable(fmt::format(
        "the status list is signed by {}, which the trust file does not have", kid->text));
  }
  const auto key = crypto::PublicKey::from_paserk(seal->at("key").as_string());
  if (!key || key->id() != *kid || !paseto::verify(*key, *parts)) {
    return unusable(fmt::format("the status list is not what {} signed", kid->text));
  }
  std::optional<StatusListClaims> claims = claims_in(parts->message);
  if (!claims) return unusable("the seal signed it, but it is no status list");
  const TrustWindow window = window_of(*seal);
  if (!window.covers(claims->issued)) {
    return unusable(fmt::format("the status list was made {}, when its seal was not in force",
                                format_instant(claims->issued)));
  }
  std::string logged;
  if (proof) {
    ProofFinding found = look_up_publication(*claims, list_text(text), *proof, trust);
    if (!found.is_good) {
      return unusable("nothing shows that the status list is in the log: " + found.detail);
    }
    logged = std::move(found.detail);
  }
  return {std::move(claims), "", window.until, std::move(logged)};
}

StatusFinding look_up_status(const StatusReference& entry, const Value& trust,
                             const OpenedStatusList& list, const std::optional<int>& age_days_max,
                             Instant now) {
  if (!list.claims) return {StatusAnswer::unusable, list.fault};
  const StatusListClaims& claims = *list.claims;
  if (std::string fault = fault_of(list, entry, trust, now); !fault.empty()) {
    return {StatusAnswer::unusable, std::move(fault)};
  }
  const std::uint8_t value = claims.list.at(static_cast<std::size_t>(entry.index)).value();
  const std::string detail = good_detail(list, now);
  if (value == status::k_invalid) return {StatusAnswer::revoked, "revoked: " + detail};
  if (std::string fault = age_fault(claims, age_days_max, now); !fault.empty()) {
    return {StatusAnswer::stale, std::move(fault)};
  }
  if (value == status::k_suspended) return {StatusAnswer::suspended, "suspended: " + detail};
  if (value == status::k_valid) return {StatusAnswer::valid, detail};
  return {StatusAnswer::unusable,
          fmt::format("the status list gives it the status {}, which is not known", int{value})};
}

}  // namespace octroi::gate
