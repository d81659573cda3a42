// SPDX-License-Identifier: Apache-2.0
#include "base/tar.hpp"

#include <fmt/format.h>

#include "base/error.hpp"

namespace octroi {
namespace {

constexpr std::size_t k_block_bytes = 512;
constexpr std::size_t k_name_bytes_max = 100;
constexpr std::size_t k_size_digits = 11;  // octal
constexpr std::size_t k_member_bytes_max = (std::size_t{1} << (3 * k_size_digits)) - 1;
constexpr std::size_t k_checksum_offset = 148;
constexpr std::size_t k_checksum_bytes = 8;

std::string padding_after(std::size_t bytes) {
  return std::string((k_block_bytes - bytes % k_block_bytes) % k_block_bytes, '\0');
}

void put(std::string& header, std::size_t offset, std::string_view text) {
  header.replace(offset, text.size(), text);
}

/// The sum of the header's bytes, its own field read as spaces.
unsigned checksum_of(const std::string& header) {
  unsigned sum = 0;
  for (const char byte : header) sum += static_cast<unsigned char>(byte);
  return sum;
}

std::string header_of(std::string_view name, std::size_t bytes, Instant time) {
  std::string header(k_block_bytes, '\0');
  put(header, 0, name);
  put(header, 100, "0000644");
  put(header, 108, "0000000");
  put(header, 116, "0000000");
  put(header, 124, fmt::format("{:011o}", bytes));
  put(header, 136, fmt::format("{:011o}", time.time_since_epoch().count()));
  put(header, k_checksum_offset, std::string(k_checksum_bytes, ' '));
  put(header, 156, "0");
  put(header, 257, std::string_view("ustar\0" "00", 8));
  put(header, k_checksum_offset, fmt::format("{:06o}", checksum_of(header)) + '\0' + ' ');
  return header;
}

}  // namespace

std::string tar_member(std::string_view name, std::string_view bytes, Instant time) {
  if (name.empty() || name.size() > k_name_bytes_max || bytes.size() > k_member_bytes_max) {
    throw Error(ErrorCode::could_not, fmt::format("{}: does not fit into an archive", name));
  }
  return header_of(name, bytes.size(), time) + std::string(bytes) + padding_after(bytes.size());
}

std::string tar_end() {
  return std::string(2 * k_block_bytes, '\0');
}

}  // namespace octroi
