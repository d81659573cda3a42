// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "registry/database.hpp"
#include "registry/event.hpp"

namespace octroi::registry {

/// Writes what an event means into the tables, after checking that it may: it follows the log's
/// head, its signer is a member with the role for it at that moment, and the act is legal in the
/// state that the tables show. The one place where events become tables, used by whoever appends an
/// event and by an audit that replays the log. Throws Error(not_allowed), Error(not_yet),
/// Error(bad_input) or Error(damaged) with the reason; the tables are then to be rolled back.
void apply(const SignedEvent& event, Database& database);

/// The public key that an event must be signed with: for the founding event that of the member in
/// it whose key id it names, for a later one that of the active member with that key id. Throws
/// Error(not_allowed) when there is none.
[[nodiscard]] crypto::PublicKey key_of_signer(const Event& event, Database& database);

}  // namespace octroi::registry
