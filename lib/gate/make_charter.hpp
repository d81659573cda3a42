// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <map>
#include <set>
#include <string>

#include "crypto/key.hpp"
#include "model/document.hpp"

namespace octroi::gate {

/// A charter as a few words on the command line give it.
struct CharterDraft {
  struct Member {
    crypto::PublicKey key;
    std::set<std::string> roles;
  };
  std::string board;
  std::string origin;
  std::string majority;
  int seats = 0;
  int present_min = 0;
  std::map<std::string, Member> members;  ///< by id
};

/// The charter document. Throws Error(bad_input) with every fault, as for a file.
[[nodiscard]] model::Document make_charter(const CharterDraft& draft);

}  // namespace octroi::gate
