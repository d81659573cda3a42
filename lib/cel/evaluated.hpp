// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <variant>

#include "cel/value.hpp"

namespace octroi::cel {

/// Why an expression has no value for some bindings.
struct EvaluationError {
  std::string message;  ///< lower case, without position
  std::string
      missing;  ///< the dotted path of the variable or declared field that was absent, or ""

  friend bool operator==(const EvaluationError&, const EvaluationError&) = default;
};

/// A value, or why there is none.
using Evaluated = std::variant<Value, EvaluationError>;

/// An error with a message and nothing missing.
[[nodiscard]] inline Evaluated failure(std::string message) {
  return EvaluationError{std::move(message), {}};
}

}  // namespace octroi::cel
