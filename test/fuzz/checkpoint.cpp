// SPDX-License-Identifier: Apache-2.0
#include "note/checkpoint.hpp"

#include "fuzz/target.hpp"
#include "note/add_checkpoint.hpp"

void octroi::fuzz::try_input(std::string_view text) {
  const auto alone = note::parse_checkpoint(text);
  if (const auto* checkpoint = std::get_if<note::Checkpoint>(&alone)) {
    require(note::format(*checkpoint) == text, "a checkpoint comes back byte for byte");
  }
  const auto read = note::parse_signed_checkpoint(text);
  if (const auto* checkpoint = std::get_if<note::SignedCheckpoint>(&read)) {
    require(note::format(checkpoint->note) == text, "a signed one comes back byte for byte");
    require(note::format(checkpoint->checkpoint) == checkpoint->note.text,
            "its content is what was signed");
  }
  const auto request = note::parse_add_checkpoint(text);
  if (const auto* growth = std::get_if<note::AddCheckpoint>(&request)) {
    require(note::format(*growth) == text, "a request comes back byte for byte");
  }
}
