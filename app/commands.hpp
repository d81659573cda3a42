// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <vector>

#include "command.hpp"

/// The rows that each file of commands/ adds to the command table.
namespace octroi::app {

[[nodiscard]] std::vector<Command> request_commands();
[[nodiscard]] std::vector<Command> check_commands();
[[nodiscard]] std::vector<Command> explain_commands();
[[nodiscard]] std::vector<Command> submit_commands();
[[nodiscard]] std::vector<Command> list_commands();
[[nodiscard]] std::vector<Command> init_commands();
[[nodiscard]] std::vector<Command> key_commands();
[[nodiscard]] std::vector<Command> key_change_commands();
[[nodiscard]] std::vector<Command> member_commands();
[[nodiscard]] std::vector<Command> dataset_commands();
[[nodiscard]] std::vector<Command> provider_commands();
[[nodiscard]] std::vector<Command> hierarchy_commands();
[[nodiscard]] std::vector<Command> rules_commands();
[[nodiscard]] std::vector<Command> rules_test_commands();
[[nodiscard]] std::vector<Command> rules_diff_commands();
[[nodiscard]] std::vector<Command> rules_eval_commands();
[[nodiscard]] std::vector<Command> assess_commands();
[[nodiscard]] std::vector<Command> decide_commands();
[[nodiscard]] std::vector<Command> endorse_commands();
[[nodiscard]] std::vector<Command> issue_commands();
[[nodiscard]] std::vector<Command> token_status_commands();
[[nodiscard]] std::vector<Command> status_commands();
[[nodiscard]] std::vector<Command> document_commands();
[[nodiscard]] std::vector<Command> verify_commands();
[[nodiscard]] std::vector<Command> trust_commands();
[[nodiscard]] std::vector<Command> inspect_commands();
[[nodiscard]] std::vector<Command> audit_commands();
[[nodiscard]] std::vector<Command> checkpoint_commands();
[[nodiscard]] std::vector<Command> prove_commands();
[[nodiscard]] std::vector<Command> publish_commands();
[[nodiscard]] std::vector<Command> witness_commands();
[[nodiscard]] std::vector<Command> replay_commands();

/// The rows of which the first word is among these, and some others: what a command line needs,
/// made much sooner than all of them.
[[nodiscard]] std::vector<Command> commands_among(const std::vector<std::string>& words);

}  // namespace octroi::app
