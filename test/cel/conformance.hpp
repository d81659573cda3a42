// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <string_view>

#include "catch.hpp"
#include "cel/planned.hpp"
#include "cel/sample.hpp"

/// Cases of the language definition that the official vectors of core.json do not hold, by their
/// sections. Each is evaluated with the type check and without.
/// Source: cel-spec, doc/langdef.md and tests/simple/testdata.
namespace octroi::cel::conformance {

struct Row {
  const char* source;
  const char* value;
};

inline std::string outcome_of(const Program::Compiled& compiled, const Bindings& bindings) {
  if (const auto* problems = std::get_if<std::vector<Problem>>(&compiled)) {
    return "problem: " + problems->front().message;
  }
  const Evaluated result = sample::evaluated(std::get<Program>(compiled), bindings);
  if (const auto* error = std::get_if<EvaluationError>(&result)) return "error: " + error->message;
  return sample::shown(std::get<Value>(result));
}

template <std::size_t size>
void check_both(const Row (&rows)[size]) {
  for (const Row& row : rows) {
    INFO(row.source);
    CHECK(outcome_of(Program::compile(row.source, {}), {}) == row.value);
    CHECK(outcome_of(Program::compile_unchecked(row.source, {}), {}) == row.value);
  }
}

/// Each begins with what is given: messages are told elsewhere.
template <std::size_t size>
void check_starts(const Row (&rows)[size]) {
  for (const Row& row : rows) {
    INFO(row.source);
    const std::string checked = outcome_of(Program::compile(row.source, {}), {});
    const std::string unchecked = outcome_of(Program::compile_unchecked(row.source, {}), {});
    INFO(checked);
    INFO(unchecked);
    CHECK(checked.starts_with(row.value));
    CHECK(unchecked.starts_with(row.value));
  }
}

inline std::string type_of(std::string_view source) {
  const auto compiled = Program::compile(source, {});
  if (const auto* problems = std::get_if<std::vector<Problem>>(&compiled)) {
    return "problem: " + problems->front().message;
  }
  return to_string(std::get<Program>(compiled).result_type());
}

}  // namespace octroi::cel::conformance
