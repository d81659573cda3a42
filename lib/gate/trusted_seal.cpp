// SPDX-License-Identifier: Apache-2.0
#include "gate/trusted_seal.hpp"

#include <fmt/format.h>

#include <utility>

#include "base/error.hpp"

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

Seals all_seals(Database& database) {
  Seals seals;
  for (registry::KeyRecord& seal : registry::keys_of(database, registry::KeyUse::seal)) {
    seals.emplace(seal.key.id(), std::move(seal));
  }
  return seals;
}

namespace {

// What a compromised seal signed is no damage: it is listed (touched.hpp).
void require_sealed_with(const registry::KeyRecord* seal, const paseto::Unverified& token,
                         Instant issued) {
  if (seal == nullptr || seal->use != registry::KeyUse::seal || !paseto::verify(seal->key, token)) {
    throw Error(ErrorCode::damaged, "no seal of the board signed it");
  }
  if (issued < seal->from || (seal->until && issued > *seal->until)) {
    throw Error(ErrorCode::damaged, "its seal was not in use when it was issued");
  }
}

}  // namespace

void require_sealed(Database& database, const paseto::Unverified& token, Instant issued) {
  const auto kid = paseto::footer_kid(token.footer);
  const auto seal = kid ? registry::find_key(database, *kid) : std::nullopt;
  require_sealed_with(seal ? &*seal : nullptr, token, issued);
}

void require_sealed(const Seals& seals, const paseto::Unverified& token, Instant issued) {
  const auto kid = paseto::footer_kid(token.footer);
  const auto seal = kid ? seals.find(*kid) : seals.end();
  require_sealed_with(seal == seals.end() ? nullptr : &seal->second, token, issued);
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
