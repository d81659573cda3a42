// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "base/safe_text.hpp"
#include "json/schema_node.hpp"

/// What a fault says, in words for the person who wrote the document by hand.
namespace octroi::json::draft7 {

/// A value, short and safe to show: text in quotes, a list or object by its size.
[[nodiscard]] std::string shown(const Value& value);

/// "a", "a or b", "a, b or c"; each phrase once.
[[nodiscard]] std::string either(std::vector<std::string> phrases);

/// "text in double quotes or a whole number".
[[nodiscard]] std::string kinds_in_words(const std::vector<Kind>& kinds);

/// "one of "extract", "sample", "whole"".
[[nodiscard]] std::string choices_in_words(const std::vector<Value>& choices);

/// Which of the choices a text was probably meant to be: did_you_mean, or nothing.
[[nodiscard]] std::string nearest_choice(const std::vector<Value>& choices, const Value& found);

/// "text that matches …", with an example where the schema gives one.
[[nodiscard]] std::string pattern_in_words(const Node& node);

[[nodiscard]] std::string_view format_in_words(Format format);

/// "at least 3 items", "at most 1 item"; `unit` is the singular.
[[nodiscard]] std::string at_least(std::size_t count, std::string_view unit);
[[nodiscard]] std::string at_most(std::size_t count, std::string_view unit);

/// The values a node accepts, for a sentence that has room for a few words only.
[[nodiscard]] std::string in_words(const Node& node);

/// Suggestions take time in proportion to the candidates: a document with more faults than this
/// gets none for the rest.
constexpr std::size_t k_suggestions_max = 100;

/// " (did you mean "x"?)", or nothing when no candidate is near.
template <typename Range>
[[nodiscard]] std::string did_you_mean(std::string_view word, const Range& candidates) {
  constexpr std::size_t k_word_bytes_max = 64;  // a longer one is no slip of the pen
  if (word.size() > k_word_bytes_max) return "";
  const std::string_view candidate = nearest(word, candidates);
  return candidate.empty() ? "" : " (did you mean " + octroi::in_quotes(candidate) + "?)";
}

}  // namespace octroi::json::draft7
