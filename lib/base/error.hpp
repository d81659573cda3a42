// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <stdexcept>
#include <string>

namespace octroi {

/// Why a command cannot go on. One code per thing the caller can do about it.
enum class ErrorCode {
  could_not,    ///< the outside world failed: input/output, memory, an internal limit
  busy,         ///< somebody else is writing; the same call may succeed later
  usage,        ///< the command line is wrong
  bad_input,    ///< a file or value the user gave is wrong
  not_allowed,  ///< the act is refused: role, rule, decision or state forbids it
  not_yet,      ///< the act needs something that is still missing
  damaged,      ///< the registry does not hold what it says it holds
};

/// The one exception of octroi. Thrown for what the user must mend or what cannot be done, with a
/// message in lower case that names file, field and value and says what was expected.
/// An expected "no" is a value, never an Error.
class Error final : public std::runtime_error {
 public:
  Error(ErrorCode code, const std::string& message) : std::runtime_error(message), code_(code) {}

  [[nodiscard]] ErrorCode code() const noexcept { return code_; }

 private:
  ErrorCode code_;
};

/// Ends the process at once, in release too: something that cannot be is. `what` names it.
[[noreturn]] void broken_invariant(const char* what) noexcept;

}  // namespace octroi
