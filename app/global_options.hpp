// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <filesystem>
#include <optional>
#include <string>

#include "arguments.hpp"
#include "base/time.hpp"
#include "screen/screen.hpp"
#include "surroundings.hpp"

namespace octroi::app {

/// What every command takes, from the command line, else the environment, else a default.
struct GlobalOptions {
  std::filesystem::path registry;
  bool is_registry_named = false;  ///< otherwise it is the default, which need not exist
  std::filesystem::path keys;
  std::optional<std::string> member;
  std::optional<std::filesystem::path> passphrase_file;
  std::optional<Instant> at;
  bool is_json = false;
  bool is_quiet = false;
  screen::Style style;
};

/// Throws Error(usage) on a value that is none.
[[nodiscard]] GlobalOptions read_global_options(const Arguments& given, const Surroundings& world);

}  // namespace octroi::app
