// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <chrono>
#include <string>

#include "base/random.hpp"
#include "base/time.hpp"
#include "crypto/key.hpp"
#include "registry/sqlite_database.hpp"

/// One function per use case. Each writing function is one transaction: event, documents and tables
/// appear together or not at all, and its result is returned after the commit. Results have a
/// `to_json` whose form is the schema that schemas/README.md names for the command.
namespace octroi::gate {

using registry::Database;
using registry::open_sqlite;
using registry::OpenMode;

/// Clocks of two machines differ by as much; what is dated later than that after now was not made
/// when it says, or a clock is wrong.
constexpr std::chrono::minutes k_clock_skew_max{5};

/// What the outside world gives: the time and randomness.
struct Context {
  Clock clock;
  Random random;
};

/// The same context with its clock stopped: for an act whose parts must agree on the time. Called
/// inside a writing transaction, so that the time is not that of before the wait for it.
[[nodiscard]] inline Context at_one_moment(const Context& context) {
  return {[now = context.clock()] { return now; }, context.random};
}

/// Who acts: a member's id and that member's key. What the key may do is looked up in the registry;
/// an act of another key, or of a member without the role, is Error(not_allowed).
struct Actor {
  std::string member;
  const crypto::SecretKey& key;
};

}  // namespace octroi::gate
