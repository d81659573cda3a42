// SPDX-License-Identifier: Apache-2.0
#include "gate/issuing.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "base/error.hpp"
#include "commands.hpp"
#include "files.hpp"
#include "gate/checkpointing.hpp"
#include "gate/proving.hpp"
#include "log_receipt.hpp"
#include "reply.hpp"
#include "session.hpp"

namespace octroi::app {
namespace {

namespace fs = std::filesystem;

std::string line_of(const gate::IssuedToken& token) {
  return fmt::format("token {} for {}: {}, valid {} to {}{}", token.id, token.holder,
                     fmt::join(token.datasets, ", "), format_instant(token.not_before),
                     format_instant(token.expires), token.is_new ? "" : " (issued before)");
}

/// Writes one file per holder and says which. Were one to fail, issuing again gives the same
/// tokens.
void write_tokens(const Arguments& arguments, const fs::path& folder, const gate::Issue& issue,
                  Reply& reply) {
  for (const gate::IssuedToken& token : issue.tokens) {
    const fs::path path = folder / (token.holder + ".paseto");
    write_out(arguments, path, token.text + "\n", FileMode::owner_only);
    reply.tell(fmt::format("{}: {}", path.string(), line_of(token)));
  }
}

/// Tokens alone on standard output, so that it can be sent into a file.
void print_tokens(const gate::Issue& issue, Reply& reply) {
  for (const gate::IssuedToken& token : issue.tokens) {
    reply.print_line(token.text);
    reply.note(line_of(token));
  }
}

/// The log key for --receipts; nothing without it.
std::optional<crypto::SecretKey> receipts_key(const Arguments& arguments, Session& session,
                                              gate::Database& registry) {
  if (!arguments.has("--receipts")) return std::nullopt;
  if (!arguments.has("--out")) {
    throw Error(ErrorCode::usage, "--receipts: expected --out, the folder that they are for");
  }
  return open_log_key(arguments, session, registry);
}

/// Writes the proof of each token beside it.
void write_receipts(const Arguments& arguments, gate::Database& registry,
                    const crypto::SecretKey& log_key, const fs::path& folder,
                    const gate::Issue& issue, Reply& reply) {
  static_cast<void>(gate::sign_head(registry, log_key));
  for (const gate::IssuedToken& token : issue.tokens) {
    const gate::EventProof proof = gate::prove_event(registry, gate::event_of(registry, token.id));
    const fs::path path = folder / (token.holder + ".tlog-proof");
    write_out(arguments, path, proof.text);
    reply.note(fmt::format("{}: the proof of event {} ({})", path.string(), proof.seq, proof.type));
  }
}

/// The folder is made once there is something to put into it.
fs::path make_folder(const fs::path& folder) {
  std::error_code failure;
  fs::create_directory(folder, failure);
  if (!failure) return folder;
  throw Error(ErrorCode::could_not,
              fmt::format("{}: cannot be made: {}; issue again, which gives the same tokens",
                          folder.string(), failure.message()));
}

void answer(const Arguments& arguments, const gate::Issue& issue, Reply& reply) {
  const auto folder = arguments.text("--out");
  if (folder) write_tokens(arguments, make_folder(*folder), issue, reply);
  if (reply.is_json()) {
    reply.show(issue);
  } else if (!folder) {
    print_tokens(issue, reply);
  }
}

/// It is there, or can be made.
void require_folder(const std::optional<std::string>& folder) {
  std::error_code ignored;  // what cannot be looked at is no folder for us
  if (!folder || fs::is_directory(*folder, ignored)) return;
  if (fs::exists(*folder, ignored)) {
    throw Error(ErrorCode::bad_input, fmt::format("--out: expected a folder, got {}", *folder));
  }
  const fs::path above = fs::absolute(*folder).lexically_normal().parent_path();
  const bool ends_in_slash = folder->ends_with('/');
  if (fs::is_directory(ends_in_slash ? above.parent_path() : above, ignored)) return;
  throw Error(ErrorCode::bad_input,
              fmt::format("--out: there is no folder to make {} in", *folder));
}

ExitCode issue(const Arguments& arguments, Session& session, Reply& reply) {
  const bool is_dry_run = arguments.has("--dry-run");
  const auto folder = arguments.text("--out");
  require_folder(folder);
  const auto registry = session.open_to_write();
  const gate::Actor actor = session.actor();
  const crypto::SecretKey seal =
      session.open_key(arguments.text("--seal").value_or(
                           session.key_name_in_force(*registry, "seal").value_or("seal")),
                       arguments.text("--seal-passphrase-file"));
  const auto log_key = receipts_key(arguments, session, *registry);
  const gate::Issue issued = gate::issue(*registry, actor, seal, arguments.required("REQUEST"),
                                         is_dry_run, session.context());
  if (is_dry_run) {
    reply.show(issued);
    return ExitCode::yes;
  }
  answer(arguments, issued, reply);
  if (log_key) write_receipts(arguments, *registry, *log_key, *folder, issued, reply);
  reply.next("the data holder runs octroi verify, with the trust file of octroi key trust");
  return ExitCode::yes;
}

std::vector<Option> issue_options() {
  return joined(
      {{"--out", "FOLDER", "write each token to FOLDER/HOLDER.paseto; made where it is missing"},
       {"--replace", "", "with --out: in the place of what is there"},
       {"--receipts", "",
        "with --out: write the proof that each is in the log to FOLDER/HOLDER.tlog-proof; needs "
        "the "
        "log key"},
       {"--seal", "NAME", "the key that signs tokens (default: the seal in force)"},
       {"--seal-passphrase-file", "FILE", "its passphrase, if not that of --passphrase-file"},
       {"--dry-run", "", "show what would be issued, write nothing"}},
      log_key_options());
}

}  // namespace

std::vector<Command> issue_commands() {
  return {
      {.name = "issue",
       .reader = Reader::secretary,
       .summary = "issue the tokens of a grant",
       .description =
           "Assesses the request once more under the rulebooks in force and, if the board's "
           "grant still answers everything, issues one token per data holder, signed with the "
           "seal. Tokens are shown only once they are on record: on standard output, one a "
           "line, or with --out as files. Issuing again gives the same tokens. "
           "Where the charter asks for endorsements, other secretaries give them first (endorse).",
       .positionals = {{"REQUEST", "its number: R-2026-0001"}},
       .options = issue_options(),
       .examples = {{"octroi issue R-2026-0001 --out tokens --as martin", ""},
                    {"octroi issue R-2026-0001 --dry-run --as martin", ""}},
       .run = issue}};
}

}  // namespace octroi::app
