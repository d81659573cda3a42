// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <vector>

#include "crypto/key.hpp"
#include "model/document.hpp"

namespace octroi::gate {

/// A charter in its parts, for whoever has no charter file.
struct CharterDraft {
  struct Member {
    std::string id;
    crypto::PublicKey key;
    std::vector<std::string> roles;  ///< "secretary", "researcher", "auditor"
  };
  std::string board;
  std::string origin;
  std::string majority;  ///< as the charter writes it: "two-thirds"
  int seats = 0;
  int present_min = 0;
  bool requires_status = false;  ///< tokens count only with a fresh status list
  bool requires_proof = false;   ///< tokens count only with the proof of their issue
  int endorsements = 0;          ///< of a release, before it is issued
  std::vector<Member> members;
};

/// The draft as a document. Throws Error(bad_input) with every fault.
[[nodiscard]] model::Document make_charter(const CharterDraft& draft);

/// The ids of the members that a charter makes secretaries: who can found its board.
[[nodiscard]] std::vector<std::string> secretaries_of(const model::Document& charter);

}  // namespace octroi::gate
