// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/time.hpp"
#include "crypto/key.hpp"
#include "registry/database.hpp"
#include "registry/event.hpp"

/// The tables charters and members.
namespace octroi::registry {

struct Member {
  std::string id;
  crypto::PublicKey key;
  std::vector<std::string> roles;  ///< sorted
  Instant added;
  std::optional<Instant> retired;

  [[nodiscard]] bool has_role(std::string_view role) const;
};

/// The charter's rule for decisions, and its document.
struct CharterRow {
  Digest document;
  std::string majority;  ///< "simple", "two-thirds", "unanimity-of-positions"
  int seats = 0;
  int present_min = 0;
  int endorsements = 0;  ///< of a release, by different secretaries, before a token is issued
};

void apply_board_founded(const Event& event, Database& database);
void apply_member_added(const Event& event, Database& database);
void apply_member_retired(const Event& event, Database& database);

/// The key of a founding event's signer: one of the members in its body, a secretary.
[[nodiscard]] crypto::PublicKey founder_key(const Event& event);

/// The member who holds that key now. Throws Error(not_allowed) when no active member does.
[[nodiscard]] Member active_member_of_key(Database& database, const crypto::KeyId& kid);

[[nodiscard]] std::optional<Member> find_member(Database& database, const std::string& id);
[[nodiscard]] std::vector<Member> all_members(Database& database);
[[nodiscard]] CharterRow read_charter(Database& database);

/// A stored time. Throws Error(damaged) when it is none.
[[nodiscard]] Instant read_instant(const Statement& row, int column);
/// A stored day, or none. Throws Error(damaged) when it is none.
[[nodiscard]] std::optional<Date> read_date(const Statement& row, int column);

}  // namespace octroi::registry
