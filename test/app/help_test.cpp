// SPDX-License-Identifier: Apache-2.0
#include "help.hpp"

#include <algorithm>

#include "base/safe_text.hpp"
#include "catch.hpp"
#include "support/refusal.hpp"

namespace octroi::app {
namespace {

using test::contains;

std::vector<std::string> lines_of(const std::string& text) {
  std::vector<std::string> lines(1);
  for (const char c : text) {
    if (c == '\n') {
      lines.emplace_back();
    } else {
      lines.back() += c;
    }
  }
  return lines;
}

const Command& command_named(std::string_view name) {
  const auto found = std::find_if(all_commands().begin(), all_commands().end(),
                                  [&](const Command& command) { return command.name == name; });
  REQUIRE(found != all_commands().end());
  return *found;
}

}  // namespace

TEST_CASE("the main help names every command, option and exit code") {
  const std::string help = main_help(all_commands(), 80);
  for (const Command& command : all_commands()) {
    INFO(command.name);
    CHECK(contains(help, "\n  " + std::string(command.name) + " "));
    CHECK(contains(help, std::string(command.summary.substr(0, 20))));
  }
  for (const Option& option : global_options()) CHECK(contains(help, std::string(option.name)));
  for (const char* reader : {"Researcher\n", "Board secretary\n", "Data holder\n", "Auditor\n"}) {
    CHECK(contains(help, reader));
  }
  for (const char* code : {"\n  0 ", "\n  5 ", "\n  10-17 ", "\n  20 "}) {
    CHECK(contains(help, code));
  }
}

TEST_CASE("a command's help has its usage, arguments, options and examples") {
  for (const Command& command : all_commands()) {
    INFO(command.name);
    const std::string help = command_help(command, 80);
    CHECK(help.starts_with("Usage: octroi " + std::string(command.name)));
    for (const Positional& positional : command.positionals) {
      CHECK(contains(help, "\n  " + std::string(positional.name) + " "));
    }
    for (const Option& option : command.options) {
      CHECK(contains(help, "\n  " + std::string(option.name)));
    }
    for (const Example& example : command.examples) {
      CHECK(contains(help, "\n  " + std::string(example.line) + "\n"));
    }
  }
}

TEST_CASE("usage shows what is required and what repeats") {
  CHECK(usage_of(command_named("withdraw")) == "octroi withdraw REQUEST");
  CHECK(usage_of(command_named("member add")) == "octroi member add ID [--key FILE] --role ROLE…");
  CHECK(usage_of(command_named("rules check")) == "octroi rules check FILE… [--strict]");
}

TEST_CASE("a noun's help lists its verbs and no others") {
  const std::string help = noun_help(all_commands(), "key", 80);
  for (const char* verb : {"key new", "key list", "key show", "key trust"}) {
    CHECK(contains(help, verb));
  }
  CHECK_FALSE(contains(help, "dataset add"));
}

TEST_CASE("a noun's help fits the window, narrow or not, with what each verb does below it") {
  for (const std::size_t width : {40, 80}) {
    for (const Command& command : all_commands()) {
      const std::size_t blank = command.name.find(' ');
      if (blank == std::string_view::npos) continue;
      const std::string help =
          noun_help(all_commands(), std::string(command.name.substr(0, blank)), width);
      for (const std::string& line : lines_of(help)) {
        INFO(line);
        CHECK(display_width(line) <= width);
        CHECK_FALSE(line.ends_with(' '));
      }
    }
  }
  CHECK(contains(noun_help(all_commands(), "rules", 80),
                 "  octroi rules check FILE… [--strict]\n    find what is wrong"));
}

TEST_CASE("help fits the window, lines to copy aside, and has no trailing blanks") {
  std::vector<std::string> texts = {main_help(all_commands(), 80)};
  for (const Command& command : all_commands()) texts.push_back(command_help(command, 80));
  for (const std::string& text : texts) {
    CHECK(text.ends_with('\n'));
    for (const std::string& line : lines_of(text)) {
      INFO(line);
      CHECK((display_width(line) <= 80 || line.starts_with("  octroi ")));
      CHECK_FALSE(line.ends_with(' '));
    }
  }
}

}  // namespace octroi::app
