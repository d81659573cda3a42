// SPDX-License-Identifier: Apache-2.0
#include "progress.hpp"

#include <fmt/format.h>

namespace octroi::app {
namespace {

constexpr std::int64_t k_done_per_report = 256;
constexpr const char* k_clear_line = "\r\x1b[K";  // Source: ECMA-48 section 8.3.41, erase in line

}  // namespace

Progress::Progress(const Session& session, std::string things)
    : session_(session),
      things_(std::move(things)),
      is_shown_(session.world().shows_progress && !session.options().is_quiet) {}

std::function<void(std::int64_t, std::int64_t)> Progress::report() {
  return [this](std::int64_t done, std::int64_t all) {
    if (!is_shown_ || (done % k_done_per_report != 0 && done != all)) return;
    session_.world().messages << fmt::format("\r{} of {} {}", done, all, things_) << std::flush;
  };
}

void Progress::clear() {
  if (is_shown_) session_.world().messages << k_clear_line << std::flush;
}

}  // namespace octroi::app
