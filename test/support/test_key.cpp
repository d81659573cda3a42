// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <iostream>
#include <string_view>

#include "base/error.hpp"
#include "crypto/hash.hpp"
#include "crypto/key.hpp"
#include "crypto/key_file.hpp"

/// octroi-testkey FOLDER NAME SEED_WORD PASSPHRASE
///   Makes a key for the tests of the command line: the two files that octroi makes, but always the
///   same key for the same word, and quick to open. Prints the public key. Overwrites nothing.
namespace octroi::test {
namespace {

/// The least that a key file may cost.
constexpr crypto::PassphraseCost k_cheap{8192, 1};

crypto::SecretBytes secret(ByteView bytes) {
  crypto::SecretBytes result(bytes.size());
  std::copy(bytes.begin(), bytes.end(), result.reveal().begin());
  return result;
}

void run(char** arguments) {
  crypto::initialize();
  const crypto::SecretBytes seed = secret(crypto::sha256(std::string_view(arguments[3])).bytes);
  const crypto::SecretKey key = crypto::SecretKey::from_seed(seed);
  crypto::create_key_files(arguments[1], arguments[2], key, secret(as_bytes(arguments[4])),
                           k_cheap);
  std::cout << key.public_key().paserk() << "\n";
}

}  // namespace
}  // namespace octroi::test

int main(int count, char** arguments) {
  if (count != 5) {
    std::cerr << "usage: octroi-testkey FOLDER NAME SEED_WORD PASSPHRASE\n";
    return 2;
  }
  try {
    octroi::test::run(arguments);
  } catch (const octroi::Error& error) {
    std::cerr << "octroi-testkey: " << error.what() << "\n";
    return 1;
  }
  return 0;
}
