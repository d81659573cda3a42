// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <algorithm>
#include <condition_variable>
#include <cstddef>
#include <deque>
#include <exception>
#include <functional>
#include <map>
#include <mutex>
#include <optional>
#include <system_error>
#include <thread>
#include <utility>
#include <vector>

namespace octroi {

/// Works on parts as they come, on several threads of which the caller's is one, and gives the
/// results in the order of the parts. Nobody waits for a round to end: whoever is free takes the
/// next part, and the caller works on those that the others have no room for.
template <typename Part, typename Result>
class InOrder {
 public:
  using Work = std::function<Result(const Part&)>;
  /// Takes a result, one at a time; false when no more are wanted.
  using Give = std::function<bool(Result&&)>;

  InOrder(std::size_t threads, Work work, Give give)
      : work_(std::move(work)), give_(std::move(give)) {
    others_.reserve(threads);  // so that nothing else is thrown once one of them runs
    try {
      for (std::size_t i = 1; i < threads; ++i) others_.emplace_back([this] { run(); });
    } catch (const std::system_error&) {
      // The system gives no more threads: those there are do the work.
    }
  }
  InOrder(const InOrder&) = delete;
  InOrder& operator=(const InOrder&) = delete;
  ~InOrder() {
    {
      const std::lock_guard lock(mutex_);
      is_over_ = true;
      changed_.notify_all();
    }
    others_.clear();  // waits for them
  }

  /// False when no more are wanted. Throws what work or give threw.
  bool add(Part part) {
    std::unique_lock lock(mutex_);
    Numbered next{count_++, std::move(part)};
    if (!is_over_ && waiting_.size() < k_waiting_of_thread * others_.size()) {
      waiting_.push_back(std::move(next));
      changed_.notify_all();
    } else if (!is_over_) {
      lock.unlock();
      do_one(next);
      lock.lock();
    }
    throw_fault();
    return !is_over_;
  }

  /// Works until every result has been given. Throws what work or give threw.
  void finish() {
    std::unique_lock lock(mutex_);
    while (!is_over_ && given_ < count_) {
      if (std::optional<Numbered> next = take()) {
        lock.unlock();
        do_one(*next);
        lock.lock();
      } else {
        changed_.wait(lock);
      }
    }
    throw_fault();
  }

 private:
  static constexpr std::size_t k_waiting_of_thread = 2;  // parts ready for each of the others
  static constexpr std::size_t k_ahead_of_thread = 8;    // parts that can be done before their turn
  static constexpr std::size_t k_ahead_max = 64;         // the same of all, which bounds memory

  struct Numbered {
    std::size_t number;
    Part part;
  };

  /// The part that has waited longest. The mutex is held.
  std::optional<Numbered> take() {
    if (waiting_.empty()) return std::nullopt;
    std::optional<Numbered> first(std::move(waiting_.front()));
    waiting_.pop_front();
    return first;
  }

  void run() {
    std::unique_lock lock(mutex_);
    for (;;) {
      changed_.wait(lock, [this] { return is_over_ || !waiting_.empty(); });
      if (is_over_) return;
      const std::optional<Numbered> next = take();
      lock.unlock();
      do_one(*next);
      lock.lock();
    }
  }

  void do_one(const Numbered& part) {
    try {
      Result result = work_(part.part);
      std::unique_lock lock(mutex_);
      // INVARIANT: parts are taken in order, so whoever has the one whose turn it is never waits.
      changed_.wait(lock, [&] {
        const std::size_t ahead_max = k_ahead_of_thread * (others_.size() + 1);
        return is_over_ || part.number - given_ <= std::min(ahead_max, k_ahead_max);
      });
      done_.emplace(part.number, std::move(result));
      if (!is_giving_) give_those_in_turn(lock);
    } catch (...) {  // carried to the caller's thread, where it is thrown on
      const std::lock_guard lock(mutex_);
      if (!fault_) fault_ = std::current_exception();
      is_over_ = true;
      changed_.notify_all();
    }
  }

  /// One thread gives at a time, and the others work on meanwhile. The mutex is held but for that.
  void give_those_in_turn(std::unique_lock<std::mutex>& lock) {
    is_giving_ = true;  // for good when giving throws: then it is over
    while (!is_over_ && !done_.empty() && done_.begin()->first == given_) {
      Result result = std::move(done_.extract(done_.begin()).mapped());
      lock.unlock();
      const bool is_wanted = give_(std::move(result));
      lock.lock();
      if (!is_wanted) is_over_ = true;
      ++given_;
      changed_.notify_all();
    }
    is_giving_ = false;
  }

  void throw_fault() {
    if (fault_) std::rethrow_exception(fault_);
  }

  Work work_;
  Give give_;
  std::mutex mutex_;  ///< of everything below
  std::condition_variable changed_;
  std::deque<Numbered> waiting_;
  std::map<std::size_t, Result> done_;  ///< by number, not given yet
  std::size_t count_ = 0;               ///< of the parts that were added
  std::size_t given_ = 0;               ///< of the results that were given
  bool is_giving_ = false;
  bool is_over_ = false;
  std::exception_ptr fault_;  ///< the first
  std::vector<std::jthread> others_;
};

}  // namespace octroi
