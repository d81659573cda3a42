// SPDX-License-Identifier: Apache-2.0
#include "commands.hpp"
#include "files.hpp"
#include "gate/requests.hpp"
#include "reply.hpp"
#include "session.hpp"

namespace octroi::app {
namespace {

ExitCode list_all(const Arguments& arguments, Session& session, Reply& reply) {
  reply.show(gate::list_requests(*session.open_to_read(), arguments.all("--state")));
  return ExitCode::yes;
}

ExitCode show_one(const Arguments& arguments, Session& session, Reply& reply) {
  std::optional<model::HolidayCalendar> calendar;
  if (const auto file = arguments.text("--holidays")) {
    calendar =
        model::HolidayCalendar::from(read_document_file(model::DocumentKind::holidays, *file));
  }
  reply.show(gate::show_request(*session.open_to_read(), arguments.required("REQUEST"),
                                date_of(session.now()), std::move(calendar),
                                session.options().at));
  return ExitCode::yes;
}

}  // namespace

std::vector<Command> list_commands() {
  return {
      {.name = "list",
       .reader = Reader::researcher,
       .summary = "the requests of the registry, and where each stands",
       .options = {{.name = "--state",
                    .value = "STATE",
                    .help = "only those in this state",
                    .is_repeatable = true,
                    .choices = {"submitted", "assessed", "granted", "refused", "issued",
                                "withdrawn"}}},
       .examples = {{"octroi list", ""},
                    {"octroi list --state submitted --state assessed", "what waits for the board"}},
       .run = list_all},
      {.name = "show",
       .reader = Reader::researcher,
       .summary = "everything about one request",
       .description =
           "Shows a request, what the rules found, what the board decided, which tokens "
           "were issued and how they stand, which legal deadlines have begun and how they stand "
           "today, and its history. With --at, how the deadlines stand then, and how the tokens "
           "must be regarded as having stood at that moment.",
       .positionals = {{"REQUEST", "its number: R-2026-0001"}},
       .options = {{.name = "--holidays",
                    .value = "FILE",
                    .help = "a calendar of holidays, for deadlines; default: weekends alone"}},
       .examples = {{"octroi show R-2026-0001", ""},
                    {"octroi show R-2026-0001 --lang fr", "in French"},
                    {"octroi show R-2026-0001 --at 2029-07-01 --holidays france.json",
                     "which deadlines run on that day, and until when"}},
       .looks_at_the_time = true,
       .run = show_one},
  };
}

}  // namespace octroi::app
