// SPDX-License-Identifier: Apache-2.0
#include "fuzz/target.hpp"
#include "paseto/v4_public.hpp"
#include "support/secret.hpp"

void octroi::fuzz::try_input(std::string_view text) {
  static const crypto::SecretKey k_key = test::key_of("seal");
  (void)paseto::footer_kid(text);
  const auto token = paseto::parse(text);
  if (!token) return;
  require(!token->message.empty(), "a token has a message");
  require(paseto::parse(paseto::sign(k_key, token->message, token->footer)).has_value(),
          "what was parsed can be signed and parsed");
  (void)paseto::verify(k_key.public_key(), *token);
}
