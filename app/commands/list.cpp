// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>

#include "base/error.hpp"
#include "commands.hpp"
#include "files.hpp"
#include "gate/requests.hpp"
#include "reply.hpp"
#include "session.hpp"

namespace octroi::app {
namespace {

/// In a table, unless more are asked for: what somebody can look through.
constexpr int k_last = 100;

/// How many of the newest; nothing: all. A program that reads JSON gets what it asks for.
std::optional<std::size_t> most_of(const Arguments& arguments, bool is_json) {
  const std::optional<int> last = arguments.number("--last", 1);
  if (last && arguments.has("--all")) {
    throw Error(ErrorCode::usage, "list: expected either --last or --all");
  }
  if (arguments.has("--all")) return std::nullopt;
  if (!last && is_json) return std::nullopt;
  return static_cast<std::size_t>(last.value_or(k_last));
}

ExitCode list_all(const Arguments& arguments, Session& session, Reply& reply) {
  const std::optional<std::size_t> most = most_of(arguments, reply.is_json());
  // One more tells whether there are more.
  std::vector<gate::RequestRow> rows =
      gate::list_requests(*session.open_to_read(), arguments.all("--state"),
                          most ? std::optional(*most + 1) : std::nullopt);
  const bool are_more = most && rows.size() > *most;
  if (are_more) rows.erase(rows.begin());
  reply.show(rows);
  if (are_more && !arguments.has("--last")) {
    reply.note(fmt::format("only the newest {} are shown; --all shows all", *most));
  }
  return ExitCode::yes;
}

ExitCode show_one(const Arguments& arguments, Session& session, Reply& reply) {
  std::optional<model::HolidayCalendar> calendar;
  if (const auto file = arguments.text("--holidays")) {
    calendar =
        model::HolidayCalendar::from(read_document_file(model::DocumentKind::holidays, *file));
  }
  reply.show(gate::show_request(*session.open_to_read(), arguments.required("REQUEST"),
                                date_of(session.now()), std::move(calendar), session.options().at));
  return ExitCode::yes;
}

}  // namespace

std::vector<Command> list_commands() {
  return {
      {.name = "list",
       .reader = Reader::researcher,
       .summary = "the requests of the registry, and where each stands",
       .description =
           "Lists requests, the newest last. A table shows the newest 100, JSON all; --last "
           "and --all say otherwise for both. Where the tokens of an issued request were suspended "
           "or revoked since, all or in part, a table says that in the place of its state.",
       .options = {{.name = "--all", .help = "all of them, however many"},
                   {.name = "--last", .value = "N", .help = "only the newest N"},
                   {.name = "--state",
                    .value = "STATE",
                    .help = "only those in this state",
                    .is_repeatable = true,
                    .choices = {"submitted", "assessed", "granted", "refused", "issued",
                                "withdrawn"}}},
       .examples = {{"octroi list", ""},
                    {"octroi list --state submitted --state assessed", "what waits for the board"},
                    {"octroi list --last 5", "the newest five"}},
       .run = list_all},
      {.name = "show",
       .reader = Reader::researcher,
       .summary = "everything about one request",
       .description =
           "Shows a request, what the rules found, what the board decided, which tokens "
           "were issued and how they stand, which legal deadlines have begun and how they stand "
           "today, and its history. With --at, how the deadlines stand then, and how the tokens "
           "must be regarded as having stood at that moment; a day before it came in is an error.",
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
