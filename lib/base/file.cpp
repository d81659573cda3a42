// SPDX-License-Identifier: Apache-2.0
#include "base/file.hpp"

#include <fcntl.h>
#include <fmt/format.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <cstdio>
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

int open_to_read(const fs::path& path, int flags = 0) {
  if (path == "-") return STDIN_FILENO;
  const int number = ::open(path.c_str(), O_RDONLY | O_CLOEXEC | flags);
  if (number < 0 && (errno == ENOENT || errno == ENOTDIR)) {
    throw Error(ErrorCode::bad_input, path.string() + ": there is no such file");
  }
  if (number < 0) fail(path, "cannot be opened");
  return number;
}

/// What an open file is; refuses a folder.
struct stat status_of(const Descriptor& file, const fs::path& path) {
  struct stat status {};
  if (::fstat(file.number(), &status) != 0) fail(path, "cannot be read");
  if (S_ISDIR(status.st_mode)) {
    throw Error(ErrorCode::bad_input, path.string() + ": expected a file, got a folder");
  }
  return status;
}

fs::path name_of(const fs::path& path) {
  return path == "-" ? fs::path("standard input") : path;
}

/// The next bytes of a file, as many as fit or as there are; 0 at its end.
std::size_t read_some(const Descriptor& file, const fs::path& path, void* data, std::size_t size) {
  for (;;) {
    const ssize_t count = ::read(file.number(), data, size);
    if (count >= 0) return static_cast<std::size_t>(count);
    if (errno != EINTR) fail(path, "cannot be read");
  }
}

/// The same; nothing when `is_over` says so, before it reads or when a signal comes first.
std::optional<std::size_t> read_some_unless(const std::function<bool()>& is_over,
                                            const Descriptor& file, const fs::path& path,
                                            std::span<char> buffer) {
  for (;;) {
    if (is_over && is_over()) return std::nullopt;
    const ssize_t count = ::read(file.number(), buffer.data(), buffer.size());
    if (count >= 0) return static_cast<std::size_t>(count);
    if (errno != EINTR) fail(path, "cannot be read");
  }
}

[[noreturn]] void refuse_length(const fs::path& path, std::size_t bytes_max) {
  throw Error(ErrorCode::bad_input,
              fmt::format("{}: is longer than the {} bytes allowed", path.string(), bytes_max));
}

std::string read_all(const Descriptor& file, const fs::path& path, std::size_t bytes_max) {
  std::string content;
  std::array<char, 65536> buffer;
  for (;;) {
    const std::size_t count = read_some(file, path, buffer.data(), buffer.size());
    if (count == 0) return content;
    content.append(buffer.data(), count);
    if (content.size() > bytes_max) refuse_length(path, bytes_max);
  }
}

/// Cuts what is read into lines, and holds one that is not whole yet.
class LineBuffer {
 public:
  using Visit = std::function<bool(std::optional<std::string_view>)>;
  LineBuffer(std::size_t bytes_max, const Visit& visit) : bytes_max_(bytes_max), visit_(visit) {}

  /// False when no more is wanted.
  bool add(std::string_view text) {
    for (std::size_t end = text.find('\n'); end != std::string_view::npos; end = text.find('\n')) {
      const std::string_view part = text.substr(0, end);
      text.remove_prefix(end + 1);
      const bool is_whole = held_.empty() && !is_too_long_ && part.size() <= bytes_max_;
      if (!is_whole) hold(part);
      if (is_whole ? !visit_(part) : !give()) return false;
    }
    hold(text);
    return true;
  }
  /// A last line need not end in a line feed.
  void end() {
    if (is_too_long_ || !held_.empty()) (void)give();
  }

 private:
  void hold(std::string_view text) {
    is_too_long_ = is_too_long_ || held_.size() + text.size() > bytes_max_;
    if (is_too_long_) {
      held_.clear();
    } else {
      held_ += text;
    }
  }
  bool give() {
    const bool is_more_wanted =
        is_too_long_ ? visit_(std::nullopt) : visit_(std::string_view(held_));
    held_.clear();
    is_too_long_ = false;
    return is_more_wanted;
  }

