// SPDX-License-Identifier: Apache-2.0
// Run when a static build is configured: 0 where this libsodium is the one that octroi needs.
#include <sodium.h>

#include "crypto/weak_key.hpp"

int main() {
  if (sodium_init() < 0) return 1;
  return crypto_core_ed25519_is_valid_point(octroi::crypto::k_mixed_order_point.data());
}
