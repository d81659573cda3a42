// SPDX-License-Identifier: Apache-2.0
#include "gate/verifying.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <functional>
#include <map>
#include <span>

#include "base/error.hpp"
#include "base/safe_text.hpp"
#include "gate/proof_check.hpp"
#include "gate/trust.hpp"
#include "gate/trusted_seal.hpp"
#include "json/read.hpp"
#include "paseto/v4_public.hpp"

namespace octroi::gate {

/// A seal of the trust document.
struct KnownSeal {
  std::optional<crypto::PublicKey> key;  ///< nothing when it is not the key that its kid names
  TrustWindow window;
};

/// What a trust document says of every token.
struct TrustTerms {
  const json::Value& trust;
  const std::string& origin;
  bool requires_status;
  bool requires_proof;
  bool knows_a_log;
};

namespace {

using json::Value;

TrustTerms terms_of(const Value& trust) {
  const Value* keys = trust.find("log_keys");
  return {trust, trust.at("origin").as_string(), trust.flag("requires_status").value_or(false),
          trust.flag("requires_proof").value_or(false),
          trust.find("log_policy") != nullptr || (keys != nullptr && !keys->as_array().empty())};
}

/// A token text as it stands in a file: without the line end that editors and shells add.
std::string_view without_line_end(std::string_view text) {
  while (!text.empty() && (text.back() == '\n' || text.back() == '\r')) text.remove_suffix(1);
  return text;
}

KnownSeal read_seal(const Value& seal) {
  auto key = crypto::PublicKey::from_paserk(seal.at("key").as_string());
  if (key && key->id().text != seal.at("kid").as_string()) key.reset();
  return {key, window_of(seal)};
}

using FindSeal = std::function<std::optional<KnownSeal>(const crypto::KeyId&)>;
using LookUpStatus = std::function<StatusFinding(const StatusReference&)>;

/// Which checks are kept and put into words.
enum class Kept { all, all_but_passed };

/// Runs the checks in order and keeps the first cause of refusal. Fills a verification in place: it
/// holds many texts, which a batch would move about for each token.
class Verifier {
 public:
  /// Without `look_up_status` no list was given. `result` must be new.
  Verifier(const Use& use, Instant now, const std::optional<std::string>& proof,
           const FindSeal& find_seal, const LookUpStatus& look_up_status, Kept kept,
           Verification& result)
      : use_(use),
        now_(now),
        proof_(proof),
        find_seal_(find_seal),
        look_up_status_(look_up_status),
        kept_(kept),
        result_(result) {
    result_.checks.reserve(k_checks_usual);
  }

  void verify(std::string_view token, const TrustTerms& terms) {
    auto parts = paseto::parse(without_line_end(token));
    const auto kid = parts ? paseto::footer_kid(parts->footer) : std::nullopt;
    check("form", kid.has_value(), TokenAnswer::malformed, [&] {
      if (kid) return "v4.public";
      return parts ? "the footer is not {\"kid\":…}" : "not a v4.public token";
    });
    if (!kid) return finish();
    const std::optional<paseto::Verified> verified = check_signature(*kid, *std::move(parts));
    if (!verified) return finish();
    result_.claims = read_payload(verified->message());
    if (!result_.claims) {
      check("claims", false, TokenAnswer::malformed,
            [] { return "not the claims of a release token"; });
      return finish();
    }
    check_board(terms.origin);
    check_time();
    check_status(terms);
    check_issue(token, terms);
    check_use();
    return finish();
  }

 private:
  static constexpr std::size_t k_checks_usual = 12;

  /// `detail()` says more; it is called only for a check that is kept.
  template <typename Detail>
  void check(const char* name, bool is_passed, TokenAnswer cause, Detail detail) {
    if (!is_passed && !cause_) cause_ = cause;
    if (is_passed && kept_ == Kept::all_but_passed) return;
    result_.checks.push_back(
        {name, is_passed ? CheckOutcome::passed : CheckOutcome::failed, detail()});
  }
  void skip(const char* name, const char* detail) {
    result_.checks.push_back({name, CheckOutcome::skipped, detail});
  }
  void finish() { result_.answer = cause_.value_or(TokenAnswer::valid); }

