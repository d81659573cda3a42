// SPDX-License-Identifier: Apache-2.0
#include "gate/keys.hpp"

#include "crypto/key_file.hpp"

namespace octroi::gate {

using json::Value;

Value to_json(const KeyRow& row) {
  return json::object({{"name", row.name}, {"key", row.key}, {"kid", row.kid}});
}

Value to_json(const std::vector<KeyRow>& rows) {
  Value list = Value::Array{};
  for (const KeyRow& row : rows) list.push(to_json(row));
  return list;
}

KeyRow row_of(const std::string& name, const crypto::PublicKey& key) {
  return {name, key.paserk(), key.id().text};
}

KeyRow new_key(const std::filesystem::path& folder, const std::string& name,
               const crypto::SecretBytes& passphrase) {
  const crypto::SecretKey key = crypto::SecretKey::generate();
  crypto::create_key_files(folder, name, key, passphrase);
  return row_of(name, key.public_key());
}

KeyRow complete_key(const std::filesystem::path& folder, const std::string& name,
                    const crypto::SecretKey& key) {
  crypto::complete_key_files(folder, name, key);
  return row_of(name, key.public_key());
}

KeyRow change_passphrase(const std::filesystem::path& folder, const std::string& name,
                         const crypto::SecretKey& key, const crypto::SecretBytes& passphrase) {
  crypto::replace_passphrase(folder, name, key, passphrase);
  return row_of(name, key.public_key());
}

std::vector<KeyRow> list_keys(const std::filesystem::path& folder) {
  std::vector<KeyRow> rows;
  for (const std::string& name : crypto::key_names(folder)) {
    rows.push_back(row_of(name, crypto::read_public_key(folder, name)));
  }
  return rows;
}

}  // namespace octroi::gate
