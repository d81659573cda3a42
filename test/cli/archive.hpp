// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace octroi::script {

/// One file of an archive; the content ends with a line feed unless it is empty.
struct ArchiveFile {
  std::string name;
  std::string content;

  friend bool operator==(const ArchiveFile&, const ArchiveFile&) = default;
};

/// A text archive in the txtar format: a comment, which here is the script, then files, each behind
/// a line `-- NAME --`. Nothing is escaped, so no file can hold such a line.
/// Source: https://pkg.go.dev/golang.org/x/tools/txtar
struct Archive {
  std::string comment;
  std::vector<ArchiveFile> files;

  /// The file of that name, or nullptr.
  [[nodiscard]] ArchiveFile* find(std::string_view name);
};

/// The archive that `text` holds. Throws Error(bad_input) on a name that occurs twice or that leads
/// out of the folder the files are unpacked into.
[[nodiscard]] Archive parse_archive(std::string_view text);

/// The text of an archive: parse_archive gives the archive back.
[[nodiscard]] std::string to_text(const Archive& archive);

}  // namespace octroi::script
