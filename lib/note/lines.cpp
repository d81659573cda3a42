// SPDX-License-Identifier: Apache-2.0
#include "note/lines.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>

#include "base/safe_text.hpp"
#include "crypto/encoding.hpp"

namespace octroi::note {
namespace {

constexpr std::string_view k_digits = "0123456789";

bool is_control(char c) {
  return static_cast<unsigned char>(c) < 0x20 && c != '\n';
}

/// The number of the line that the byte at `at` stands in.
std::size_t line_of(std::string_view text, std::size_t at) {
  const auto begin = text.begin();
  return 1 +
         static_cast<std::size_t>(std::count(begin, begin + static_cast<std::ptrdiff_t>(at), '\n'));
}

}  // namespace

std::string Fault::text() const {
  return fmt::format("line {}: {}", line, message);
}

LineReader::LineReader(std::string_view text, std::size_t line_first)
    : rest_(text), line_(line_first - 1) {}

std::optional<std::string_view> LineReader::next() {
  ++line_;
  const std::size_t end = rest_.find('\n');
  if (end == std::string_view::npos) return std::nullopt;
  const std::string_view line = rest_.substr(0, end);
  rest_.remove_prefix(end + 1);
  return line;
}

std::optional<std::uint64_t> parse_decimal(std::string_view text) {
  if (text.empty() || text.find_first_not_of(k_digits) != text.npos) return std::nullopt;
  if (text.size() > 1 && text.front() == '0') return std::nullopt;
  std::uint64_t number = 0;
  const auto [end, failure] = std::from_chars(text.data(), text.data() + text.size(), number);
  if (failure != std::errc() || number > merkle::k_tree_size_max.value) return std::nullopt;
  return number;
}

std::string hash_text(const merkle::Hash& hash) {
  return crypto::to_base64(hash.bytes);
}

std::optional<merkle::Hash> parse_hash(std::string_view text) {
  const std::optional<Bytes> bytes = crypto::from_base64(text);
  merkle::Hash hash;
  if (!bytes || bytes->size() != hash.bytes.size()) return std::nullopt;
  std::copy(bytes->begin(), bytes->end(), hash.bytes.begin());
  return hash;
}

std::optional<Fault> fault_in_text(std::string_view text, std::size_t bytes_max) {
  if (text.size() > bytes_max) {
    return Fault{1, fmt::format("expected at most {} bytes, got {}", bytes_max, text.size())};
  }
  const auto control = std::find_if(text.begin(), text.end(), is_control);
  if (control != text.end()) {
    const auto at = static_cast<std::size_t>(control - text.begin());
    return Fault{line_of(text, at), fmt::format("expected no control character, got 0x{:02x}",
                                                static_cast<unsigned char>(*control))};
  }
  if (!is_utf8(text)) return Fault{1, "expected UTF-8"};
  return std::nullopt;
}

}  // namespace octroi::note
