// SPDX-License-Identifier: Apache-2.0
#include "evidence.hpp"

#include "base/error.hpp"
#include "base/file.hpp"
#include "files.hpp"
#include "gate/trust.hpp"
#include "note/tlog_proof.hpp"

namespace octroi::app {

std::vector<Option> evidence_options() {
  return {
      {"--status", "FILE", "the board's newest status list"},
      {"--max-age", "DAYS", "how old that list may be, if not until its end"},
      {"--status-proof", "FILE", "the .tlog-proof of that list; needed once its seal was replaced"},
      {"--proof", "FILE", "the .tlog-proof of the token's issue"}};
}

gate::Evidence read_evidence(const Arguments& arguments) {
  gate::Evidence evidence;
  evidence.status.age_days_max = arguments.number("--max-age");
  if (const auto file = arguments.text("--status")) {
    evidence.status.list = read_token_file(*file);
  } else if (evidence.status.age_days_max) {
    throw Error(ErrorCode::usage,
                "--max-age says how old the list of --status may be; give it too");
  }
  if (const auto file = arguments.text("--status-proof")) {
    if (!evidence.status.list) {
      throw Error(ErrorCode::usage, "--status-proof is about the list of --status; give it too");
    }
    evidence.status.proof = read_input(*file, note::k_tlog_proof_bytes_max);
  }
  if (const auto file = arguments.text("--proof")) {
    evidence.proof = read_input(*file, note::k_tlog_proof_bytes_max);
  }
  return evidence;
}

void require_one_standard_input(const Arguments& arguments) {
  int count = 0;
  for (const std::string_view name :
       {"TOKEN", "TARGET", "--batch", "--trust", "--status", "--status-proof", "--proof"}) {
    count += int{arguments.text(name) == "-"};
  }
  if (count < 2) return;
  throw Error(ErrorCode::usage,
              "standard input can be only one of the token, the trust file, the status list and "
              "the proofs");
}

void require_clock(const model::Document& trust, std::string_view file, const Session& session) {
  if (!session.options().at) gate::require_clock(trust.value, file, session.now());
}

}  // namespace octroi::app
