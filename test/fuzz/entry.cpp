// SPDX-License-Identifier: Apache-2.0
// What libFuzzer calls, and the replay of a corpus too.
#include <cstddef>
#include <cstdint>

#include "fuzz/target.hpp"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using octroi::Error;
  using octroi::ErrorCode;
  try {
    octroi::fuzz::try_input({reinterpret_cast<const char*>(data), size});
  } catch (const Error& error) {
    octroi::fuzz::require(error.code() == ErrorCode::bad_input, "an input is no other fault");
  }
  return 0;
}
