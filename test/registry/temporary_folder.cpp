// SPDX-License-Identifier: Apache-2.0
#include "registry/temporary_folder.hpp"

#include <cstdlib>
#include <stdexcept>
#include <string>

namespace octroi::registry::sample {

namespace fs = std::filesystem;

TemporaryFolder::TemporaryFolder() {
  std::string name = (fs::temp_directory_path() / "octroi-test-XXXXXX").string();
  if (::mkdtemp(name.data()) == nullptr) throw std::runtime_error("no temporary folder");
  path_ = name;
}

TemporaryFolder::~TemporaryFolder() {
  std::error_code ignored;
  fs::permissions(path_, fs::perms::owner_all, ignored);
  fs::remove_all(path_, ignored);
}

}  // namespace octroi::registry::sample
