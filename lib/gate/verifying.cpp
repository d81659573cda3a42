// SPDX-License-Identifier: Apache-2.0
#include "gate/verifying.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "base/error.hpp"
#include "base/safe_text.hpp"
#include "gate/proof_check.hpp"
#include "gate/trust.hpp"
#include "gate/trusted_seal.hpp"
#include "json/read.hpp"
#include "paseto/v4_public.hpp"

namespace octroi::gate {
namespace {

using json::Value;

/// A token text as it stands in a file: without the line end that editors and shells add.
std::string_view without_line_end(std::string_view text) {
  while (!text.empty() && (text.back() == '\n' || text.back() == '\r')) text.remove_suffix(1);
  return text;
}

std::optional<Value> read_payload(const std::string& message) {
  try {
    return json::read(message, "token");
  } catch (const Error&) {
    return std::nullopt;  // the caller says that the token is malformed
  }
}

/// Runs the checks in order and keeps the first cause of refusal.
class Verifier {
 public:
  Verifier(const Use& use, Instant now, const Evidence& evidence)
      : use_(use), now_(now), status_(evidence.status), proof_(evidence.proof) {}

  Verification verify(std::string_view token, const Value& trust) {
    const auto parts = paseto::parse(without_line_end(token));
    const auto kid = parts ? paseto::footer_kid(parts->footer) : std::nullopt;
    check("form", parts && kid, TokenAnswer::malformed,
          !parts ? "not a v4.public token"
          : kid  ? "v4.public"
                 : "the footer is not {\"kid\":…}");
    if (!kid) return finish();
    const std::optional<paseto::Verified> verified = check_signature(trust, *kid, *parts);
    if (!verified) return finish();
    const std::optional<Value> payload = read_payload(verified->message());
    if (payload) result_.claims = read_claims(*payload);
    if (!result_.claims) {
      check("claims", false, TokenAnswer::malformed, "not the claims of a release token");
      return finish();
    }
    check_board(trust);
    check_time();
    check_status(trust);
    check_issue(token, trust);
    check_use();
    return finish();
  }

 private:
  void check(std::string name, bool is_passed, TokenAnswer cause, std::string detail) {
    result_.checks.push_back({std::move(name),
                              is_passed ? CheckOutcome::passed : CheckOutcome::failed,
                              std::move(detail)});
    if (!is_passed && !cause_) cause_ = cause;
  }
  void skip(std::string name, std::string detail) {
    result_.checks.push_back({std::move(name), CheckOutcome::skipped, std::move(detail)});
  }
  Verification finish() {
    result_.answer = cause_.value_or(TokenAnswer::valid);
    return std::move(result_);
  }

  std::optional<paseto::Verified> check_signature(const Value& trust, const crypto::KeyId& kid,
                                                  const paseto::Unverified& token) {
    seal_ = find_seal(trust, kid);
    if (seal_ == nullptr) {
      check("signature", false, TokenAnswer::bad_signature,
            fmt::format("signed by {}, which the trust file does not have", kid.text));
      return std::nullopt;
    }
    const auto key = crypto::PublicKey::from_paserk(seal_->at("key").as_string());
    if (!key || key->id() != kid) {
      check("signature", false, TokenAnswer::bad_signature,
            "the trust file's kid is not that of its key");
      return std::nullopt;
    }
    std::optional<paseto::Verified> verified = paseto::verify(*key, token);
    check("signature", verified.has_value(), TokenAnswer::bad_signature,
          verified ? kid.text : "the bytes are not what " + kid.text + " signed");
    return verified;
  }

  /// The token is this board's, and its seal was valid when it signed.
  void check_board(const Value& trust) {
    const std::string& origin = trust.at("origin").as_string();
    check("board", result_.claims->issuer == origin, TokenAnswer::bad_signature,
          result_.claims->issuer == origin
              ? origin
              : fmt::format("of {}, expected {}", result_.claims->issuer, origin));
    const Instant issued = result_.claims->issued;
    const Instant begins = result_.claims->not_before;
    const TrustWindow window = window_of(*seal_);
    check("seal in force", window.covers(issued) && window.covers(begins),
          TokenAnswer::bad_signature,
          fmt::format("issued {}, seal {}", format_instant(issued), window.text()));
  }

