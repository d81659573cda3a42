// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>

#include <algorithm>
#include <iterator>
#include <optional>

#include "json/schema_check.hpp"
#include "json/schema_words.hpp"

/// The faults of alternatives, none of which fits. Listing all faults of all of them helps nobody,
/// so they are ranked by how clearly the author meant something else, and only the nearest speak.
namespace octroi::json::draft7 {
namespace {

/// The faults of one alternative.
struct Branch {
  Mismatches mismatches;
  int distance = 0;
};

/// 2: another type; 1: a member that must be one constant is another ("kind": "…"); 0: neither.
int distance(const Mismatches& mismatches, std::size_t depth) {
  int farthest = 0;
  for (const Mismatch& mismatch : mismatches) {
    const std::size_t below = mismatch.path.size() - depth;
    if (below == 0 && mismatch.cause == Cause::kind) return 2;
    if (below == 1 && mismatch.cause == Cause::constant) farthest = 1;
  }
  return farthest;
}

std::vector<Branch> nearest_branches(std::vector<Branch> branches) {
  const auto nearer = [](const Branch& left, const Branch& right) {
    return left.distance < right.distance;
  };
  const int least = std::min_element(branches.begin(), branches.end(), nearer)->distance;
  std::erase_if(branches, [least](const Branch& branch) { return branch.distance > least; });
  return branches;
}

/// The one mismatch that tells what the alternative wanted, or nullptr when it takes several.
const Mismatch* telling(const Branch& branch, std::size_t depth) {
  if (branch.mismatches.size() == 1) return &branch.mismatches.front();
  if (branch.distance == 0) return nullptr;
  const Cause cause = branch.distance == 2 ? Cause::kind : Cause::constant;
  const std::size_t below = branch.distance == 2 ? 0 : 1;
  const auto found = std::find_if(
      branch.mismatches.begin(), branch.mismatches.end(), [=](const Mismatch& mismatch) {
        return mismatch.cause == cause && mismatch.path.size() == depth + below;
      });
  return &*found;  // INVARIANT: distance() saw it
}

/// One fault for alternatives that differ about one and the same value: "a, b or c".
std::optional<Mismatch> merged(const std::vector<Branch>& branches, std::size_t depth) {
  std::optional<Mismatch> result;
  std::vector<std::string> phrases;
  for (const Branch& branch : branches) {
    const Mismatch* mismatch = telling(branch, depth);
    if (mismatch == nullptr || (result && result->path != mismatch->path)) return std::nullopt;
    phrases.push_back(mismatch->fault.expected);
    if (!result) result = *mismatch;
  }
  result->fault.expected = either(std::move(phrases));
  return result;
}

void report_nearest(std::vector<Branch> branches, const Place& place, Mismatches& out) {
  const std::size_t depth = path_of(place).size();
  for (Branch& branch : branches) branch.distance = distance(branch.mismatches, depth);
  branches = nearest_branches(std::move(branches));
  if (branches.size() > 1) {
    if (auto mismatch = merged(branches, depth)) {
      out.push_back(std::move(*mismatch));
      return;
    }
  }
  const auto least = std::min_element(branches.begin(), branches.end(),
                                      [](const Branch& left, const Branch& right) {
                                        return left.mismatches.size() < right.mismatches.size();
                                      });
  std::move(least->mismatches.begin(), least->mismatches.end(), std::back_inserter(out));
}

/// Checks every alternative; returns those that do not fit.
std::vector<Branch> failing(const std::vector<const Node*>& alternatives, const Place& place) {
  std::vector<Branch> branches;
  for (const Node* alternative : alternatives) {
    Branch branch;
    check(*alternative, place, branch.mismatches);
    if (!branch.mismatches.empty()) branches.push_back(std::move(branch));
  }
  return branches;
}

void check_any(const std::vector<const Node*>& alternatives, const Place& place, Mismatches& out) {
  if (alternatives.empty()) return;
  std::vector<Branch> branches = failing(alternatives, place);
  if (branches.size() == alternatives.size()) report_nearest(std::move(branches), place, out);
}

void check_one(const std::vector<const Node*>& alternatives, const Place& place, Mismatches& out) {
  if (alternatives.empty()) return;
  std::vector<Branch> branches = failing(alternatives, place);
  const std::size_t fitting = alternatives.size() - branches.size();
  if (fitting == 1) return;
  if (fitting == 0) return report_nearest(std::move(branches), place, out);
  std::vector<std::string> phrases;
  for (const Node* alternative : alternatives) phrases.push_back(in_words(*alternative));
  add(out, place,
      fmt::format("exactly one of these, not {}: {}", fitting, fmt::join(phrases, "; ")));
}

void check_condition(const Node& node, const Place& place, Mismatches& out) {
  if (node.condition == nullptr) return;
  const Node* wanted = accepts(*node.condition, place) ? node.consequence : node.alternative;
  if (wanted != nullptr) check(*wanted, place, out);
}

}  // namespace

void check_combinations(const Node& node, const Place& place, Mismatches& out) {
  for (const Node* part : node.all_of) check(*part, place, out);
  check_any(node.any_of, place, out);
  check_one(node.one_of, place, out);
  if (node.excluded != nullptr && accepts(*node.excluded, place)) {
    add(out, place, "anything but " + in_words(*node.excluded));
  }
  check_condition(node, place, out);
}

}  // namespace octroi::json::draft7
