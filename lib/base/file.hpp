// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <functional>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>

namespace octroi {

/// Who may read a new file.
enum class FileMode { owner_only = 0600, everybody_reads = 0644 };

/// The whole content of a file, or of standard input for the path "-".
/// Throws Error(bad_input) when it is longer than `bytes_max` or is a directory or does not exist,
/// Error(could_not) when it cannot be read.
[[nodiscard]] std::string read_input(const std::filesystem::path& path, std::size_t bytes_max);

/// The whole content of a file in a folder that somebody else filled: a pipe or a device under its
/// name is refused, and not waited for. Throws as read_input does.
[[nodiscard]] std::string read_stored(const std::filesystem::path& path, std::size_t bytes_max);

/// Calls `visit` with every line of a file or, for the path "-", of standard input, as it comes and
/// without its line feed; with nothing for one of more than `line_bytes_max` bytes. One line is
/// held at a time. Ends early when `visit` returns false, or when a signal comes while it waits for
/// more and `is_over` says so. Throws as read_input does.
void read_lines(const std::filesystem::path& path, std::size_t line_bytes_max,
                const std::function<bool(std::optional<std::string_view>)>& visit,
                const std::function<bool()>& is_over = {});

/// Reads a whole file that only its owner can reach, or standard input for the path "-" (whose mode
/// is not looked at), into `buffer`, and nowhere else; returns how many bytes it is.
/// Throws Error(bad_input) as read_input does, and when group or others can read or write the file,
/// with the command that mends it; Error(could_not) when it cannot be read.
[[nodiscard]] std::size_t read_private_input(const std::filesystem::path& path,
                                             std::span<std::uint8_t> buffer);

/// Writes a file that must not exist yet, as one step: temporary beside it, sync, rename. On
/// failure nothing is left behind, and after a crash never a part of it under its name.
/// Throws Error(bad_input) when it exists, Error(could_not) otherwise.
void create_file(const std::filesystem::path& path, std::string_view content, FileMode mode);

/// Replaces a file as one step: temporary beside it, sync, rename. On failure the old file stands.
void replace_file(const std::filesystem::path& path, std::string_view content, FileMode mode);

/// A new file that is written piece by piece. It has its name once it is finished, and goes away
/// again when it is not.
class FileWriter {
 public:
  /// Throws Error(bad_input) when the file exists, Error(could_not) otherwise.
  FileWriter(const std::filesystem::path& path, FileMode mode);
  FileWriter(const FileWriter&) = delete;
  FileWriter& operator=(const FileWriter&) = delete;
  ~FileWriter();

  void write(std::string_view bytes);
  /// Syncs it and gives it its name. Throws as the constructor does.
  void finish();

 private:
  struct State;
  std::unique_ptr<State> state_;
};

/// A file that one process at a time holds: others wait. The lock ends with this, or with the
/// process. The file is made when it is missing, and stays. Throws Error(could_not).
class FileLock {
 public:
  explicit FileLock(const std::filesystem::path& path);
  FileLock(const FileLock&) = delete;
  FileLock& operator=(const FileLock&) = delete;
  ~FileLock();

 private:
  int descriptor_;
};

}  // namespace octroi
