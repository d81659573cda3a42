// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "json/value.hpp"

namespace octroi::rules {

/// A text in the languages that every rulebook must have.
struct Text {
  std::string en;
  std::string fr;

  /// The text in "fr", or else in English.
  [[nodiscard]] const std::string& in(std::string_view language) const {
    return language == "fr" ? fr : en;
  }
  friend bool operator==(const Text&, const Text&) = default;
};

/// Where a rule comes from.
struct Citation {
  std::string source;
  std::string provision;

  friend bool operator==(const Citation&, const Citation&) = default;
};

/// Both in their JSON form: {"en": …, "fr": …} and [{"source": …, "provision": …}, …]. Reading a
/// nullptr gives empty ones.
[[nodiscard]] Text read_text(const json::Value* value);
[[nodiscard]] std::vector<Citation> read_citations(const json::Value* value);
[[nodiscard]] json::Value to_json(const Text& text);
[[nodiscard]] json::Value to_json(const std::vector<Citation>& citations);

}  // namespace octroi::rules
