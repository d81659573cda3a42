// SPDX-License-Identifier: Apache-2.0
#include <sys/stat.h>

#include <cstdlib>
#include <iostream>

#include "base/error.hpp"
#include "cli/script.hpp"

namespace octroi::script {
namespace {

namespace fs = std::filesystem;

constexpr int k_exit_passed = 0;
constexpr int k_exit_failed = 1;
constexpr int k_exit_usage = 2;
constexpr int k_exit_skipped = 77;  // the number ctest is told

constexpr const char* k_usage =
    "usage: octroi-cli-test [--update] SCRIPT...\n"
    "Runs txtar scripts of commands; test/cli/README.md says which there are.\n"
    "--update rewrites the files in the scripts that outputs are compared with.\n"
    "OCTROI_PROGRAMS names the programs under test, with colons between them.\n";

std::vector<fs::path> programs_under_test() {
  std::vector<fs::path> programs;
  const char* value = std::getenv("OCTROI_PROGRAMS");
  std::string paths = value == nullptr ? "" : std::string(value) + ":";
  for (std::size_t end = 0; (end = paths.find(':')) != std::string::npos; paths.erase(0, end + 1)) {
    if (end > 0) programs.emplace_back(paths.substr(0, end));
  }
  return programs;
}

/// Runs one script, tells what came of it, and returns the exit code for it.
int run(const fs::path& file, bool is_update) {
  try {
    const Result result = run_script(file, programs_under_test(), is_update);
    if (!result.report.empty()) std::cout << result.report << std::endl;
    switch (result.kind) {
      case Result::Kind::passed:
        return k_exit_passed;
      case Result::Kind::skipped:
        return k_exit_skipped;
      case Result::Kind::failed:
        return k_exit_failed;
    }
  } catch (const Error& error) {
    std::cout << file.string() << ": " << error.what() << std::endl;
  }
  return k_exit_failed;
}

int run_all(std::vector<fs::path> arguments) {
  const bool is_update = !arguments.empty() && arguments.front() == "--update";
  if (is_update) arguments.erase(arguments.begin());
  if (arguments.empty()) {
    std::cerr << k_usage;
    return k_exit_usage;
  }
  int exit_code = k_exit_passed;
  for (const fs::path& file : arguments) {
    const int code = run(file, is_update);
    if (code == k_exit_failed || exit_code == k_exit_passed) exit_code = code;
  }
  return exit_code;
}

}  // namespace
}  // namespace octroi::script

int main(int count, char** arguments) {
  ::umask(S_IWGRP | S_IWOTH);  // the same everywhere: scripts look at the modes of files
  return octroi::script::run_all({arguments + 1, arguments + count});
}