  std::size_t bytes_max_;
  const Visit& visit_;
  std::string held_;
  bool is_too_long_ = false;
};

/// Others who can write a secret file could replace it; others who can read it could use it, or try
/// passphrases on it at leisure.
void require_private(const struct stat& status, const fs::path& path) {
  if ((status.st_mode & (S_IRGRP | S_IWGRP | S_IROTH | S_IWOTH)) == 0) return;
  throw Error(
      ErrorCode::bad_input,
      fmt::format("{}: others can read or write this file (mode {:04o}); make it yours alone "
                  "with 'chmod 600 {}'",
                  path.string(), status.st_mode & 07777U, path.string()));
}

void write_unsynced(const Descriptor& file, const fs::path& path, std::string_view content) {
  while (!content.empty()) {
    const ssize_t count = ::write(file.number(), content.data(), content.size());
    if (count < 0 && errno == EINTR) continue;
    if (count < 0) fail(path, "cannot be written");
    content.remove_prefix(static_cast<std::size_t>(count));
  }
}

void sync(const Descriptor& file, const fs::path& path) {
  if (::fsync(file.number()) != 0) fail(path, "cannot be synced");
}

void write_all(const Descriptor& file, const fs::path& path, std::string_view content) {
  write_unsynced(file, path, content);
  sync(file, path);
}

/// A name in a folder is durable once the folder is synced.
void sync_folder_of(const fs::path& path) {
  const fs::path folder = path.has_parent_path() ? path.parent_path() : fs::path(".");
  const Descriptor descriptor(::open(folder.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC));
  if (descriptor.number() < 0) fail(folder, "cannot be synced");
  // EINVAL: the file system (some over a network) has no such thing as a folder's sync.
  if (::fsync(descriptor.number()) != 0 && errno != EINVAL) fail(folder, "cannot be synced");
}

/// Makes a file that is not there yet; -1 with errno when it cannot.
int open_new(const fs::path& path, FileMode mode) {
  return ::open(path.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC,
                static_cast<mode_t>(mode));
}

/// A file just made, that is removed again unless it is kept.
class NewFile {
 public:
  NewFile(fs::path path, int number) : path_(std::move(path)), file_(number) {}
  NewFile(const NewFile&) = delete;
  NewFile& operator=(const NewFile&) = delete;
  ~NewFile() {
    if (!is_kept_) ::unlink(path_.c_str());
  }
  [[nodiscard]] const Descriptor& file() const { return file_; }
  [[nodiscard]] const fs::path& path() const { return path_; }
  void keep() { is_kept_ = true; }
  /// Once it has another name.
  void renamed(fs::path path) { path_ = std::move(path); }

 private:
  fs::path path_;
  Descriptor file_;
  bool is_kept_ = false;
};

/// A new file beside `path`; one that a crash left behind is not in the way.
NewFile make_temporary(const fs::path& path, FileMode mode) {
  constexpr int k_attempts = 100;
  for (int attempt = 0; attempt < k_attempts; ++attempt) {
    fs::path temporary = path;
    temporary += fmt::format(".new-{}-{}", ::getpid(), attempt);
    const int number = open_new(temporary, mode);
    if (number >= 0) return {std::move(temporary), number};
    if (errno != EEXIST) break;
  }
  fail(path, "cannot be created");
}

[[noreturn]] void refuse_existing(const fs::path& path) {
  throw Error(ErrorCode::bad_input, path.string() + ": exists already; it is not overwritten");
}

/// A file for a name that must not be there yet. It is written beside it, so that a crash never
/// leaves a part of it under that name.
NewFile make_new(const fs::path& path, FileMode mode) {
  struct stat status {};
  if (::lstat(path.c_str(), &status) == 0) refuse_existing(path);
  return make_temporary(path, mode);
}

