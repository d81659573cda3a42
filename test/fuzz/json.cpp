// SPDX-License-Identifier: Apache-2.0
#include "fuzz/target.hpp"
#include "json/read.hpp"
#include "json/readers.hpp"
#include "json/to_value.hpp"
#include "json/write.hpp"

namespace {

/// A tape takes fewer texts than the reader with reasons, and none that it refuses.
octroi::json::Value read_or_refuse(std::string_view text, bool is_plain) {
  try {
    return is_plain ? octroi::json::read_with_reasons(text, "input", {})
                    : octroi::json::read(text, "input");
  } catch (const octroi::Error&) {
    octroi::fuzz::require(!is_plain, "what a tape takes is read");
    throw;
  }
}

}  // namespace

void octroi::fuzz::try_input(std::string_view text) {
  json::Tape tape;
  const bool is_plain = tape.read(text);
  const json::Value value = read_or_refuse(text, is_plain);
  require(!is_plain || json::to_value(tape.root()) == value, "a tape holds the same");
  require(json::read(text, "input") == value, "all readers read the same");
  require(json::read_with_reasons(text, "input", {}) == value, "all readers read the same");
  require(json::read(json::pretty(value), "written") == value, "what is written reads the same");
  require(json::read(json::canonical(value), "canonical") == value, "canonical reads the same");
}
