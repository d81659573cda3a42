// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "merkle/hash.hpp"
#include "note/checkpoint.hpp"

/// Proofs that an entry is in a log, for whoever has no network: `.tlog-proof` files.
///
///     c2sp.org/tlog-proof@v1
///     extra BASE64              optional: opaque, and authenticated by nothing here
///     index 73894
///     BASE64                    0 to 63 hashes, the leaf's sibling first
///                               a blank line
///     a checkpoint, as it is signed
///
/// Source: C2SP tlog-proof (https://c2sp.org/tlog-proof).
namespace octroi::note {

constexpr std::size_t k_proof_hashes_max = 63;
/// More extra bytes are not written: the Go reader takes lines of less than 64 KiB.
constexpr std::size_t k_extra_bytes_max = 48'000;
constexpr std::size_t k_tlog_proof_bytes_max = k_note_bytes_max + 100'000;

struct TlogProof {
  std::string extra;  ///< empty: no such line
  merkle::LeafIndex index;
  merkle::Hashes hashes;
  SignedCheckpoint checkpoint;
  friend bool operator==(const TlogProof&, const TlogProof&) = default;
};

/// The file's bytes. Throws Error(bad_input) when `extra` is longer than k_extra_bytes_max.
[[nodiscard]] std::string format(const TlogProof& proof);

/// Reads a proof; nothing of it is verified (verifying.hpp). What is read comes back byte for byte.
[[nodiscard]] Read<TlogProof> parse_tlog_proof(std::string_view text);

}  // namespace octroi::note
