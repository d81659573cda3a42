// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

#include "base/limits.hpp"
#include "json/value.hpp"

namespace octroi::json {

/// What a reader accepts. The defaults are octroi's profile for documents and events.
struct ReadLimits {
  std::size_t bytes_max = limits::k_document_bytes_max;
  std::size_t depth_max = limits::k_json_depth_max;
  std::size_t members_max = limits::k_json_members_max;
  bool integers_only = true;  ///< refuse fractions, exponents and |n| > 2^53 - 1
};

/// Reads one JSON text (RFC 8259), strictly: UTF-8, no byte-order mark, no duplicate member names,
/// no lone surrogates, nothing after the value, within `limits`, which are checked while parsing.
/// Throws Error(bad_input) that names `source` (a file name, for people), line and column.
[[nodiscard]] Value read(std::string_view text, std::string_view source,
                         const ReadLimits& limits = {});

}  // namespace octroi::json
