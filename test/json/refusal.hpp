// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <filesystem>
#include <fstream>
#include <iterator>
#include <string>

#include "base/error.hpp"
#include "catch.hpp"

namespace octroi::json {

/// The message of the Error(bad_input) that `act` throws; "accepted" when it throws nothing.
template <typename Act>
std::string refusal(Act act) {
  try {
    act();
  } catch (const Error& error) {
    return error.code() == ErrorCode::bad_input ? error.what() : "another error code";
  }
  return "accepted";
}

inline std::string content_of(const std::filesystem::path& path) {
  std::ifstream file(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(file), {}};
}

/// The matcher of a text inside another, which Catch2 v2 and v3 name differently.
inline auto contains(const std::string& part) {
#if __has_include(<catch2/catch_all.hpp>)
  return Catch::Matchers::ContainsSubstring(part);
#else
  return Catch::Matchers::Contains(part);
#endif
}

using Catch::Matchers::EndsWith;
using Catch::Matchers::StartsWith;

}  // namespace octroi::json
