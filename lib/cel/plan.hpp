// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "cel/ast.hpp"
#include "cel/builtins.hpp"
#include "cel/view.hpp"

namespace octroi::cel {

struct Allowance;

/// The number of the slot that holds the fact at a path ("request.project.kind"), or nothing where
/// no slot does.
using Numbering = std::function<std::optional<std::size_t>(const std::string& path)>;

/// How a condition comes out.
enum class Decision {
  no,
  yes,
  error,    ///< it has no value; the tree says why
  unclear,  ///< only the tree can tell
};

/// How a condition comes out, and for an error the number of the empty slot that it is of, if it is
/// one.
struct Decided {
  Decision decision;
  std::optional<std::size_t> absent = {};
};

/// The compiled form of a condition: steps in one piece of memory, whose facts have been given
/// numbers and whose constants are ready to be compared. It knows less than the tree that it was
/// made of, and says so: it never says yes, no or error where the tree says something else.
/// Immutable; usable from any thread.
class Plan {
 public:
  Plan(const Node& root, const Numbering& numbering);

  /// With an allowance, with no more steps than are left of it: unclear where they are used up.
  [[nodiscard]] Decided decide(Slots& slots, Allowance* allowance = nullptr) const;

 private:
  friend class PlanMaker;
  friend class PlanRunner;

  enum class Source : std::uint8_t { constant, slot, local, step };

  /// What a step works on. Most operands are no steps themselves, and are had at once.
  struct Operand {
    Source source = Source::step;
    std::uint32_t number = 0;  ///< among those of its source; of a local: how many macros are
                               ///< around its own
    std::uint32_t cost = 1;    ///< in steps of the tree, without those of its own operands
  };

  enum class Operation : std::uint8_t {
    unclear,       ///< what no plan can say
    field,         ///< of the operand; number of the name
    has_field,     ///< of the operand; number of the name
    has_slot,      ///< the slot that the second is a field of, and its own
    junction,      ///< of any operands; `is_other`: `||`
    choice,        ///< of three
    macro_all,     ///< the range, the condition; number of the local
    macro_exists,  ///< the same
    macro_once,    ///< the same
    matches,       ///< of the operand; number of the pattern
    negation,      ///< from here on calls of `function`, with room for the result at `number`
    size,
    equality,    ///< `is_other`: `!=`
    less,        ///< `is_other`: `>=`
    greater,     ///< `is_other`: `<=`
    membership,  ///< `in`
    index,       ///< `[]`
    call,        ///< of any other function
  };
  struct Step {
    Operation operation = Operation::unclear;
    bool is_other = false;
    std::uint16_t operand_count = 0;
    std::uint32_t first_operand = 0;
    std::uint32_t number = 0;
    const Function* function = nullptr;
  };

  [[nodiscard]] std::span<const Operand> operands_of(const Step& step) const {
    return {operands_.data() + step.first_operand, step.operand_count};
  }

  Operand root_;
  std::vector<Step> steps_;
  std::vector<Operand> operands_;  ///< those of one step in a row
  std::vector<View> constants_;
  std::vector<std::string> names_;
  std::vector<std::unique_ptr<const builtins::Pattern>> patterns_;
  std::size_t results_ = 0;                           ///< of calls, each with room of its own
  std::vector<std::unique_ptr<const Value>> values_;  ///< that constants borrow from
  std::unique_ptr<ViewRoom> room_;
};

}  // namespace octroi::cel
