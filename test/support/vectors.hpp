// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <filesystem>
#include <iostream>
#include <optional>
#include <string>

#include "base/file.hpp"
#include "json/read.hpp"

namespace octroi::test {

/// A file of the official vectors; nothing, and a word about it, where they are not there.
inline std::optional<json::Value> read_vectors(const std::string& name) {
  const std::filesystem::path path = std::filesystem::path(OCTROI_VECTORS) / name;
  if (!std::filesystem::exists(path)) {
    std::cout << "skipped: no vectors\n";
    return std::nullopt;
  }
  return json::read(read_input(path, limits::k_document_bytes_max), name);
}

/// One hexadecimal member of a vector as bytes.
inline Bytes bytes_at(const json::Value& vector, std::string_view name) {
  return from_hex(vector.at(name).as_string()).value();
}

}  // namespace octroi::test
