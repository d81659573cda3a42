// SPDX-License-Identifier: Apache-2.0
#include "paseto/v4_public.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cstdint>
#include <initializer_list>
#include <utility>

#include "base/error.hpp"
#include "base/limits.hpp"
#include "crypto/encoding.hpp"

namespace octroi::paseto {
namespace {

constexpr std::string_view k_header = "v4.public.";
constexpr std::string_view k_footer_start = R"({"kid":")";
constexpr std::string_view k_footer_end = R"("})";
constexpr std::string_view k_kid_header = "k4.pid.";
constexpr std::size_t k_kid_bytes = 33;

/// 64 bits, least significant byte first, the top bit clear.
void append_length(std::string& text, std::uint64_t length) {
  std::array<char, 8> bytes;
  for (std::size_t i = 0; i < bytes.size(); ++i) {
    bytes[i] = static_cast<char>((length >> (8 * i)) & (i == 7 ? 0x7f : 0xff));
  }
  text.append(bytes.data(), bytes.size());
}

/// Appends PAE(pieces) = LE64(count) ‖ for each: LE64(length) ‖ bytes.
/// Source: paseto-spec, docs/01-Protocol-Versions/Common.md.
void append_pre_authentication_encoding(std::string& text,
                                        std::initializer_list<std::string_view> pieces) {
  append_length(text, pieces.size());
  for (const std::string_view piece : pieces) {
    append_length(text, piece.size());
    text += piece;
  }
}

}  // namespace

// token = header ‖ b64(m ‖ Ed25519(PAE(header, m, footer, implicit))) [‖ "." ‖ b64(footer)]
std::string sign(const crypto::SecretKey& key, std::string_view message, std::string_view footer,
                 std::string_view implicit) {
  if (message.empty()) broken_invariant("a token without a message");
  std::string signed_text;
  append_pre_authentication_encoding(signed_text, {k_header, message, footer, implicit});
  const crypto::Signature signature = key.sign(as_bytes(signed_text));
  std::string body(message);
  body += as_text(signature.bytes);
  std::string token = std::string(k_header) + crypto::to_base64url(as_bytes(body));
  if (!footer.empty()) token.append(".").append(crypto::to_base64url(as_bytes(footer)));
  if (token.size() > limits::k_token_bytes_max) {
    throw Error(ErrorCode::bad_input,
                fmt::format("expected a token of at most {} bytes, got {}: it holds too much",
                            limits::k_token_bytes_max, token.size()));
  }
  return token;
}

std::optional<Unverified> parse(std::string_view token) {
  if (token.size() > limits::k_token_bytes_max || !token.starts_with(k_header)) return std::nullopt;
  token.remove_prefix(k_header.size());
  const std::size_t dot = token.find('.');
  Unverified result;
  std::string& body = result.message;
  const std::size_t signature_bytes = result.signature.bytes.size();
  const bool is_read = crypto::append_from_base64url(token.substr(0, dot), body);
  if (!is_read || body.size() <= signature_bytes) return std::nullopt;
  if (dot != std::string_view::npos) {
    const std::string_view footer = token.substr(dot + 1);
    if (footer.empty() || !crypto::append_from_base64url(footer, result.footer)) {
      return std::nullopt;
    }
  }
  const std::size_t split = body.size() - signature_bytes;
  std::copy(body.begin() + static_cast<std::ptrdiff_t>(split), body.end(),
            result.signature.bytes.begin());
  body.resize(split);
  return result;
}

Verified::Verified(std::string message, std::string footer)
    : message_(std::move(message)), footer_(std::move(footer)) {}

std::optional<Verified> verify(const crypto::PublicKey& key, Unverified token,
                               std::string_view implicit) {
  thread_local std::string signed_text;  // nothing secret; a batch writes it anew for each token
  signed_text.clear();
  append_pre_authentication_encoding(signed_text,
                                     {k_header, token.message, token.footer, implicit});
  if (!key.verifies(as_bytes(signed_text), token.signature)) return std::nullopt;
  return Verified(std::move(token.message), std::move(token.footer));
}

std::string kid_footer(const crypto::KeyId& kid) {
  return std::string(k_footer_start) + kid.text + std::string(k_footer_end);
}

std::optional<crypto::KeyId> footer_kid(std::string_view footer) {
  if (!footer.starts_with(k_footer_start) || !footer.ends_with(k_footer_end)) return std::nullopt;
  footer.remove_prefix(k_footer_start.size());
  footer.remove_suffix(std::min(footer.size(), k_footer_end.size()));
  if (!footer.starts_with(k_kid_header)) return std::nullopt;
  const auto bytes = crypto::from_base64url(footer.substr(k_kid_header.size()));
  if (!bytes || bytes->size() != k_kid_bytes) return std::nullopt;
  return crypto::KeyId{std::string(footer)};
}

}  // namespace octroi::paseto
