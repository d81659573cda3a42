// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>

#include "base/bytes.hpp"
#include "json/value.hpp"

/// The bit array of an IETF Token Status List.
/// Source: draft-ietf-oauth-status-list, sections "Status List" and "Status Types".
namespace octroi::status {

/// The values that octroi writes. A list may hold others; none of them means valid.
constexpr std::uint8_t k_valid = 0x00;
constexpr std::uint8_t k_invalid = 0x01;  ///< revoked for good
constexpr std::uint8_t k_suspended = 0x02;

/// The most a list may hold once it is inflated: 2^20 entries of 8 bits.
constexpr std::size_t k_list_bytes_max = 1024 * 1024;

/// A status for each index, each of the same number of bits: 1, 2, 4 or 8. Entry i stands in byte
/// i·bits/8, the lowest bits first.
class StatusList {
 public:
  /// A list of as many entries as there are, all valid. Another number of bits, or entries that do
  /// not fill whole bytes or exceed k_list_bytes_max, are a broken invariant.
  StatusList(int bits, std::size_t entries);

  /// Reads {"bits": b, "lst": "…"} with the members of the standard and no others; nothing when a
  /// member is not what it should be, the text is no strict base64url, the stream no zlib, or the
  /// list empty or longer than k_list_bytes_max.
  [[nodiscard]] static std::optional<StatusList> read(const json::Value& object);

  /// {"bits": b, "lst": base64url(zlib(bytes))}
  [[nodiscard]] json::Value to_json() const;

  [[nodiscard]] int bits() const { return bits_; }
  /// How many entries there are.
  [[nodiscard]] std::size_t size() const { return bytes_.size() * entries_per_byte(); }
  /// The status at an index; nothing beyond the end.
  [[nodiscard]] std::optional<std::uint8_t> at(std::size_t index) const;
  /// An index beyond the end, or a status that needs more bits, is a broken invariant.
  void set(std::size_t index, std::uint8_t status);

  friend bool operator==(const StatusList&, const StatusList&) = default;

 private:
  StatusList(int bits, Bytes bytes) : bits_(bits), bytes_(std::move(bytes)) {}
  [[nodiscard]] std::size_t entries_per_byte() const { return 8 / static_cast<std::size_t>(bits_); }
  [[nodiscard]] unsigned mask() const { return (1U << bits_) - 1U; }
  [[nodiscard]] unsigned shift(std::size_t index) const {
    return static_cast<unsigned>(index % entries_per_byte()) * static_cast<unsigned>(bits_);
  }

  int bits_;
  Bytes bytes_;
};

}  // namespace octroi::status
