// SPDX-License-Identifier: Apache-2.0
#include "note/verifying.hpp"

#include <algorithm>
#include <utility>

#include "base/error.hpp"
#include "merkle/proof.hpp"

namespace octroi::note {

std::string_view to_text(ProofRefusal refusal) {
  switch (refusal) {
    case ProofRefusal::unknown_log:
      return "the policy knows no log of this name";
    case ProofRefusal::unsigned_log:
      return "the log did not sign with a key of the policy";
    case ProofRefusal::bad_signature:
      return "a signature of a known key is wrong";
    case ProofRefusal::no_quorum:
      return "too few known witnesses cosigned";
    case ProofRefusal::impossible:
      return "a tree of size 0 has another root";
    case ProofRefusal::not_included:
      return "the hashes do not lead from the entry to the root";
  }
  broken_invariant("a refusal has a value of its type");
}

TrustedCheckpoint::TrustedCheckpoint(Checkpoint checkpoint, std::vector<Cosignature> cosignatures)
    : checkpoint_(std::move(checkpoint)), cosignatures_(std::move(cosignatures)) {}

std::variant<TrustedCheckpoint, ProofRefusal> verify_checkpoint(const SignedCheckpoint& checkpoint,
                                                                const Policy& policy) {
  const Checkpoint& content = checkpoint.checkpoint;
  std::vector<VerifierKey> keys;
  for (const Policy::Log& log : policy.logs()) {
    if (log.key.name() == content.origin) keys.push_back(log.key);
  }
  const std::size_t log_count = keys.size();
  if (log_count == 0) return ProofRefusal::unknown_log;
  for (const Policy::Witness& witness : policy.witnesses()) keys.push_back(witness.key);
  const auto verified = verify_note(checkpoint.note, keys);
  if (const auto* refusal = std::get_if<NoteRefusal>(&verified)) {
    return *refusal == NoteRefusal::bad_signature ? ProofRefusal::bad_signature
                                                  : ProofRefusal::unsigned_log;
  }
  bool is_signed_by_log = false;
  std::vector<bool> has_cosigned(policy.witnesses().size());
  std::vector<TrustedCheckpoint::Cosignature> cosignatures;
  for (const Signer& signer : std::get<std::vector<Signer>>(verified)) {
    if (signer.key < log_count) {
      is_signed_by_log = true;
      continue;
    }
    const std::size_t witness = signer.key - log_count;
    has_cosigned.at(witness) = true;
    cosignatures.push_back({witness, signer.at.value()});
  }
  if (!is_signed_by_log) return ProofRefusal::unsigned_log;
  const bool is_empty = content.head.size.value == 0;
  if (is_empty && content.head.root != merkle::empty_root()) return ProofRefusal::impossible;
  if (!policy.is_quorum(has_cosigned)) return ProofRefusal::no_quorum;
  return TrustedCheckpoint(content, std::move(cosignatures));
}

std::variant<TrustedCheckpoint, ProofRefusal> verify_proof(const TlogProof& proof,
                                                           std::string_view entry,
                                                           const Policy& policy) {
  auto verified = verify_checkpoint(proof.checkpoint, policy);
  const auto* trusted = std::get_if<TrustedCheckpoint>(&verified);
  if (trusted == nullptr) return verified;
  const bool is_included = merkle::proves_inclusion(merkle::leaf_hash(entry), proof.index,
                                                    trusted->checkpoint().head, proof.hashes);
  if (!is_included) return ProofRefusal::not_included;
  return verified;
}

}  // namespace octroi::note
