// SPDX-License-Identifier: Apache-2.0
#include "exit_code.hpp"

#include <algorithm>
#include <array>

namespace octroi::app {
namespace {

constexpr std::array k_worst_first = {
    ExitCode::damaged,       ExitCode::could_not,      ExitCode::usage,
    ExitCode::bad_signature, ExitCode::malformed,      ExitCode::bad_proof,
    ExitCode::revoked,       ExitCode::expired,        ExitCode::other_use,
    ExitCode::not_yet_valid, ExitCode::status_unknown, ExitCode::no,
    ExitCode::bad_input,     ExitCode::not_yet,        ExitCode::yes,
};

}  // namespace

ExitCode worse_of(ExitCode left, ExitCode right) {
  return *std::find_if(k_worst_first.begin(), k_worst_first.end(),
                       [&](ExitCode code) { return code == left || code == right; });
}

ExitCode exit_code(ErrorCode code) {
  switch (code) {
    case ErrorCode::could_not:
    case ErrorCode::busy:
      return ExitCode::could_not;
    case ErrorCode::usage:
      return ExitCode::usage;
    case ErrorCode::bad_input:
      return ExitCode::bad_input;
    case ErrorCode::not_allowed:
      return ExitCode::no;
    case ErrorCode::not_yet:
      return ExitCode::not_yet;
    case ErrorCode::damaged:
      return ExitCode::damaged;
  }
  broken_invariant("an error code that is none");
}

ExitCode exit_code(rules::Verdict verdict) {
  switch (verdict) {
    case rules::Verdict::clear:
      return ExitCode::yes;
    case rules::Verdict::refer:
    case rules::Verdict::incomplete:
      return ExitCode::not_yet;
    case rules::Verdict::refuse:
      return ExitCode::no;
  }
  broken_invariant("a verdict that is none");
}

ExitCode exit_code(gate::TokenAnswer answer) {
  switch (answer) {
    case gate::TokenAnswer::valid:
      return ExitCode::yes;
    case gate::TokenAnswer::malformed:
      return ExitCode::malformed;
    case gate::TokenAnswer::bad_signature:
      return ExitCode::bad_signature;
    case gate::TokenAnswer::expired:
      return ExitCode::expired;
    case gate::TokenAnswer::not_yet_valid:
      return ExitCode::not_yet_valid;
    case gate::TokenAnswer::revoked:
    case gate::TokenAnswer::suspended:
      return ExitCode::revoked;
    case gate::TokenAnswer::status_stale:
    case gate::TokenAnswer::status_missing:
      return ExitCode::status_unknown;
    case gate::TokenAnswer::bad_proof:
      return ExitCode::bad_proof;
    case gate::TokenAnswer::other_use:
      return ExitCode::other_use;
  }
  broken_invariant("an answer of verify that is none");
}

}  // namespace octroi::app
