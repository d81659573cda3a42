// SPDX-License-Identifier: Apache-2.0
#include "gate/witnessing.hpp"

#include <filesystem>

#include "catch.hpp"
#include "gate/checkpoint_audit.hpp"
#include "gate/logged_board.hpp"
#include "support/temporary_folder.hpp"

using namespace octroi;
using namespace octroi::gate;
using note::WitnessStatus;
using sample::error_of;
using sample::LoggedBoard;

namespace {

constexpr const char* k_witness = "witness.example/1";

note::WitnessAnswer ask(LoggedBoard& board, const std::string& request,
                        const std::filesystem::path& heads_folder) {
  // As a process of its own would open it.
  FolderHeadStore heads(heads_folder,
                        std::filesystem::exists(heads_folder) ? Memory::known : Memory::fresh);
  return cosign(request, note::Policy::of_log(board.vkey()), k_witness, sample::key_of(k_witness),
                heads, board.context());
}

std::string growth_from(LoggedBoard& board, std::int64_t size) {
  return prove_growth_from(board.database(), size).text;
}

}  // namespace

TEST_CASE("a witness's memory survives a restart, and is its owner's alone") {
  const test::TemporaryFolder folder;
  LoggedBoard board;
  const std::int64_t first = board.sign().size;
  CHECK(ask(board, growth_from(board, 0), folder / "heads").status == WitnessStatus::cosigned);
  CHECK(test::mode_of(folder / "heads") == 0700);
  const note::WitnessAnswer conflict = ask(board, growth_from(board, 0), folder / "heads");
  CHECK(conflict.status == WitnessStatus::conflict);
  CHECK(conflict.body == std::to_string(first) + "\n");
  board.submit();
  static_cast<void>(board.sign());
  CHECK(ask(board, growth_from(board, first), folder / "heads").status == WitnessStatus::cosigned);
}

TEST_CASE("a refused request changes nothing that a witness remembers") {
  const test::TemporaryFolder folder;
  LoggedBoard board;
  static_cast<void>(board.sign());
  const std::string good = growth_from(board, 0);
  std::string other_root = good;
  const std::size_t at = other_root.find("\n5\n") + 5;
  other_root[at] = other_root[at] == 'A' ? 'B' : 'A';
  CHECK(ask(board, other_root, folder / "heads").status == WitnessStatus::not_signed);
  CHECK(ask(board, "nothing", folder / "heads").status == WitnessStatus::malformed);
  LoggedBoard stranger("other log");
  static_cast<void>(stranger.sign());
  CHECK(ask(board, growth_from(stranger, 0), folder / "heads").status == WitnessStatus::not_signed);
  CHECK(ask(board, good, folder / "heads").status == WitnessStatus::cosigned);
}

TEST_CASE("two histories shown to one witness: it refuses the second") {
  const test::TemporaryFolder folder;
  LoggedBoard left;
  LoggedBoard right;  // the same events: keys and chance come from words
  const std::int64_t common = left.sign().size;
  REQUIRE(right.sign().note == left.sign().note);
  REQUIRE(ask(left, growth_from(left, 0), folder / "heads").status == WitnessStatus::cosigned);
  left.submit();
  right.pass(std::chrono::seconds(1));
  right.submit();
  const LogCheckpoint one = left.sign();
  const LogCheckpoint two = right.sign();
  REQUIRE(one.size == two.size);
  REQUIRE(one.root != two.root);
  CHECK(ask(left, growth_from(left, common), folder / "heads").status == WitnessStatus::cosigned);
  // With the size it has: no hashes lead from one head to the other.
  CHECK(ask(right, growth_from(right, two.size), folder / "heads").status ==
        WitnessStatus::not_consistent);
  CHECK(ask(right, growth_from(right, common), folder / "heads").status == WitnessStatus::conflict);
  right.submit();
  static_cast<void>(right.sign());
  CHECK(ask(right, growth_from(right, two.size), folder / "heads").status ==
        WitnessStatus::not_consistent);
}

TEST_CASE("two histories shown to two witnesses: their checkpoints side by side are the proof") {
  const test::TemporaryFolder folder;
  LoggedBoard left;
  LoggedBoard right;
  static_cast<void>(left.sign());
  static_cast<void>(right.sign());
  left.submit();
  right.pass(std::chrono::seconds(1));
  right.submit();
  const note::SignedCheckpoint one = read_checkpoint(left.sign().note, "one");
  const note::SignedCheckpoint two = read_checkpoint(right.sign().note, "two");
  CHECK(ask(left, growth_from(left, 0), folder / "heads-1").status == WitnessStatus::cosigned);
  CHECK(ask(right, growth_from(right, 0), folder / "heads-2").status == WitnessStatus::cosigned);
  for (const auto& [board, other] : {std::pair{&left, &two}, std::pair{&right, &one}}) {
    const auto fault = fault_against(board->database(), *other);
    REQUIRE(fault.has_value());
    CHECK(fault->find("a fork") != std::string::npos);
    error_of(ErrorCode::damaged,
             [&] { static_cast<void>(prove_growth_from(board->database(), *other)); });
  }
  CHECK_FALSE(fault_against(left.database(), one));
}

TEST_CASE("a witness that cannot read its memory stops") {
  struct Corruption {
    const char* name;
    const char* content;
  };
  for (const Corruption& corruption :
       {Corruption{"empty", ""}, Corruption{"not a head", "lost\n"},
        Corruption{"another log's head",
                   "other.example\n1\nAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=\n"}}) {
    INFO(corruption.name);
    const test::TemporaryFolder folder;
    LoggedBoard board;
    static_cast<void>(board.sign());
    const std::string request = growth_from(board, 0);
    REQUIRE(ask(board, request, folder / "heads").status == WitnessStatus::cosigned);
    for (const auto& entry : std::filesystem::directory_iterator(folder / "heads")) {
      if (entry.path().extension() == ".head") test::write(entry.path(), corruption.content);
    }
    error_of(ErrorCode::damaged, [&] { static_cast<void>(ask(board, request, folder / "heads")); });
  }
}

TEST_CASE("a witness that is started elsewhere, or whose folder is gone, does not begin anew") {
  const test::TemporaryFolder folder;
  const auto open = [&](const std::string& name, Memory memory) {
    static_cast<void>(FolderHeadStore(folder / name, memory));
  };
  const auto refused = [&](const std::string& name, Memory memory) {
    return error_of(ErrorCode::bad_input, [&] { open(name, memory); });
  };
  CHECK(refused("heads", Memory::known).find("--new") != std::string::npos);
  CHECK(folder.names().empty());
  open("heads", Memory::fresh);
  open("heads", Memory::known);  // before the first head, too
  CHECK(refused("heads", Memory::fresh).find("leave --new away") != std::string::npos);
  // A folder that is only the place of one: a disk that is not mounted.
  std::filesystem::create_directory(folder / "mount");
  CHECK(refused("mount", Memory::known).find("--heads") != std::string::npos);
  // Heads without the file that begins a memory.
  LoggedBoard board;
  static_cast<void>(board.sign());
  REQUIRE(ask(board, growth_from(board, 0), folder / "heads").status == WitnessStatus::cosigned);
  std::filesystem::remove(folder.path() / "heads" / "witness");
  open("heads", Memory::known);
  CHECK(ask(board, growth_from(board, 0), folder / "heads").status == WitnessStatus::conflict);
}
