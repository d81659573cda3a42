// SPDX-License-Identifier: Apache-2.0
#include "commands.hpp"

#include <algorithm>
#include <array>

namespace octroi::app {
namespace {

/// The rows of one file, and the words that their names begin with.
struct Rows {
  std::array<std::string_view, 3> first_words;
  std::vector<Command> (*make)();
};

// In the order of the help.
constexpr Rows k_rows_of_files[] = {{{"request"}, request_commands},
                                    {{"check"}, check_commands},
                                    {{"explain"}, explain_commands},
                                    {{"submit", "withdraw"}, submit_commands},
                                    {{"list", "show"}, list_commands},
                                    {{"init"}, init_commands},
                                    {{"key"}, key_commands},
                                    {{"key"}, key_change_commands},
                                    {{"member"}, member_commands},
                                    {{"dataset"}, dataset_commands},
                                    {{"provider"}, provider_commands},
                                    {{"hierarchy"}, hierarchy_commands},
                                    {{"rules"}, rules_commands},
                                    {{"rules"}, rules_test_commands},
                                    {{"rules"}, rules_diff_commands},
                                    {{"rules"}, rules_eval_commands},
                                    {{"assess"}, assess_commands},
                                    {{"decide"}, decide_commands},
                                    {{"endorse"}, endorse_commands},
                                    {{"issue"}, issue_commands},
                                    {{"revoke", "suspend", "resume"}, token_status_commands},
                                    {{"status"}, status_commands},
                                    {{"document"}, document_commands},
                                    {{"publish"}, publish_commands},
                                    {{"verify"}, verify_commands},
                                    {{"trust"}, trust_commands},
                                    {{"inspect"}, inspect_commands},
                                    {{"audit"}, audit_commands},
                                    {{"replay"}, replay_commands},
                                    {{"checkpoint"}, checkpoint_commands},
                                    {{"prove"}, prove_commands},
                                    {{"witness"}, witness_commands}};

template <typename Wanted>
std::vector<Command> gather(Wanted is_wanted) {
  std::vector<Command> all;
  for (const Rows& rows : k_rows_of_files) {
    if (!is_wanted(rows)) continue;
    for (Command& command : rows.make()) all.push_back(std::move(command));
  }
  return all;
}

}  // namespace

std::vector<Option> joined(std::vector<Option> first, const std::vector<Option>& then) {
  first.insert(first.end(), then.begin(), then.end());
  return first;
}

const std::vector<Command>& all_commands() {
  static const std::vector<Command> k_commands = gather([](const Rows&) { return true; });
  return k_commands;
}

std::vector<Command> commands_among(const std::vector<std::string>& words) {
  return gather([&words](const Rows& rows) {
    return std::any_of(words.begin(), words.end(), [&rows](const std::string& word) {
      const auto& firsts = rows.first_words;
      return !word.empty() && std::find(firsts.begin(), firsts.end(), word) != firsts.end();
    });
  });
}

}  // namespace octroi::app
