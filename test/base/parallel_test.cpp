// SPDX-License-Identifier: Apache-2.0
#include "base/parallel.hpp"

#include <atomic>
#include <stdexcept>
#include <vector>

#include "catch.hpp"

using namespace octroi;

TEST_CASE("every number is worked on once, whatever the number of threads") {
  CHECK(machine_threads() >= 1);
  for (const std::size_t threads : {0U, 1U, 2U, 7U, 64U}) {
    for (const std::size_t count : {0U, 1U, 5U, 1000U}) {
      std::vector<std::atomic<int>> calls(count);
      for_each_of(count, threads, [&](std::size_t one) { ++calls[one]; });
      for (const std::atomic<int>& number : calls) CHECK(number == 1);
    }
  }
}

TEST_CASE("an exception of a thread reaches the caller, and nothing more is begun") {
  for (const std::size_t threads : {1U, 4U}) {
    std::atomic<int> calls = 0;
    const auto work = [&](std::size_t one) {
      ++calls;
      if (one == 3) throw std::runtime_error("three");
    };
    CHECK_THROWS_WITH(for_each_of(1'000'000, threads, work), "three");
    CHECK(calls < 1'000'000);
  }
}
