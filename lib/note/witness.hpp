// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <span>

#include "note/add_checkpoint.hpp"

namespace octroi::note {

/// How a witness answers, as HTTP numbers. Source: C2SP tlog-witness, add-checkpoint.
enum class WitnessStatus {
  cosigned = 200,
  malformed = 400,       ///< not a request, or `old` is more than the checkpoint's size
  not_signed = 403,      ///< no trusted key of the log signed
  unknown_log = 404,     ///< no trusted log has this origin
  conflict = 409,        ///< `old` is not the size that was cosigned last, which is the body
  not_consistent = 422,  ///< the proof does not lead from that head to the checkpoint's
};

struct WitnessAnswer {
  WitnessStatus status = WitnessStatus::malformed;
  std::string content_type;
  std::string body;  ///< cosigned: signature lines; conflict: a size; otherwise why, for people
  friend bool operator==(const WitnessAnswer&, const WitnessAnswer&) = default;
};

/// The heads that a witness cosigned last, one for each origin. Whoever implements it decides where
/// they are kept.
class HeadStore {
 public:
  virtual ~HeadStore() = default;

  /// The head of that origin; nothing when none was ever cosigned.
  [[nodiscard]] virtual std::optional<merkle::TreeHead> last(const std::string& origin) = 0;

  /// Replaces the head of that origin when it is still `from`: as one step, and durable before it
  /// returns. False, and nothing is changed, when it is another by now.
  [[nodiscard]] virtual bool replace(const std::string& origin,
                                     const std::optional<merkle::TreeHead>& from,
                                     const merkle::TreeHead& to) = 0;
};

/// Answers a request to cosign: checks it against the head that the store remembers, has the store
/// remember the new one, and only then signs. `logs` are the trusted keys of logs; several may have
/// the same name. Throws Error(bad_input) when two of them have the same name and key id, and what
/// the store throws.
[[nodiscard]] WitnessAnswer answer_add_checkpoint(std::string_view request,
                                                  std::span<const VerifierKey> logs,
                                                  const std::string& witness_name,
                                                  const crypto::SecretKey& witness_key, Instant now,
                                                  HeadStore& heads);

/// The size in the body of a conflict; nothing when it is not one.
[[nodiscard]] std::optional<merkle::TreeSize> parse_conflict(std::string_view body);

}  // namespace octroi::note
