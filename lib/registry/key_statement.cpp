// SPDX-License-Identifier: Apache-2.0
#include "registry/key_statement.hpp"

#include <algorithm>

#include "crypto/encoding.hpp"
#include "json/write.hpp"

namespace octroi::registry {
namespace {

constexpr std::string_view k_statement_domain{"octroi/key/1\0", 13};  // the zero byte is part of it

std::string statement_text(const KeyStatement& statement) {
  return std::string(k_statement_domain) +
         json::canonical(json::object({{"log", statement.log},
                                       {"use", statement.use},
                                       {"member", statement.member},
                                       {"previous", statement.previous},
                                       {"key", statement.key}}));
}

}  // namespace

std::string sign_statement(const KeyStatement& statement, const crypto::SecretKey& key) {
  return crypto::to_base64url(key.sign(as_bytes(statement_text(statement))).bytes);
}

bool is_signed_by(const KeyStatement& statement, const crypto::PublicKey& key,
                  std::string_view signature) {
  const std::optional<Bytes> bytes = crypto::from_base64url(signature);
  crypto::Signature given;
  if (!bytes || bytes->size() != given.bytes.size()) return false;
  std::copy(bytes->begin(), bytes->end(), given.bytes.begin());
  return key.verifies(as_bytes(statement_text(statement)), given);
}

}  // namespace octroi::registry
