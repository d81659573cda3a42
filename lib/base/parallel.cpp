// SPDX-License-Identifier: Apache-2.0
#include "base/parallel.hpp"

#include <algorithm>
#include <atomic>
#include <exception>
#include <mutex>
#include <system_error>
#include <thread>
#include <vector>

namespace octroi {

std::size_t machine_threads() noexcept {
  return std::max(1U, std::thread::hardware_concurrency());
}

void for_each_of(std::size_t count, std::size_t threads,
                 const std::function<void(std::size_t)>& work) {
  std::atomic<std::size_t> next = 0;
  std::mutex mutex;
  std::exception_ptr fault;
  const auto run = [&] {
    for (;;) {
      const std::size_t one = next.fetch_add(1);
      if (one >= count) return;
      try {
        work(one);
      } catch (...) {  // carried to the caller's thread, where it is thrown on
        const std::lock_guard lock(mutex);
        fault = std::current_exception();
        next = count;
      }
    }
  };
  {
    std::vector<std::jthread> others;
    try {
      for (std::size_t i = 1; i < std::min(threads, count); ++i) others.emplace_back(run);
    } catch (const std::system_error&) {
      // The system gives no more threads: those there are do the work.
    }
    run();
  }
  if (fault) std::rethrow_exception(fault);
}

}  // namespace octroi
