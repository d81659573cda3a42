// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>

#include "base/error.hpp"
#include "catch.hpp"

namespace octroi::test {

/// The message of the Error of that code which `act` throws. Throwing nothing, or another code,
/// fails the test and gives a text that says so.
template <typename Act>
std::string refusal(ErrorCode code, Act act) {
  try {
    act();
  } catch (const Error& error) {
    CHECK(error.code() == code);
    return error.what();
  }
  FAIL_CHECK("expected an Error, got none");
  return "accepted";
}

inline bool contains(const std::string& text, const std::string& part) {
  return text.find(part) != std::string::npos;
}

}  // namespace octroi::test
