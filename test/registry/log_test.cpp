// SPDX-License-Identifier: Apache-2.0
#include "registry/log.hpp"

#include <algorithm>

#include "catch.hpp"

using namespace octroi;
using namespace octroi::registry;

// The example of RFC 9562, appendix A.6, whose random bits are these.
TEST_CASE("a UUID version 7 has the layout of RFC 9562") {
  const Random random = [](std::span<std::uint8_t> buffer) {
    const std::uint8_t bytes[16] = {0,    0,    0,    0,    0,    0,    0x0c, 0xc3,
                                    0x18, 0xc4, 0xdc, 0x0c, 0x0c, 0x07, 0x39, 0x8f};
    std::copy(std::begin(bytes), std::end(bytes), buffer.begin());
  };
  // The RFC's moment has no fraction of a second: 2022-02-22T19:22:22Z.
  CHECK(make_uuid(parse_instant("2022-02-22T19:22:22Z").value(), random) ==
        "017f22e2-79b0-7cc3-98c4-dc0c0c07398f");
}
