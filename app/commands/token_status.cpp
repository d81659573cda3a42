// SPDX-License-Identifier: Apache-2.0
// revoke, suspend and resume: the same for all three but for the act.
#include "gate/token_status.hpp"

#include <fmt/format.h>

#include "base/error.hpp"
#include "commands.hpp"
#include "files.hpp"
#include "reply.hpp"
#include "session.hpp"

namespace octroi::app {
namespace {

using registry::TokenAct;

gate::TokenSelection read_selection(const Arguments& arguments) {
  return {arguments.all("--token"),    arguments.all("--request"), arguments.all("--dataset"),
          arguments.all("--provider"), arguments.all("--user"),    arguments.all("--rulebook"),
          arguments.all("--key")};
}

std::string read_text(const Arguments& arguments) {
  const auto text = arguments.text("--text");
  const auto file = arguments.text("--text-file");
  if (text && file) {
    throw Error(ErrorCode::usage, "expected --text or --text-file, got both");
  }
  return file ? read_input(*file, gate::k_reason_bytes_max) : text.value_or("");
}

/// Whether the person at the terminal says yes to what is shown to them there.
/// Throws Error(usage) when there is nobody to ask.
bool is_confirmed(const gate::TokenChanges& plan, const Session& session, const Reply& reply) {
  const Surroundings& world = session.world();
  if (!world.can_ask) {
    throw Error(ErrorCode::usage,
                "there is no terminal to confirm on; look at it with --dry-run, then give --yes");
  }
  world.messages << screen::render(plan, reply.style()) << "\nGo on? (yes or no) " << std::flush;
  std::string answer;
  std::getline(world.input, answer);
  return answer == "yes" || answer == "oui";
}

template <TokenAct act>
ExitCode change(const Arguments& arguments, Session& session, Reply& reply) {
  const gate::TokenChange change{act, arguments.required("--reason"), read_text(arguments),
                                 arguments.time("--from")};
  const bool is_dry_run = arguments.has("--dry-run");
  const auto registry = is_dry_run ? session.open_to_read() : session.open_to_write();
  gate::TokenChanges plan =
      gate::plan_changes(*registry, read_selection(arguments), change, session.context().clock());
  if (is_dry_run) {
    reply.show(plan);
    reply.note("dry run: nothing was recorded");
    return ExitCode::yes;
  }
  if (!arguments.has("--yes") && !is_confirmed(plan, session, reply)) {
    reply.note("nothing was recorded");
    return ExitCode::no;
  }
  reply.show(
      gate::change_tokens(*registry, session.actor(), std::move(plan), change, session.context()));
  reply.next("octroi status publish, so that data holders learn of it");
  return ExitCode::yes;
}

std::vector<Option> change_options(TokenAct act) {
  std::vector<Option> options = {
      {.name = "--reason",
       .value = "CODE",
       .help = "why",
       .is_required = true,
       .choices = registry::reasons_for(act)},
      {"--text", "TEXT", "the reason in words; kept beside the log, where it can be erased"},
      {"--text-file", "FILE", "the same from a file; '-' is standard input"}};
  if (act != TokenAct::resumed) {
    options.push_back({"--from", "TIME", "from when on it counts, if not from now on"});
  }
  const std::pair<std::string_view, std::pair<std::string_view, std::string_view>> selections[] = {
      {"--token", {"ID", "this token; it must be one that this can be done to"}},
      {"--request", {"REQUEST", "the tokens of this request"}},
      {"--dataset", {"ID", "tokens that release this dataset"}},
      {"--provider", {"ID", "tokens for data worked on at this host"}},
      {"--user", {"ID", "tokens that name this user"}},
      {"--rulebook", {"ID", "tokens issued under this rulebook"}},
      {"--key", {"KID", "tokens signed by the seal of this id (k4.pid)"}}};
  for (const auto& [name, words] : selections) {
    options.push_back(
        {.name = name, .value = words.first, .help = words.second, .is_repeatable = true});
  }
  options.push_back({"--dry-run", "", "show which tokens, record nothing"});
  options.push_back({"--yes", "", "do not ask; needed where there is no terminal"});
  return options;
}

constexpr std::string_view k_how =
    "Tokens fit when they fit every option that is given, each by one of its values. They are "
    "shown first, and on a terminal nothing is done before you say yes. All of it is one step: "
    "every token or none. Data holders learn of it from the next list of 'octroi status publish'.";

}  // namespace

std::vector<Command> token_status_commands() {
  static const std::string revoke_text =
      "A revoked token stays revoked. --from says from when on it must be regarded so: not before "
      "its issue, and not more than 31 days back unless the reason lies in "
      "the past by nature (data-breach, decision-annulled, false-declaration, issued-in-error, "
      "key-compromise). " +
      std::string(k_how);
  static const std::string suspend_text =
      "They do not count until they are resumed, or revoked. " + std::string(k_how);
  static const std::string resume_text =
      "They count again from now on, not for the time before. Nobody does so for a request that "
      "they submitted or are named in. " +
      std::string(k_how);
  return {{.name = "revoke",
           .reader = Reader::secretary,
           .summary = "end tokens before their time, for good",
           .description = revoke_text,
           .options = change_options(TokenAct::revoked),
           .examples = {{"octroi revoke --request R-2026-0001 --reason purpose-ended --as martin",
                         "the study is over"},
                        {"octroi revoke --provider azure-hub --reason host-changed --dry-run",
                         "which tokens it would be"}},
           .run = change<TokenAct::revoked>},
          {.name = "suspend",
           .reader = Reader::secretary,
           .summary = "take tokens out of use for the time being",
           .description = suspend_text,
           .options = change_options(TokenAct::suspended),
           .examples = {{"octroi suspend --user analyst-1 --reason under-inquiry --text-file "
                         "inquiry.txt --as martin",
                         ""}},
           .run = change<TokenAct::suspended>},
          {.name = "resume",
           .reader = Reader::secretary,
           .summary = "put suspended tokens back into use",
           .description = resume_text,
           .options = change_options(TokenAct::resumed),
           .examples = {{"octroi resume --request R-2026-0001 --reason inquiry-closed --as martin",
                         ""}},
           .run = change<TokenAct::resumed>}};
}

}  // namespace octroi::app
