// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <vector>

#include "cel/view.hpp"
#include "rules/facts.hpp"

namespace octroi::rules {

/// The number of the fact that the schema declares at a path ("dataset.extent"); nothing for what
/// is no fact, or lies in a list.
[[nodiscard]] std::optional<std::size_t> fact_number(const std::string& path);

/// Why a condition could not be evaluated.
struct Unanswered {
  std::string missing;  ///< the path of the fact that was needed and absent, or ""
  std::string message;
};

class FactPlaces;

/// The facts of a host that have numbers, in their order: they are the same for many requests.
[[nodiscard]] std::vector<cel::View> host_slots(const cel::View& host);

/// Facts as compiled conditions read them: by number, each looked up when it is first asked for.
/// The facts are borrowed. For one thread at a time.
class FactViews final : public cel::Slots {
 public:
  /// For rules about the whole request.
  explicit FactViews(const Facts& facts);
  /// The same facts, which are shared and must outlive this, and what rules see under the name
  /// `dataset`.
  FactViews(FactViews& of_request, const cel::View& dataset);

  /// What a fact that is absent leaves unanswered: itself, or what it would lie in where that is
  /// absent already. Made once for all facts.
  [[nodiscard]] const Unanswered& absence(std::size_t number);

 private:
  [[nodiscard]] cel::View read(std::size_t number) override;

  const FactPlaces& places_;
  const Facts& facts_;
  const cel::View* dataset_ = nullptr;
};

}  // namespace octroi::rules
