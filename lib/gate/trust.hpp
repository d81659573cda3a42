// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "gate/board.hpp"
#include "gate/context.hpp"
#include "model/document.hpp"

/// Trust files: plain, as JSON, or signed by the seal in force, as a v4.public token whose payload
/// is that JSON. A signed one proves itself to whoever holds an older one: every seal hands its
/// place over to the next with a signature that the file carries.
namespace octroi::gate {

/// When a key of a trust file signs.
struct TrustWindow {
  std::optional<Instant> from;
  std::optional<Instant> until;
  std::optional<Instant> compromised_from;
  bool is_readable = false;

  [[nodiscard]] bool covers(Instant moment) const;
  /// "from 2026-… until 2027-…, compromised from …".
  [[nodiscard]] std::string text() const;
};

/// The window of a seal or log key of a trust document.
[[nodiscard]] TrustWindow window_of(const json::Value& key);

struct TrustFile {
  model::Document document;
  std::optional<crypto::KeyId> signer;  ///< of the signed form
  std::string fault;  ///< why the signature of the signed form is not good; "" when it is
};

/// Reads either form. Throws Error(bad_input) when it is neither.
[[nodiscard]] TrustFile read_trust(const std::string& text, std::string_view source);

/// The document of a trust file that is plain, or signed by a seal that it names itself.
/// Throws Error(bad_input) when the signature is not good.
[[nodiscard]] model::Document require_sound(TrustFile file, std::string_view source);

/// Throws Error(could_not) where a trust document was made after `now`, by more than clocks of two
/// machines differ: a clock that was set back would let expired tokens pass.
void require_clock(const json::Value& trust, std::string_view source, Instant now);

/// The trust document of the registry in the signed form. Throws Error(not_allowed) unless the key
/// is the seal in force.
[[nodiscard]] std::string sign_trust(Database& database, const crypto::SecretKey& seal,
                                     const LogDemands& demands = {});

}  // namespace octroi::gate
