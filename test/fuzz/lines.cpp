// SPDX-License-Identifier: Apache-2.0
// The reader of NDJSON streams, against the plain way to split a text.
#include <sys/mman.h>
#include <unistd.h>

#include <vector>

#include "base/file.hpp"
#include "fuzz/target.hpp"

namespace {

using Lines = std::vector<std::optional<std::string>>;

constexpr std::size_t k_line_bytes_max = 64;

Lines split(std::string_view text) {
  Lines lines;
  while (!text.empty()) {
    const std::string_view line = text.substr(0, text.find('\n'));
    if (line.size() <= k_line_bytes_max) {
      lines.emplace_back(line);
    } else {
      lines.emplace_back(std::nullopt);
    }
    text.remove_prefix(std::min(text.size(), line.size() + 1));
  }
  return lines;
}

/// A file that is in memory only, and open while this is there.
class MemoryFile {
 public:
  explicit MemoryFile(std::string_view content) : descriptor_(::memfd_create("lines", 0)) {
    octroi::fuzz::require(
        descriptor_ >= 0 && ::write(descriptor_, content.data(), content.size()) ==
                                static_cast<ssize_t>(content.size()),
        "the input can be written");
  }
  MemoryFile(const MemoryFile&) = delete;
  MemoryFile& operator=(const MemoryFile&) = delete;
  ~MemoryFile() { ::close(descriptor_); }
  [[nodiscard]] std::string path() const { return "/proc/self/fd/" + std::to_string(descriptor_); }

 private:
  int descriptor_;
};

}  // namespace

void octroi::fuzz::try_input(std::string_view text) {
  const MemoryFile file(text);
  Lines lines;
  read_lines(file.path(), k_line_bytes_max, [&lines](std::optional<std::string_view> line) {
    lines.emplace_back(line);
    return true;
  });
  require(lines == split(text), "the lines of a stream are those of its text");
  std::size_t seen = 0;
  read_lines(file.path(), k_line_bytes_max,
             [&seen](std::optional<std::string_view>) { return ++seen < 2; });
  require(seen == std::min<std::size_t>(lines.size(), 2), "a reader that leaves ends it");
}
