// SPDX-License-Identifier: Apache-2.0
#include "status/status_list.hpp"

#include "base/error.hpp"
#include "crypto/encoding.hpp"
#include "status/inflate.hpp"

namespace octroi::status {
namespace {

bool is_width(std::int64_t bits) {
  return bits == 1 || bits == 2 || bits == 4 || bits == 8;
}

bool has_only_known_members(const json::Value& object) {
  for (const auto& [name, member] : object.as_object()) {
    if (name != "bits" && name != "lst" && name != "aggregation_uri") return false;
  }
  return true;
}

}  // namespace

StatusList::StatusList(int bits, std::size_t entries) : bits_(bits) {
  if (!is_width(bits)) broken_invariant("a status list of another number of bits");
  const std::size_t bytes = entries / entries_per_byte();
  if (bytes * entries_per_byte() != entries || bytes == 0 || bytes > k_list_bytes_max) {
    broken_invariant("a status list of another length");
  }
  bytes_.resize(bytes);
}

std::optional<StatusList> StatusList::read(const json::Value& object) {
  if (!object.is_object() || !has_only_known_members(object)) return std::nullopt;
  const json::Value* bits = object.find("bits");
  const json::Value* lst = object.find("lst");
  if (bits == nullptr || !bits->is_integer() || !is_width(bits->as_integer())) return std::nullopt;
  if (lst == nullptr || !lst->is_string()) return std::nullopt;
  const std::optional<Bytes> stream = crypto::from_base64url(lst->as_string());
  if (!stream) return std::nullopt;
  std::optional<Bytes> bytes = inflate(*stream, k_list_bytes_max);
  if (!bytes || bytes->empty()) return std::nullopt;
  return StatusList(static_cast<int>(bits->as_integer()), std::move(*bytes));
}

json::Value StatusList::to_json() const {
  return json::object({{"bits", bits_}, {"lst", crypto::to_base64url(deflate(bytes_))}});
}

std::optional<std::uint8_t> StatusList::at(std::size_t index) const {
  if (index >= size()) return std::nullopt;
  const unsigned byte = bytes_[index / entries_per_byte()];
  return static_cast<std::uint8_t>((byte >> shift(index)) & mask());
}

void StatusList::set(std::size_t index, std::uint8_t status) {
  if (index >= size()) broken_invariant("a status beyond the end of its list");
  if (status > mask()) broken_invariant("a status that its list has no bits for");
  std::uint8_t& byte = bytes_[index / entries_per_byte()];
  const unsigned cleared = byte & ~(mask() << shift(index));
  byte = static_cast<std::uint8_t>(cleared | (unsigned{status} << shift(index)));
}

}  // namespace octroi::status
