// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <variant>

#include "crypto/key.hpp"

/// PASETO v4.public: `v4.public.` base64url(message ‖ signature) [`.` base64url(footer)].
/// Source: https://github.com/paseto-standard/paseto-spec, docs/01-Protocol-Versions/Version4.md.
namespace octroi::paseto {

/// Signs message and footer. Deterministic: the same input gives the same token, and `parse` takes
/// it. The message must not be empty. Throws Error(bad_input) when the token would be longer than
/// limits::k_token_bytes_max.
[[nodiscard]] std::string sign(const crypto::SecretKey& key, std::string_view message,
                               std::string_view footer = "", std::string_view implicit = "");

/// A token taken apart, nothing verified. For look-ups (the footer's kid) and for `inspect`.
struct Unverified {
  std::string message;
  crypto::Signature signature;
  std::string footer;
};

/// Takes a token apart; nothing when it is not a well-formed v4.public token: another header, bad
/// base64url, no message before the signature, an empty footer part, longer than
/// limits::k_token_bytes_max.
[[nodiscard]] std::optional<Unverified> parse(std::string_view token);

/// What a signature covers, and only verify() makes one.
class Verified {
 public:
  [[nodiscard]] const std::string& message() const { return message_; }
  [[nodiscard]] const std::string& footer() const { return footer_; }

 private:
  friend std::optional<Verified> verify(const crypto::PublicKey&, Unverified, std::string_view);
  Verified(std::string message, std::string footer);
  std::string message_;
  std::string footer_;
};

/// The token's content when the key signed exactly this; nothing otherwise.
[[nodiscard]] std::optional<Verified> verify(const crypto::PublicKey& key, Unverified token,
                                             std::string_view implicit = "");

/// octroi's footer: exactly `{"kid":"k4.pid.…"}`.
[[nodiscard]] std::string kid_footer(const crypto::KeyId& kid);
/// The kid of a footer of exactly that form; nothing for any other footer.
[[nodiscard]] std::optional<crypto::KeyId> footer_kid(std::string_view footer);

}  // namespace octroi::paseto
