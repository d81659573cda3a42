// SPDX-License-Identifier: Apache-2.0
#include "merkle/bundle.hpp"

#include <fmt/format.h>

#include "base/error.hpp"

namespace octroi::merkle {

std::string bundled(std::string_view entry) {
  if (entry.size() > k_entry_bytes_max) {
    throw Error(ErrorCode::bad_input, fmt::format("entry: expected at most {} bytes, got {}",
                                                  k_entry_bytes_max, entry.size()));
  }
  std::string bytes = {static_cast<char>(entry.size() >> 8), static_cast<char>(entry.size())};
  return bytes.append(entry);
}

std::optional<std::vector<std::string_view>> parse_bundle(const EntryBundle& bundle,
                                                          std::string_view bytes) {
  std::vector<std::string_view> entries;
  for (unsigned i = 0; i < bundle.width; ++i) {
    if (bytes.size() < 2) return std::nullopt;
    const ByteView length = as_bytes(bytes.substr(0, 2));
    const std::size_t size = std::size_t{length[0]} << 8 | length[1];
    bytes.remove_prefix(2);
    if (bytes.size() < size) return std::nullopt;
    entries.push_back(bytes.substr(0, size));
    bytes.remove_prefix(size);
  }
  if (!bytes.empty()) return std::nullopt;
  return entries;
}

}  // namespace octroi::merkle
