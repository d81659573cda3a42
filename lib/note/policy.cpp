// SPDX-License-Identifier: Apache-2.0
#include "note/policy.hpp"

#include <algorithm>

#include "base/error.hpp"

namespace octroi::note {

Policy Policy::of_log(const VerifierKey& log) {
  if (log.type() != KeyType::ed25519) broken_invariant("a log signs as a log");
  Policy policy;
  policy.logs_.push_back({log, ""});
  return policy;
}

bool Policy::is_quorum(const std::vector<bool>& has_cosigned) const {
  if (has_cosigned.size() != witnesses_.size()) broken_invariant("one mark for each witness");
  if (!quorum_) return true;
  std::vector<bool> groups;
  const auto is_member_met = [&](const Member& member) -> bool {
    return member.is_group ? groups.at(member.place) : has_cosigned.at(member.place);
  };
  // Each group's members come before it, so that one pass is enough.
  for (const Group& group : groups_) {
    const auto met = std::count_if(group.members.begin(), group.members.end(), is_member_met);
    groups.push_back(static_cast<std::size_t>(met) >= group.threshold);
  }
  return is_member_met(*quorum_);
}

}  // namespace octroi::note
