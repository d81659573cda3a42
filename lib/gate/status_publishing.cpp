// SPDX-License-Identifier: Apache-2.0
#include "gate/status_publishing.hpp"

#include <fmt/format.h>

#include "base/error.hpp"
#include "crypto/hash.hpp"
#include "gate/acting.hpp"
#include "gate/status_token.hpp"
#include "gate/trusted_seal.hpp"
#include "json/write.hpp"
#include "paseto/v4_public.hpp"
#include "registry/documents.hpp"
#include "registry/log.hpp"
#include "registry/statuses.hpp"

namespace octroi::gate {
namespace {

using registry::TokenState;
using registry::Transaction;

constexpr int k_list_bits = 2;  // enough for valid, revoked and suspended

std::uint8_t value_of(TokenState state) {
  switch (state) {
    case TokenState::valid:
      return status::k_valid;
    case TokenState::suspended:
      return status::k_suspended;
    case TokenState::revoked:
      return status::k_invalid;
  }
  broken_invariant("a standing of a token that is none");
}

int require_list(Database& database, const std::optional<int>& asked) {
  const int last = registry::status_list_in_use(database);
  if (!asked && last > 1) {
    throw Error(ErrorCode::usage,
                fmt::format("there are {} status lists; say which one with --list", last));
  }
  const int list = asked.value_or(1);
  if (list < 1 || list > last) {
    throw Error(ErrorCode::bad_input,
                fmt::format("there is no status list {}; expected 1 to {}", list, last));
  }
  return list;
}

void require_days(const ListDraft& draft) {
  if (draft.valid_days < 1 || draft.valid_days > k_status_days_max) {
    throw Error(ErrorCode::usage, fmt::format("--valid-for: expected 1 to {} days, got {}",
                                              k_status_days_max, draft.valid_days));
  }
  if (draft.next_update_days < 1 || draft.next_update_days > draft.valid_days) {
    throw Error(ErrorCode::usage,
                fmt::format("--next-update: expected 1 to {} days, as long as the list is valid, "
                            "got {}",
                            draft.valid_days, draft.next_update_days));
  }
}

int count_of(const status::StatusList& list, std::uint8_t value) {
  int count = 0;
  for (std::size_t i = 0; i < list.size(); ++i) count += list.at(i) == value ? 1 : 0;
  return count;
}

}  // namespace

status::StatusList build_status_list(Database& database, int list,
                                     std::optional<std::int64_t> before_seq) {
  status::StatusList result(k_list_bits, registry::k_status_entries);
  for (const registry::ListedToken& token : registry::listed_tokens(database, list, before_seq)) {
    result.set(static_cast<std::size_t>(token.index), value_of(token.state));
  }
  return result;
}

PublishedList publish_status(Database& database, const Actor& actor, const crypto::SecretKey& seal,
                             const ListDraft& draft, const Context& context) {
  require_days(draft);
  Transaction transaction(database, Transaction::Kind::write);
  const Context fixed = at_one_moment(context);
  const Instant now = fixed.clock();
  require_role(database, actor, "secretary");
  require_seal(database, seal);
  const int list = require_list(database, draft.list);
  const std::string origin = registry::read_head(database).origin;
  const StatusListClaims claims{origin,
                                status_list_uri(origin, list),
                                now,
                                now + std::chrono::days(draft.next_update_days),
                                now + std::chrono::days(draft.valid_days),
                                build_status_list(database, list)};
  const json::Value payload = to_json(claims);
  if (read_status_claims(payload) != claims) broken_invariant("a status list outside its schema");
  std::string text =
      paseto::sign(seal, json::canonical(payload), paseto::kid_footer(seal.public_key().id()));
  const std::string sha256 = crypto::sha256(text).hex();
  const Digest document =
      registry::store_document(database, registry::k_status_list_kind, text, context.random);
  const registry::SignedEvent event =
      act(database, actor, registry::EventType::status_published,
          json::object({{"list", list},
                        {"sha256", sha256},
                        {"document", document.hex()},
                        {"next_update", format_instant(claims.next_update)},
                        {"expires", format_instant(claims.expires)}}),
          fixed);
  transaction.commit();
  return {list,
          event.content().seq,
          claims.uri,
          sha256,
          std::move(text),
          claims.issued,
          claims.next_update,
          claims.expires,
          count_of(claims.list, status::k_invalid),
          count_of(claims.list, status::k_suspended)};
}

}  // namespace octroi::gate
