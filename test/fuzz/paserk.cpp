// SPDX-License-Identifier: Apache-2.0
#include "crypto/encoding.hpp"
#include "fuzz/target.hpp"
#include "support/secret.hpp"

namespace {

/// Whether opening it would cost little: 16 bytes of salt, then the memory and the passes, the most
/// significant byte first.
bool is_cheap(std::string_view text) {
  constexpr std::string_view k_header = "k4.secret-pw.";
  if (!text.starts_with(k_header)) return true;
  const auto bytes = octroi::crypto::from_base64url(text.substr(k_header.size()));
  if (!bytes || bytes->size() < 28) return true;
  std::uint64_t memory = 0;
  for (std::size_t i = 16; i < 24; ++i) memory = (memory << 8) | (*bytes)[i];
  const bool has_few_passes = (*bytes)[24] == 0 && (*bytes)[25] == 0 && (*bytes)[26] == 0;
  return memory <= 65'536 && has_few_passes && (*bytes)[27] <= 2;
}

}  // namespace

void octroi::fuzz::try_input(std::string_view text) {
  if (const auto key = crypto::PublicKey::from_paserk(text)) {
    require(key->paserk() == text, "one key has one text");
  }
  if (text.size() > 1024) return;
  (void)crypto::read_secret_paserk(test::secret(text));
  if (is_cheap(text)) (void)crypto::unwrap_with_passphrase(text, test::secret("a passphrase"));
}
