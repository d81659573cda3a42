// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <deque>
#include <map>
#include <sstream>
#include <string>

#include "support/secret.hpp"
#include "surroundings.hpp"

namespace octroi::test {

/// A world without a terminal, files aside: what it is asked and told is kept.
struct TestWorld {
  std::map<std::string, std::string> variables;
  std::deque<std::string> passphrases;  ///< answers in order; none: there is nobody to ask
  std::vector<std::string> questions;   ///< for passphrases
  std::istringstream input;
  std::ostringstream messages;
  bool can_ask = false;
  bool is_answer_on_terminal = false;

  static Instant now() { return *parse_instant("2026-11-24T10:00:00Z"); }

  [[nodiscard]] app::Surroundings surroundings() {
    return {.context = {now, crypto::system_random()},
            .environment = [this](const std::string& name) -> std::optional<std::string> {
              const auto found = variables.find(name);
              if (found == variables.end()) return std::nullopt;
              return found->second;
            },
            .ask_passphrase =
                [this](const std::string& question) -> std::optional<crypto::SecretBytes> {
              questions.push_back(question);
              if (passphrases.empty()) return std::nullopt;
              const std::string answer = passphrases.front();
              passphrases.pop_front();
              return secret(answer);
            },
            .input = input,
            .messages = messages,
            .can_ask = can_ask,
            .shows_progress = false,
            .is_answer_on_terminal = is_answer_on_terminal,
            .columns = 80};
  }
};

}  // namespace octroi::test
