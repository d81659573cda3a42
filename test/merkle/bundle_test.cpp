// SPDX-License-Identifier: Apache-2.0
#include "merkle/bundle.hpp"

#include "catch.hpp"
#include "support/refusal.hpp"

namespace octroi::merkle {
namespace {

using Entries = std::vector<std::string_view>;

}  // namespace

TEST_CASE("entries come back from a bundle") {
  CHECK(bundled("") == std::string("\0\0", 2));
  CHECK(bundled("abc") == std::string("\0\3abc", 5));
  const std::string longest(k_entry_bytes_max, 'x');
  CHECK(bundled(longest).substr(0, 3) == "\xff\xffx");
  const std::string bytes = bundled("one") + bundled("") + bundled(longest) + bundled("four");
  CHECK(parse_bundle({0, 4}, bytes) == Entries{"one", "", longest, "four"});
}

TEST_CASE("an entry that does not fit is refused") {
  const std::string message = test::refusal(
      ErrorCode::bad_input, [] { (void)bundled(std::string(k_entry_bytes_max + 1, 'x')); });
  CHECK(message == "entry: expected at most 65535 bytes, got 65536");
}

TEST_CASE("bundles that are not what they should be") {
  const std::string bytes = bundled("one") + bundled("two");
  CHECK(parse_bundle({0, 2}, bytes).has_value());
  const std::vector<std::pair<const char*, std::string>> corruptions = {
      {"nothing", ""},
      {"one entry", bundled("one")},
      {"three entries", bytes + bundled("")},
      {"one byte more", bytes + "x"},
      {"one byte less", bytes.substr(0, bytes.size() - 1)},
      {"half a length", bundled("one") + std::string(1, '\0')},
      {"a length alone", bundled("one") + std::string("\0\1", 2)},
      {"length in the other order", bundled("one") + std::string("\3\0two", 5)},
      {"length one too small", bundled("one") + std::string("\0\2two", 5)},
  };
  for (const auto& [name, corrupted] : corruptions) {
    INFO(name);
    CHECK_FALSE(parse_bundle({0, 2}, corrupted).has_value());
  }
  // Whatever the length at which it is cut.
  for (std::size_t size = 0; size < bytes.size(); ++size) {
    CHECK_FALSE(parse_bundle({0, 2}, std::string_view(bytes).substr(0, size)).has_value());
  }
}

}  // namespace octroi::merkle
