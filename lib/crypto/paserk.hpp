// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <variant>

#include "crypto/key.hpp"

/// PASERK version 4: how keys are named and stored.
/// Source: https://github.com/paseto-standard/paserk (types k4.public, secret, pid, sid,
/// secret-pw).
namespace octroi::crypto {

/// What deriving a key from a passphrase costs (Argon2id). Written into the file.
struct PassphraseCost {
  std::uint64_t memory_bytes;
  std::uint32_t passes;
};

/// The cost of every key file octroi writes. Source: libsodium MODERATE limits.
constexpr PassphraseCost k_passphrase_cost{268'435'456, 3};
/// The dearest file octroi opens: a hostile file must not buy more work than this.
constexpr PassphraseCost k_passphrase_cost_max{1'073'741'824, 10};

/// `k4.secret.…` for a hand-over that the user asked for by name; held in secret memory.
[[nodiscard]] SecretBytes secret_paserk(const SecretKey& key);
/// Reads `k4.secret.…`; nothing when it is not one or its halves do not belong together.
[[nodiscard]] std::optional<SecretKey> read_secret_paserk(const SecretBytes& text);
/// `k4.sid.…`, a name derived from the secret key.
[[nodiscard]] std::string secret_key_id(const SecretKey& key);

/// `k4.secret-pw.…`: the key encrypted under a passphrase. `cost` must be one that
/// unwrap_with_passphrase accepts: memory in whole KiB, at least 8, and at least one pass.
/// Throws Error(could_not) when there is not that much memory.
[[nodiscard]] std::string wrap_with_passphrase(const SecretKey& key, const SecretBytes& passphrase,
                                               const PassphraseCost& cost = k_passphrase_cost);

/// Why a `k4.secret-pw.…` text gave no key.
enum class UnwrapFailure {
  malformed,         ///< not a k4.secret-pw text, or parameters out of range
  too_expensive,     ///< asks for more work than k_passphrase_cost_max
  wrong_passphrase,  ///< or changed bytes: the two cannot be told apart
};

/// Opens `k4.secret-pw.…`. Parameters are checked before any work is done for them.
/// Throws Error(could_not) when there is not the memory that they ask for.
[[nodiscard]] std::variant<SecretKey, UnwrapFailure> unwrap_with_passphrase(
    std::string_view text, const SecretBytes& passphrase);

}  // namespace octroi::crypto
