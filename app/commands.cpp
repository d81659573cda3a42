// SPDX-License-Identifier: Apache-2.0
#include "commands.hpp"

namespace octroi::app {
namespace {

std::vector<Command> gather() {
  std::vector<Command> all;
  for (const auto rows :
       {request_commands, check_commands, explain_commands, submit_commands, list_commands,
        init_commands, key_commands, key_change_commands, member_commands, dataset_commands,
        provider_commands, hierarchy_commands, rules_commands, rules_test_commands,
        rules_diff_commands, rules_eval_commands, assess_commands, decide_commands,
        endorse_commands, issue_commands, token_status_commands, status_commands,
        document_commands, publish_commands, verify_commands, trust_commands, inspect_commands,
        audit_commands, replay_commands, checkpoint_commands, prove_commands, witness_commands}) {
    for (Command& command : rows()) all.push_back(std::move(command));
  }
  return all;
}

}  // namespace

std::vector<Option> joined(std::vector<Option> first, const std::vector<Option>& then) {
  first.insert(first.end(), then.begin(), then.end());
  return first;
}

const std::vector<Command>& all_commands() {
  static const std::vector<Command> k_commands = gather();
  return k_commands;
}

}  // namespace octroi::app
