// SPDX-License-Identifier: Apache-2.0
#include "fuzz/target.hpp"
#include "json/read.hpp"
#include "json/readers.hpp"
#include "json/write.hpp"

void octroi::fuzz::try_input(std::string_view text) {
  const json::Value value = json::read(text, "input");
  require(json::read_with_reasons(text, "input", {}) == value, "both readers read the same");
  require(json::read(json::pretty(value), "written") == value, "what is written reads the same");
  require(json::read(json::canonical(value), "canonical") == value, "canonical reads the same");
}
