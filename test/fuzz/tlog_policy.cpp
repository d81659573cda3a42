// SPDX-License-Identifier: Apache-2.0
#include "fuzz/target.hpp"
#include "note/policy.hpp"

void octroi::fuzz::try_input(std::string_view text) {
  const note::Policy policy = note::Policy::read(text, "policy");
  const std::size_t count = policy.witnesses().size();
  require(policy.is_quorum(std::vector<bool>(count, true)), "all witnesses are a quorum");
  require(policy.is_quorum(std::vector<bool>(count, false)) == !policy.quorum().has_value(),
          "nobody is a quorum only where none is asked for");
  require((policy.quorum_name() == "none") == !policy.quorum().has_value(),
          "what the quorum is called is what it is");
}
