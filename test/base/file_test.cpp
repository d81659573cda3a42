// SPDX-License-Identifier: Apache-2.0
#include "base/file.hpp"

#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include <array>
#include <csignal>

#include "base/error.hpp"
#include "catch.hpp"
#include "support/refusal.hpp"
#include "support/temporary_folder.hpp"

namespace octroi {
namespace {

namespace fs = std::filesystem;
using test::contains;
using test::content_of;
using test::mode_of;
using test::refusal;
using test::set_mode;
using test::TemporaryFolder;
using Names = std::vector<std::string>;

/// While it lives no file grows beyond a few bytes, as on a full disk.
class FullDisk {
 public:
  FullDisk() {
    ::getrlimit(RLIMIT_FSIZE, &before_);
    const rlimit small{4, before_.rlim_max};
    ::setrlimit(RLIMIT_FSIZE, &small);
    signal_before_ = std::signal(SIGXFSZ, SIG_IGN);
  }
  FullDisk(const FullDisk&) = delete;
  FullDisk& operator=(const FullDisk&) = delete;
  ~FullDisk() {
    ::setrlimit(RLIMIT_FSIZE, &before_);
    std::signal(SIGXFSZ, signal_before_);
  }

 private:
  rlimit before_{};
  void (*signal_before_)(int) = SIG_DFL;
};

/// While it lives standard input gives a text.
class StandardInput {
 public:
  explicit StandardInput(const std::string& text) : before_(::dup(STDIN_FILENO)) {
    std::array<int, 2> ends;
    REQUIRE(::pipe(ends.data()) == 0);
    REQUIRE(::write(ends[1], text.data(), text.size()) == static_cast<ssize_t>(text.size()));
    ::close(ends[1]);
    ::dup2(ends[0], STDIN_FILENO);
    ::close(ends[0]);
  }
  StandardInput(const StandardInput&) = delete;
  StandardInput& operator=(const StandardInput&) = delete;
  ~StandardInput() {
    if (before_ < 0) {
      ::close(STDIN_FILENO);
    } else {
      ::dup2(before_, STDIN_FILENO);
      ::close(before_);
    }
  }

