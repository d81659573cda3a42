// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "base/bytes.hpp"

namespace octroi::crypto {

/// SHA-256. Source: FIPS 180-4.
[[nodiscard]] Digest sha256(ByteView bytes);
[[nodiscard]] Digest sha256(std::string_view text);

/// SHA-256 of a sequence of pieces, fed one by one.
class Sha256 {
 public:
  Sha256();
  Sha256& update(ByteView bytes);
  [[nodiscard]] Digest finish();

 private:
  alignas(8) std::array<std::uint8_t, 128> state_{};  // OpenSSL's state, kept out of this header
};

}  // namespace octroi::crypto
