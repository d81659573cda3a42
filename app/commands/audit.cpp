// SPDX-License-Identifier: Apache-2.0
#include "gate/audit.hpp"

#include <fmt/format.h>

#include <filesystem>
#include <fstream>

#include "base/error.hpp"
#include "base/file.hpp"
#include "base/safe_text.hpp"
#include "commands.hpp"
#include "evidence.hpp"
#include "files.hpp"
#include "gate/checkpoint_audit.hpp"
#include "gate/checkpointing.hpp"
#include "gate/packing.hpp"
#include "gate/published_log.hpp"
#include "gate/trust.hpp"
#include "note/note.hpp"
#include "progress.hpp"
#include "reply.hpp"
#include "session.hpp"

namespace octroi::app {
namespace {

namespace fs = std::filesystem;

void refuse_unless(bool holds, const char* what) {
  if (!holds) throw Error(ErrorCode::usage, std::string("audit: ") + what);
}

std::optional<model::Document> trust_given(const Arguments& arguments) {
  const auto file = arguments.text("--trust");
  if (!file) return std::nullopt;
  return read_trust_file(*file);
}

/// A token with its proof. Only what does not match is damage; else it is what verify says of it.
ExitCode audit_token(const std::string& file, const Arguments& arguments, const Session& session,
                     Reply& reply) {
  require_one_standard_input(arguments);
  const auto trust = trust_given(arguments);
  if (!trust || !arguments.has("--proof")) {
    throw Error(ErrorCode::usage,
                fmt::format("audit: {} is taken for a token, which is audited with --proof and "
                            "--trust; a registry is named with --registry, a published log or a "
                            "pack by its folder",
                            in_quotes(file)));
  }
  refuse_unless(!arguments.has("--against"), "--against is about a registry or a published log");
  require_clock(*trust, *arguments.text("--trust"), session);
  gate::Use any;
  any.is_for_any = true;
  const gate::TokenAudit audit{gate::verify_token(read_token_file(file), *trust, any, session.now(),
                                                  read_evidence(arguments)),
                               trust->value.text("origin")};
  reply.show(audit);
  return audit.is_damaged() ? ExitCode::damaged : exit_code(audit.verification.answer);
}

std::optional<note::SignedCheckpoint> checkpoint_given(const Arguments& arguments) {
  const auto file = arguments.text("--against");
  if (!file) return std::nullopt;
  return gate::read_checkpoint(read_input(*file, note::k_note_bytes_max), *file);
}

bool has_evidence(const Arguments& arguments) {
  for (const Option& option : evidence_options()) {
    if (arguments.has(option.name)) return true;
  }
  return false;
}

/// The first bytes of a file; fewer where it has fewer or cannot be read.
std::string start_of(const fs::path& path) {
  std::string bytes(16, '\0');
  std::ifstream file(path, std::ios::binary);
  file.read(bytes.data(), static_cast<std::streamsize>(bytes.size()));
  bytes.resize(static_cast<std::size_t>(file.gcount()));
  return bytes;
}

/// What somebody means who names a file that is no token; nothing when it may be one.
std::optional<std::string> hint_for(const fs::path& target) {
  if (target == "-") return std::nullopt;
  std::error_code ignored;  // reading it says what is wrong
  if (!fs::is_regular_file(target, ignored)) return std::nullopt;
  const std::string start = start_of(target);
  if (start.starts_with("SQLite format 3")) {
    return "a registry is named with --registry";
  }
  if (start.starts_with("README.txt")) return "unpack a pack first (tar xf), and name its folder";
  return std::nullopt;
}

/// Says what a path is not, and where the log may be that somebody means.
void require_there(const fs::path& target) {
  std::error_code ignored;
  if (target == "-" || fs::exists(fs::symlink_status(target, ignored))) return;
  std::string hint =
      "a registry is named with --registry, a published log or a pack by its folder, a token by "
      "its file";
  const fs::path above = target.parent_path();
  if (!above.empty() && fs::exists(above / "checkpoint", ignored)) {
    hint = fmt::format("there is a published log in {}: octroi audit {}", above.string(),
                       above.string());
  }
  throw Error(ErrorCode::bad_input,
              fmt::format("{}: there is no such file or folder; {}", target.string(), hint));
}

void require_log_in(const fs::path& folder) {
  std::error_code ignored;  // reading it says what is wrong
  if (fs::exists(folder / "checkpoint", ignored) || fs::exists(folder / "log/checkpoint", ignored))
    return;
  throw Error(ErrorCode::bad_input,
              fmt::format("{}: this folder holds no published log and no pack: neither checkpoint "
                          "nor log/checkpoint is in it",
                          folder.string()));
}

/// The published log that a folder, or the checkpoint in it, stands for.
std::optional<fs::path> published_folder(const fs::path& target) {
  std::error_code ignored;  // reading it says what is wrong
  if (fs::is_directory(target, ignored)) return target;
  const fs::path folder = target.has_parent_path() ? target.parent_path() : fs::path(".");
  const bool is_checkpoint =
      target.filename() == "checkpoint" && fs::is_directory(folder / "tile", ignored);
  if (is_checkpoint) return folder;
  return std::nullopt;
}

gate::AuditReport audit_registry(const Arguments& arguments, gate::Database& registry,
                                 const Session& session, Progress& progress) {
  Progress assessments(session, "assessments");
  gate::AuditReport report =
      gate::audit(registry, session.now(), progress.report(), assessments.report());
  assessments.clear();
  if (const auto file = arguments.text("--against")) {
    const note::SignedCheckpoint checkpoint =
        gate::read_checkpoint(read_input(*file, note::k_note_bytes_max), *file);
    if (const auto fault = gate::fault_against(registry, checkpoint)) {
      report.faults.push_back({std::nullopt, *file + ": " + *fault});
    } else {
      report.against = gate::compared(registry, checkpoint);
      if (!gate::is_signed_here(registry, checkpoint)) {
        report.leave_out(gate::AuditGapKind::unknown_log_key, *file);
      }
    }
  } else {
    report.leave_out(gate::AuditGapKind::no_checkpoint);
  }
  return report;
}

void write_pack(gate::Database& registry, const std::string& path, Reply& reply) {
  FileWriter file(path, FileMode::everybody_reads);
  const gate::AuditPack pack =
      gate::pack_audit(registry, [&file](std::string_view bytes) { file.write(bytes); });
  file.finish();
  reply.note(fmt::format("{}: {}, the log of {}; README.txt in it says how to check them", path,
                         counted(pack.files, "file"), counted(pack.log_size, "event")));
}

ExitCode audit_folder(const fs::path& folder, const Arguments& arguments, const Session& session,
                      Reply& reply) {
  refuse_unless(!has_evidence(arguments),
                "--proof, --status, --max-age and --status-proof are for a token");
  const gate::KeptElsewhere kept{trust_given(arguments), checkpoint_given(arguments),
                                 session.now()};
  require_log_in(folder);
  Progress progress(session, "events");
  const gate::AuditReport report = gate::audit_published(folder, kept, progress.report());
  progress.clear();
  reply.show(report);
  return report.is_sound() ? ExitCode::yes : ExitCode::damaged;
}

ExitCode audit_target(const Arguments& arguments, const Session& session, Reply& reply) {
  const std::string& target = arguments.required("TARGET");
  refuse_unless(!arguments.has("--pack"), "--pack is about a registry, which --registry names");
  require_there(target);
  if (const auto hint = hint_for(target)) {
    throw Error(ErrorCode::usage,
                fmt::format("audit: {} is neither a published log nor a token; {}",
                            in_quotes(target), *hint));
  }
  const auto folder = published_folder(target);
  return folder ? audit_folder(*folder, arguments, session, reply)
                : audit_token(target, arguments, session, reply);
}

ExitCode audit(const Arguments& arguments, Session& session, Reply& reply) {
  if (arguments.has("TARGET")) return audit_target(arguments, session, reply);
  refuse_unless(!has_evidence(arguments) && !arguments.has("--trust"),
                "--proof, --status, --max-age, --status-proof and --trust are for a token or a "
                "published log");
  Progress progress(session, "events");
  const auto registry = session.open_to_read();
  const gate::AuditReport report = audit_registry(arguments, *registry, session, progress);
  const auto pack = arguments.text("--pack");
  if (pack && report.is_sound()) write_pack(*registry, *pack, reply);
  if (pack && !report.is_sound()) reply.note("no pack is made of a registry with faults");
  progress.clear();
  reply.show(report);
  return report.is_sound() ? ExitCode::yes : ExitCode::damaged;
}

std::vector<Option> audit_options() {
  const std::vector<Option> own = {
      {"--against", "CHECKPOINT",
       "whether an earlier checkpoint, of a copy or publication, is of this log's past"},
      {"--pack", "FILE", "write all that an outsider needs to check this board (tar)"},
      {"--trust", "FILE", "the board's trust file, for a published log or a token"}};
  return joined(own, evidence_options());
}

}  // namespace

std::vector<Command> audit_commands() {
  return {
      {.name = "audit",
       .reader = Reader::auditor,
       .summary = "recompute the whole registry from its log",
       .description =
           "Replays the log from its bytes: every signature, role and transition, every "
           "digest, hash and table; checks every checkpoint, status list and document, and "
           "computes every assessment again. Nothing in the file is believed. Lists every fault, "
           "the first bad event first, and ends with 20 when there is one. What it could not look "
           "at, "
           "because a document was erased or no checkpoint of elsewhere was given, is named. "
           "Events that are dated more than five minutes after now (or --at) are faults. With a "
           "folder as TARGET, the same for a published log or an unpacked pack, as far as its "
           "files say: its keys must be those of the trust file, which may not be newer than the "
           "log. With a token's file, for that token and its proof: it ends with 20 when these do "
           "not match, else as verify does: 12 expired, 13 not yet valid, 14 revoked or suspended, "
           "16 when the status list does not say.",
       .positionals = {{.name = "TARGET",
                        .help = "the folder of a published log or pack, or a token's file; none: "
                                "the registry",
                        .is_optional = true}},
       .options = audit_options(),
       .examples = {{"octroi audit --registry copy.db", ""},
                    {"octroi audit --against published/checkpoint", "whether that is of our past"},
                    {"octroi audit public --trust trust.json", "what octroi publish public wrote"},
                    {"octroi audit cnam.paseto --trust trust.json --proof cnam.tlog-proof --status "
                     "status.paseto --max-age 2",
                     "a token that was issued and logged"},
                    {"octroi audit --pack pack.tar", "for an outsider"},
                    {"octroi audit --json", "the same report for a program"}},
       .looks_at_the_time = true,
       .run = audit}};
}

}  // namespace octroi::app