/// Gives a file its name, unless that is taken: 0, or -1 with errno.
int rename_without_replacing(const fs::path& from, const fs::path& to) {
  const int result = ::renameat2(AT_FDCWD, from.c_str(), AT_FDCWD, to.c_str(), RENAME_NOREPLACE);
  if (result == 0 || (errno != EINVAL && errno != ENOSYS)) return result;
  // A file system (some over a network) without that: a second name, then the first is taken away.
  if (::link(from.c_str(), to.c_str()) != 0) return -1;
  ::unlink(from.c_str());
  return 0;
}

/// What was written and synced beside `path` gets that name, for good.
void finish_new(NewFile& file, const fs::path& path) {
  if (rename_without_replacing(file.path(), path) != 0) {
    if (errno == EEXIST) refuse_existing(path);
    fail(path, "cannot be created");
  }
  file.renamed(path);
  sync_folder_of(path);
  file.keep();
}

}  // namespace

std::string read_input(const fs::path& path, std::size_t bytes_max) {
  const Descriptor file(open_to_read(path));
  (void)status_of(file, path);
  return read_all(file, name_of(path), bytes_max);
}

std::string read_stored(const fs::path& path, std::size_t bytes_max) {
  const Descriptor file(open_to_read(path, O_NONBLOCK));
  if (!S_ISREG(status_of(file, path).st_mode)) {
    throw Error(ErrorCode::bad_input, path.string() + ": expected a file, got something else");
  }
  return read_all(file, path, bytes_max);
}

void read_lines(const fs::path& path, std::size_t line_bytes_max,
                const std::function<bool(std::optional<std::string_view>)>& visit,
                const std::function<bool()>& is_over) {
  const Descriptor file(open_to_read(path));
  (void)status_of(file, path);
  LineBuffer line(line_bytes_max, visit);
  std::array<char, 65536> buffer;
  for (;;) {
    const auto count = read_some_unless(is_over, file, name_of(path), buffer);
    if (!count) return;
    if (*count == 0) return line.end();
    if (!line.add({buffer.data(), *count})) return;
  }
}

std::size_t read_private_input(const fs::path& path, std::span<std::uint8_t> buffer) {
  const Descriptor file(open_to_read(path));
  const struct stat status = status_of(file, path);
  if (path != "-") require_private(status, path);
  std::size_t size = 0;
  while (size < buffer.size()) {
    const auto room = buffer.subspan(size);
    const std::size_t count = read_some(file, name_of(path), room.data(), room.size());
    if (count == 0) return size;
    size += count;
  }
  std::uint8_t more = 0;
  if (read_some(file, name_of(path), &more, 1) != 0) refuse_length(name_of(path), buffer.size());
  return size;
}

void create_file(const fs::path& path, std::string_view content, FileMode mode) {
  NewFile file = make_new(path, mode);
  write_all(file.file(), path, content);
  finish_new(file, path);
}

void replace_file(const fs::path& path, std::string_view content, FileMode mode) {
  NewFile file = make_temporary(path, mode);
  write_all(file.file(), file.path(), content);
  if (::rename(file.path().c_str(), path.c_str()) != 0) fail(path, "cannot be replaced");
  file.keep();
  sync_folder_of(path);
}

struct FileWriter::State {
  NewFile file;
  fs::path path;
};

FileWriter::FileWriter(const fs::path& path, FileMode mode)
    : state_(new State{make_new(path, mode), path}) {}

FileWriter::~FileWriter() = default;

void FileWriter::write(std::string_view bytes) {
  write_unsynced(state_->file.file(), state_->path, bytes);
}

void FileWriter::finish() {
  sync(state_->file.file(), state_->path);
  finish_new(state_->file, state_->path);
}

FileLock::FileLock(const fs::path& path)
    : descriptor_(::open(path.c_str(), O_RDWR | O_CREAT | O_CLOEXEC,
                         static_cast<mode_t>(FileMode::owner_only))) {
  if (descriptor_ < 0) fail(path, "cannot be opened");
  while (::flock(descriptor_, LOCK_EX) != 0) {
    if (errno == EINTR) continue;
    ::close(descriptor_);
    fail(path, "cannot be locked");
  }
}

FileLock::~FileLock() {
  ::close(descriptor_);
}

}  // namespace octroi