  void check_time() {
    const TokenClaims& claims = *result_.claims;
    check("not before", claims.not_before <= now_ && claims.issued <= now_,
          TokenAnswer::not_yet_valid, format_instant(std::max(claims.not_before, claims.issued)));
    check("expires", now_ <= claims.expires, TokenAnswer::expired, format_instant(claims.expires));
  }

  static TokenAnswer cause_of(StatusAnswer answer) {
    switch (answer) {
      case StatusAnswer::valid:
        return TokenAnswer::valid;
      case StatusAnswer::revoked:
        return TokenAnswer::revoked;
      case StatusAnswer::suspended:
        return TokenAnswer::suspended;
      case StatusAnswer::stale:
        return TokenAnswer::status_stale;
      case StatusAnswer::unusable:
        return TokenAnswer::status_missing;
    }
    broken_invariant("an answer of a status list that is none");
  }

  void check_status(const Value& trust) {
    if (!status_.list) {
      const bool is_demanded = trust.flag("requires_status").value_or(false);
      if (!is_demanded) return skip("status", "no status list given");
      return check("status", false, TokenAnswer::status_missing,
                   "no status list given, which the trust file demands");
    }
    StatusFinding found =
        look_up_status(result_.claims->status, trust, *status_.list, status_.age_days_max, now_);
    check("status", found.answer == StatusAnswer::valid, cause_of(found.answer),
          std::move(found.detail));
  }

  void check_issue(std::string_view token, const Value& trust) {
    if (!proof_) {
      const bool is_demanded = trust.flag("requires_proof").value_or(false);
      if (!is_demanded) return skip("log", "no proof of its issue given");
      return check("log", false, TokenAnswer::bad_proof,
                   "no proof of its issue given, which the trust file demands");
    }
    ProofFinding found =
        look_up_issue(*result_.claims, without_line_end(token), *proof_, trust);
    check("log", found.is_good, TokenAnswer::bad_proof, std::move(found.detail));
  }

  static std::string joined(const std::vector<std::string>& texts) {
    return fmt::format("{}", fmt::join(texts, ", "));
  }

  /// Each of the asked must be among the allowed.
  void compare(const std::string& name, const std::vector<std::string>& asked,
               const std::vector<std::string>& allowed) {
    if (asked.empty()) return skip(name, use_.is_for_any ? "for any" : "not asked for");
    for (const std::string& one : asked) {
      const bool is_in = std::find(allowed.begin(), allowed.end(), one) != allowed.end();
      check(name, is_in, TokenAnswer::other_use,
            is_in ? one : fmt::format("{} is not in: {}", one, joined(allowed)));
    }
  }

  static std::vector<std::string> list_of(const std::optional<std::string>& one) {
    return one ? std::vector<std::string>{*one} : std::vector<std::string>{};
  }

  void check_use() {
    const TokenClaims& claims = *result_.claims;
    std::vector<std::string> datasets;
    for (const TokenDataset& dataset : claims.datasets) datasets.push_back(dataset.id);
    compare("dataset", use_.datasets, datasets);
    compare("purpose", use_.purposes, claims.purposes);
    compare("environment", list_of(use_.environment), {claims.environment});
    compare("user", list_of(use_.user), claims.users);
    compare("holder", list_of(use_.holder), {claims.holder});
  }

  const Use& use_;
  Instant now_;
  const StatusGiven& status_;
  const std::optional<std::string>& proof_;
  const Value* seal_ = nullptr;
  std::optional<TokenAnswer> cause_;
  Verification result_;
};

}  // namespace

Verification verify_token(std::string_view token, const model::Document& trust, const Use& use,
                          Instant now, const Evidence& evidence) {
  const bool is_stated =
      !use.datasets.empty() || !use.purposes.empty() || use.environment || use.user || use.holder;
  if (is_stated == use.is_for_any) {
    throw Error(ErrorCode::usage,
                "say what the token is for (--dataset, --purpose, --environment, --user), or --any "
                "to compare nothing");
  }
  return Verifier(use, now, evidence).verify(token, trust.value);
}

Inspection inspect_token(std::string_view token) {
  const auto parts = paseto::parse(without_line_end(token));
  if (!parts) {
    throw Error(ErrorCode::bad_input, "expected a v4.public token, got " + in_quotes(token));
  }
  return {json::read(parts->message, "token"), parts->footer};
}

}  // namespace octroi::gate
