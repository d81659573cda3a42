// SPDX-License-Identifier: Apache-2.0
#include "screen/golden.hpp"

#include <cstdlib>
#include <fstream>
#include <sstream>

#include "catch.hpp"

namespace octroi::screen {

void require_golden(const std::string& name, const std::string& text) {
  const std::string path = OCTROI_SOURCE "/test/screen/golden/" + name + ".txt";
  if (std::getenv("OCTROI_UPDATE") != nullptr) {
    std::ofstream(path, std::ios::binary) << text;
    FAIL_CHECK("written: " << path);
    return;
  }
  std::ifstream file(path, std::ios::binary);
  INFO(path);
  REQUIRE(file.good());
  std::ostringstream expected;
  expected << file.rdbuf();
  CHECK(text == expected.str());
}

}  // namespace octroi::screen
