// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <functional>

namespace octroi {

/// How many threads this machine runs at once; at least 1.
[[nodiscard]] std::size_t machine_threads() noexcept;

/// How much of a long work is done at the same time. What comes of it is the same at every pace.
struct Pace {
  std::size_t threads = machine_threads();
  std::size_t at_once = 1024;  ///< pieces that are handed out, and held, together
};

/// Calls `work` with every number below `count`, on up to `threads` threads, of which this one is
/// one, and returns when all calls have ended. The order is not fixed. When calls throw, those that
/// have not begun are left out and one of the exceptions is thrown here.
void for_each_of(std::size_t count, std::size_t threads,
                 const std::function<void(std::size_t)>& work);

}  // namespace octroi
