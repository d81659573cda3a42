// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <map>
#include <string_view>

#include "base/time.hpp"
#include "crypto/key.hpp"
#include "gate/context.hpp"
#include "json/value.hpp"
#include "paseto/v4_public.hpp"
#include "registry/keys.hpp"

/// Which seals a verifier believes, and which the board itself knows.
namespace octroi::gate {

/// The first key in a list of a trust document ("seals", "log_keys") whose member has that text;
/// nullptr when there is none.
[[nodiscard]] const json::Value* find_key(const json::Value& trust, std::string_view list,
                                          std::string_view member, std::string_view text);

/// The seal of that id in a trust document; nullptr when there is none.
[[nodiscard]] const json::Value* find_seal(const json::Value& trust, const crypto::KeyId& kid);

/// Every seal that the registry ever knew, by its id.
using Seals = std::map<crypto::KeyId, registry::KeyRecord>;
[[nodiscard]] Seals all_seals(Database& database);

/// Throws Error(damaged) unless a seal that the registry knows, and that the footer names, signed
/// this, and was in use when it says that it was issued.
void require_sealed(Database& database, const paseto::Unverified& token, Instant issued);
void require_sealed(const Seals& seals, const paseto::Unverified& token, Instant issued);

/// Throws Error(not_allowed) unless the key is the seal in force of this board.
void require_seal(Database& database, const crypto::SecretKey& seal);

}  // namespace octroi::gate
