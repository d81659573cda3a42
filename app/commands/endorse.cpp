// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>
#include <fmt/ranges.h>

#include "commands.hpp"
#include "gate/endorsing.hpp"
#include "reply.hpp"
#include "session.hpp"

namespace octroi::app {
namespace {

ExitCode endorse(const Arguments& arguments, Session& session, Reply& reply) {
  const auto registry = session.open_to_write();
  const gate::EndorsedRelease release =
      gate::endorse(*registry, session.actor(), arguments.required("REQUEST"), session.context());
  reply.say(release,
            fmt::format("the release of {} under {} is endorsed by {} ({} of {})", release.request,
                        release.decision, fmt::join(release.endorsers, ", "),
                        release.endorsers.size(), release.wanted));
  reply.next(
      fmt::format("octroi issue {}, by a secretary who did not endorse it", release.request));
  return ExitCode::yes;
}

}  // namespace

std::vector<Command> endorse_commands() {
  return {
      {.name = "endorse",
       .reader = Reader::secretary,
       .summary = "agree, as a second person, that a grant's tokens are issued",
       .description =
           "Where the charter asks for it, other secretaries endorse a release before its "
           "tokens are issued. The request is assessed once more; the endorsement is of exactly "
           "this version, decision and assessment, and is worth nothing once one of them "
           "changes. Who submitted the request, is named in it or recorded the decision does "
           "not endorse, nobody does twice, and who endorsed does not issue alone. The token "
           "names the endorsements.",
       .positionals = {{"REQUEST", "its number: R-2026-0001"}},
       .examples = {{"octroi endorse R-2026-0001 --as dubois", ""}},
       .run = endorse}};
}

}  // namespace octroi::app
