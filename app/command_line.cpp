// SPDX-License-Identifier: Apache-2.0
// The one file that includes CLI11, which is slow to compile.
#include "command_line.hpp"

#include <CLI/CLI.hpp>
#include <fmt/format.h>

#include <deque>

#include "base/safe_text.hpp"

namespace octroi::app {
namespace {

/// One option or positional as CLI11 fills it.
struct Slot {
  std::string name;
  std::vector<std::string> values;
  CLI::Option* option = nullptr;
};

/// Deques keep the addresses of what they hold, which CLI11 writes to.
using Slots = std::deque<Slot>;

void add_option(CLI::App& app, Slots& slots, const Option& option) {
  Slot& slot = slots.emplace_back(Slot{option.name, {}, nullptr});
  if (option.value.empty()) {
    slot.option = app.add_flag(option.name);
    return;
  }
  slot.option = app.add_option(option.name, slot.values)->type_size(1)->allow_extra_args(false);
  if (option.is_repeatable) {
    slot.option->expected(1, CLI::detail::expected_max_vector_size)
        ->allow_extra_args(false)
        ->multi_option_policy(CLI::MultiOptionPolicy::TakeAll);
  } else {
    slot.option->expected(1);
  }
  if (!option.choices.empty()) slot.option->check(CLI::IsMember(option.choices));
  if (option.is_required) slot.option->required();
}

void add_positional(CLI::App& app, Slots& slots, const Positional& positional) {
  Slot& slot = slots.emplace_back(Slot{positional.name, {}, nullptr});
  slot.option = app.add_option(positional.name, slot.values);
  slot.option->expected(positional.is_required ? 1 : 0,
                        positional.is_repeatable ? CLI::detail::expected_max_vector_size : 1);
  if (positional.is_required) slot.option->required();
}

Arguments arguments_of(const Slots& slots) {
  Arguments arguments;
  for (const Slot& slot : slots) {
    if (slot.option->count() > 0) arguments.add(slot.name, slot.values);
  }
  return arguments;
}

/// The command table as CLI11 wants it.
class Parser {
 public:
  Parser() {
    prepare(app_);
    for (const Option& option : global_options()) add_option(app_, globals_, option);
    for (const Command& command : commands()) add(command);
  }

  CommandLine parse(const std::vector<std::string>& words) {
    std::vector<std::string> reversed(words.rbegin(), words.rend());  // as CLI11 wants them
    try {
      app_.parse(reversed);
    } catch (const CLI::ParseError& error) {
      if (wants_help(words)) return result();
      throw Error(ErrorCode::usage, explain(error, words));
    }
    return result();
  }

 private:
  struct Row {
    const Command* command;
    CLI::App* app;
    Slots slots;
  };

  static void prepare(CLI::App& app) {
    app.set_help_flag();
    app.fallthrough();  // global options may stand after the command
    app.allow_extras(false);
  }

  void add(const Command& command) {
    CLI::App* parent = &app_;
    std::string last = command.name;
    if (const std::size_t space = last.find(' '); space != std::string::npos) {
      parent = noun(last.substr(0, space));
      last = last.substr(space + 1);
    }
    CLI::App* app = parent->add_subcommand(last);
    prepare(*app);
    rows_.push_back({&command, app, {}});
    for (const Positional& positional : command.positionals) {
      add_positional(*app, rows_.back().slots, positional);
    }
    for (const Option& option : command.options) add_option(*app, rows_.back().slots, option);
  }

  CLI::App* noun(const std::string& name) {
    if (CLI::App* known = app_.get_subcommand_no_throw(name)) return known;
    CLI::App* app = app_.add_subcommand(name);
    prepare(*app);
    return app;
  }

  CommandLine result() {
    CommandLine line;
    line.globals = arguments_of(globals_);
    for (const Row& row : rows_) {
      if (!row.app->parsed()) continue;
      line.command = row.command;
      line.arguments = arguments_of(row.slots);
    }
    return line;
  }

  static bool wants_help(const std::vector<std::string>& words) {
    return std::find(words.begin(), words.end(), "--help") != words.end();
  }

  /// The words of `words` that are neither options nor the values of global ones.
  static std::vector<std::string> plain_words(const std::vector<std::string>& words) {
    std::vector<std::string> plain;
    for (std::size_t i = 0; i < words.size(); ++i) {
      bool takes_value = false;
      for (const Option& option : global_options()) {
        takes_value = takes_value || (option.name == words[i] && !option.value.empty());
      }
      if (takes_value) ++i;
      if (!takes_value && !words[i].starts_with("-")) plain.push_back(words[i]);
    }
    return plain;
  }

  [[nodiscard]] const Row* parsed_row() const {
    for (const Row& row : rows_) {
      if (row.app->parsed()) return &row;
    }
    return nullptr;
  }

  /// What is wrong, from the table where CLI11's own words would not help.
  [[nodiscard]] std::string explain(const CLI::ParseError& error,
                                    const std::vector<std::string>& words) const {
    const Row* row = parsed_row();
    if (row == nullptr) {
      const std::string unknown = explain_unknown_command(plain_words(words));
      if (!unknown.empty()) return unknown;
    }
    const std::string help = row == nullptr ? "octroi --help" : usage_of(*row->command);
    for (const std::string& word : words) {
      const std::string fault = explain_unknown_option(row, word);
      if (!fault.empty()) return fmt::format("{}; see '{}'", fault, help);
    }
    return fmt::format("{}; see '{}'", printable(error.what()), help);
  }

  static std::string usage_of(const Command& command) {
    return fmt::format("octroi {} --help", command.name);
  }

  static std::string explain_unknown_command(const std::vector<std::string>& plain) {
    if (plain.empty()) return "";
    std::vector<std::string> known;
    for (const Command& command : commands()) {
      const bool is_verb = command.name.starts_with(plain.front() + " ");
      if (command.name == plain.front()) return "";
      if (is_verb) known.push_back(command.name);
    }
    const bool is_noun = !known.empty();
    if (!is_noun) {
      for (const Command& command : commands()) known.push_back(command.name);
    }
    const std::string typed =
        is_noun && plain.size() > 1 ? plain.front() + " " + plain[1] : plain.front();
    if (is_noun && plain.size() == 1) {
      return fmt::format("{}: say which: {}", typed, fmt::join(known, ", "));
    }
    const std::string_view near = nearest(typed, known);
    return fmt::format("there is no command {}{}; 'octroi --help' lists them", in_quotes(typed),
                       near.empty() ? "" : fmt::format(" (did you mean {}?)", near));
  }

  static std::string explain_unknown_option(const Row* row, const std::string& word) {
    if (!word.starts_with("--") || word == "--") return "";
    const std::string name = word.substr(0, word.find('='));
    std::vector<std::string> known;
    for (const Option& option : global_options()) known.push_back(option.name);
    if (row != nullptr) {
      for (const Option& option : row->command->options) known.push_back(option.name);
    }
    if (std::find(known.begin(), known.end(), name) != known.end()) return "";
    const std::string_view near = nearest(name, known);
    return fmt::format("there is no option {} here{}", in_quotes(name),
                       near.empty() ? "" : fmt::format(" (did you mean {}?)", near));
  }

  CLI::App app_;
  Slots globals_;
  std::deque<Row> rows_;
};

}  // namespace

CommandLine parse_command_line(const std::vector<std::string>& words) {
  return Parser().parse(words);
}

}  // namespace octroi::app
