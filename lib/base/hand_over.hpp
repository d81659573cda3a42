// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <condition_variable>
#include <exception>
#include <functional>
#include <mutex>
#include <optional>
#include <system_error>
#include <thread>
#include <utility>

namespace octroi {

/// Hands pieces of work over to a thread of its own, in order, for work that waits for a disk:
/// while one piece is worked on, the next may wait, and is seen by whoever works. Never more than
/// these two are held.
template <typename Piece>
class HandOver {
 public:
  /// The piece that waits, which stays where it is until it is worked on; nullptr where none does.
  using Next = std::function<const Piece*()>;
  /// Works on one; false when no more are wanted. There is no `next` to ask where the system gave
  /// no thread.
  using Work = std::function<bool(const Piece&, const Next& next)>;

  explicit HandOver(Work work) : work_(std::move(work)) {
    try {
      thread_ = std::jthread([this] { run(); });
    } catch (const std::system_error&) {
      // The system gives no more threads: whoever adds works as well.
    }
  }
  HandOver(const HandOver&) = delete;
  HandOver& operator=(const HandOver&) = delete;
  /// What is being worked on is done, what waits is not.
  ~HandOver() {
    const std::lock_guard lock(mutex_);
    is_over_ = true;
    changed_.notify_all();
  }

  /// Called by one thread at a time. Waits while another piece waits. False when no more are
  /// wanted. Throws what work threw.
  bool add(Piece piece) {
    if (!thread_.joinable()) {
      if (!is_over_) do_one(piece, nullptr);
      throw_fault();
      return !is_over_;
    }
    std::unique_lock lock(mutex_);
    changed_.wait(lock, [this] { return is_over_ || !waiting_; });
    throw_fault();
    if (!is_over_) waiting_ = std::move(piece);
    changed_.notify_all();
    return !is_over_;
  }

  /// Waits until all that were added are done. Throws what work threw.
  void wait() {
    std::unique_lock lock(mutex_);
    changed_.wait(lock, [this] { return is_over_ || (!waiting_ && !is_working_); });
    throw_fault();
  }

 private:
  void run() {
    std::unique_lock lock(mutex_);
    for (;;) {
      changed_.wait(lock, [this] { return is_over_ || waiting_; });
      if (is_over_) return;
      const Piece piece = *std::exchange(waiting_, std::nullopt);
      is_working_ = true;
      changed_.notify_all();
      lock.unlock();
      do_one(piece, [this] { return next(); });
      lock.lock();
    }
  }

  void do_one(const Piece& piece, const Next& next) {
    std::exception_ptr fault;
    bool is_wanted = false;
    try {
      is_wanted = work_(piece, next);
    } catch (...) {  // carried to whoever adds
      fault = std::current_exception();
    }
    const std::lock_guard lock(mutex_);
    fault_ = fault;
    is_over_ = is_over_ || !is_wanted;
    is_working_ = false;
    changed_.notify_all();
  }

  const Piece* next() {
    const std::lock_guard lock(mutex_);
    return waiting_ ? &*waiting_ : nullptr;
  }

  void throw_fault() {
    if (fault_) std::rethrow_exception(fault_);
  }

  Work work_;
  std::mutex mutex_;  ///< of everything below
  std::condition_variable changed_;
  std::optional<Piece> waiting_;
  bool is_working_ = false;
  bool is_over_ = false;
  std::exception_ptr fault_;
  std::jthread thread_;
};

}  // namespace octroi
