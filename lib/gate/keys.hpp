// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "crypto/key.hpp"
#include "json/value.hpp"

namespace octroi::gate {

/// The public half of a key of a folder.
struct KeyRow {
  std::string name;
  std::string key;  ///< k4.public
  std::string kid;  ///< k4.pid
};
[[nodiscard]] json::Value to_json(const KeyRow& key);
[[nodiscard]] json::Value to_json(const std::vector<KeyRow>& keys);

/// Makes a key and writes its two files. Throws Error(bad_input) when the name is taken.
[[nodiscard]] KeyRow new_key(const std::filesystem::path& folder, const std::string& name,
                             const crypto::SecretBytes& passphrase);

/// The keys of a folder, by name; one of them. Throws Error(bad_input) when there is no such key.
[[nodiscard]] std::vector<KeyRow> list_keys(const std::filesystem::path& folder);
[[nodiscard]] KeyRow show_key(const std::filesystem::path& folder, const std::string& name);

}  // namespace octroi::gate
