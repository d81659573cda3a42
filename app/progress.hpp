// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <functional>
#include <string>

#include "session.hpp"

namespace octroi::app {

/// "12 of 340 events" on one line of a terminal, overwritten; nothing elsewhere and with --quiet.
class Progress {
 public:
  /// `session` must outlive this. `things` is the plural of what is counted.
  Progress(const Session& session, std::string things);

  /// Takes how many are done and how many there are. Valid as long as this.
  [[nodiscard]] std::function<void(std::int64_t, std::int64_t)> report();
  /// Takes the line away again.
  void clear();

 private:
  const Session& session_;
  std::string things_;
  bool is_shown_;
};

}  // namespace octroi::app
