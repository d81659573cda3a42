// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>

#include "base/error.hpp"
#include "base/file.hpp"
#include "commands.hpp"
#include "files.hpp"
#include "gate/checkpointing.hpp"
#include "gate/proving.hpp"
#include "note/note.hpp"
#include "reply.hpp"
#include "session.hpp"

namespace octroi::app {
namespace {

template <typename Proof>
void answer_proof(const Proof& proof, const Arguments& arguments, Reply& reply) {
  const json::Value value = to_json(proof);
  answer_file(arguments, reply, proof.text, &value, "the proof");
}

/// The event that ID, or --event, names.
std::int64_t wanted_event(const Arguments& arguments, gate::Database& registry) {
  if (const auto seq = arguments.number("--event")) return *seq;
  return gate::event_of(registry, *arguments.text("ID"));
}

gate::GrowthProof wanted_growth(const Arguments& arguments, gate::Database& registry) {
  if (const auto size = arguments.number("--from-size")) {
    return gate::prove_growth_from(registry, *size);
  }
  const std::string& file = arguments.required("--from");
  return gate::prove_growth_from(
      registry, gate::read_checkpoint(read_input(file, note::k_note_bytes_max), file));
}

ExitCode prove(const Arguments& arguments, Session& session, Reply& reply) {
  const int wishes = int{arguments.has("ID")} + int{arguments.has("--event")} +
                     int{arguments.has("--from")} + int{arguments.has("--from-size")};
  if (wishes != 1) {
    throw Error(ErrorCode::usage,
                "prove: expected one of: a token's, decision's or request's id, --event N, --from "
                "CHECKPOINT, --from-size N");
  }
  const auto registry = session.open_to_read();
  if (arguments.has("ID") || arguments.has("--event")) {
    answer_proof(gate::prove_event(*registry, wanted_event(arguments, *registry)), arguments,
                 reply);
  } else {
    answer_proof(wanted_growth(arguments, *registry), arguments, reply);
  }
  return ExitCode::yes;
}

std::vector<Option> prove_options() {
  return joined({{"--event", "N", "the event at that position, from 0"},
                 {"--from", "CHECKPOINT", "an older checkpoint; '-' is standard input"},
                 {"--from-size", "N", "a size that a witness has, 0 for none"}},
                out_options("write the proof there"));
}

}  // namespace

std::vector<Command> prove_commands() {
  return {{.name = "prove",
           .reader = Reader::auditor,
           .summary = "prove what is in the log, or that the log only grew",
           .description =
               "For a token, a decision, a request (its current version) or any event: the proof "
               "that it is in the log under the last checkpoint, as a .tlog-proof file that "
               "carries the event (C2SP tlog-proof). With --from or --from-size: the proof that "
               "the log of the last checkpoint only grew since an older one, as the body of a "
               "tlog-witness add-checkpoint request. Ends with 20 when the log is not what the "
               "older checkpoint says: a fork.",
           .positionals = {{.name = "ID",
                            .help = "a token's id, D-2026-0001 or R-2026-0001",
                            .is_optional = true}},
           .options = prove_options(),
           .examples = {{"octroi prove R-2026-0001 --out request.tlog-proof", ""},
                        {"octroi prove --from old-checkpoint", "for a witness, or an auditor"}},
           .run = prove}};
}

}  // namespace octroi::app
