// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>

#include <filesystem>

#include "base/error.hpp"
#include "base/file.hpp"
#include "base/limits.hpp"
#include "base/safe_text.hpp"
#include "commands.hpp"
#include "crypto/hash.hpp"
#include "gate/deciding.hpp"
#include "log_receipt.hpp"
#include "reply.hpp"
#include "session.hpp"

namespace octroi::app {
namespace {

std::optional<gate::BallotCounts> read_counts(const Arguments& arguments) {
  const auto in_favour = arguments.number("--for");
  const auto against = arguments.number("--against");
  const auto abstaining = arguments.number("--abstaining");
  const auto absent = arguments.number("--absent");
  if (!in_favour && !against && !abstaining && !absent) return std::nullopt;
  if (!in_favour || !against || !abstaining || !absent) {
    throw Error(ErrorCode::usage,
                "ballots: expected all of --for, --against, --abstaining and --absent");
  }
  return gate::BallotCounts{*in_favour, *against, *abstaining, *absent};
}

std::map<std::string, std::string> read_ballots(const Arguments& arguments) {
  std::map<std::string, std::string> ballots;
  for (const std::string& text : arguments.all("--ballot")) {
    const Assignment ballot = split_assignment(text);
    if (ballot.name.empty() || ballot.value.empty()) {
      throw Error(ErrorCode::usage,
                  fmt::format("--ballot: expected NAME=VOTE, got {}", in_quotes(text)));
    }
    if (!ballots.emplace(ballot.name, ballot.value).second) {
      throw Error(ErrorCode::usage,
                  fmt::format("--ballot: {} is given twice", in_quotes(ballot.name)));
    }
  }
  return ballots;
}

gate::DecisionDraft read_draft(const Arguments& arguments) {
  gate::DecisionDraft draft;
  draft.request = arguments.required("REQUEST");
  draft.counts = read_counts(arguments);
  draft.by_name = read_ballots(arguments);
  draft.date = arguments.date("--date").value();
  draft.reference = arguments.required("--reference");
  draft.result = arguments.text("--result");
  draft.resolves = arguments.all("--resolves");
  draft.datasets = arguments.all("--dataset");
  draft.until = arguments.date("--until");
  draft.conditions = arguments.all("--condition");
  draft.reason = arguments.text("--reason").value_or("");
  const std::filesystem::path minutes = arguments.required("--minutes");
  const std::string content = read_input(minutes, limits::k_attachment_bytes_max);
  draft.minutes_name = minutes == "-" ? "standard input" : minutes.filename().string();
  draft.minutes_sha256 = crypto::sha256(content);
  draft.minutes_bytes = content.size();
  return draft;
}

ExitCode decide(const Arguments& arguments, Session& session, Reply& reply) {
  const bool is_dry_run = arguments.has("--dry-run");
  const gate::DecisionDraft draft = read_draft(arguments);
  const auto registry = session.open_to_write();
  const Receipt receipt(arguments, session, *registry);
  const gate::RecordedDecision decision =
      gate::decide(*registry, session.actor(), draft, is_dry_run, session.context());
  reply.show(decision);
  if (is_dry_run) return ExitCode::yes;
  receipt.write(*registry, decision.id, reply);
  if (decision.result == "granted") {
    reply.next(fmt::format("octroi issue {}", decision.request));
  }
  return ExitCode::yes;
}

std::vector<Option> decide_options() {
  return joined(
      {{.name = "--date", .value = "DATE", .help = "the day of the session", .is_required = true},
       {.name = "--reference",
        .value = "TEXT",
        .help = "the board's reference",
        .is_required = true},
       {.name = "--minutes", .value = "FILE", .help = "the minutes", .is_required = true},
       {"--for", "N", "ballots for releasing the data"},
       {"--against", "N", "ballots against"},
       {"--abstaining", "N", "members present who took no position"},
       {"--absent", "N", "members who were not present"},
       {.name = "--ballot",
        .value = "NAME=VOTE",
        .help = "instead of counts: for, against, abstaining or absent",
        .is_repeatable = true},
       {.name = "--result",
        .value = "RESULT",
        .help = "what the minutes say; must agree with the ballots",
        .choices = {"granted", "refused"}},
       {.name = "--resolves",
        .value = "FINDING",
        .help = "a referred finding that the board has judged",
        .is_repeatable = true},
       {.name = "--dataset",
        .value = "ID",
        .help = "grant only this dataset",
        .is_repeatable = true},
       {"--until", "DATE", "last day of the grant, if earlier than asked for"},
       {.name = "--condition",
        .value = "TEXT",
        .help = "what the grant is subject to; goes into the token",
        .is_repeatable = true},
       {"--reason", "TEXT", "why"},
       {"--dry-run", "", "check everything, record nothing"}},
      receipt_options());
}

}  // namespace

std::vector<Command> decide_commands() {
  return {{.name = "decide",
           .reader = Reader::secretary,
           .summary = "record what the board decided",
           .description =
               "Records the ballots on a request. The charter's rule makes the result of them; a "
               "stated result that contradicts them is an error. A grant names every finding that "
               "was referred to the board, and cannot turn what a rule refuses or what is "
               "incomplete. It may keep fewer datasets, end earlier or set conditions. Nobody "
               "records a decision on a request that they submitted or are named in. The minutes "
               "stay with the board: only their SHA-256 is recorded.",
           .positionals = {{"REQUEST", "its number: R-2026-0001"}},
           .options = decide_options(),
           .examples = {{"octroi decide R-2026-0001 --date 2026-11-20 --reference 2026-7 "
                         "--minutes minutes.pdf --for 12 --against 0 --abstaining 3 --absent 5 "
                         "--resolves snds-main-base/cnam-2021.case-by-case --as martin",
                         "a grant that settles what was referred to the board"},
                        {"octroi decide R-2026-0001 --date 2026-11-20 --reference 2026-7 "
                         "--minutes minutes.pdf --ballot Durand=for --ballot Leroy=against "
                         "--dry-run --as martin",
                         "ballots by name; who is not named is absent"}},
           .run = decide}};
}

}  // namespace octroi::app
