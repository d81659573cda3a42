// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>

#include "gate/verifying.hpp"

namespace octroi::gate {

/// The answer to one line of a batch.
struct LineAnswer {
  std::string text;                   ///< under schemas/output/verify-line.schema.json, on one line
  std::optional<TokenAnswer> answer;  ///< nothing when the line cannot be read
};

/// Verifies the lines of a batch: each a token, or an object under schemas/verify-line.schema.json,
/// which holds a token and may say what it is for. Can be asked by several threads at once.
class TokenBatch {
 public:
  /// `use` holds for every line: what a line says is compared beside it, never instead of it. Where
  /// it is for any use, it is so for lines that say nothing. Keeps references to `trust` and `use`.
  TokenBatch(const model::Document& trust, const StatusGiven& status, const Use& use, Instant now);

  /// `number` counts from 1. `line` is without its line feed; nothing: longer than
  /// limits::k_batch_line_bytes_max. Whatever is wrong with a line is said in its answer.
  [[nodiscard]] LineAnswer answer(std::size_t number, std::optional<std::string_view> line) const;

 private:
  [[nodiscard]] LineAnswer answer_object(std::size_t number, std::string_view line) const;
  [[nodiscard]] LineAnswer answer_token(std::size_t number, std::string_view token, const Use& use,
                                        const std::optional<std::string>& proof) const;

  TokenVerifier verifier_;
  const Use& use_;
  Instant now_;
};

}  // namespace octroi::gate
