// SPDX-License-Identifier: Apache-2.0
#include "gate/publishing.hpp"

#include <map>

#include "catch.hpp"
#include "gate/logged_board.hpp"
#include "gate/published_log.hpp"
#include "support/temporary_folder.hpp"

using namespace octroi;
using namespace octroi::gate;
using sample::error_of;
using sample::LoggedBoard;
namespace fs = std::filesystem;

namespace {

void nothing(std::int64_t, std::int64_t) {}

Publication publish_to(LoggedBoard& board, const fs::path& folder, bool is_whole = false) {
  return publish(board.database(), folder, is_whole, nothing);
}

std::map<std::string, std::string> files_in(const fs::path& folder) {
  std::map<std::string, std::string> files;
  for (const auto& entry : fs::recursive_directory_iterator(folder)) {
    if (!entry.is_regular_file()) continue;
    files[fs::relative(entry.path(), folder).string()] = test::content_of(entry.path());
  }
  return files;
}

bool is_sound(const fs::path& folder) {
  const AuditReport report = audit_published(folder, {}, nothing);
  for (const AuditFault& fault : report.faults) FAIL_CHECK(fault.what);
  return report.is_sound();
}

}  // namespace

TEST_CASE("a publication that grew is what a fresh one is, file by file") {
  const test::TemporaryFolder folder;
  LoggedBoard board;
  for (const std::int64_t size : {5, 6, 9, 255, 256, 257, 300}) {
    INFO(size);
    board.grow_to(size);
    const Publication grown = publish_to(board, folder / "grown");
    CHECK(grown.size == size);
    const fs::path fresh = folder / ("fresh-" + std::to_string(size));
    static_cast<void>(publish_to(board, fresh));
    const auto grown_files = files_in(folder / "grown");
    for (const auto& [path, bytes] : files_in(fresh)) {
      INFO(path);
      REQUIRE(grown_files.contains(path));
      CHECK(grown_files.at(path) == bytes);
    }
    CHECK(is_sound(folder / "grown"));
  }
  // Once a tile is full, its partial ones are gone.
  CHECK_FALSE(fs::exists(folder / "grown/tile/0/000.p"));
  CHECK_FALSE(fs::exists(folder / "grown/tile/entries/000.p"));
  CHECK(fs::exists(folder / "grown/tile/1/000.p/1"));
  // All of it again changes nothing.
  const auto before = files_in(folder / "grown");
  static_cast<void>(publish_to(board, folder / "grown", true));
  CHECK(files_in(folder / "grown") == before);
  // Nothing new: only the checkpoint is written again.
  CHECK(publish_to(board, folder / "grown").files == 1);
}

TEST_CASE("a publication that was interrupted at any file is ended by the next one") {
  const test::TemporaryFolder folder;
  LoggedBoard board;
  static_cast<void>(board.sign());
  static_cast<void>(publish_to(board, folder / "before"));
  board.submit();
  static_cast<void>(board.sign());
  struct Interrupted {};
  for (std::int64_t files = 1; files <= 3; ++files) {
    for (const bool is_first : {true, false}) {
      INFO(files);
      const fs::path cut = folder / ("cut-" + std::to_string(files) + (is_first ? "-new" : "-old"));
      if (!is_first) fs::copy(folder / "before", cut, fs::copy_options::recursive);
      CHECK_THROWS_AS(static_cast<void>(publish(board.database(), cut, false,
                                                [&](std::int64_t done, std::int64_t) {
                                                  if (done == files) throw Interrupted();
                                                })),
                      Interrupted);
      if (fs::exists(cut / "checkpoint")) CHECK(is_sound(cut));
      static_cast<void>(publish_to(board, cut));
      CHECK(is_sound(cut));
    }
  }
}

TEST_CASE("nothing is mixed with other files, another board's log or another history") {
  const test::TemporaryFolder folder;
  LoggedBoard board;
  error_of(ErrorCode::not_yet, [&] { static_cast<void>(publish_to(board, folder / "none")); });
  static_cast<void>(board.sign());
  fs::create_directory(folder / "other");
  test::write(folder / "other" / "notes.txt", "mine");
  error_of(ErrorCode::bad_input, [&] { static_cast<void>(publish_to(board, folder / "other")); });
  CHECK(files_in(folder / "other").size() == 1);

  LoggedBoard stranger("other log");  // the same origin, another log key
  static_cast<void>(stranger.sign());
  static_cast<void>(publish_to(stranger, folder / "strange"));
  error_of(ErrorCode::bad_input, [&] { static_cast<void>(publish_to(board, folder / "strange")); });
  error_of(ErrorCode::bad_input,
           [&] { static_cast<void>(publish_to(board, folder / "strange", true)); });

  LoggedBoard fork;
  fork.pass(std::chrono::seconds(1));
  fork.submit();
  static_cast<void>(fork.sign());
  static_cast<void>(publish_to(fork, folder / "fork"));
  // Behind the publication: as an older copy is. At its size: a fork.
  error_of(ErrorCode::damaged, [&] { static_cast<void>(publish_to(board, folder / "fork")); });
  board.submit();
  static_cast<void>(board.sign());
  const auto before = files_in(folder / "fork");
  CHECK(error_of(ErrorCode::damaged, [&] {
          static_cast<void>(publish_to(board, folder / "fork", true));
        }).find("another history") != std::string::npos);
  CHECK(files_in(folder / "fork") == before);
}
