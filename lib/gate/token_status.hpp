// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <vector>

#include "gate/context.hpp"
#include "json/value.hpp"
#include "registry/statuses.hpp"

namespace octroi::gate {

/// The longest reason in words, in bytes.
constexpr std::size_t k_reason_bytes_max = 16 * 1024;

/// Which tokens: those that fit every list that is not empty, each by one of its items.
struct TokenSelection {
  std::vector<std::string> tokens;     ///< by id
  std::vector<std::string> requests;   ///< "R-2026-0001"
  std::vector<std::string> datasets;   ///< that the token releases
  std::vector<std::string> providers;  ///< where the data may be worked on
  std::vector<std::string> users;      ///< who may work on them
  std::vector<std::string> rulebooks;  ///< under which it was issued
  std::vector<std::string> keys;       ///< k4.pid of the seal that signed it

  [[nodiscard]] bool is_empty() const;
};

/// What is to be done to them.
struct TokenChange {
  registry::TokenAct act = registry::TokenAct::revoked;
  std::string reason;           ///< a code of registry::status_reasons
  std::string text;             ///< the reason in words; kept beside the log; may be empty
  std::optional<Instant> from;  ///< from when on it counts; none: from now on
};

/// How a token stands.
struct TokenStatusRow {
  std::string id;
  std::string request;
  std::string holder;
  std::vector<std::string> datasets;
  Instant not_before;
  Instant expires;
  std::string status;  ///< "valid", "suspended", "revoked"
  std::string reason;  ///< of the last act that counts; "" before the first
  std::optional<Instant> since;
  std::string text = {};        ///< that reason in words; "" where there are none, or not any more
  bool is_text_erased = false;  ///< they are gone for good
};
[[nodiscard]] json::Value to_json(const TokenStatusRow& row);
[[nodiscard]] json::Value to_json(const std::vector<TokenStatusRow>& rows);

/// The reason of an act in words; "" where there are none. Nothing when they were erased.
[[nodiscard]] std::optional<std::string> reason_text(Database& database,
                                                     const registry::TokenActRow& act);

/// A token that was selected but is left as it is.
struct LeftToken {
  std::string id;
  std::string why;
};

/// What a change does, before or after it is done.
struct TokenChanges {
  registry::TokenAct act;
  std::string reason;
  std::optional<Instant> from;         ///< none before it is done, unless it was stated
  std::vector<TokenStatusRow> tokens;  ///< as they stood before
  std::vector<LeftToken> left;
  bool is_done = false;
};
[[nodiscard]] json::Value to_json(const TokenChanges& changes);

/// Looks up what a change would do; writes nothing. A token that it cannot be done to is left, but
/// is an error when it was named by its id.
/// Throws Error(usage) when nothing is selected, Error(bad_input) when no token fits or the reason
/// is none for this act, Error(not_allowed) when it can be done to none.
[[nodiscard]] TokenChanges plan_changes(Database& database, const TokenSelection& selection,
                                        const TokenChange& change, Instant now);

/// Does to exactly the tokens of a plan what it says (secretaries only), all or none of them.
/// Nobody resumes a token of a request that they submitted or are named in.
/// Throws Error(not_allowed) when a token has changed since, so that it cannot be done.
[[nodiscard]] TokenChanges change_tokens(Database& database, const Actor& actor, TokenChanges plan,
                                         const TokenChange& change, const Context& context);

/// How every token that was issued by `at` stands then, by id; without it, as the log stands now.
[[nodiscard]] std::vector<TokenStatusRow> token_statuses(Database& database,
                                                         std::optional<Instant> at);

}  // namespace octroi::gate
