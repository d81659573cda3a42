// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>

#include <algorithm>

#include "base/error.hpp"
#include "base/safe_text.hpp"
#include "commands.hpp"
#include "crypto/key_file.hpp"
#include "files.hpp"
#include "gate/board.hpp"
#include "gate/make_charter.hpp"
#include "reply.hpp"
#include "session.hpp"

namespace octroi::app {
namespace {

constexpr std::string_view k_board = "--board";
constexpr std::string_view k_origin = "--origin";
constexpr std::string_view k_majority = "--majority";
constexpr std::string_view k_seats = "--seats";
constexpr std::string_view k_present_min = "--present-min";
constexpr std::string_view k_secretary = "--secretary";
constexpr std::string_view k_researcher = "--researcher";
constexpr std::string_view k_auditor = "--auditor";
constexpr std::string_view k_requires_status = "--requires-status";
constexpr std::string_view k_requires_proof = "--requires-proof";
constexpr std::string_view k_endorsements = "--endorsements";
constexpr const char* k_seal_default = "seal";

/// Gives "NAME", whose key is in the keys folder, or "NAME=FILE" a role.
void add_member(gate::CharterDraft& draft, const std::string& text, const std::string& role,
                const Session& session) {
  const Assignment member = split_assignment(text);
  const crypto::PublicKey key = member.value.empty() ? session.public_key(member.name)
                                                     : crypto::read_public_key_file(member.value);
  const auto known = std::find_if(
      draft.members.begin(), draft.members.end(),
      [&](const gate::CharterDraft::Member& other) { return other.id == member.name; });
  if (known == draft.members.end()) {
    draft.members.push_back({member.name, key, {role}});
  } else if (known->key == key) {
    known->roles.push_back(role);
  } else {
    throw Error(ErrorCode::usage,
                fmt::format("{}: two keys are given for one member", in_quotes(member.name)));
  }
}

void require_all(const Arguments& arguments) {
  for (const std::string_view name :
       {k_board, k_origin, k_majority, k_seats, k_present_min, k_secretary}) {
    if (arguments.has(name)) continue;
    throw Error(ErrorCode::usage,
                fmt::format("init: expected --charter FILE, or {} and the other options that stand "
                            "for one\n'octroi init --help' lists them",
                            name));
  }
}

model::Document charter_from_options(const Arguments& arguments, const Session& session) {
  require_all(arguments);
  gate::CharterDraft draft;
  draft.board = arguments.required(k_board);
  draft.origin = arguments.required(k_origin);
  draft.majority = arguments.required(k_majority);
  draft.seats = arguments.number(k_seats).value();
  draft.present_min = arguments.number(k_present_min).value();
  draft.requires_status = arguments.has(k_requires_status);
  draft.requires_proof = arguments.has(k_requires_proof);
  draft.endorsements = arguments.number(k_endorsements).value_or(0);
  for (const std::string_view option : {k_secretary, k_researcher, k_auditor}) {
    const std::string role(option.substr(2));
    for (const std::string& text : arguments.all(option)) add_member(draft, text, role, session);
  }
  return gate::make_charter(draft);
}

model::Document read_charter(const Arguments& arguments, const Session& session) {
  const auto file = arguments.text("--charter");
  if (!file) return charter_from_options(arguments, session);
  for (const std::string_view name :
       {k_board, k_origin, k_majority, k_seats, k_present_min, k_requires_status, k_requires_proof,
        k_secretary, k_researcher, k_auditor, k_endorsements}) {
    if (!arguments.has(name)) continue;
    throw Error(ErrorCode::usage,
                fmt::format("init: {} is what a charter says; expected it or --charter", name));
  }
  return read_document_file(model::DocumentKind::charter, *file);
}

/// Who founds the board: --as, else its only secretary.
gate::Actor founder(const model::Document& charter, Session& session) {
  const std::vector<std::string> secretaries = gate::secretaries_of(charter);
  if (session.options().member || secretaries.size() != 1) return session.actor();
  return session.actor(secretaries.front());
}

ExitCode init(const Arguments& arguments, Session& session, Reply& reply) {
  const model::Document charter = read_charter(arguments, session);
  const crypto::PublicKey seal =
      session.public_key(arguments.text("--seal").value_or(k_seal_default));
  std::optional<crypto::PublicKey> log_key;
  if (const auto name = arguments.text("--log-key")) log_key = session.public_key(*name);
  const std::filesystem::path& registry = session.options().registry;
  require_absent(registry, "--registry");  // before anybody types a passphrase
  const gate::FoundedBoard board = gate::found_board(
      registry, charter, seal, founder(charter, session), session.context(), log_key);
  reply.say(board,
            printable(fmt::format("{}: the registry of {} ({}), members: {}", registry.string(),
                                  board.board, board.origin, board.members.size())));
  reply.next(
      "octroi dataset add, provider add and rules adopt; "
      "octroi key trust --out trust.json for data holders");
  return ExitCode::yes;
}

std::vector<Option> init_options() {
  return {
      {"--charter", "FILE", "the charter, instead of the other options but the keys"},
      {k_board, "NAME", "the board's name"},
      {k_origin, "ORIGIN", "the registry's name for ever: board.example/data-access"},
      {.name = k_majority,
       .value = "RULE",
       .help = "how ballots decide",
       .choices = {"simple", "two-thirds", "unanimity-of-positions"}},
      {k_seats, "N", "how many members vote"},
      {k_present_min, "N", "how many of them must be present"},
      {k_requires_status, "", "tokens count only together with a fresh status list"},
      {k_requires_proof, "", "tokens count only together with the proof of their issue"},
      {.name = k_secretary,
       .value = "NAME[=FILE]",
       .help = "a secretary, with the key of that name or in that file",
       .is_repeatable = true},
      {.name = k_researcher, .value = "NAME[=FILE]", .help = "a researcher", .is_repeatable = true},
      {.name = k_auditor, .value = "NAME[=FILE]", .help = "an auditor", .is_repeatable = true},
      {k_endorsements, "N",
       "how many secretaries endorse a release, beside who decides and who issues"},
      {"--seal", "NAME", "the key that signs tokens (default: seal)"},
      {"--log-key", "NAME", "the key that signs the log's checkpoints"}};
}

}  // namespace

std::vector<Command> init_commands() {
  return {{.name = "init",
           .reader = Reader::secretary,
           .summary = "make a registry for a board",
           .description =
               "Makes a new registry file whose first event founds the board, signed by one of "
               "its secretaries: the one that --as names, or the only one. The charter says the "
               "board's name and origin, how it decides and who its first members are; it is a "
               "file, or made from options. Name three secretaries where a release takes several: "
               "then two can replace one who is lost. The seal is the key that signs tokens: make "
               "it with "
               "'octroi key new seal'; it is no member's key. A log key, which signs "
               "checkpoints of the log, may be given here or later (key rotate).",
           .options = init_options(),
           .examples = {{"octroi init --charter charter.json", ""},
                        {"octroi init --board 'Example council' --origin council.example/data "
                         "--majority two-thirds --seats 20 --present-min 11 --secretary martin "
                         "--researcher dupont=dupont.k4.public",
                         "without a charter file"}},
           .run = init}};
}

}  // namespace octroi::app
