// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <string>
#include <vector>

#include "cli/descriptor.hpp"

namespace octroi::script {

/// What is typed once a prompt has appeared.
struct Answer {
  std::string prompt;  ///< a regular expression
  std::string text;    ///< without the line feed, which is typed too
};

/// How to use the terminal that a program is given.
struct Conversation {
  std::vector<Answer> answers;  ///< in this order
  bool shows_stdout = false;    ///< standard output is the terminal too, and not kept apart
};

/// A pseudo-terminal of 24 lines and 80 columns, seen from where the person sits.
class Terminal {
 public:
  /// Throws Error(could_not) when the machine has no more of them.
  explicit Terminal(Conversation conversation);

  /// The program's side, until it is closed.
  [[nodiscard]] Descriptor& program_side() noexcept { return program_side_; }
  /// To wait on until something appears.
  [[nodiscard]] int number() const noexcept { return person_side_.number(); }
  [[nodiscard]] bool shows_stdout() const noexcept { return conversation_.shows_stdout; }

  /// Reads what has appeared and types the answers that it asks for; false at the end.
  bool read_some();
  /// All that appeared, with line ends as in a file.
  [[nodiscard]] std::string transcript() const;
  [[nodiscard]] std::vector<std::string> unanswered() const;

 private:
  void answer();

  Conversation conversation_;
  Descriptor person_side_;
  Descriptor program_side_;
  std::string shown_;
  std::size_t seen_bytes_ = 0;  ///< of shown_, up to the end of the last prompt answered
  std::size_t answered_ = 0;    ///< of the conversation's answers
};

}  // namespace octroi::script
