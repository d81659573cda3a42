// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/time.hpp"
#include "gate/status_check.hpp"
#include "gate/token.hpp"
#include "json/value.hpp"
#include "model/document.hpp"

namespace octroi::gate {

/// What the holder of the data is about to release, to whom, for what. With `is_for_any` nothing is
/// compared, which the answer says loudly.
struct Use {
  std::vector<std::string> datasets;
  std::vector<std::string> purposes;  ///< "snds:6", "ehds:e", "duo:DUO:0000007"
  std::optional<std::string> environment;
  std::optional<std::string> user;
  std::optional<std::string> holder;  ///< the token must be for this data holder
  bool is_for_any = false;
};

enum class CheckOutcome { passed, failed, skipped };

struct TokenCheck {
  std::string name;  ///< "form", "signature", "not before", "expires", "dataset", "purpose", …
  CheckOutcome outcome;
  std::string detail;

  friend bool operator==(const TokenCheck&, const TokenCheck&) = default;
};

/// Why a token is refused, the first cause in this order; each has an exit code of its own.
enum class TokenAnswer {
  valid,
  malformed,
  bad_signature,
  expired,
  not_yet_valid,
  revoked,
  suspended,
  status_stale,    ///< the status list is too old to say
  status_missing,  ///< none was given though one is demanded, or the one given is refused
  bad_proof,       ///< of its issue: none was given though one is demanded, or it proves nothing
  other_use,
};

struct Verification {
  TokenAnswer answer;
  std::vector<TokenCheck> checks;
  std::optional<TokenClaims> claims;  ///< only when the signature is good
};
[[nodiscard]] json::Value to_json(const Verification& verification);

/// What was left open and only the board could tell, by the names of the checks: its status list
/// ("status"), its log ("log"; not where the trust document knows of no log).
[[nodiscard]] std::vector<std::string> not_checked(const Verification& verification);

/// What a verifier has beside the token.
struct Evidence {
  StatusGiven status = {};
  std::optional<std::string> proof = {};  ///< the .tlog-proof of its issue
};

/// Checks a token against a trust document, for a use, at a moment. No registry, no network. A
/// status list and a proof that are given must be good; the trust document says whether they must
/// be given.
[[nodiscard]] Verification verify_token(std::string_view token, const model::Document& trust,
                                        const Use& use, Instant now, const Evidence& evidence = {});

[[nodiscard]] std::string_view name_of(TokenAnswer answer);

/// The same for many tokens: the keys of the trust document and the status list are read once. It
/// keeps a reference to the document. Can be asked by several threads at once.
class TokenVerifier {
 public:
  TokenVerifier(const model::Document& trust, const StatusGiven& status);
  ~TokenVerifier();

  /// What verify_token says with this trust document and this status list; the checks that passed
  /// are left out, and put into words by nobody.
  [[nodiscard]] Verification verify(std::string_view token, const Use& use, Instant now,
                                    const std::optional<std::string>& proof = {}) const;

 private:
  struct Prepared;
  std::unique_ptr<const Prepared> prepared_;
};

/// What a token says, nothing verified. Throws Error(bad_input) when it is no v4.public token.
struct Inspection {
  json::Value payload;
  std::string footer;
};
[[nodiscard]] json::Value to_json(const Inspection& inspection);
[[nodiscard]] Inspection inspect_token(std::string_view token);

}  // namespace octroi::gate
