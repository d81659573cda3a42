// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <variant>

#include "merkle/hash.hpp"

/// What the text formats of this module have in common: lines that end with a line feed, decimal
/// numbers without leading zeros, and strict base64. Each reader takes exactly what the writer
/// gives, so that no two texts stand for the same thing.
namespace octroi::note {

/// Why a text is not what it should be, and in which of its lines.
struct Fault {
  std::size_t line = 1;
  std::string message;  ///< "expected X, got Y"

  /// `line 3: expected X, got Y`.
  [[nodiscard]] std::string text() const;
  friend bool operator==(const Fault&, const Fault&) = default;
};

/// What a reader gives.
template <typename Content>
using Read = std::variant<Content, Fault>;

/// The lines of a text, one by one.
class LineReader {
 public:
  /// `line_first` is the number of the text's first line, in faults.
  explicit LineReader(std::string_view text, std::size_t line_first = 1);

  /// The next line, without its line feed; nothing when no line feed is left.
  [[nodiscard]] std::optional<std::string_view> next();
  /// What next() has not given yet.
  [[nodiscard]] std::string_view rest() const { return rest_; }
  /// The number of the line that next() gave, or would have given, last.
  [[nodiscard]] std::size_t line() const { return line_; }
  /// A fault in that line.
  [[nodiscard]] Fault fault(std::string message) const { return {line_, std::move(message)}; }

 private:
  std::string_view rest_;
  std::size_t line_;
};

/// A decimal number of at most 2^63 - 1, without sign and leading zeros.
[[nodiscard]] std::optional<std::uint64_t> parse_decimal(std::string_view text);

/// A hash in base64.
[[nodiscard]] std::string hash_text(const merkle::Hash& hash);
[[nodiscard]] std::optional<merkle::Hash> parse_hash(std::string_view text);

/// A fault when the text is longer than `bytes_max`, is not UTF-8 or holds a control character
/// other than a line feed.
[[nodiscard]] std::optional<Fault> fault_in_text(std::string_view text, std::size_t bytes_max);

}  // namespace octroi::note
