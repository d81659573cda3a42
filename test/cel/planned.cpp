// SPDX-License-Identifier: Apache-2.0
#include "cel/planned.hpp"

#include "catch.hpp"

namespace octroi::cel::sample {
namespace {

/// Facts under the paths that a program reads, as its bindings have them.
class BoundSlots final : public Slots {
 public:
  BoundSlots(const std::vector<std::string>& paths, const Bindings& bindings)
      : Slots(paths.size()), paths_(paths), bindings_(bindings) {}

 private:
  View read(std::size_t number) override {
    const Value* found = find(paths_[number]);
    return found == nullptr ? View::none() : room_.lay_out(*found);
  }
  /// The longest name that is bound, then field by field.
  [[nodiscard]] const Value* find(const std::string& path) const {
    std::size_t end = path.size();
    while (!bindings_.contains(path.substr(0, end))) {
      end = end == 0 ? std::string::npos : path.rfind('.', end - 1);
      if (end == std::string::npos) return nullptr;
    }
    const Value* value = &bindings_.find(path.substr(0, end))->second;
    while (value != nullptr && end < path.size()) {
      const std::size_t next = std::min(path.find('.', end + 1), path.size());
      value = value->find_field(path.substr(end + 1, next - end - 1));
      end = next;
    }
    return value;
  }

  const std::vector<std::string>& paths_;
  const Bindings& bindings_;
  ViewRoom room_;
};

}  // namespace

Decision planned(const Program& program, const Bindings& bindings, Allowance* allowance) {
  std::vector<std::string> paths;
  const Plan plan = program.plan([&paths](const std::string& path) {
    paths.push_back(path);
    return std::optional(paths.size() - 1);
  });
  BoundSlots slots(paths, bindings);
  return plan.decide(slots, allowance).decision;
}

bool agrees(Decision decision, const Evaluated& result) {
  const auto* value = std::get_if<Value>(&result);
  if (decision == Decision::unclear) return true;
  if (decision == Decision::error) return value == nullptr;
  return value != nullptr && value->kind() == TypeKind::boolean &&
         value->as_boolean() == (decision == Decision::yes);
}

Evaluated evaluated(const Program& program, const Bindings& bindings) {
  Evaluated result = program.evaluate(bindings);
  if (!agrees(planned(program, bindings), result)) FAIL_CHECK("the compiled form says otherwise");
  return result;
}

}  // namespace octroi::cel::sample
