// SPDX-License-Identifier: Apache-2.0
#include <algorithm>

#include "base/error.hpp"
#include "commands.hpp"
#include "gate/replaying.hpp"
#include "reply.hpp"
#include "session.hpp"

namespace octroi::app {
namespace {

gate::ReplayWishes wishes_of(const Arguments& arguments) {
  if (arguments.has("--all") == arguments.has("REQUEST")) {
    throw Error(ErrorCode::usage, "replay: expected either REQUEST or --all");
  }
  if (arguments.has("--all") && arguments.has("--event")) {
    throw Error(ErrorCode::usage, "replay: --event is one of REQUEST, and --all is every one");
  }
  return {arguments.text("REQUEST"), arguments.number("--event")};
}

ExitCode replay(const Arguments& arguments, Session& session, Reply& reply) {
  const gate::ReplayWishes wishes = wishes_of(arguments);
  const auto replayed = gate::replay_assessments(*session.open_to_read(), wishes);
  reply.show(replayed);
  const bool is_reproduced = std::all_of(replayed.begin(), replayed.end(), [](const auto& one) {
    return one.result == gate::ReplayResult::same || one.result == gate::ReplayResult::erased;
  });
  return is_reproduced ? ExitCode::yes : ExitCode::damaged;
}

}  // namespace

std::vector<Command> replay_commands() {
  return {{.name = "replay",
           .reader = Reader::auditor,
           .summary = "compute recorded assessments again",
           .description =
               "Assesses again what was assessed: the documents and rulebooks that an assessment "
               "names by digest, as of its day. They have to be those of the registry at that "
               "time, and the result has to be the same bytes. Says for each whether it is, else "
               "the first difference, and ends with 20 when one is not reproduced. One that rests "
               "on a document erased for good cannot be, and is said to be erased. Another "
               "version of octroi may compute other facts; an assessment says which one computed "
               "it. The tables and the salts of documents are believed here; 'octroi audit' "
               "checks them.",
           .positionals = {{.name = "REQUEST",
                            .help = "all assessments of this request",
                            .is_optional = true}},
           .options = {{"--all", "", "the assessments of every request"},
                       {"--event", "N", "only the one that this event recorded"}},
           .examples = {{"octroi replay R-2026-0001", ""},
                        {"octroi replay --all --json", "every assessment, for a program"}},
           .run = replay}};
}

}  // namespace octroi::app
