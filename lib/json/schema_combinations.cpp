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

/// Checks the alternatives, those last that are refused at a glance: their faults are put into
/// words only when they may have to be reported.
class Alternatives {
 public:
  Alternatives(const std::vector<const Node*>& nodes, const Place& place)
      : nodes_(nodes), place_(place), branches_(nodes.size()) {
    for (std::size_t at = 0; at < nodes_.size(); ++at) {
      if (!is_refused_at_a_glance(*nodes_[at], place_)) check_one_of_them(at);
    }
  }

  [[nodiscard]] std::size_t fitting() const { return fitting_; }

  /// Those that do not fit, in the order of the schema.
  std::vector<Branch> failing() && {
    for (std::size_t at = 0; at < nodes_.size(); ++at) {
      if (!branches_[at]) check_one_of_them(at);
    }
    std::vector<Branch> result;
    for (std::optional<Branch>& branch : branches_) {
      if (!branch->mismatches.empty()) result.push_back(std::move(*branch));
    }
    return result;
  }

 private:
  void check_one_of_them(std::size_t at) {
    check(*nodes_[at], place_, branches_[at].emplace().mismatches);
    if (branches_[at]->mismatches.empty()) ++fitting_;
  }

  const std::vector<const Node*>& nodes_;
  const Place& place_;
  std::vector<std::optional<Branch>> branches_;  ///< of those that were checked
  std::size_t fitting_ = 0;
};

void check_any(const std::vector<const Node*>& nodes, const Place& place, Mismatches& out) {
  if (nodes.empty()) return;
  Alternatives alternatives(nodes, place);
  if (alternatives.fitting() > 0) return;
  report_nearest(std::move(alternatives).failing(), place, out);
}

void check_one(const std::vector<const Node*>& nodes, const Place& place, Mismatches& out) {
  if (nodes.empty()) return;
  Alternatives alternatives(nodes, place);
  const std::size_t fitting = alternatives.fitting();
  if (fitting == 1) return;
  if (fitting == 0) return report_nearest(std::move(alternatives).failing(), place, out);
  std::vector<std::string> phrases;
  for (const Node* node : nodes) phrases.push_back(in_words(*node));
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
