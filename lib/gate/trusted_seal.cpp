// SPDX-License-Identifier: Apache-2.0
#include "gate/trusted_seal.hpp"

#include <fmt/format.h>

#include "base/error.hpp"
#include "registry/keys.hpp"

namespace octroi::gate {

using json::Value;

const Value* find_key(const Value& trust, std::string_view list, std::string_view member,
                      std::string_view text) {
  const Value* keys = trust.find(list);
  if (keys == nullptr) return nullptr;
  for (const Value& key : keys->as_array()) {
    if (key.text(member) == text) return &key;
  }
  return nullptr;
}

const Value* find_seal(const Value& trust, const crypto::KeyId& kid) {
  return find_key(trust, "seals", "kid", kid.text);
}

bool is_sealed(Database& database, const paseto::Unverified& token) {
  for (const registry::KeyRecord& seal : registry::keys_of(database, registry::KeyUse::seal)) {
    if (paseto::verify(seal.key, token)) return true;
  }
  return false;
}

void require_seal(Database& database, const crypto::SecretKey& seal) {
  const auto known = registry::find_key(database, seal.public_key().id());
  if (!known || known->use != registry::KeyUse::seal) {
    throw Error(ErrorCode::not_allowed, fmt::format("the key {} is not the seal of this board",
                                                    seal.public_key().id().text));
  }
  if (known->until) {
    throw Error(ErrorCode::not_allowed,
                fmt::format("the seal {} was in use until {}; 'octroi key list --board' shows "
                            "the one in force",
                            seal.public_key().id().text, format_instant(*known->until)));
  }
}

}  // namespace octroi::gate
