// SPDX-License-Identifier: Apache-2.0
#include "exit_code.hpp"

#include "catch.hpp"

namespace octroi::app {
namespace {

template <typename Cause>
int number(Cause cause) {
  return static_cast<int>(exit_code(cause));
}

}  // namespace

// The numbers are a promise to scripts: they are written out here once more, as DESIGN has them.
TEST_CASE("every error code has its exit code") {
  CHECK(number(ErrorCode::could_not) == 1);
  CHECK(number(ErrorCode::busy) == 1);
  CHECK(number(ErrorCode::usage) == 2);
  CHECK(number(ErrorCode::bad_input) == 3);
  CHECK(number(ErrorCode::not_allowed) == 4);
  CHECK(number(ErrorCode::not_yet) == 5);
  CHECK(number(ErrorCode::damaged) == 20);
}

TEST_CASE("every verdict has its exit code") {
  CHECK(number(rules::Verdict::clear) == 0);
  CHECK(number(rules::Verdict::refer) == 5);
  CHECK(number(rules::Verdict::incomplete) == 5);
  CHECK(number(rules::Verdict::refuse) == 4);
}

TEST_CASE("every answer of verify has its exit code") {
  CHECK(number(gate::TokenAnswer::valid) == 0);
  CHECK(number(gate::TokenAnswer::malformed) == 10);
  CHECK(number(gate::TokenAnswer::bad_signature) == 11);
  CHECK(number(gate::TokenAnswer::expired) == 12);
  CHECK(number(gate::TokenAnswer::not_yet_valid) == 13);
  CHECK(number(gate::TokenAnswer::revoked) == 14);
  CHECK(number(gate::TokenAnswer::suspended) == 14);
  CHECK(number(gate::TokenAnswer::other_use) == 15);
  CHECK(number(gate::TokenAnswer::status_stale) == 16);
  CHECK(number(gate::TokenAnswer::status_missing) == 16);
}

// The order of the help texts and of schemas/README.md.
TEST_CASE("of two codes the worse one is not the higher one") {
  const ExitCode order[] = {ExitCode::damaged,       ExitCode::could_not,      ExitCode::usage,
                            ExitCode::bad_signature, ExitCode::malformed,      ExitCode::bad_proof,
                            ExitCode::revoked,       ExitCode::expired,        ExitCode::other_use,
                            ExitCode::not_yet_valid, ExitCode::status_unknown, ExitCode::no,
                            ExitCode::bad_input,     ExitCode::not_yet,        ExitCode::yes};
  for (std::size_t i = 0; i < std::size(order); ++i) {
    for (std::size_t j = i; j < std::size(order); ++j) {
      CHECK(worse_of(order[i], order[j]) == order[i]);
      CHECK(worse_of(order[j], order[i]) == order[i]);
    }
  }
}

}  // namespace octroi::app
