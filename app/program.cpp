// SPDX-License-Identifier: Apache-2.0
#include "program.hpp"

#include <fmt/format.h>

#include "base/safe_text.hpp"
#include "command_line.hpp"
#include "commands.hpp"
#include "global_options.hpp"
#include "help.hpp"
#include "reply.hpp"
#include "session.hpp"
#include "version.hpp"

namespace octroi::app {
namespace {

std::string help_for(const CommandLine& line, std::size_t columns) {
  if (line.command != nullptr) return command_help(*line.command, columns);
  if (!line.noun.empty()) return noun_help(all_commands(), line.noun, columns);
  return main_help(all_commands(), columns);
}

}  // namespace

Outcome run_program(const std::vector<std::string>& words, const Surroundings& world) {
  if (words.empty()) return {ExitCode::usage, "", main_help(all_commands(), world.columns)};
  const std::vector<Command> typed = commands_among(words);
  const CommandLine line = parse_command_line(words, typed, all_commands);
  if (line.global.has("--help")) return {ExitCode::yes, help_for(line, world.columns), ""};
  if (line.global.has("--version"))
    return {ExitCode::yes, fmt::format("octroi {}\n", k_version), ""};
  GlobalOptions options = read_global_options(line.global, world);
  Reply reply(options.is_json, options.is_quiet, options.style);
  Session session(std::move(options), world);
  const ExitCode code = line.command->run(line.own, session, reply);
  return {code, reply.answer(), reply.notes()};
}

std::string describe_error(std::string_view message) {
  std::string text = "octroi: ";
  for (const char c : printable(message, true)) {
    text += c;
    if (c == '\n') text += "        ";
  }
  return text + "\n";
}

}  // namespace octroi::app
