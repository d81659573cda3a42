// SPDX-License-Identifier: Apache-2.0
#include <iostream>
#include <string_view>

#include "base/error.hpp"
#include "crypto/key.hpp"
#include "crypto/key_file.hpp"
#include "support/secret.hpp"

/// octroi-testkey FOLDER NAME SEED_WORD PASSPHRASE
///   Makes a key for the tests of the command line: the two files that octroi makes, but always the
///   same key for the same word, and quick to open. Prints the public key. Overwrites nothing.
namespace octroi::test {
namespace {

void run(char** arguments) {
  crypto::initialize();
  const crypto::SecretKey key = key_of(arguments[3]);
  crypto::create_key_files(arguments[1], arguments[2], key, secret(std::string_view(arguments[4])),
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