 private:
  int before_;
};

std::string read_private(const fs::path& path, std::size_t bytes_max) {
  std::vector<std::uint8_t> buffer(bytes_max);
  const std::size_t size = read_private_input(path, buffer);
  return {buffer.begin(), buffer.begin() + static_cast<std::ptrdiff_t>(size)};
}

}  // namespace

TEST_CASE("a file is read whole, up to its limit and no further") {
  const TemporaryFolder folder;
  const std::string content = std::string(70'000, 'x') + std::string("\0\n", 2);
  test::write(folder / "file", content);
  CHECK(read_input(folder / "file", content.size()) == content);
  const std::string said =
      refusal(ErrorCode::bad_input, [&] { (void)read_input(folder / "file", content.size() - 1); });
  CHECK(contains(said, (folder / "file").string()));
  CHECK(contains(said, "70001 bytes"));
  test::write(folder / "empty", "");
  CHECK(read_input(folder / "empty", 0).empty());
}

TEST_CASE("what is no file is bad input") {
  const TemporaryFolder folder;
  test::write(folder / "file", "text");
  const auto read = [](const fs::path& path) {
    return refusal(ErrorCode::bad_input, [&] { (void)read_input(path, 100); });
  };
  CHECK(contains(read(folder / "missing"), "no such file"));
  CHECK(contains(read(folder / "file" / "below"), "no such file"));
  CHECK(contains(read(folder.path()), "expected a file, got a folder"));
}

TEST_CASE("a pipe where somebody else's folder should hold a file is refused at once") {
  const TemporaryFolder folder;
  const fs::path pipe = folder.path() / "pipe";
  REQUIRE(::mkfifo(pipe.c_str(), 0600) == 0);
  CHECK(contains(refusal(ErrorCode::bad_input, [&] { (void)read_stored(pipe, 10); }),
                 "expected a file"));
  CHECK(contains(refusal(ErrorCode::bad_input, [&] { (void)read_stored(folder.path(), 10); }),
                 "got a folder"));
  create_file(folder.path() / "file", "text", FileMode::everybody_reads);
  CHECK(read_stored(folder.path() / "file", 4) == "text");
}

TEST_CASE("the path - is standard input, with the same limit") {
  {
    const StandardInput input("from a pipe\n");
    CHECK(read_input("-", 100) == "from a pipe\n");
  }
  {
    const StandardInput input("from a pipe\n");
    CHECK(contains(refusal(ErrorCode::bad_input, [] { (void)read_input("-", 11); }),
                   "standard input"));
  }
  const StandardInput input("secret");
  CHECK(read_private("-", 6) == "secret");
}

TEST_CASE("a private file is read into the buffer, up to its size and no further") {
  const TemporaryFolder folder;
  create_file(folder / "secret", "12345678", FileMode::owner_only);
  CHECK(read_private(folder / "secret", 8) == "12345678");
  CHECK(read_private(folder / "secret", 100) == "12345678");
  CHECK(contains(refusal(ErrorCode::bad_input, [&] { (void)read_private(folder / "secret", 7); }),
                 "7 bytes"));
  (void)refusal(ErrorCode::bad_input, [&] { (void)read_private(folder / "missing", 7); });
  (void)refusal(ErrorCode::bad_input, [&] { (void)read_private(folder.path(), 7); });
}

TEST_CASE("a private file that group or others can read or write is refused, with the remedy") {
  const TemporaryFolder folder;
  const fs::path path = folder / "secret";
  create_file(path, "12345678", FileMode::owner_only);
  for (const unsigned extra : {0040U, 0020U, 0004U, 0002U, 0066U}) {
    INFO(extra);
    set_mode(path, 0600 | extra);
    const std::string said = refusal(ErrorCode::bad_input, [&] { (void)read_private(path, 100); });
    CHECK(contains(said, "chmod 600 " + path.string()));
    CHECK_FALSE(contains(said, "1234"));
  }
  set_mode(path, 0400);
  CHECK(read_private(path, 100) == "12345678");
}

TEST_CASE("a private file is judged by what a link leads to") {
  const TemporaryFolder folder;
  create_file(folder / "open", "text", FileMode::owner_only);
  set_mode(folder / "open", 0644);
  fs::create_symlink(folder / "open", folder / "link");
  CHECK(contains(refusal(ErrorCode::bad_input, [&] { (void)read_private(folder / "link", 9); }),
                 "chmod 600"));
}

TEST_CASE("a new file has its content and mode") {
  const TemporaryFolder folder;
  const mode_t mask = ::umask(0022);
  create_file(folder / "secret", "one", FileMode::owner_only);
  create_file(folder / "public", "two", FileMode::everybody_reads);
  create_file(folder / "empty", "", FileMode::everybody_reads);
  ::umask(mask);
  CHECK(content_of(folder / "secret") == "one");
  CHECK(content_of(folder / "public") == "two");
  CHECK(mode_of(folder / "secret") == 0600);
  CHECK(mode_of(folder / "public") == 0644);
  CHECK(folder.names() == Names{"empty", "public", "secret"});
}

TEST_CASE("a new file never takes the place of another, nor follows a link") {
  const TemporaryFolder folder;
  test::write(folder / "file", "old");
  fs::create_symlink(folder / "elsewhere", folder / "link");
  const auto create = [](const fs::path& path) {
    return refusal(ErrorCode::bad_input, [&] { create_file(path, "new", FileMode::owner_only); });
  };
  CHECK(contains(create(folder / "file"), "exists already"));
  CHECK(contains(create(folder / "link"), "exists already"));
  CHECK(contains(create(folder.path()), "exists already"));
  CHECK(content_of(folder / "file") == "old");
  CHECK(folder.names() == Names{"file", "link"});
}

TEST_CASE("a new file that cannot be written is not left behind") {
  const TemporaryFolder folder;
  {
    const FullDisk full;
    (void)refusal(ErrorCode::could_not,
                  [&] { create_file(folder / "file", "more than fits", FileMode::owner_only); });
  }
  CHECK(folder.names().empty());
  (void)refusal(ErrorCode::could_not,
                [&] { create_file(folder / "missing" / "file", "text", FileMode::owner_only); });
  CHECK(folder.names().empty());
}

TEST_CASE("a process that is killed while it writes leaves no part of a new file under its name") {
  const TemporaryFolder folder;
  const pid_t child = ::fork();
  REQUIRE(child >= 0);
  if (child == 0) {  // the limit lets four bytes through, and its signal ends the process
    const rlimit limit{4, 4};
    const rlimit no_core{0, 0};
    std::signal(SIGXFSZ, SIG_DFL);
    if (::setrlimit(RLIMIT_CORE, &no_core) != 0 || ::setrlimit(RLIMIT_FSIZE, &limit) != 0)
      ::_exit(1);
    try {
      create_file(folder / "file", "more than fits", FileMode::owner_only);
    } catch (const std::exception&) {
    }
    ::_exit(2);
  }
  int status = 0;
  REQUIRE(::waitpid(child, &status, 0) == child);
  REQUIRE(WIFSIGNALED(status));
  CHECK(WTERMSIG(status) == SIGXFSZ);
  CHECK_FALSE(std::filesystem::exists(folder / "file"));
  // What it did leave is not in the way.
  create_file(folder / "file", "all of it", FileMode::owner_only);
  CHECK(content_of(folder / "file") == "all of it");
}

TEST_CASE("a file is replaced as a whole, or made") {
  const TemporaryFolder folder;
  replace_file(folder / "file", "first", FileMode::everybody_reads);
  CHECK(content_of(folder / "file") == "first");
  replace_file(folder / "file", "second", FileMode::owner_only);
  CHECK(content_of(folder / "file") == "second");
  CHECK(mode_of(folder / "file") == 0600);
  CHECK(folder.names() == Names{"file"});
}

TEST_CASE("a file that cannot be replaced stands as it was, alone") {
  const TemporaryFolder folder;
  test::write(folder / "file", "old");
  {
    const FullDisk full;
    (void)refusal(ErrorCode::could_not,
                  [&] { replace_file(folder / "file", "more than fits", FileMode::owner_only); });
  }
  CHECK(content_of(folder / "file") == "old");
  fs::create_directory(folder / "folder");
  (void)refusal(ErrorCode::could_not,
                [&] { replace_file(folder / "folder", "text", FileMode::owner_only); });
  CHECK(folder.names() == Names{"file", "folder"});
}

TEST_CASE("what a crash left behind does not keep a file from being replaced") {
  const TemporaryFolder folder;
  const std::string left = "file.new-" + std::to_string(::getpid()) + "-0";
  test::write(folder / left, "half");
  replace_file(folder / "file", "whole", FileMode::owner_only);
  CHECK(content_of(folder / "file") == "whole");
  CHECK(content_of(folder / left) == "half");
  CHECK(folder.names() == Names{"file", left});
}

TEST_CASE("lines come one by one, the last with or without its end, and long ones as nothing") {
  const TemporaryFolder folder;
  const auto lines_of = [&folder](const std::string& content) {
    test::write(folder / "lines", content);
    std::string result;
    read_lines(folder / "lines", 4, [&result](std::optional<std::string_view> line) {
      result += line ? "<" + std::string(*line) + ">" : "<too long>";
      return true;
    });
    return result;
  };
  CHECK(lines_of("").empty());
  CHECK(lines_of("\n") == "<>");
  CHECK(lines_of("a\nbcde\n") == "<a><bcde>");
  CHECK(lines_of("a\n\nb") == "<a><><b>");
  CHECK(lines_of("abcde\nb\n") == "<too long><b>");
  CHECK(lines_of("a\nabcde") == "<a><too long>");
  CHECK(lines_of(std::string(200'000, 'x') + "\nb\n" + std::string(70'000, 'y') + "\n") ==
        "<too long><b><too long>");
}

TEST_CASE("nobody who has seen enough is given more lines") {
  const TemporaryFolder folder;
  test::write(folder / "lines", "1\n2\n3\n");
  int count = 0;
  read_lines(folder / "lines", 4, [&count](std::optional<std::string_view>) {
    ++count;
    return count < 2;
  });
  CHECK(count == 2);
  CHECK_THROWS_AS(read_lines(folder / "none", 4, [](auto) { return true; }), Error);
  CHECK_THROWS_AS(read_lines(folder.path(), 4, [](auto) { return true; }), Error);
}

}  // namespace octroi