  std::optional<paseto::Verified> check_signature(const crypto::KeyId& kid,
                                                  paseto::Unverified token) {
    seal_ = find_seal_(kid);
    std::optional<paseto::Verified> verified;
    if (seal_ && seal_->key) verified = paseto::verify(*seal_->key, std::move(token));
    check("signature", verified.has_value(), TokenAnswer::bad_signature, [&] {
      if (!seal_) return fmt::format("signed by {}, which the trust file does not have", kid.text);
      if (!seal_->key) return std::string("the trust file's kid is not that of its key");
      return verified ? kid.text : "the bytes are not what " + kid.text + " signed";
    });
    return verified;
  }

  /// The token is this board's, and its seal was valid when it signed.
  void check_board(const std::string& origin) {
    const std::string& issuer = result_.claims->issuer;
    check("board", issuer == origin, TokenAnswer::bad_signature, [&] {
      return issuer == origin ? origin : fmt::format("of {}, expected {}", issuer, origin);
    });
    const Instant issued = result_.claims->issued;
    const Instant begins = result_.claims->not_before;
    const TrustWindow& window = seal_->window;
    check("seal in force", window.covers(issued) && window.covers(begins),
          TokenAnswer::bad_signature,
          [&] { return fmt::format("issued {}, seal {}", format_instant(issued), window.text()); });
  }

