// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string_view>
#include <vector>

#include "arguments.hpp"
#include "exit_code.hpp"

/// octroi's own table of its commands. The parser, the help and the tests are made from it.
namespace octroi::app {

class Session;
class Reply;

/// Whose help a command is listed under.
enum class Reader { researcher, secretary, data_holder, auditor };

/// What is written as `--name VALUE`, or as `--name` alone.
struct Option {
  std::string_view name;        ///< with its dashes
  std::string_view value = {};  ///< what stands for the value in help; "" for a switch
  std::string_view help;
  bool is_repeatable = false;
  bool is_required = false;
  std::vector<std::string_view> choices = {};  ///< the only values; empty: any

  [[nodiscard]] bool is_switch() const { return value.empty(); }
};

/// What is written without a name.
struct Positional {
  std::string_view name;
  std::string_view help;
  bool is_repeatable = false;  ///< one or more
  bool is_optional = false;    ///< the command says itself when it may be left out
};

struct Example {
  std::string_view line;  ///< as typed: "octroi check request.json"
  std::string_view what;
};

struct Command {
  std::string_view name;  ///< "check", "dataset add"
  Reader reader = Reader::researcher;
  std::string_view summary;           ///< one line, no full stop
  std::string_view description = {};  ///< what the summary leaves out; "" when nothing
  std::vector<Positional> positionals = {};
  std::vector<Option> options = {};
  std::vector<Example> examples = {};
  bool looks_at_the_time = false;  ///< takes --at: it only reads, and its answer depends on when
  ExitCode (*run)(const Arguments&, Session&, Reply&) = nullptr;
};

/// First these options, then those: as the help shows them.
[[nodiscard]] std::vector<Option> joined(std::vector<Option> first,
                                         const std::vector<Option>& then);

/// Every command, in the order of the help. Made once.
[[nodiscard]] const std::vector<Command>& all_commands();

/// The options that every command takes.
[[nodiscard]] const std::vector<Option>& global_options();

}  // namespace octroi::app
