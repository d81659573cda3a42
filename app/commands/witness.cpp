// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>

#include "base/error.hpp"
#include "base/file.hpp"
#include "base/safe_text.hpp"
#include "commands.hpp"
#include "gate/witnessing.hpp"
#include "note/add_checkpoint.hpp"
#include "note/checkpoint.hpp"
#include "note/verifier_key.hpp"
#include "reply.hpp"
#include "session.hpp"

namespace octroi::app {
namespace {

std::string witness_name(const Arguments& arguments) {
  const std::string& name = arguments.required("--name");
  if (note::is_own_key_name(name)) return name;
  throw Error(ErrorCode::usage,
              fmt::format("--name: expected lower-case letters, digits, '.', '/' and '-', got {}",
                          in_quotes(name)));
}

/// A refusal is an answer too: what the log has to be told.
ExitCode code_of(note::WitnessStatus status) {
  switch (status) {
    case note::WitnessStatus::cosigned:
      return ExitCode::yes;
    case note::WitnessStatus::malformed:
      return ExitCode::bad_input;
    case note::WitnessStatus::conflict:
      return ExitCode::not_yet;
    case note::WitnessStatus::not_signed:
    case note::WitnessStatus::unknown_log:
    case note::WitnessStatus::not_consistent:
      return ExitCode::bad_proof;
  }
  broken_invariant("a witness status that is none");
}

bool is_bare_checkpoint(const std::string& text) {
  const auto read = note::parse_signed_checkpoint(text);
  return std::holds_alternative<note::SignedCheckpoint>(read);
}

ExitCode witness_cosign(const Arguments& arguments, Session& session, Reply& reply) {
  const std::string name = witness_name(arguments);
  const std::string& policy_file = arguments.required("--policy");
  const note::Policy logs =
      note::Policy::read(read_input(policy_file, note::k_policy_bytes_max), policy_file);
  const std::string request =
      read_input(arguments.required("FILE"), note::k_add_checkpoint_bytes_max);
  const crypto::SecretKey key = session.open_key(arguments.text("--key").value_or("witness"));
  gate::FolderHeadStore heads(arguments.text("--heads").value_or("witness-heads"),
                              arguments.has("--new") ? gate::Memory::fresh : gate::Memory::known);
  const note::WitnessAnswer answer =
      gate::cosign(request, logs, name, key, heads, session.context());
  if (reply.is_json()) {
    reply.print(json::pretty(gate::to_json(answer)));
  } else {
    reply.print(printable(answer.body, true));
    if (!answer.body.ends_with('\n')) reply.print("\n");
  }
  if (answer.status != note::WitnessStatus::cosigned) {
    reply.note(fmt::format("not cosigned: {}", static_cast<int>(answer.status)));
  }
  if (answer.status == note::WitnessStatus::malformed && is_bare_checkpoint(request)) {
    reply.note(
        "this is a checkpoint alone; a witness also needs the proof that the log only grew. "
        "Whoever keeps the log makes both with 'octroi prove --from-size 0' the first time, then "
        "with 'octroi prove --from CHECKPOINT'");
  }
  return code_of(answer.status);
}

ExitCode witness_key(const Arguments& arguments, Session& session, Reply& reply) {
  const note::VerifierKey key(witness_name(arguments), note::KeyType::cosignature_v1,
                              session.public_key(arguments.text("--key").value_or("witness")));
  if (reply.is_json()) {
    reply.print(json::pretty(json::object({{"name", key.name()}, {"vkey", key.text()}})));
  } else {
    reply.print_line(key.text());
  }
  return ExitCode::yes;
}

Option name_option() {
  return {.name = "--name",
          .value = "NAME",
          .help = "what the witness is called: witness.example/1",
          .is_required = true};
}

Option key_option() {
  return {"--key", "NAME", "the witness's key, of the keys folder (default: witness)"};
}

}  // namespace

std::vector<Command> witness_commands() {
  return {
      {.name = "witness cosign",
       .reader = Reader::auditor,
       .summary = "cosign a log's checkpoint, if the log only grew",
       .description =
           "Answers what 'octroi prove --from' writes, the body of a tlog-witness add-checkpoint "
           "request: checks that a log of the policy file signed the checkpoint and that it grew "
           "from the last head this witness cosigned, remembers the new head, and prints the "
           "cosignature (cosignature/v1). Without what it remembers it stops, for a witness that "
           "forgot cosigns a fork; --new begins its memory, once. Files or standard input, no "
           "network. Ends with 0 when "
           "cosigned, 3 for a malformed request (400), 5 when another size was cosigned last "
           "(409; the answer is that size), 17 when the log is unknown (404), did not sign (403) "
           "or forked (422).",
       .positionals = {{"FILE", "the request; '-' is standard input"}},
       .options = {name_option(),
                   {.name = "--policy",
                    .value = "FILE",
                    .help = "the logs to witness (C2SP tlog-policy)",
                    .is_required = true},
                   key_option(),
                   {"--heads", "FOLDER",
                    "where the witness remembers (default: witness-heads); never lose it"},
                   {"--new", "", "begin that memory; only the first time, of a witness's life"}},
       .examples = {{"octroi witness cosign request.txt --name witness.example/1 --policy policy "
                     "--new",
                     "the first time: it begins to remember"},
                    {"octroi witness cosign request.txt --name witness.example/1 --policy policy",
                     "from then on"}},
       .run = witness_cosign},
      {.name = "witness key",
       .reader = Reader::auditor,
       .summary = "a witness's public key, as policy files want it",
       .options = {name_option(), key_option()},
       .examples = {{"octroi witness key --name witness.example/1", ""}},
       .run = witness_key},
  };
}

}  // namespace octroi::app
