// SPDX-License-Identifier: Apache-2.0
#include "program.hpp"

#include "app/test_world.hpp"
#include "catch.hpp"
#include "model/document.hpp"
#include "support/refusal.hpp"
#include "support/temporary_folder.hpp"

namespace octroi::app {
namespace {

using test::contains;
using test::refusal;
using test::TestWorld;
using Words = std::vector<std::string>;

Outcome run(TestWorld& world, const Words& words) {
  return run_program(words, world.surroundings());
}

}  // namespace

TEST_CASE("without a word, the help is a note and the usage wrong") {
  TestWorld world;
  const Outcome outcome = run(world, {});
  CHECK(outcome.code == ExitCode::usage);
  CHECK(outcome.answer.empty());
  CHECK(contains(outcome.notes, "Usage: octroi"));
}

TEST_CASE("help and version are answers") {
  TestWorld world;
  CHECK(contains(run(world, {"--help"}).answer, "The main job"));
  CHECK(run(world, {"submit", "--help"}).answer.starts_with("Usage: octroi submit"));
  CHECK(contains(run(world, {"dataset", "--help"}).answer, "octroi dataset show"));
  CHECK(run(world, {"--version"}).answer.starts_with("octroi 0."));
  CHECK(run(world, {"--version"}).code == ExitCode::yes);
}

TEST_CASE("where nobody can be asked, a new request is the form") {
  TestWorld world;
  const Outcome outcome = run(world, {"request", "new"});
  CHECK(outcome.code == ExitCode::yes);
  CHECK(contains(outcome.answer, "$comment"));
  refusal(ErrorCode::bad_input, [&] {
    (void)model::read_document(model::DocumentKind::request, outcome.answer, "the form");
  });
}

TEST_CASE("the form goes into a file that is new") {
  const test::TemporaryFolder folder;
  const std::string path = (folder / "request.json").string();
  TestWorld world;
  const Words words = {"request", "new", "--template", "--out", path};
  CHECK(contains(run(world, words).notes, "octroi check " + path));
  const std::string form = test::content_of(path);
  CHECK(contains(form, "$comment"));
  refusal(ErrorCode::bad_input, [&] { (void)run(world, words); });
  CHECK(test::content_of(path) == form);
}

TEST_CASE("a person is asked, answer by answer, and nothing is written before the last") {
  const test::TemporaryFolder folder;
  TestWorld world;
  world.can_ask = true;
  world.input.str("A title of a study\n");
  const std::string message = refusal(ErrorCode::bad_input, [&] {
    (void)run(world, {"request", "new", "--out", (folder / "request.json").string()});
  });
  CHECK(contains(message, "nothing was written"));
  CHECK(contains(world.messages.str(), "\ntitle\n"));
  CHECK(contains(world.messages.str(), "project/name"));
  CHECK(folder.names().empty());
}

TEST_CASE("a wrong answer is asked for again, with what was expected") {
  const test::TemporaryFolder folder;
  TestWorld world;
  world.can_ask = true;
  world.input.str("\n");  // a title cannot be empty
  refusal(ErrorCode::bad_input, [&] {
    (void)run(world, {"request", "new", "--out", (folder / "request.json").string()});
  });
  CHECK(contains(world.messages.str(), "expected"));
  CHECK_FALSE(contains(world.messages.str(), "project/name"));
}

TEST_CASE("verify wants to know for what") {
  TestWorld world;
  const Words words = {"verify", "token.paseto", "--trust", "trust.json"};
  const std::string message = refusal(ErrorCode::usage, [&] { (void)run(world, words); });
  for (const char* option : {"--dataset", "--purpose", "--environment", "--user", "--any"}) {
    CHECK(contains(message, option));
  }
  Words only_holder = words;
  only_holder.insert(only_holder.end(), {"--holder", "cnam"});
  refusal(ErrorCode::usage, [&] { (void)run(world, only_holder); });
  refusal(ErrorCode::usage, [&] { (void)run(world, {"verify", "token.paseto", "--any"}); });
}

TEST_CASE("a board is founded with options, once") {
  const test::TemporaryFolder folder;
  TestWorld world;
  test::write(folder / "passphrase", "correct horse battery\n");
  test::set_mode(folder / "passphrase", 0600);
  const Words globals = {"--registry", (folder / "octroi.db").string(), "--passphrase-file",
                         (folder / "passphrase").string()};
  const auto with_globals = [&](Words words) {
    words.insert(words.end(), globals.begin(), globals.end());
    return words;
  };
  const Words found =
      with_globals({"init", "--board", "Board", "--origin", "board.example/data", "--majority",
                    "simple", "--seats", "3", "--present-min", "2", "--secretary", "martin"});
  CHECK(
      contains(refusal(ErrorCode::bad_input, [&] { (void)run(world, found); }), "octroi key new"));
  for (const char* name : {"martin", "seal"}) {
    const Outcome made = run(world, with_globals({"key", "new", name}));
    CHECK(contains(made.answer, "k4.public."));
    CHECK_FALSE(contains(made.answer + made.notes, "correct horse"));
  }
  CHECK(contains(run(world, found).answer, "board.example/data"));
  refusal(ErrorCode::bad_input, [&] { (void)run(world, found); });
  CHECK(contains(run(world, with_globals({"member", "list"})).answer, "martin"));
  CHECK(run(world, with_globals({"audit", "--quiet"})).code == ExitCode::yes);
  CHECK(contains(run(world, with_globals({"key", "trust"})).answer, "octroi/trust/1"));
}

TEST_CASE("the option --quiet leaves out the notes and nothing else") {
  const test::TemporaryFolder folder;
  TestWorld world;
  const std::string path = (folder / "request.json").string();
  const Outcome outcome = run(world, {"request", "new", "--out", path, "--quiet"});
  CHECK(outcome.notes.empty());
  CHECK(contains(outcome.answer, path));
}

TEST_CASE("an error is shown with all its lines, and no control characters") {
  CHECK(describe_error("first\nsecond") == "octroi: first\n        second\n");
  CHECK_FALSE(contains(describe_error("a \x1b[2J"), "\x1b"));
}

}  // namespace octroi::app
