// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <set>

#include "catch.hpp"
#include "command.hpp"
#include "command_line.hpp"
#include "commands.hpp"

namespace octroi::app {
namespace {

/// The words of a line as a shell would see them; quotes are single quotes.
std::vector<std::string> words_of(std::string_view line) {
  std::vector<std::string> words(1);
  bool is_quoted = false;
  for (const char c : line) {
    if (c == '\'') {
      is_quoted = !is_quoted;
    } else if (c == ' ' && !is_quoted) {
      words.emplace_back();
    } else {
      words.back() += c;
    }
  }
  return words;
}

bool is_plain(std::string_view text) {
  return !text.empty() && text.front() != ' ' && text.back() != ' ' && text.back() != '.' &&
         text.back() != '?';
}

}  // namespace

TEST_CASE("every command of the design is there, once") {
  std::multiset<std::string_view> names;
  for (const Command& command : all_commands()) names.insert(command.name);
  for (const char* name :
       {"request new",   "check",          "submit",         "show",          "list",
        "withdraw",      "init",           "member add",     "member list",   "member retire",
        "key new",       "key list",       "key show",       "key trust",     "dataset add",
        "dataset list",  "dataset show",   "provider add",   "provider list", "provider show",
        "hierarchy add", "hierarchy list", "hierarchy show", "rules check",   "rules adopt",
        "rules list",    "rules show",     "assess",         "rules test",    "rules diff",
        "explain",       "decide",         "issue",          "verify",        "inspect",
        "audit",         "rules eval",     "replay",         "revoke",        "suspend",
        "resume",        "status show",    "status publish", "checkpoint",    "prove",
        "publish",       "witness cosign", "witness key",    "trust check",   "endorse",
        "document list", "document erase", "key passphrase", "key retire",    "key rotate",
        "member rekey",  "key public"}) {
    INFO(name);
    CHECK(names.count(name) == 1);
    names.erase(name);
  }
  for (const std::string_view name : names)
    FAIL_CHECK("a command that the test does not know: " << name);
}

TEST_CASE("every command says what it is, with an example, and can run") {
  for (const Command& command : all_commands()) {
    INFO(command.name);
    CHECK(is_plain(command.summary));
    CHECK(command.summary.size() <= 60);
    CHECK((command.description.empty() || command.description.ends_with('.')));
    CHECK_FALSE(command.examples.empty());
    CHECK(command.run != nullptr);
  }
}

TEST_CASE("options are full words with help, named once in a command and not as a global one") {
  for (const Command& command : all_commands()) {
    INFO(command.name);
    std::set<std::string_view> names;
    for (const Option& option : global_options()) names.insert(option.name);
    for (const Option& option : command.options) {
      INFO(option.name);
      CHECK(option.name.starts_with("--"));
      CHECK(option.name.size() > 4);
      CHECK(is_plain(option.help));
      CHECK(names.insert(option.name).second);
      CHECK_FALSE((option.is_switch() && (option.is_repeatable || option.is_required)));
    }
  }
}

TEST_CASE("only the last positional of a command repeats") {
  for (const Command& command : all_commands()) {
    INFO(command.name);
    for (std::size_t i = 0; i + 1 < command.positionals.size(); ++i) {
      CHECK_FALSE(command.positionals[i].is_repeatable);
    }
  }
}

TEST_CASE("every example is a line that octroi takes, of that very command") {
  for (const Command& command : all_commands()) {
    for (const Example& example : command.examples) {
      INFO(example.line);
      std::vector<std::string> words = words_of(example.line);
      REQUIRE(words.front() == "octroi");
      words.erase(words.begin());
      CommandLine line;
      REQUIRE_NOTHROW(line = parse_command_line(words, all_commands()));
      REQUIRE(line.command != nullptr);
      CHECK(line.command->name == command.name);
      CHECK_FALSE(line.global.has("--help"));
    }
  }
}

TEST_CASE("a command is among those that its first word asks for") {
  for (const Command& command : all_commands()) {
    INFO(command.name);
    const std::string first(command.name.substr(0, command.name.find(' ')));
    const std::vector<Command> part = commands_among({"--json", first});
    CHECK(part.size() < all_commands().size() / 2);
    CHECK(std::any_of(part.begin(), part.end(),
                      [&command](const Command& one) { return one.name == command.name; }));
  }
  CHECK(commands_among({}).empty());
  CHECK(commands_among({"", "--verify", "verif"}).empty());
}

TEST_CASE("commands that write do not look at another time") {
  for (const Command& command : all_commands()) {
    const bool looks = command.name == "check" || command.name == "explain" ||
                       command.name == "verify" || command.name == "rules list" ||
                       command.name == "rules diff" || command.name == "show" ||
                       command.name == "status show" || command.name == "audit";
    INFO(command.name);
    CHECK(command.looks_at_the_time == looks);
  }
}

}  // namespace octroi::app
