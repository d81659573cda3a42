// SPDX-License-Identifier: Apache-2.0
// The only file that includes CLI11, which costs seconds wherever it is included. CLI11 tells
// words, options and values apart; what must be there and how an error reads is said here, so that
// both are the same with every version of it.
#include "command_line.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <CLI/CLI.hpp>
#include <algorithm>
#include <map>

#include "base/error.hpp"
#include "base/safe_text.hpp"

namespace octroi::app {
namespace {

[[noreturn]] void refuse(const std::string& message) {
  throw Error(ErrorCode::usage, message);
}

std::string first_word(std::string_view text) {
  return std::string(text.substr(0, text.find(' ')));
}

bool has_verb(const Command& command) {
  return command.name.find(' ') != std::string_view::npos;
}

bool is_option(std::string_view word) {
  return word.size() > 1 && word.front() == '-';
}

std::string did_you_mean(std::string_view nearest) {
  return nearest.empty() ? "" : fmt::format("; did you mean '{}'?", nearest);
}

/// What CLI11 fills in for one row of the table.
struct Slot {
  std::string_view name;
  const CLI::Option* option;
};

/// A command as CLI11 knows it.
struct Bound {
  const Command* command;
  const CLI::App* app;
  std::vector<Slot> slots;
};

Slot add_option(CLI::App& app, const Option& option) {
  const std::string names = (option.name == "--help" ? "-h," : "") + std::string(option.name);
  if (option.is_switch()) return {option.name, app.add_flag(names)->disable_flag_override()};
  return {option.name, app.add_option(names)
                           ->multi_option_policy(CLI::MultiOptionPolicy::TakeAll)
                           ->allow_extra_args(false)};
}

Arguments values_of(const std::vector<Slot>& slots) {
  Arguments values;
  for (const Slot& slot : slots) {
    for (const std::string& value : slot.option->results()) values.add(slot.name, value);
  }
  return values;
}

/// The table as a CLI11 parser: those rows whose first word was typed, wherever it stands, and
/// those of their options that were. CLI11 takes no other word for a command or an option, and
/// making all of them known to it takes longer than most commands take to run.
class Parser {
 public:
  Parser(const std::vector<Command>& table, const std::vector<std::string>& words) : words_(words) {
    root_.set_help_flag();
    root_.allow_extras();
    root_.fallthrough();  // global options may stand after the command
    root_.require_subcommand(0, 1);
    add_options(root_, global_options(), globals_);
    for (const Command& command : table) {
      const std::string first = first_word(command.name);
      if (std::find(words.begin(), words.end(), first) != words.end()) add_command(command);
    }
  }

  CommandLine parse(const std::vector<std::string>& words) {
    std::vector<std::string> reversed(words.rbegin(), words.rend());  // as CLI11 wants them
    try {
      root_.parse(reversed);
    } catch (const CLI::ParseError& error) {
      refuse(printable(error.what()));
    }
    CommandLine line;
    for (const Bound& bound : commands_) {
      if (!bound.app->parsed()) continue;
      line.command = bound.command;
      line.own = values_of(bound.slots);
    }
    for (const auto& [noun, app] : nouns_) {
      if (app->parsed()) line.noun = noun;
    }
    line.global = values_of(globals_);
    keep_unknown(line);
    return line;
  }

  /// The words that are neither commands nor options nor values of the table, in order.
  [[nodiscard]] const std::vector<std::string>& unknown() const { return unknown_; }

 private:
  void add_command(const Command& command) {
    CLI::App* parent = &root_;
    std::string word(command.name);
    if (has_verb(command)) {
      const std::string noun = first_word(command.name);
      CLI::App*& app = nouns_[noun];
      if (app == nullptr) app = root_.add_subcommand(noun);
      parent = app;
      word = command.name.substr(noun.size() + 1);
    }
    CLI::App* app = parent->add_subcommand(word);
    std::vector<Slot> slots;
    for (const Positional& positional : command.positionals) {
      slots.push_back({positional.name, app->add_option(std::string(positional.name))});
    }
    add_options(*app, command.options, slots);
    commands_.push_back({&command, app, std::move(slots)});
  }

  /// Whether a word begins with the option's name; "-h" is that of --help too.
  [[nodiscard]] bool is_typed(const Option& option) const {
    return std::any_of(words_.begin(), words_.end(), [&option](const std::string& word) {
      return word.starts_with(option.name) || (option.name == "--help" && word.starts_with("-h"));
    });
  }

  void add_options(CLI::App& app, const std::vector<Option>& options, std::vector<Slot>& slots) {
    for (const Option& option : options) {
      if (is_typed(option)) slots.push_back(add_option(app, option));
    }
  }

  /// CLI11 gives a positional one word here, since it would take the further ones apart at brackets
  /// and commas; those of a repeatable positional are among the words that it has no place for.
  void keep_unknown(CommandLine& line) {
    const bool takes_more = line.command != nullptr && !line.command->positionals.empty() &&
                            line.command->positionals.back().is_repeatable;
    bool is_mark_seen = false;
    for (const std::string& word : root_.remaining(true)) {
      if (word == "--" && !is_mark_seen) {
        is_mark_seen = true;
      } else if (takes_more && !is_option(word)) {
        line.own.add(line.command->positionals.back().name, word);
      } else {
        unknown_.push_back(word);
      }
    }
  }

