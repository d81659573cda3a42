// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <map>
#include <string>
#include <vector>

#include "base/limits.hpp"
#include "cel/type.hpp"

namespace octroi::cel {

/// What the type variables of an expression stand for, as far as the checker knows. An attempt that
/// may fail is undone by roll_back.
///
/// A type can be exponentially larger than the expression that has it: where `m` stands for
/// map(K, V), `m[x] == x` makes both of its parameters what `x` is. So there is a limit to the
/// work; once it is met, is_spent() is true and the types mean nothing.
class Substitution {
 public:
  /// A type variable that stands for nothing yet.
  [[nodiscard]] Type fresh();

  /// A signature's type with its variables replaced: those of one letter in `names` by the same
  /// fresh ones, which are added to it.
  [[nodiscard]] Type instantiate(const Type& type, std::map<std::string, Type>& names);

  /// True when a value of one type may stand where the other is expected; type variables are bound
  /// so that it holds, or else left as they were.
  [[nodiscard]] bool unify(const Type& expected, const Type& given);

  /// The type that elements of both types have together: the more general of two that unify, else
  /// dyn.
  [[nodiscard]] Type join(const Type& left, const Type& right);

  /// The type with its variables replaced by what they stand for.
  [[nodiscard]] Type apply(const Type& type);

  /// The same, with dyn for the variables that stand for nothing.
  [[nodiscard]] Type finish(const Type& type);

  /// How many variables are bound: where to roll back to.
  [[nodiscard]] std::size_t mark() const { return trail_.size(); }
  /// Unbinds all that was bound since the mark.
  void roll_back(std::size_t mark);

  /// True when limits::k_expression_type_steps_max parts of types were looked at.
  [[nodiscard]] bool is_spent() const { return steps_left_ == 0; }

 private:
  /// Takes away a step; false when there are none left.
  bool spend();
  template <typename Replace>
  [[nodiscard]] Type rewrite(const Type& type, Replace replace);
  [[nodiscard]] bool unify_parts(const Type& expected, const Type& given);
  /// What a variable stands for, maybe another variable; another type itself.
  [[nodiscard]] const Type& find(const Type& type) const;
  bool bind(const Type& variable, const Type& type);

  std::map<std::string, Type> bound_;
  std::vector<std::string> trail_;  ///< the bound variables, in the order of binding
  std::size_t fresh_ = 0;
  std::size_t steps_left_ = limits::k_expression_type_steps_max;
};

}  // namespace octroi::cel
