// SPDX-License-Identifier: Apache-2.0
#include "gate/trusted_seal.hpp"

#include <fmt/format.h>

#include "base/error.hpp"
#include "registry/members.hpp"

namespace octroi::gate {

using json::Value;

const Value* find_seal(const Value& trust, const crypto::KeyId& kid) {
  for (const Value& seal : trust.at("seals").as_array()) {
    if (seal.at("kid").as_string() == kid.text) return &seal;
  }
  return nullptr;
}

bool is_in_force(const Value& seal, Instant at) {
  const auto from = parse_instant(seal.at("from").as_string());
  const Value* until_text = seal.find("until");
  const auto until = until_text == nullptr ? std::nullopt : parse_instant(until_text->as_string());
  const bool is_readable = from && (until_text == nullptr || until);
  return is_readable && *from <= at && (!until || at <= *until);
}

bool is_sealed(Database& database, const paseto::Unverified& token) {
  for (const registry::Seal& seal : registry::all_seals(database)) {
    if (paseto::verify(seal.key, token)) return true;
  }
  return false;
}

void require_seal(Database& database, const crypto::SecretKey& seal) {
  for (const registry::Seal& known : registry::all_seals(database)) {
    if (known.key == seal.public_key()) return;
  }
  throw Error(ErrorCode::not_allowed,
              fmt::format("the key {} is not the seal of this board", seal.public_key().id().text));
}

}  // namespace octroi::gate