  const std::vector<std::string>& words_;
  CLI::App root_;
  std::vector<std::string> unknown_;
  std::vector<Slot> globals_;
  std::map<std::string, CLI::App*> nouns_;
  std::vector<Bound> commands_;
};

std::vector<std::string> verbs_of(const std::vector<Command>& table, const std::string& noun) {
  std::vector<std::string> names;
  for (const Command& command : table) {
    if (has_verb(command) && first_word(command.name) == noun) names.emplace_back(command.name);
  }
  return names;
}

[[noreturn]] void refuse_command(const std::vector<Command>& table, const std::string& noun,
                                 const std::vector<std::string>& words) {
  std::vector<std::string> first_words;
  for (const Command& command : table) first_words.push_back(first_word(command.name));
  std::string typed = noun.empty() ? words.front() : noun + " " + words.front();
  std::string nearest_name(noun.empty() ? nearest(typed, first_words) : noun);
  const std::vector<std::string> verbs = verbs_of(table, nearest_name);
  if (noun.empty() && !verbs.empty() && words.size() > 1) typed += " " + words[1];
  if (!verbs.empty()) nearest_name = nearest(typed, verbs);
  refuse(fmt::format("unknown command {}{}\n'octroi --help' lists the commands", in_quotes(typed),
                     did_you_mean(nearest_name)));
}

[[noreturn]] void refuse_option(const Command* command, const std::string& typed) {
  std::vector<std::string_view> known;
  for (const Option& option : global_options()) known.push_back(option.name);
  if (command != nullptr) {
    for (const Option& option : command->options) known.push_back(option.name);
  }
  const std::string name = typed.substr(0, typed.find('='));
  refuse(fmt::format("unknown option {}{}", in_quotes(name), did_you_mean(nearest(name, known))));
}

using AllCommands = std::function<const std::vector<Command>&()>;

void refuse_unknown(const CommandLine& line, const AllCommands& table,
                    const std::vector<std::string>& unknown) {
  if (unknown.empty()) return;
  const std::string& first = unknown.front();
  if (is_option(first)) refuse_option(line.command, first);
  if (line.command == nullptr) refuse_command(table(), line.noun, unknown);
  refuse(fmt::format("{}: unexpected {}\n'octroi {} --help' shows what it takes",
                     line.command->name, in_quotes(first), line.command->name));
}

void require_command(const CommandLine& line, const AllCommands& table) {
  if (line.command != nullptr) return;
  if (line.noun.empty()) refuse("expected a command\n'octroi --help' lists them");
  refuse(fmt::format("expected one of: {}", fmt::join(verbs_of(table(), line.noun), ", ")));
}

void check_option(const std::string& context, const Option& option, const Arguments& given) {
  const std::vector<std::string> values = given.all(option.name);
  if (values.empty() && option.is_required) {
    refuse(fmt::format("{}expected {} {}", context, option.name, option.value));
  }
  if (values.size() > 1 && !option.is_repeatable && !option.is_switch()) {
    refuse(
        fmt::format("{}{} is given {} times, expected once", context, option.name, values.size()));
  }
  if (option.choices.empty()) return;
  for (const std::string& value : values) {
    if (std::find(option.choices.begin(), option.choices.end(), value) != option.choices.end()) {
      continue;
    }
    refuse(fmt::format("{}{}: expected {}, got {}{}", context, option.name,
                       fmt::join(option.choices, " or "), in_quotes(value),
                       did_you_mean(nearest(value, option.choices))));
  }
}

void check_values(const CommandLine& line) {
  const std::string context = fmt::format("{}: ", line.command->name);
  for (const Positional& positional : line.command->positionals) {
    if (positional.is_optional || line.own.has(positional.name)) continue;
    refuse(fmt::format("{}expected {}\n'octroi {} --help' shows what it takes", context,
                       positional.name, line.command->name));
  }
  for (const Option& option : line.command->options) check_option(context, option, line.own);
}

void check_time(const CommandLine& line, const AllCommands& table) {
  if (!line.global.has("--at") || line.command->looks_at_the_time) return;
  std::vector<std::string_view> names;
  for (const Command& command : table()) {
    if (command.looks_at_the_time) names.push_back(command.name);
  }
  refuse(fmt::format("{}: --at is not for this command; {} take it", line.command->name,
                     fmt::join(names, ", ")));
}

std::size_t count_standard_input(const std::vector<Option>& options, const Arguments& given) {
  std::size_t count = 0;
  for (const Option& option : options) {
    if (option.value != "FILE") continue;
    const std::vector<std::string> values = given.all(option.name);
    count += static_cast<std::size_t>(std::count(values.begin(), values.end(), "-"));
  }
  return count;
}

void check_standard_input(const CommandLine& line) {
  std::size_t count = count_standard_input(line.command->options, line.own) +
                      count_standard_input(global_options(), line.global);
  for (const Positional& positional : line.command->positionals) {
    const std::vector<std::string> values = line.own.all(positional.name);
    count += static_cast<std::size_t>(std::count(values.begin(), values.end(), "-"));
  }
  if (count > 1) refuse("standard input ('-') can be read only once");
}

}  // namespace

CommandLine parse_command_line(const std::vector<std::string>& words,
                               const std::vector<Command>& table) {
  return parse_command_line(
      words, table, [&table]() -> const auto& { return table; });
}

CommandLine parse_command_line(const std::vector<std::string>& words,
                               const std::vector<Command>& part, const AllCommands& table) {
  Parser parser(part, words);
  CommandLine line = parser.parse(words);
  const bool is_asking = line.global.has("--help") || line.global.has("--version");
  const bool is_understood = line.command != nullptr || parser.unknown().empty();
  if (is_asking && is_understood) return line;
  refuse_unknown(line, table, parser.unknown());
  require_command(line, table);
  for (const Option& option : global_options()) check_option("", option, line.global);
  check_values(line);
  check_time(line, table);
  check_standard_input(line);
  return line;
}

}  // namespace octroi::app
