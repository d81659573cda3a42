// SPDX-License-Identifier: Apache-2.0
#include "base/file.hpp"

#include <fcntl.h>
#include <fmt/format.h>
#include <sys/stat.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <cstring>

#include "base/error.hpp"

namespace octroi {
namespace {

namespace fs = std::filesystem;

/// An open file descriptor, closed with this.
class Descriptor {
 public:
  explicit Descriptor(int number) : number_(number) {}
  Descriptor(const Descriptor&) = delete;
  Descriptor& operator=(const Descriptor&) = delete;
  ~Descriptor() {
    if (number_ > STDERR_FILENO) ::close(number_);
  }
  [[nodiscard]] int number() const { return number_; }

 private:
  int number_;
};

[[noreturn]] void fail(const fs::path& path, std::string_view what) {
  throw Error(ErrorCode::could_not,
              fmt::format("{}: {}: {}", path.string(), what, std::strerror(errno)));
}

int open_to_read(const fs::path& path) {
  if (path == "-") return STDIN_FILENO;
  const int number = ::open(path.c_str(), O_RDONLY | O_CLOEXEC);
  if (number < 0 && (errno == ENOENT || errno == ENOTDIR)) {
    throw Error(ErrorCode::bad_input, path.string() + ": there is no such file");
  }
  if (number < 0) fail(path, "cannot be opened");
  return number;
}

std::string read_all(const Descriptor& file, const fs::path& path, std::size_t bytes_max) {
  std::string content;
  std::array<char, 65536> buffer;
  for (;;) {
    const ssize_t count = ::read(file.number(), buffer.data(), buffer.size());
    if (count < 0 && errno == EINTR) continue;
    if (count < 0) fail(path, "cannot be read");
    if (count == 0) return content;
    content.append(buffer.data(), static_cast<std::size_t>(count));
    if (content.size() > bytes_max) {
      throw Error(ErrorCode::bad_input,
                  fmt::format("{}: is longer than the {} bytes allowed", path.string(), bytes_max));
    }
  }
}

void write_all(const Descriptor& file, const fs::path& path, std::string_view content) {
  while (!content.empty()) {
    const ssize_t count = ::write(file.number(), content.data(), content.size());
    if (count < 0 && errno == EINTR) continue;
    if (count < 0) fail(path, "cannot be written");
    content.remove_prefix(static_cast<std::size_t>(count));
  }
  if (::fsync(file.number()) != 0) fail(path, "cannot be synced");
}

/// A name in a folder is durable once the folder is synced.
void sync_folder_of(const fs::path& path) {
  const fs::path folder = path.has_parent_path() ? path.parent_path() : fs::path(".");
  const Descriptor descriptor(::open(folder.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC));
  if (descriptor.number() < 0 || ::fsync(descriptor.number()) != 0) {
    fail(folder, "cannot be synced");
  }
}

/// A file that is removed again unless it is kept.
class NewFile {
 public:
  NewFile(fs::path path, FileMode mode)
      : path_(std::move(path)),
        file_(::open(path_.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC,
                     static_cast<mode_t>(mode))) {
    is_kept_ = file_.number() < 0;  // then there is nothing of ours to remove
    if (file_.number() < 0 && errno == EEXIST) {
      throw Error(ErrorCode::bad_input, path_.string() + ": exists already; it is not overwritten");
    }
    if (file_.number() < 0) fail(path_, "cannot be created");
  }
  NewFile(const NewFile&) = delete;
  NewFile& operator=(const NewFile&) = delete;
  ~NewFile() {
    if (!is_kept_) ::unlink(path_.c_str());
  }
  [[nodiscard]] const Descriptor& file() const { return file_; }
  void keep() { is_kept_ = true; }

 private:
  fs::path path_;
  Descriptor file_;
  bool is_kept_ = false;
};

}  // namespace

std::string read_input(const fs::path& path, std::size_t bytes_max) {
  const Descriptor file(open_to_read(path));
  struct stat status {};
  if (::fstat(file.number(), &status) == 0 && S_ISDIR(status.st_mode)) {
    throw Error(ErrorCode::bad_input, path.string() + ": expected a file, got a folder");
  }
  return read_all(file, path == "-" ? fs::path("standard input") : path, bytes_max);
}

void create_file(const fs::path& path, std::string_view content, FileMode mode) {
  NewFile file(path, mode);
  write_all(file.file(), path, content);
  sync_folder_of(path);
  file.keep();
}

void replace_file(const fs::path& path, std::string_view content, FileMode mode) {
  fs::path temporary = path;
  temporary += fmt::format(".new-{}", ::getpid());
  NewFile file(temporary, mode);
  write_all(file.file(), temporary, content);
  if (::rename(temporary.c_str(), path.c_str()) != 0) fail(path, "cannot be replaced");
  file.keep();
  sync_folder_of(path);
}

}  // namespace octroi
