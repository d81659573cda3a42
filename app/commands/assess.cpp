// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>

#include "commands.hpp"
#include "gate/assessing.hpp"
#include "reply.hpp"
#include "session.hpp"

namespace octroi::app {
namespace {

ExitCode assess(const Arguments& arguments, Session& session, Reply& reply) {
  const auto registry = session.open_to_write();
  const gate::RecordedAssessment recorded =
      gate::assess(*registry, session.actor(), arguments.required("REQUEST"), session.context());
  reply.show(recorded);
  if (recorded.assessment.verdict <= rules::Verdict::refer) {
    reply.next(fmt::format("once the board has met, octroi decide {}", recorded.request));
  }
  return exit_code(recorded.assessment.verdict);
}

}  // namespace

std::vector<Command> assess_commands() {
  return {{.name = "assess",
           .reader = Reader::secretary,
           .summary = "record what the rules say of a request",
           .description =
               "Assesses the current version of a request under the rulebooks in force today and "
               "records the result. It is a computation, never a decision. Ends with the verdict "
               "as check does: 0 clear, 4 refused, 5 for the board or incomplete; the assessment "
               "is on record in each case.",
           .positionals = {{"REQUEST", "its number: R-2026-0001"}},
           .examples = {{"octroi assess R-2026-0001 --as martin", ""}},
           .run = assess}};
}

}  // namespace octroi::app
