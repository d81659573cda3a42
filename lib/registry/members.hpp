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
  std::string proposed_by;  ///< while another secretary has to add them too; "" otherwise
  std::string retiring_by;  ///< the secretary who asked first that they be retired, or ""

  /// Whether they may act in it now: not as a secretary whom only one has added.
  [[nodiscard]] bool has_role(std::string_view role) const;
  /// Whether they are a secretary, or would be once a second one adds them.
  [[nodiscard]] bool is_named_secretary() const;
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
/// Where the charter asks for endorsements, a secretary is added by two: the same act by a second
/// one counts. Otherwise one alone could hold two keys and endorse with the other.
void apply_member_added(const Event& event, const Member& signer, Database& database);
/// The same for retiring a secretary, unless they retire themselves.
void apply_member_retired(const Event& event, const Member& signer, Database& database);

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
