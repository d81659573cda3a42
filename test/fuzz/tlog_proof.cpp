// SPDX-License-Identifier: Apache-2.0
#include "note/tlog_proof.hpp"

#include "fuzz/target.hpp"
#include "note/verifying.hpp"

void octroi::fuzz::try_input(std::string_view text) {
  static const note::Policy nobody = note::Policy::read("quorum none\n", "policy");
  const auto read = note::parse_tlog_proof(text);
  const auto* proof = std::get_if<note::TlogProof>(&read);
  if (proof == nullptr) return;
  require(note::format(*proof) == text, "a proof comes back byte for byte");
  const auto verified = note::verify_proof(*proof, proof->extra, nobody);
  require(std::holds_alternative<note::ProofRefusal>(verified), "no log is trusted unasked");
}
