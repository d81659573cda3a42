// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "note/note.hpp"

/// Checkpoints: what a log says of itself, as a signed note.
///
///     example.com/behind-the-sofa
///     20852163
///     CsUYapGGPo4dkMgIAUqom/Xajj7h2fB2MPA3j2jxq2I=
///
/// The log's name (its origin), the size and the root. Extension lines may follow when others wrote
/// it; octroi writes none, because not all witnesses sign them.
/// Source: C2SP tlog-checkpoint (https://c2sp.org/tlog-checkpoint), version 1.0.0.
namespace octroi::note {

struct Checkpoint {
  std::string origin;  ///< not empty, one line
  merkle::TreeHead head;
  std::vector<std::string> extensions;  ///< lines that are not empty; opaque
  friend bool operator==(const Checkpoint&, const Checkpoint&) = default;
};

/// A checkpoint with its signatures; nothing verified.
struct SignedCheckpoint {
  Note note;  ///< INVARIANT: its text is that of the checkpoint
  Checkpoint checkpoint;
  friend bool operator==(const SignedCheckpoint&, const SignedCheckpoint&) = default;
};

/// The text of the note.
[[nodiscard]] std::string format(const Checkpoint& checkpoint);

/// Reads the text of a note. `line_first` as in parse_note.
[[nodiscard]] Read<Checkpoint> parse_checkpoint(std::string_view text, std::size_t line_first = 1);

/// Reads the whole note.
[[nodiscard]] Read<SignedCheckpoint> parse_signed_checkpoint(std::string_view text,
                                                             std::size_t line_first = 1);

/// Signs with the log's key, whose name is the origin. There must be no extensions. Throws
/// Error(bad_input) when the origin is not one that is_own_key_name takes.
[[nodiscard]] SignedCheckpoint sign_checkpoint(const Checkpoint& checkpoint,
                                               const crypto::SecretKey& log_key);

/// Adds those lines of a witness's answer that a known witness made over this checkpoint and that
/// it has not yet. Gives how many were added; nothing, and nothing is added, when a line with the
/// name and key id of a known witness is not good.
[[nodiscard]] std::optional<std::size_t> add_cosignatures(SignedCheckpoint& checkpoint,
                                                          std::span<const SignatureLine> lines,
                                                          std::span<const VerifierKey> witnesses);

}  // namespace octroi::note
