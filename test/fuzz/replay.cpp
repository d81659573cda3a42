// SPDX-License-Identifier: Apache-2.0
// The main of a target that no fuzzer drives: gives it each file of the folders and files named.
#include <cstdint>
#include <filesystem>
#include <iostream>

#include "support/temporary_folder.hpp"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size);

namespace {

std::size_t replay(const std::filesystem::path& path) {
  if (std::filesystem::is_directory(path)) {
    std::size_t count = 0;
    for (const auto& entry : std::filesystem::directory_iterator(path)) count += replay(entry);
    return count;
  }
  const std::string text = octroi::test::content_of(path);
  LLVMFuzzerTestOneInput(reinterpret_cast<const std::uint8_t*>(text.data()), text.size());
  return 1;
}

}  // namespace

int main(int count, char** arguments) {
  std::size_t files = 0;
  for (int i = 1; i < count; ++i) files += replay(arguments[i]);
  std::cout << files << " inputs\n";
  return files == 0 ? 1 : 0;
}
