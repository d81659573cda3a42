// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/random.hpp"
#include "base/time.hpp"
#include "registry/database.hpp"
#include "registry/event.hpp"
#include "registry/members.hpp"

/// The tables status_entries, token_acts and status_lists: which tokens are revoked or suspended,
/// since when and why, and which lists said so.
namespace octroi::registry {

/// Entries of one list: two bytes name one.
constexpr int k_status_entries = 65'536;
/// Tokens that one list takes before the next is begun: half of its entries, so that a free one is
/// found by chance in two tries.
constexpr int k_status_tokens_max = k_status_entries / 2;

/// What the documents table calls the words of a reason, and a published list.
constexpr std::string_view k_status_text_kind = "status-text";
constexpr std::string_view k_status_list_kind = "status-list";

/// How long before its event an act may take effect, unless its reason reaches further back.
constexpr int k_backdating_days_max = 31;

/// What can be done to a token after its issue.
enum class TokenAct { revoked, suspended, resumed };

/// "revoked", "suspended", "resumed"
[[nodiscard]] std::string_view name_of(TokenAct act);
/// The type of the event that records it.
[[nodiscard]] EventType event_type(TokenAct act);

/// A reason of the closed list, for which acts it serves, and whether what it names lies in the
/// past by nature, so that the act may take effect at any time since the issue.
struct StatusReason {
  std::string_view code;
  bool revokes;
  bool suspends;
  bool resumes;
  bool reaches_back;
};

/// All reasons, by code. Source: each row in statuses.cpp.
[[nodiscard]] std::span<const StatusReason> status_reasons();
[[nodiscard]] std::vector<std::string_view> reasons_for(TokenAct act);

/// Where a token stands in the status lists.
struct StatusEntry {
  int list = 1;
  int index = 0;

  friend auto operator<=>(const StatusEntry&, const StatusEntry&) = default;
};

/// One act on one token.
struct TokenActRow {
  std::int64_t seq = 0;
  std::string token;
  TokenAct act;
  std::string reason;
  Instant from;  ///< from when on it counts
  Instant recorded;
  std::string recorded_by;
  std::optional<Digest> document;  ///< the reason in words
};

/// A list that was published.
struct PublishedListRow {
  std::int64_t seq = 0;
  int list = 1;
  std::string sha256;  ///< of the text of the status list token
  Digest document;
  Instant issued;
  Instant next_update;
  Instant expires;
};

/// What a token is at a moment, and the act that made it so.
enum class TokenState { valid, suspended, revoked };
struct TokenStanding {
  TokenState state = TokenState::valid;
  std::optional<TokenActRow> act;  ///< of the last change that counts; none before the first
};
[[nodiscard]] std::string_view name_of(TokenState state);

/// The standing that acts, in the order of the log, give a token: at `at` by what takes effect by
/// then, whenever it was recorded; without it, by all of them. A revocation ends every other.
[[nodiscard]] TokenStanding standing_of(const std::vector<TokenActRow>& acts,
                                        std::optional<Instant> at = {});

/// Why an act cannot be done to a token at `now`, to count from `from`; "" when it can. Who acts is
/// not looked at. Throws Error(bad_input) when there is no such token, or the act has no such
/// reason.
[[nodiscard]] std::string obstacle_to(Database& database, TokenAct act, const std::string& reason,
                                      const std::string& token, Instant from, Instant now);

void apply_token_act(const Event& event, const Member& member, Database& database);
void apply_status_published(const Event& event, Database& database);
/// The entry that a token.issued event gives its token. Throws Error(not_allowed) when it is taken
/// or not in the list that is in use.
void apply_status_entry(const Event& event, Database& database);

/// A free entry, at random, of the list in use.
[[nodiscard]] StatusEntry choose_status_entry(Database& database, const Random& random);
/// The list that the next token gets into: also how many lists there are.
[[nodiscard]] int status_list_in_use(Database& database);
/// Throws Error(damaged) when the token has none.
[[nodiscard]] StatusEntry status_entry_of(Database& database, const std::string& token);

/// The acts on a token, in the order of the log.
[[nodiscard]] std::vector<TokenActRow> acts_on(Database& database, const std::string& token);

/// The tokens of a list and their standing as its events before `seq` make it.
struct ListedToken {
  int index = 0;
  TokenState state = TokenState::valid;
};
[[nodiscard]] std::vector<ListedToken> listed_tokens(Database& database, int list,
                                                     std::optional<std::int64_t> before_seq = {});

/// Every list that was published, in the order of the log.
[[nodiscard]] std::vector<PublishedListRow> published_lists(Database& database);

}  // namespace octroi::registry
