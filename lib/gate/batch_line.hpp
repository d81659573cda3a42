// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>

#include "base/error.hpp"
#include "json/tape.hpp"
#include "json/value.hpp"

/// What the batches of request documents have in common: where one stands in what was given, and
/// how it is read.
namespace octroi::gate {

/// Where a document of a batch stands: a line, or a file of a folder.
struct BatchPlace {
  std::size_t line = 0;   ///< from 1
  std::string file = {};  ///< its name; "" for a line
};

/// One document of a batch. `text` is nothing when it cannot be read, and `fault` then says why;
/// where that is empty too, it is longer than limits::k_batch_line_bytes_max.
struct BatchLine {
  BatchPlace place;
  std::optional<std::string_view> text;
  std::string_view fault = {};
};

/// An answer that names its place: {"line": 7} or {"file": "a.json"}.
[[nodiscard]] json::Value answer_at(const BatchPlace& place);

/// The answer to a line that is refused, on one line of text.
[[nodiscard]] std::string refused_at(const BatchPlace& place, std::string_view why);

/// The bytes of what a line holds: those of the line without the carriage return before the line
/// feed. Throws Error(bad_input) where it cannot be read or is too long.
[[nodiscard]] std::string_view bytes_of(const BatchLine& line);

/// The request that a line holds, laid out: no tree is made of it. The bytes must outlive the tape.
/// Throws Error(bad_input) with every fault.
[[nodiscard]] json::Tape read_request(const BatchLine& line);

/// Whether an error is about the line, so that the others can be answered; else it ends the batch.
[[nodiscard]] bool is_about_the_line(ErrorCode code);

}  // namespace octroi::gate
