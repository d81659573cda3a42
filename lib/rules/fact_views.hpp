// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <optional>
#include <string>

#include "cel/view.hpp"
#include "json/value.hpp"

namespace octroi::rules {

/// The number of the fact that the schema declares at a path ("dataset.extent"); nothing for what
/// is no fact, or lies in a list.
[[nodiscard]] std::optional<std::size_t> fact_number(const std::string& path);

/// Facts as compiled conditions read them: by number, each looked up and made a view when it is
/// first asked for. The facts are borrowed. For one thread at a time.
class FactViews final : public cel::Slots {
 public:
  /// For rules about the whole request.
  explicit FactViews(const json::Value& facts);
  /// The same facts, which are shared, and what rules see under the name `dataset`.
  FactViews(FactViews& of_request, const json::Value& dataset);

  /// The path of a fact that is absent, or of what it would lie in where that is absent already.
  [[nodiscard]] const std::string& absent_path(std::size_t number);

 private:
  [[nodiscard]] cel::View read(std::size_t number) override;

  const json::Value& facts_;
  FactViews* of_request_ = nullptr;
  const json::Value* dataset_ = nullptr;
  cel::ViewRoom room_;
};

}  // namespace octroi::rules
