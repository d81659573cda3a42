// SPDX-License-Identifier: Apache-2.0
// octroi-describe FOLDER: writes the man page and the completions of octroi there. Run by the
// build.
#include <filesystem>
#include <fstream>
#include <iostream>

#include "describe/describe.hpp"

namespace {

bool write(const std::filesystem::path& path, const std::string& text) {
  std::ofstream file(path, std::ios::binary | std::ios::trunc);
  file << text << std::flush;
  if (!file) std::cerr << "octroi-describe: " << path.string() << ": cannot be written\n";
  return static_cast<bool>(file);
}

}  // namespace

int main(int count, char** arguments) {
  using namespace octroi::app;
  if (count != 2) {
    std::cerr << "usage: octroi-describe FOLDER\n";
    return 2;
  }
  const std::filesystem::path folder(arguments[1]);
  std::error_code ignored;  // writing says what is wrong
  std::filesystem::create_directories(folder, ignored);
  const bool is_written = write(folder / "octroi.1", manual(all_commands())) &&
                          write(folder / "octroi.bash", bash_completion(all_commands())) &&
                          write(folder / "_octroi", zsh_completion(all_commands())) &&
                          write(folder / "octroi.fish", fish_completion(all_commands()));
  return is_written ? 0 : 1;
}
