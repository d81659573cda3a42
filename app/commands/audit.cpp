// SPDX-License-Identifier: Apache-2.0
#include "gate/audit.hpp"

#include <fmt/format.h>

#include <filesystem>

#include "base/error.hpp"
#include "base/file.hpp"
#include "commands.hpp"
#include "files.hpp"
#include "gate/checkpoint_audit.hpp"
#include "gate/checkpointing.hpp"
#include "gate/packing.hpp"
#include "gate/published_log.hpp"
#include "gate/trust.hpp"
#include "note/note.hpp"
#include "note/tlog_proof.hpp"
#include "progress.hpp"
#include "reply.hpp"
#include "session.hpp"

namespace octroi::app {
namespace {

void refuse_unless(bool holds, const char* what) {
  if (!holds) throw Error(ErrorCode::usage, std::string("audit: ") + what);
}

std::optional<model::Document> trust_given(const Arguments& arguments) {
  const auto file = arguments.text("--trust");
  if (!file) return std::nullopt;
  return read_trust_file(*file);
}

/// A token with its proof, as an audit's report: each check that failed is a fault.
gate::AuditReport audit_token(const std::string& file, const Arguments& arguments,
                              const Session& session, Reply& reply) {
  const auto trust = trust_given(arguments);
  const auto proof = arguments.text("--proof");
  refuse_unless(trust && proof, "a token is audited with --proof and --trust");
  gate::Evidence evidence;
  evidence.proof = read_input(*proof, note::k_tlog_proof_bytes_max);
  if (const auto status = arguments.text("--status")) {
    evidence.status.list = read_token_file(*status);
  } else {
    reply.note("whether the token was revoked or suspended is not checked; give --status");
  }
  gate::Use any;
  any.is_for_any = true;
  const gate::Verification verification =
      gate::verify_token(read_token_file(file), *trust, any, session.now(), evidence);
  return gate::report_of(verification, trust->value.text("origin"));
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
    } else if (!gate::is_signed_here(registry, checkpoint)) {
      report.leave_out(gate::AuditGapKind::unknown_log_key, *file);
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
  reply.note(
      fmt::format("{}: {} files, the log of {} events; README.txt in it says how to check "
                  "them",
                  path, pack.files, pack.log_size));
}

gate::AuditReport audit_target(const Arguments& arguments, Session& session, Progress& progress,
                               Reply& reply) {
  const std::string target = arguments.required("TARGET");
  refuse_unless(!arguments.has("--against") && !arguments.has("--pack"),
                "--against and --pack are about a registry, which --registry names");
  std::error_code ignored;  // reading it says what is wrong
  if (!std::filesystem::is_directory(target, ignored)) {
    return audit_token(target, arguments, session, reply);
  }
  refuse_unless(!arguments.has("--proof") && !arguments.has("--status"),
                "--proof and --status are for a token");
  if (!arguments.has("--trust")) {
    reply.note(
        "no --trust: only the keys that the log itself names were asked; whoever wrote all "
        "of it anew is not found out");
  }
  return gate::audit_published(target, trust_given(arguments), progress.report());
}

ExitCode audit(const Arguments& arguments, Session& session, Reply& reply) {
  Progress progress(session, "events");
  gate::AuditReport report;
  if (arguments.has("TARGET")) {
    report = audit_target(arguments, session, progress, reply);
  } else {
    refuse_unless(
        !arguments.has("--proof") && !arguments.has("--trust") && !arguments.has("--status"),
        "--proof, --status and --trust are for a token or a published log");
    const auto registry = session.open_to_read();
    report = audit_registry(arguments, *registry, session, progress);
    const auto pack = arguments.text("--pack");
    if (pack && report.is_sound()) write_pack(*registry, *pack, reply);
    if (pack && !report.is_sound()) reply.note("no pack is made of a registry with faults");
  }
  progress.clear();
  reply.show(report);
  return report.is_sound() ? ExitCode::yes : ExitCode::damaged;
}

std::vector<Option> audit_options() {
  return {{"--against", "CHECKPOINT",
           "whether an earlier checkpoint, of a copy or publication, is of this log's past"},
          {"--trust", "FILE", "the board's trust file, for a published log or a token"},
          {"--proof", "FILE", "the token's .tlog-proof"},
          {"--status", "FILE", "the board's newest status list, for a token"},
          {"--pack", "FILE", "write all that an outsider needs to check this board (tar)"}};
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
           "Events that are dated more than five minutes after now (or --at) are faults. With "
           "a folder as TARGET, the "
           "same for a published log, as far as its files say; with a token's file, for that "
           "token and its proof.",
       .positionals = {{.name = "TARGET",
                        .help = "a published log's folder, or a token's file; none: the "
                                "registry",
                        .is_optional = true}},
       .options = audit_options(),
       .examples = {{"octroi audit --registry copy.db", ""},
                    {"octroi audit --against published/checkpoint", "whether that is of our past"},
                    {"octroi audit public/log --trust trust.json", "no registry"},
                    {"octroi audit --pack pack.tar", "for an outsider"},
                    {"octroi audit --json", "the same report for a program"}},
       .looks_at_the_time = true,
       .run = audit}};
}

}  // namespace octroi::app
