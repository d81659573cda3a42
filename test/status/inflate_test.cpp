// SPDX-License-Identifier: Apache-2.0
#include "status/inflate.hpp"

#include "catch.hpp"

namespace octroi::status {

TEST_CASE("what was deflated is inflated again") {
  for (const std::size_t size : {0U, 1U, 2U, 1000U, 16384U, 16385U, 100000U}) {
    Bytes bytes(size);
    for (std::size_t i = 0; i < size; ++i) bytes[i] = static_cast<std::uint8_t>(i * i % 251);
    INFO(size);
    CHECK(inflate(deflate(bytes), size) == bytes);
  }
}

TEST_CASE("a stream that holds more than the limit is refused, however small it is itself") {
  const Bytes bomb = deflate(Bytes(50'000'000));
  CHECK(bomb.size() < 100'000);
  CHECK_FALSE(inflate(bomb, 1024 * 1024).has_value());
  const Bytes stream = deflate(Bytes(1000));
  CHECK(inflate(stream, 1000) == Bytes(1000));
  CHECK_FALSE(inflate(stream, 999).has_value());
  CHECK_FALSE(inflate(stream, 0).has_value());
}

TEST_CASE("a stream that is broken, cut short or followed by anything is refused") {
  Bytes content(300);
  for (std::size_t i = 0; i < content.size(); ++i) content[i] = static_cast<std::uint8_t>(i * 7);
  const Bytes stream = deflate(content);
  for (std::size_t size = 0; size < stream.size(); ++size) {
    INFO(size);
    CHECK_FALSE(inflate(ByteView(stream).first(size), 1000).has_value());
  }
  Bytes longer = stream;
  longer.push_back(0);
  CHECK_FALSE(inflate(longer, 1000).has_value());
  for (std::size_t i = 0; i < stream.size(); ++i) {
    Bytes changed = stream;
    changed[i] ^= 1;
    const std::optional<Bytes> read = inflate(changed, 1000);
    INFO(i);
    // A bit of the header that says nothing of the content may change; no other.
    CHECK((!read.has_value() || *read == content));
  }
}

}  // namespace octroi::status
