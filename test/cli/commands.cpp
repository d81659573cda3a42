// SPDX-License-Identifier: Apache-2.0
#include "cli/commands.hpp"

#include "base/error.hpp"

namespace octroi::script {
namespace {

const Command* find_command(std::string_view name) {
  for (const auto commands : {run_commands(), output_commands(), file_commands()}) {
    for (const Command& command : commands) {
      if (command.name() == name) return &command;
    }
  }
  return nullptr;
}

}  // namespace

std::string_view Command::name() const {
  std::string_view name = usage;
  if (can_be_denied()) name.remove_prefix(std::string_view("[!] ").size());
  return name.substr(0, name.find(' '));
}

void run_command(Session& session, std::vector<std::string> words, bool is_update) {
  const bool is_denied = words.front() == "!";
  if (is_denied) words.erase(words.begin());
  const Command* command = words.empty() ? nullptr : find_command(words.front());
  if (command == nullptr) {
    throw Error(ErrorCode::bad_input,
                words.empty() ? "expected a command after !" : words.front() + ": no such command");
  }
  words.erase(words.begin());
  if (words.size() < command->words_min || words.size() > command->words_max ||
      (is_denied && !command->can_be_denied())) {
    throw Error(ErrorCode::bad_input, "expected: " + std::string(command->usage));
  }
  command->run(session, {is_denied, is_update, std::move(words)});
}

}  // namespace octroi::script
