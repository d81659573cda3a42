// SPDX-License-Identifier: Apache-2.0
#include "command_line.hpp"

#include <deque>

#include "catch.hpp"
#include "commands.hpp"
#include "support/refusal.hpp"

namespace octroi::app {
namespace {

using test::contains;
using test::refusal;
using Words = std::vector<std::string>;

/// As the program does it.
CommandLine parse(const Words& words) {
  static std::deque<std::vector<Command>> parts;  // what was parsed points into them
  return parse_command_line(words, parts.emplace_back(commands_among(words)), all_commands);
}

std::string error_of(const Words& words) {
  return refusal(ErrorCode::usage, [&] { (void)parse(words); });
}

}  // namespace

TEST_CASE("a command with its values") {
  const CommandLine line = parse({"submit", "request.json", "--amends", "R-2026-0001"});
  REQUIRE(line.command != nullptr);
  CHECK(line.command->name == "submit");
  CHECK(line.own.required("FILE") == "request.json");
  CHECK(line.own.text("--amends") == "R-2026-0001");
}

TEST_CASE("global options stand on both sides of the command") {
  for (const Words& words : {Words{"--registry", "a.db", "--json", "dataset", "list"},
                             Words{"dataset", "--registry", "a.db", "list", "--json"},
                             Words{"dataset", "list", "--registry=a.db", "--json"}}) {
    const CommandLine line = parse(words);
    REQUIRE(line.command != nullptr);
    CHECK(line.command->name == "dataset list");
    CHECK(line.global.text("--registry") == "a.db");
    CHECK(line.global.has("--json"));
    CHECK_FALSE(line.global.has("--quiet"));
  }
}

TEST_CASE("repeated options keep their order, and take one value each") {
  const CommandLine line =
      parse({"check", "--dataset", "b", "request.json", "--dataset", "a", "--dataset=c"});
  CHECK(line.own.all("--dataset") == Words{"b", "a", "c"});
  CHECK(line.own.required("FILE") == "request.json");
}

TEST_CASE("a positional takes several words only where the table says so") {
  CHECK(parse({"rules", "check", "a", "b", "c"}).own.all("FILE") == Words{"a", "b", "c"});
  CHECK(contains(error_of({"rules", "adopt", "a", "b"}), "unexpected \"b\""));
}

TEST_CASE("values are taken as they are written") {
  CHECK(parse({"check", "[a,b].json"}).own.required("FILE") == "[a,b].json");
  CHECK(parse({"check", "list"}).own.required("FILE") == "list");
  CHECK(parse({"check", "-"}).own.required("FILE") == "-");
  CHECK(parse({"check", "--", "--odd.json"}).own.required("FILE") == "--odd.json");
  CHECK(parse({"check", "a", "--rulebook", "[x]"}).own.all("--rulebook") == Words{"[x]"});
  CHECK(parse({"rules", "check", "[x]", "a b"}).own.all("FILE") == Words{"[x]", "a b"});
  CHECK(parse({"rules", "check", "a", "[x,y]", "-"}).own.all("FILE") == Words{"a", "[x,y]", "-"});
  CHECK(contains(error_of({"rules", "check", "a", "b", "--photosynthesis"}), "unknown option"));
  CHECK(parse({"check", ""}).own.required("FILE").empty());
}

TEST_CASE("a misspelt command is named with its nearest match") {
  CHECK(contains(error_of({"chek", "request.json"}), "\"chek\"; did you mean 'check'?"));
  CHECK(contains(error_of({"dataset", "ad", "x.json"}), "did you mean 'dataset add'?"));
  CHECK(contains(error_of({"datset", "add", "x.json"}), "did you mean 'dataset add'?"));
  CHECK(contains(error_of({"--quiet", "lst"}), "did you mean 'list'?"));
  CHECK_FALSE(contains(error_of({"photosynthesis"}), "did you mean"));
  CHECK(contains(error_of({"chek", "--help"}), "did you mean 'check'?"));
}

TEST_CASE("a misspelt option is named with its nearest match") {
  CHECK(contains(error_of({"list", "--jsn"}), "\"--jsn\"; did you mean '--json'?"));
  CHECK(contains(error_of({"check", "a", "--rulebok=x"}), "did you mean '--rulebook'?"));
  CHECK(contains(error_of({"list", "--photosynthesis"}), "unknown option"));
  CHECK(contains(error_of({"list", "-j"}), "unknown option \"-j\""));
}

TEST_CASE("an option of another command is unknown here") {
  CHECK(contains(error_of({"list", "--facts"}), "unknown option \"--facts\""));
}

TEST_CASE("what is missing is said") {
  CHECK(contains(error_of({}), "expected a command"));
  CHECK(contains(error_of({"--json"}), "expected a command"));
  CHECK(contains(error_of({"dataset"}), "dataset add, dataset list, dataset show"));
  CHECK(contains(error_of({"explain"}), "explain: expected REQUEST"));
  CHECK(contains(error_of({"member", "add", "dupont"}), "member add: expected --role ROLE"));
  CHECK(contains(error_of({"list", "--registry"}), "--registry"));
}

TEST_CASE("an option that is given too often or with a value it has none of") {
  CHECK(contains(error_of({"list", "--registry", "a", "--registry", "b"}), "given 2 times"));
  CHECK(contains(error_of({"submit", "a", "--amends", "R-1", "--amends", "R-2"}), "given 2 times"));
  CHECK(contains(error_of({"list", "--json=no"}), "json"));
}

TEST_CASE("a choice is one of the choices") {
  CHECK(parse({"list", "--state", "granted"}).own.all("--state") == Words{"granted"});
  CHECK(contains(error_of({"list", "--state", "grantd"}), "did you mean 'granted'?"));
  CHECK(contains(error_of({"list", "--lang", "de"}), "--lang: expected en or fr, got \"de\""));
  CHECK(contains(error_of({"list", "--color", "no"}), "--color: expected auto or always or never"));
}

TEST_CASE("another time is only for commands whose answer depends on it") {
  for (const Words& words :
       {Words{"check", "a", "--at", "2021-02-19"}, Words{"--at", "2021-02-19", "rules", "list"},
        Words{"verify", "a", "--any", "--at", "2021-02-19T00:00:00Z"}}) {
    CHECK(parse(words).global.text("--at")->starts_with("2021-02-19"));
  }
  for (const Words& words :
       {Words{"submit", "a"}, Words{"assess", "R-1"}, Words{"issue", "R-1"},
        Words{"withdraw", "R-1"}, Words{"dataset", "add", "a"}, Words{"rules", "adopt", "a"},
        Words{"member", "retire", "a"}, Words{"key", "new", "a"}, Words{"list"}}) {
    Words timed = words;
    timed.insert(timed.end(), {"--at", "2021-02-19"});
    CHECK(contains(error_of(timed), "--at is not for this command"));
  }
}

TEST_CASE("standard input is read once") {
  CHECK(contains(error_of({"check", "-", "--dataset", "-"}), "only once"));
  CHECK(contains(error_of({"submit", "-", "--passphrase-file", "-"}), "only once"));
  CHECK(parse({"submit", "-"}).own.required("FILE") == "-");
}

TEST_CASE("help and version need nothing else") {
  CHECK(parse({"--help"}).command == nullptr);
  CHECK(parse({"-h"}).global.has("--help"));
  CHECK(parse({"--version"}).global.has("--version"));
  CHECK(parse({"dataset", "--help"}).noun == "dataset");
  const CommandLine line = parse({"decide", "--help"});
  REQUIRE(line.command != nullptr);
  CHECK(line.command->name == "decide");
  CHECK(parse({"--help", "submit", "a", "b"}).command->name == "submit");
}

TEST_CASE("errors show no control characters") {
  CHECK_FALSE(contains(error_of({"\x1b[2J"}), "\x1b"));
  CHECK_FALSE(contains(error_of({"list", "--\x1b[2J"}), "\x1b"));
  CHECK_FALSE(contains(error_of({"list", "--state", "\x1b[2J"}), "\x1b"));
}

}  // namespace octroi::app
