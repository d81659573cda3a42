// SPDX-License-Identifier: Apache-2.0
#include "base/in_order.hpp"

#include <atomic>
#include <chrono>
#include <stdexcept>
#include <string>

#include "catch.hpp"
#include "without_threads.hpp"

namespace octroi {
namespace {

/// What `threads` make of 0, 1, 2, … up to `count`, as they give it.
std::vector<int> results(std::size_t threads, int count) {
  std::vector<int> given;
  InOrder<int, int> parts(
      threads,
      [](int part) {
        if (part % 7 == 0) std::this_thread::sleep_for(std::chrono::microseconds(300));
        return part * 10;
      },
      [&](int result) {
        given.push_back(result);
        return true;
      });
  for (int i = 0; i < count; ++i) CHECK(parts.add(i));
  parts.finish();
  return given;
}

}  // namespace

TEST_CASE("results are given in the order of the parts, at any number of threads") {
  for (const std::size_t threads : {0U, 1U, 2U, 5U}) {
    for (const int count : {0, 1, 2, 3, 200}) {
      const std::vector<int> given = results(threads, count);
      REQUIRE(given.size() == static_cast<std::size_t>(count));
      for (int i = 0; i < count; ++i) CHECK(given[static_cast<std::size_t>(i)] == i * 10);
    }
  }
}

TEST_CASE("a part that takes long lets the others go only so far ahead of it") {
  constexpr int k_ahead = 8 * 3;  // as in_order.hpp says for three threads
  constexpr int k_of_others = 2;  // done, but waiting until they may put down what they have
  std::atomic<int> begun = 0;
  int begun_in_time = 0;
  InOrder<int, int> parts(
      3,
      [&](int part) {
        ++begun;
        if (part == 0) {
          for (int i = 0; begun < 1 + k_ahead && i < 5000; ++i) {
            std::this_thread::sleep_for(std::chrono::milliseconds(1));
          }
          std::this_thread::sleep_for(std::chrono::milliseconds(20));
          begun_in_time = begun;
        }
        return part;
      },
      [](int) { return true; });
  for (int i = 0; i < 200; ++i) REQUIRE(parts.add(i));
  parts.finish();
  CHECK(begun == 200);
  CHECK(begun_in_time > k_ahead);
  CHECK(begun_in_time <= 1 + k_ahead + k_of_others);
}

TEST_CASE("where the system gives no more threads, those there are do the work") {
  CHECK(holds_without_threads([] { return results(5, 200) == results(1, 200); }));
}

TEST_CASE("who wants no more is given no more, and told to add no more") {
  for (const std::size_t threads : {1U, 3U}) {
    int given = 0;
    InOrder<int, int> parts(
        threads, [](int part) { return part; }, [&](int) { return ++given < 3; });
    int added = 0;
    while (parts.add(added)) REQUIRE(++added < 10'000);
    parts.finish();
    CHECK(given == 3);
  }
}

TEST_CASE("what work or giving throws is thrown to whoever adds or finishes") {
  for (const std::size_t threads : {1U, 3U}) {
    for (const bool is_thrown_by_work : {true, false}) {
      std::atomic<int> given = 0;
      InOrder<int, int> parts(
          threads,
          [&](int part) {
            if (is_thrown_by_work && part == 5) throw std::runtime_error("part 5");
            return part;
          },
          [&](int result) {
            if (result == 5) throw std::runtime_error("part 5");
            ++given;
            return true;
          });
      const auto add_all = [&] {
        for (int i = 0; i < 10'000; ++i) {
          if (!parts.add(i)) break;
        }
        parts.finish();
      };
      CHECK_THROWS_WITH(add_all(), "part 5");
      CHECK(given <= 5);
    }
  }
}

TEST_CASE("parts that are never finished are left alone") {
  std::atomic<int> done = 0;
  {
    InOrder<int, int> parts(
        3, [&](int part) { return ++done, part; }, [](int) { return true; });
    for (int i = 0; i < 20; ++i) REQUIRE(parts.add(i));
  }
  CHECK(done <= 20);
}

}  // namespace octroi
