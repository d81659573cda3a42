// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <string>

#include "gate/sample_board.hpp"

namespace octroi::gate::sample {

/// A board that has seen everything: no table of its registry is empty. Tokens that were revoked
/// and suspended, a published status list, endorsements, an erasure, keys that followed others,
/// second versions, checkpoints of which one is cosigned.
class RichBoard : public Board {
 public:
  RichBoard();

 private:
  void add_catalogue();
  void release(const std::function<void(json::Value&)>& change);
  void change_keys();
  void sign_heads();
};

/// A moment after all that happens on a rich board.
[[nodiscard]] Instant rich_now();

/// The bytes of a rich board's file, made once.
[[nodiscard]] const std::string& rich_file();

/// What an audit said: the first fault, or the error that it ended with; nothing where it is sound.
/// Any other exception or error (but damaged and bad_input) is let through, to fail the test.
[[nodiscard]] std::optional<std::string> found_in(Database& database);

}  // namespace octroi::gate::sample
