// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "crypto/key.hpp"
#include "json/value.hpp"

namespace octroi::gate {

/// A key of a folder, as everybody may know it.
struct KeyRow {
  std::string name;
  std::string key;  ///< k4.public
  std::string kid;  ///< k4.pid
};
[[nodiscard]] json::Value to_json(const KeyRow& row);
[[nodiscard]] json::Value to_json(const std::vector<KeyRow>& rows);

[[nodiscard]] KeyRow row_of(const std::string& name, const crypto::PublicKey& key);

/// Makes a key and its files. Throws as crypto::create_key_files does.
[[nodiscard]] KeyRow new_key(const std::filesystem::path& folder, const std::string& name,
                             const crypto::SecretBytes& passphrase);

/// Writes the public half of a key that lost it. Throws as crypto::complete_key_files does.
[[nodiscard]] KeyRow complete_key(const std::filesystem::path& folder, const std::string& name,
                                  const crypto::SecretKey& key);

/// Encrypts the key under a new passphrase and replaces its file in one step; on failure the old
/// file stands. Throws Error(bad_input) when the passphrase is too short or too long.
[[nodiscard]] KeyRow change_passphrase(const std::filesystem::path& folder, const std::string& name,
                                       const crypto::SecretKey& key,
                                       const crypto::SecretBytes& passphrase);

/// All keys of the folder, by name.
[[nodiscard]] std::vector<KeyRow> list_keys(const std::filesystem::path& folder);

}  // namespace octroi::gate
