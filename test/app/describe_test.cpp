// SPDX-License-Identifier: Apache-2.0
// The man page and the completions say of every command, option and choice what the table says.
#include "describe/describe.hpp"

#include <algorithm>
#include <functional>

#include "catch.hpp"
#include "describe/shape.hpp"
#include "support/refusal.hpp"

namespace octroi::app {
namespace {

using test::contains;

std::string with_hyphens(std::string_view text) {
  std::string result;
  for (const char c : text) {
    if (c == '-') result += '\\';
    result += c;
  }
  return result;
}

/// From a line up to the next that begins with `end`.
std::string part_of(const std::string& text, const std::string& line, const std::string& end) {
  const std::size_t start = text.find("\n" + line + "\n");
  if (start == std::string::npos) return "";
  return text.substr(start, text.find("\n" + end, start + 1) - start);
}

/// An option in the words of one shell; the command decides between options of one name.
using Form = std::function<std::string(const std::string& command, const Option& option)>;

void require_all_options(const std::string& text, const Form& form) {
  for (const Command& command : all_commands()) {
    for (const Option& option : command.options) {
      INFO(command.name << " " << option.name);
      CHECK(contains(text, form(std::string(command.name), option)));
    }
  }
}

std::string bash_kind(const Option& option) {
  std::string words;
  for (const std::string_view choice : option.choices) {
    words += (words.empty() ? "words:" : " ") + std::string(choice);
  }
  if (!words.empty()) return words;
  switch (kind_of(option)) {
    case ValueKind::none:
      return "none";
    case ValueKind::file:
      return "file";
    case ValueKind::folder:
      return "folder";
    default:
      return "text";
  }
}

std::string choices_in_brackets(const Option& option, const char* open, const char* close) {
  std::string words;
  for (const std::string_view choice : option.choices) {
    words += (words.empty() ? open : " ") + std::string(choice);
  }
  return words.empty() ? "" : words + close;
}

Command sample() {
  return {.name = "try it",
          .summary = "a summary with 'quotes' and [brackets]: a\\b",
          .positionals = {{"FILE", ".starts with a point"}},
          .options = {{"--way", "WHICH", "~one^ `way`", false, false, {"left", "right"}}},
          .examples = {{"octroi try it 'x y'", "it's \"so\" …"}}};
}

}  // namespace

TEST_CASE("the man page has every command with its arguments, options, choices and examples") {
  const std::string page = "\n" + manual(all_commands());
  for (const Command& command : all_commands()) {
    INFO(command.name);
    const std::string part = part_of(page, ".SS octroi " + with_hyphens(command.name), ".S");
    REQUIRE_FALSE(part.empty());
    for (const Positional& positional : command.positionals) {
      CHECK(contains(part, "\n.B " + std::string(positional.name) + "\n"));
    }
    for (const Option& option : command.options) {
      INFO(option.name);
      CHECK(contains(part, "\n.B " + with_hyphens(option.name)));
      for (const std::string_view choice : option.choices) {
        CHECK(contains(part, with_hyphens(choice)));
      }
    }
    CHECK(static_cast<std::size_t>(std::count(part.begin(), part.end(), '\n')) >=
          2 * command.examples.size());
  }
  const std::string globals = part_of(page, ".SH GLOBAL OPTIONS", ".SH");
  for (const Option& option : global_options()) {
    CHECK(contains(globals, "\n.B " + with_hyphens(option.name)));
  }
}

TEST_CASE("nothing in the table is a request or an escape of roff") {
  const std::string page = manual({sample()});
  CHECK(contains(page, "\n\\&.starts with a point\n"));
  CHECK(contains(page, "a\\eb"));
  CHECK(contains(page, "\\(tione\\(ha \\(gaway\\(ga"));
  CHECK(contains(page, "it\\(aqs \\(dqso\\(dq \\[u2026]"));
  for (const char c : page) CHECK((static_cast<unsigned char>(c) < 0x80));
}

TEST_CASE("bash completes every command, option and choice") {
  const std::string text = bash_completion(all_commands());
  for (const NextWord& word : first_words(all_commands())) {
    CHECK((contains(text, " " + word.word + " ") || contains(text, "'" + word.word)));
  }
  require_all_options(text, [](const std::string& command, const Option& option) {
    return "'" + command + " " + std::string(option.name) + "') kind='" + bash_kind(option) + "'";
  });
  for (const Option& option : global_options()) {
    CHECK(contains(text, "*' " + std::string(option.name) + "') kind='" + bash_kind(option) + "'"));
  }
}

TEST_CASE("zsh completes every command, option and choice") {
  const std::string text = zsh_completion(all_commands());
  for (const Command& command : all_commands()) {
    const std::size_t blank = command.name.find(' ');
    const std::string word(command.name.substr(blank == std::string_view::npos ? 0 : blank + 1));
    INFO(command.name);
    CHECK(contains(text, "\n        '" + word + ":"));
    CHECK(contains(text, "\n        " + word + ")\n"));
  }
  require_all_options(text, [](const std::string&, const Option& option) {
    return std::string(option.is_repeatable ? "'*" : "'") + std::string(option.name) +
           (option.is_switch() ? "[" : "=[");
  });
  require_all_options(text, [](const std::string&, const Option& option) {
    return choices_in_brackets(option, "(", ")");
  });
  for (const Option& option : global_options()) {
    CHECK(contains(text, "    '" + std::string(option.name)));
  }
}

TEST_CASE("fish completes every command, option and choice") {
  const std::string text = fish_completion(all_commands());
  for (const Command& command : all_commands()) {
    const std::size_t blank = command.name.find(' ');
    const std::string noun(blank == std::string_view::npos ? "" : command.name.substr(0, blank));
    const std::string word(command.name.substr(noun.empty() ? 0 : blank + 1));
    INFO(command.name);
    CHECK(contains(text, "-n '__octroi_at \"" + noun + "\"' -a " + word + " -d "));
  }
  require_all_options(text, [](const std::string& command, const Option& option) {
    return "-n '__octroi_in \"" + command + "\"' -l " + std::string(option.name.substr(2)) + " ";
  });
  require_all_options(text, [](const std::string&, const Option& option) {
    return choices_in_brackets(option, "-a '", "'");
  });
  for (const Option& option : global_options()) {
    CHECK(contains(text, " -l " + std::string(option.name.substr(2)) + " "));
  }
}

TEST_CASE("no text of the table ends a quotation of a shell") {
  CHECK(contains(zsh_completion({sample()}), R"(a summary with '\''quotes'\'' and)"));
  CHECK(
      contains(fish_completion({sample()}), R"('a summary with \'quotes\' and [brackets]: a\\b')"));
}

TEST_CASE("values are completed as what they stand for") {
  CHECK(kind_of(Option{"--x", "", ""}) == ValueKind::none);
  CHECK(kind_of(Option{"--x", "FILE", ""}) == ValueKind::file);
  CHECK(kind_of(Option{"--x", "NAME[=FILE]", ""}) == ValueKind::file);
  CHECK(kind_of(Option{"--x", "PATH", ""}) == ValueKind::file);
  CHECK(kind_of(Option{"--x", "FOLDER", ""}) == ValueKind::folder);
  CHECK(kind_of(Option{"--x", "ID", ""}) == ValueKind::text);
  CHECK(kind_of(sample().options.front()) == ValueKind::choice);
  CHECK(kind_of(Positional{"TOKEN", "the token's file"}) == ValueKind::file);
  CHECK(kind_of(Positional{"ID", "a dataset's short name"}) == ValueKind::text);
}

TEST_CASE("the time option is offered where it is taken") {
  for (const Command& command : all_commands()) {
    const std::vector<Option> options = global_options_of(command);
    const bool has_at = std::any_of(options.begin(), options.end(),
                                    [](const Option& option) { return option.name == "--at"; });
    INFO(command.name);
    CHECK(has_at == command.looks_at_the_time);
  }
}

}  // namespace octroi::app
