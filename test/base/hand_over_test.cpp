// SPDX-License-Identifier: Apache-2.0
#include "base/hand_over.hpp"

#include <algorithm>
#include <atomic>
#include <chrono>
#include <stdexcept>
#include <vector>

#include "catch.hpp"
#include "without_threads.hpp"

namespace octroi {
namespace {

using Next = HandOver<int>::Next;

void sleep_a_little() {
  std::this_thread::sleep_for(std::chrono::milliseconds(1));
}

/// Asks for what comes next until it is there; nullptr when it does not come for long.
const int* awaited(const Next& next) {
  for (int i = 0; i < 5000; ++i) {
    if (const int* piece = next()) return piece;
    sleep_a_little();
  }
  return nullptr;
}

/// The pieces as they were worked on.
std::vector<int> worked_on(int count) {
  std::vector<int> done;
  HandOver<int> pieces([&done](int piece, const Next&) {
    done.push_back(piece);
    return true;
  });
  for (int i = 0; i < count; ++i) pieces.add(i);
  pieces.wait();
  return done;
}

}  // namespace

TEST_CASE("pieces that are handed over are worked on once each, in order") {
  for (const int count : {0, 1, 2, 200}) {
    const std::vector<int> done = worked_on(count);
    REQUIRE(done.size() == static_cast<std::size_t>(count));
    for (int i = 0; i < count; ++i) CHECK(done[static_cast<std::size_t>(i)] == i);
  }
}

TEST_CASE("whoever works sees the piece that comes next, and no other waits beside it") {
  constexpr int k_pieces = 20;
  std::atomic<int> added = 0;
  std::vector<int> seen;
  int most_ahead = 0;
  HandOver<int> pieces([&](int piece, const Next& next) {
    if (piece + 1 == k_pieces) return true;
    const int* coming = awaited(next);
    if (coming == nullptr) return false;
    sleep_a_little();
    most_ahead = std::max(most_ahead, added - piece);
    seen.push_back(*coming);
    return true;
  });
  for (int i = 0; i < k_pieces; ++i) {
    REQUIRE(pieces.add(i));
    ++added;
  }
  pieces.wait();
  REQUIRE(seen.size() == k_pieces - 1);
  for (int i = 0; i + 1 < k_pieces; ++i) CHECK(seen[static_cast<std::size_t>(i)] == i + 1);
  CHECK(most_ahead == 2);
}

TEST_CASE("where the system gives no thread, whoever hands over works") {
  CHECK(holds_without_threads([] { return worked_on(200).size() == 200; }));
  CHECK(holds_without_threads([] {
    bool is_asked = false;
    HandOver<int> pieces([&](int piece, const Next& next) {
      is_asked = is_asked || next;
      return piece < 2;
    });
    return pieces.add(1) && !pieces.add(2) && !pieces.add(1) && !is_asked;
  }));
}

TEST_CASE("where the system gives no thread, what is thrown is not forgotten either") {
  CHECK(holds_without_threads([] {
    int done = 0;
    HandOver<int> pieces([&done](int, const Next&) -> bool {
      ++done;
      throw std::runtime_error("piece");
    });
    int thrown = 0;
    const auto count_thrown = [&thrown](const auto& act) {
      try {
        act();
      } catch (const std::runtime_error&) {
        ++thrown;
      }
    };
    count_thrown([&pieces] { pieces.add(1); });
    count_thrown([&pieces] { pieces.add(2); });
    count_thrown([&pieces] { pieces.wait(); });
    return done == 1 && thrown == 3;
  }));
}

TEST_CASE("who wants no more pieces is handed no more") {
  std::atomic<int> done = 0;
  HandOver<int> pieces([&done](int, const Next&) { return ++done < 3; });
  int added = 0;
  while (pieces.add(added)) REQUIRE(++added < 10'000);
  pieces.wait();
  CHECK(done == 3);
}

TEST_CASE("what is thrown by whoever works is thrown to whoever hands over") {
  HandOver<int> pieces([](int piece, const Next&) {
    if (piece == 5) throw std::runtime_error("piece 5");
    return true;
  });
  const auto add_all = [&pieces] {
    for (int i = 0; i < 10; ++i) pieces.add(i);
    pieces.wait();
  };
  CHECK_THROWS_WITH(add_all(), "piece 5");
  CHECK_THROWS_WITH(pieces.wait(), "piece 5");  // and is not forgotten
}

TEST_CASE("a piece that is worked on is done, and one that waits is left alone, at the end") {
  std::vector<int> done;
  {
    HandOver<int> pieces([&done](int piece, const Next& next) {
      const bool comes_next = awaited(next) != nullptr;
      std::this_thread::sleep_for(std::chrono::milliseconds(20));
      if (comes_next) done.push_back(piece);
      return true;
    });
    pieces.add(1);
    pieces.add(2);
  }
  CHECK(done == std::vector{1});
}

}  // namespace octroi
