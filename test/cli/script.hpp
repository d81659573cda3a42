// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <filesystem>
#include <string>
#include <vector>

namespace octroi::script {

/// What came of a script.
struct Result {
  enum class Kind { passed, failed, skipped };

  Kind kind = Kind::passed;
  std::string report;  ///< why it failed or was skipped, for people
};

/// Runs the script in a file, in a folder of its own. With `is_update` outputs that differ from the
/// files they are compared with replace them in the script's file.
[[nodiscard]] Result run_script(const std::filesystem::path& file,
                                const std::vector<std::filesystem::path>& programs, bool is_update);

}  // namespace octroi::script