  void check_time() {
    const TokenClaims& claims = *result_.claims;
    check("not before", claims.not_before <= now_ && claims.issued <= now_,
          TokenAnswer::not_yet_valid,
          [&] { return format_instant(std::max(claims.not_before, claims.issued)); });
    check("expires", now_ <= claims.expires, TokenAnswer::expired,
          [&] { return format_instant(claims.expires); });
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

  void check_status(const TrustTerms& terms) {
    if (!look_up_status_) {
      if (!terms.requires_status) return skip("status", "no status list given");
      return check("status", false, TokenAnswer::status_missing,
                   [] { return "no status list given, which the trust file demands"; });
    }
    StatusFinding found = look_up_status_(result_.claims->status);
    check("status", found.answer == StatusAnswer::valid, cause_of(found.answer),
          [&] { return std::move(found.detail); });
  }

  void check_issue(std::string_view token, const TrustTerms& terms) {
    if (!proof_) {
      if (!terms.requires_proof && terms.knows_a_log) {
        return skip("log", "no proof of its issue given");
      }
      if (!terms.requires_proof) return;
      return check("log", false, TokenAnswer::bad_proof,
                   [] { return "no proof of its issue given, which the trust file demands"; });
    }
    ProofFinding found =
        look_up_issue(*result_.claims, without_line_end(token), *proof_, terms.trust);
    check("log", found.is_good, TokenAnswer::bad_proof, [&] { return std::move(found.detail); });
  }

  using Texts = std::span<const std::string>;

  /// Each of the asked must be among the allowed.
  void compare(const char* name, Texts asked, Texts allowed) {
    if (asked.empty()) return skip(name, use_.is_for_any ? "for any" : "not asked for");
    for (const std::string& one : asked) {
      const bool is_in = std::find(allowed.begin(), allowed.end(), one) != allowed.end();
      check(name, is_in, TokenAnswer::other_use, [&] {
        return is_in ? one : fmt::format("{} is not in: {}", one, fmt::join(allowed, ", "));
      });
    }
  }

  static Texts list_of(const std::optional<std::string>& one) {
    return one ? Texts(&*one, 1) : Texts();
  }
  static Texts list_of(const std::string& one) { return {&one, 1}; }

  void check_use() {
    const TokenClaims& claims = *result_.claims;
    compare("dataset", use_.datasets, ids_of(claims.datasets));
    compare("purpose", use_.purposes, claims.purposes);
    compare("environment", list_of(use_.environment), list_of(claims.environment));
    compare("user", list_of(use_.user), claims.users);
    compare("holder", list_of(use_.holder), list_of(claims.holder));
  }

  const Use& use_;
  Instant now_;
  const std::optional<std::string>& proof_;
  const FindSeal& find_seal_;
  const LookUpStatus& look_up_status_;
  Kept kept_;
  std::optional<KnownSeal> seal_;
  std::optional<TokenAnswer> cause_;
  Verification& result_;
};

void require_use(const Use& use) {
  const bool is_stated =
      !use.datasets.empty() || !use.purposes.empty() || use.environment || use.user || use.holder;
  if (is_stated == use.is_for_any) {
    throw Error(ErrorCode::usage,
                "say what the token is for (--dataset, --purpose, --environment, --user), or --any "
                "to compare nothing");
  }
}

}  // namespace

Verification verify_token(std::string_view token, const model::Document& trust, const Use& use,
                          Instant now, const Evidence& evidence) {
  require_use(use);
  const FindSeal find = [&](const crypto::KeyId& kid) -> std::optional<KnownSeal> {
    const Value* seal = find_seal(trust.value, kid);
    if (seal == nullptr) return std::nullopt;
    return read_seal(*seal);
  };
  LookUpStatus look_up;
  if (evidence.status.list) {
    look_up = [&](const StatusReference& entry) {
      return look_up_status(
          entry, trust.value,
          open_status_list(trust.value, *evidence.status.list, evidence.status.proof),
          evidence.status.age_days_max, now);
    };
  }
  Verification result;
  Verifier(use, now, evidence.proof, find, look_up, Kept::all, result)
      .verify(token, terms_of(trust.value));
  return result;
}

struct TokenVerifier::Prepared {
  TrustTerms terms;
  std::map<std::string, KnownSeal, std::less<>> seals;  ///< by kid
  std::optional<OpenedStatusList> status;
  std::optional<int> age_days_max;
};

TokenVerifier::TokenVerifier(const model::Document& trust, const StatusGiven& status) {
  auto prepared = std::make_unique<Prepared>(
      Prepared{terms_of(trust.value), {}, std::nullopt, status.age_days_max});
  for (const Value& seal : trust.value.at("seals").as_array()) {
    prepared->seals.emplace(seal.at("kid").as_string(),
                            read_seal(seal));  // the first, as one by one
  }
  if (status.list) prepared->status = open_status_list(trust.value, *status.list, status.proof);
  prepared_ = std::move(prepared);
}

TokenVerifier::~TokenVerifier() = default;

Verification TokenVerifier::verify(std::string_view token, const Use& use, Instant now,
                                   const std::optional<std::string>& proof) const {
  require_use(use);
  const FindSeal find = [this](const crypto::KeyId& kid) -> std::optional<KnownSeal> {
    const auto seal = prepared_->seals.find(kid.text);
    if (seal == prepared_->seals.end()) return std::nullopt;
    return seal->second;
  };
  LookUpStatus look_up;
  if (prepared_->status) {
    look_up = [this, now](const StatusReference& entry) {
      return look_up_status(entry, prepared_->terms.trust, *prepared_->status,
                            prepared_->age_days_max, now);
    };
  }
  Verification result;
  Verifier(use, now, proof, find, look_up, Kept::all_but_passed, result)
      .verify(token, prepared_->terms);
  return result;
}

std::vector<std::string> not_checked(const Verification& verification) {
  std::vector<std::string> names;
  for (const TokenCheck& check : verification.checks) {
    const bool is_of_board = check.name == "status" || check.name == "log";
    if (is_of_board && check.outcome == CheckOutcome::skipped) names.push_back(check.name);
  }
  return names;
}

Inspection inspect_token(std::string_view token) {
  const auto parts = paseto::parse(without_line_end(token));
  if (!parts) {
    throw Error(ErrorCode::bad_input, "expected a v4.public token, got " + in_quotes(token));
  }
  return {json::read(parts->message, "token"), parts->footer};
}

}  // namespace octroi::gate
