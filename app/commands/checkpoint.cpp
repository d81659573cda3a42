// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>

#include "base/error.hpp"
#include "base/file.hpp"
#include "commands.hpp"
#include "files.hpp"
#include "gate/checkpointing.hpp"
#include "log_receipt.hpp"
#include "note/note.hpp"
#include "note/policy.hpp"
#include "reply.hpp"
#include "session.hpp"

namespace octroi::app {
namespace {

void answer_note(const gate::LogCheckpoint& checkpoint, const Arguments& arguments, Reply& reply) {
  const json::Value value = to_json(checkpoint);
  answer_file(arguments, reply, checkpoint.note, &value,
              fmt::format("the checkpoint of {} events", checkpoint.size));
}

gate::LogCheckpoint add_answer(const std::string& file, const Arguments& arguments,
                               gate::Database& registry) {
  const auto policy_file = arguments.text("--policy");
  if (!policy_file) {
    throw Error(ErrorCode::usage, "--cosigned: expected --policy FILE, which names the witnesses");
  }
  const note::Policy policy =
      note::Policy::read(read_input(*policy_file, note::k_policy_bytes_max), *policy_file);
  return gate::add_cosignatures(registry, read_input(file, note::k_note_bytes_max), policy);
}

ExitCode checkpoint(const Arguments& arguments, Session& session, Reply& reply) {
  const auto cosigned = arguments.text("--cosigned");
  if (cosigned && arguments.has("--last")) {
    throw Error(ErrorCode::usage, "checkpoint: expected --last or --cosigned, not both");
  }
  if (arguments.has("--last")) {
    answer_note(gate::last_checkpoint(*session.open_to_read()), arguments, reply);
    return ExitCode::yes;
  }
  const auto registry = session.open_to_write();
  if (cosigned) {
    answer_note(add_answer(*cosigned, arguments, *registry), arguments, reply);
    return ExitCode::yes;
  }
  const crypto::SecretKey log_key = open_log_key(arguments, session, *registry);
  answer_note(gate::sign_head(*registry, log_key), arguments, reply);
  return ExitCode::yes;
}

std::vector<Option> checkpoint_options() {
  return joined(joined(out_options("write the checkpoint there"),
                       {{"--last", "", "sign nothing; show the last one that was signed"},
                        {"--cosigned", "FILE",
                         "sign nothing; add a witness's answer to the checkpoint that it is about"},
                        {"--policy", "FILE", "with --cosigned: the witnesses (C2SP tlog-policy)"}}),
                log_key_options());
}

}  // namespace

std::vector<Command> checkpoint_commands() {
  return {{.name = "checkpoint",
           .reader = Reader::auditor,
           .summary = "sign the head of the log",
           .description =
               "Signs size and root of the log with the log key, keeps the checkpoint in the "
               "registry and prints it (C2SP tlog-checkpoint). Whoever has it can show later that "
               "this log was changed, cut off or forked. The same head gives the same bytes; two "
               "heads that contradict each other are never signed. With --cosigned, the lines that "
               "'octroi witness cosign', or any tlog-witness, answered are checked and added.",
           .options = checkpoint_options(),
           .examples = {{"octroi checkpoint --out checkpoint --replace", ""},
                        {"octroi checkpoint --cosigned answer.txt --policy policy", ""}},
           .run = checkpoint}};
}

}  // namespace octroi::app
