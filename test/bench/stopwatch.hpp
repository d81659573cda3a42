// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <algorithm>
#include <chrono>
#include <functional>

namespace octroi::bench {

/// How often a second `work` is done: the best of five rounds, each of at least `round`. The best,
/// because what else the machine does can only make it slower.
inline double per_second(const std::function<void()>& work,
                         std::chrono::duration<double> round = std::chrono::milliseconds(300)) {
  using Clock = std::chrono::steady_clock;
  double best = 0;
  for (int i = 0; i < 5; ++i) {
    const auto start = Clock::now();
    std::size_t count = 0;
    std::chrono::duration<double> passed{};
    do {
      for (int k = 0; k < 16; ++k) work();
      count += 16;
      passed = Clock::now() - start;
    } while (passed < round);
    best = std::max(best, static_cast<double>(count) / passed.count());
  }
  return best;
}

}  // namespace octroi::bench
