// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>

#include "commands.hpp"
#include "gate/audit.hpp"
#include "reply.hpp"
#include "session.hpp"

namespace octroi::app {
namespace {

constexpr std::int64_t k_events_per_report = 256;
constexpr const char* k_clear_line = "\r\x1b[K";  // Source: ECMA-48 section 8.3.41, erase in line

ExitCode audit(const Arguments&, Session& session, Reply& reply) {
  std::ostream& messages = session.world().messages;
  const bool shows_progress = session.world().shows_progress && !session.options().is_quiet;
  const auto progress = [&](std::int64_t done, std::int64_t all) {
    if (!shows_progress || (done % k_events_per_report != 0 && done != all)) return;
    messages << fmt::format("\r{} of {} events", done, all) << std::flush;
  };
  const gate::AuditReport report = gate::audit(*session.open_to_read(), progress);
  if (shows_progress) messages << k_clear_line << std::flush;
  reply.show(report);
  return report.is_sound() ? ExitCode::yes : ExitCode::damaged;
}

}  // namespace

std::vector<Command> audit_commands() {
  return {{.name = "audit",
           .reader = Reader::auditor,
           .summary = "recompute the whole registry from its log",
           .description =
               "Replays the log from its bytes: every signature, role and transition, every "
               "digest, every table. Nothing in the file is believed. Names the first bad event "
               "and ends with 20 when something is not as it should be. The head it prints is the "
               "same for two copies that are the same.",
           .examples = {{"octroi audit --registry copy.db", ""},
                        {"octroi audit --json", "the same report for a program"}},
           .run = audit}};
}

}  // namespace octroi::app
