// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "merkle/hash.hpp"
#include "note/checkpoint.hpp"

/// What a log sends to a witness, over HTTP or as a file:
///
///     old 20852014
///     BASE64                    0 to 63 hashes of the consistency proof
///                               a blank line
///     a checkpoint, as the log signed it
///
/// Source: C2SP tlog-witness (https://c2sp.org/tlog-witness), add-checkpoint, version 1.0.0.
namespace octroi::note {

constexpr std::size_t k_add_checkpoint_bytes_max = k_note_bytes_max + 10'000;

struct AddCheckpoint {
  merkle::TreeSize old_size;  ///< of the head that the witness cosigned last; 0: of none
  merkle::Hashes proof;       ///< from there to the checkpoint
  SignedCheckpoint checkpoint;
  friend bool operator==(const AddCheckpoint&, const AddCheckpoint&) = default;
};

[[nodiscard]] std::string format(const AddCheckpoint& request);

/// Reads a request; nothing of it is verified. What is read comes back byte for byte.
[[nodiscard]] Read<AddCheckpoint> parse_add_checkpoint(std::string_view text);

}  // namespace octroi::note
