// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <cstdint>

/// Every input has a maximum that is checked before it is parsed; an error names the limit.
namespace octroi::limits {

constexpr std::size_t k_document_bytes_max = 1024 * 1024;  ///< any JSON document a person writes
constexpr std::size_t k_assessment_bytes_max = 16 * 1024 * 1024;   ///< what octroi writes of one
constexpr std::size_t k_attachment_bytes_max = 256 * 1024 * 1024;  ///< a file that is only hashed
constexpr std::size_t k_json_depth_max = 16;  ///< nesting of arrays and objects
constexpr std::int64_t k_json_integer_max = (std::int64_t{1} << 53) - 1;  ///< either way from 0
constexpr std::size_t k_json_members_max = 10'000;  ///< members of one object or array
constexpr std::size_t k_token_bytes_max = 48'000;   ///< a token or event, as text
constexpr std::size_t k_key_file_bytes_max = 1024;  ///< a PASERK file
constexpr std::size_t k_passphrase_bytes_max = 1024;
constexpr std::size_t k_expression_bytes_max = 8 * 1024;   ///< one CEL expression
constexpr std::size_t k_expression_depth_max = 64;         ///< nesting of one CEL expression
constexpr std::size_t k_expression_steps_max = 1'000'000;  ///< evaluation steps of one expression
constexpr std::size_t k_rulebook_steps_max = 5'000'000;    ///< of all conditions, for one case
constexpr std::size_t k_expression_type_steps_max = 250'000;  ///< steps of checking its types
constexpr std::size_t k_expression_elements_max = 100'000;    ///< of a list or text it builds
constexpr std::size_t k_expression_patterns_max = 64;  ///< compiled at a time in one evaluation
constexpr std::size_t k_shown_value_bytes_max = 1024 * 1024;  ///< one value, when it is written out
constexpr std::size_t k_batch_line_bytes_max = 1024 * 1024;   ///< one line of a stream of them

}  // namespace octroi::limits
