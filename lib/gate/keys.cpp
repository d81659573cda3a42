// SPDX-License-Identifier: Apache-2.0
#include "gate/keys.hpp"

#include "crypto/key_file.hpp"

namespace octroi::gate {
namespace {

KeyRow row_of(const std::string& name, const crypto::PublicKey& key) {
  return {name, key.paserk(), key.id().text};
}

}  // namespace

json::Value to_json(const KeyRow& key) {
  return json::object({{"name", key.name}, {"key", key.key}, {"kid", key.kid}});
}

json::Value to_json(const std::vector<KeyRow>& keys) {
  json::Value list = json::Value::Array{};
  for (const KeyRow& key : keys) list.push(to_json(key));
  return list;
}

KeyRow new_key(const std::filesystem::path& folder, const std::string& name,
               const crypto::SecretBytes& passphrase) {
  const crypto::SecretKey key = crypto::SecretKey::generate();
  crypto::create_key_files(folder, name, key, passphrase);
  return row_of(name, key.public_key());
}

std::vector<KeyRow> list_keys(const std::filesystem::path& folder) {
  std::vector<KeyRow> keys;
  for (const std::string& name : crypto::key_names(folder)) {
    keys.push_back(row_of(name, crypto::read_public_key(folder, name)));
  }
  return keys;
}

KeyRow show_key(const std::filesystem::path& folder, const std::string& name) {
  return row_of(name, crypto::read_public_key(folder, name));
}

}  // namespace octroi::gate
