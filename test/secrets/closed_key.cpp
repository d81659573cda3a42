// SPDX-License-Identifier: Apache-2.0
// octroi-closed-key FOLDER NAME PASSPHRASE_FILE: opens a key, signs with it, closes it, says so,
// and waits for the end of its input: whoever looks into its memory then must not find the key.
// With a fourth argument it says so and waits with the key open.
#include <iostream>
#include <optional>

#include "base/error.hpp"
#include "crypto/key_file.hpp"

int main(int count, char** arguments) {
  using namespace octroi;
  if (count < 4) return 2;
  try {
    crypto::initialize();
    std::optional<crypto::SecretKey> key =
        crypto::open_key(arguments[1], arguments[2], crypto::read_passphrase_file(arguments[3]));
    (void)key->sign(as_bytes("a message"));
    if (count == 4) key.reset();
    std::cout << (key ? "open" : "closed") << std::endl;
    std::cin.get();
  } catch (const Error& error) {
    std::cerr << "octroi-closed-key: " << error.what() << "\n";
    return 1;
  }
  return 0;
}
