// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "note/policy.hpp"
#include "note/tlog_proof.hpp"

namespace octroi::note {

/// Why a checkpoint or a proof is not believed.
enum class ProofRefusal {
  unknown_log,    ///< no log of the policy has this origin
  unsigned_log,   ///< the log did not sign with a key of the policy
  bad_signature,  ///< a log or witness of the policy is named, and did not sign this
  no_quorum,      ///< too few witnesses of the policy cosigned
  impossible,     ///< a tree without leaves has another root
  not_included,   ///< the hashes do not lead from the entry to the root
};

/// The refusal in words, lower case, for a message.
[[nodiscard]] std::string_view to_text(ProofRefusal refusal);

/// A checkpoint that a policy trusts; only verify_checkpoint and verify_proof make one.
class TrustedCheckpoint {
 public:
  struct Cosignature {
    std::size_t witness = 0;  ///< its place in Policy::witnesses()
    Instant at;
    friend bool operator==(const Cosignature&, const Cosignature&) = default;
  };

  [[nodiscard]] const Checkpoint& checkpoint() const { return checkpoint_; }
  /// Of witnesses of the policy, all of them good, in the order of the lines.
  [[nodiscard]] const std::vector<Cosignature>& cosignatures() const { return cosignatures_; }

 private:
  friend std::variant<TrustedCheckpoint, ProofRefusal> verify_checkpoint(const SignedCheckpoint&,
                                                                         const Policy&);
  TrustedCheckpoint(Checkpoint checkpoint, std::vector<Cosignature> cosignatures);
  Checkpoint checkpoint_;
  std::vector<Cosignature> cosignatures_;
};

/// Whether the log is one of the policy and signed, every line of a key of the policy is good, and
/// the quorum is met. Cosignatures may be of any time.
[[nodiscard]] std::variant<TrustedCheckpoint, ProofRefusal> verify_checkpoint(
    const SignedCheckpoint& checkpoint, const Policy& policy);

/// The same for the proof's checkpoint, and whether the entry (its bytes) is in that tree.
[[nodiscard]] std::variant<TrustedCheckpoint, ProofRefusal> verify_proof(const TlogProof& proof,
                                                                         std::string_view entry,
                                                                         const Policy& policy);

}  // namespace octroi::note
