// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <map>
#include <utility>

#include "law/jurisdiction.hpp"

namespace octroi::law {
namespace {

/// Writes each step under the one that leads to it. A stack, since chains may be long; the indent
/// ends somewhere, so that the text does not grow with the square of the chain.
class TreeWriter {
 public:
  TreeWriter(const std::vector<JurisdictionStep>& steps, std::string_view language)
      : steps_(steps), language_(language), is_written_(steps.size(), false) {
    for (std::size_t at = 0; at < steps.size(); ++at) by_party_[steps[at].party].push_back(at);
  }

  std::vector<std::string> write() {
    for (std::size_t root = 0; root < steps_.size(); ++root) write_from(root);
    return std::move(lines_);
  }

 private:
  static constexpr std::size_t k_depth_max = 20;
  struct Visit {
    std::size_t step;
    std::size_t depth;
  };

  void write_from(std::size_t root) {
    to_write_ = {{root, 0}};
    while (!to_write_.empty()) {
      const Visit visit = to_write_.back();
      to_write_.pop_back();
      if (is_written_[visit.step]) continue;
      is_written_[visit.step] = true;
      const JurisdictionStep& step = steps_[visit.step];
      lines_.push_back(std::string(2 * std::min(visit.depth, k_depth_max), ' ') +
                       describe(step, language_));
      push_steps_of(step.holder, visit.depth + 1);
      for (const std::string& company : step.through) push_steps_of(company, visit.depth + 1);
    }
  }

  /// The last pushed is written first, and so stands above.
  void push_steps_of(const std::string& party, std::size_t depth) {
    const auto found = by_party_.find(party);
    if (found == by_party_.end()) return;
    for (auto at = found->second.rbegin(); at != found->second.rend(); ++at) {
      if (!is_written_[*at]) to_write_.push_back({*at, depth});
    }
  }

  const std::vector<JurisdictionStep>& steps_;
  std::string_view language_;
  std::map<std::string, std::vector<std::size_t>> by_party_;
  std::vector<bool> is_written_;
  std::vector<Visit> to_write_;
  std::vector<std::string> lines_;
};

}  // namespace

std::vector<std::string> JurisdictionAnswer::as_lines(std::string_view language) const {
  return TreeWriter(chain, language).write();
}

}  // namespace octroi::law
