// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <map>
#include <string>
#include <vector>

#include "cel/type.hpp"

namespace octroi::cel {

/// What the type variables of an expression stand for, as far as the checker knows. An attempt that
/// may fail is undone by roll_back.
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
  [[nodiscard]] Type apply(const Type& type) const;

  /// The same, with dyn for the variables that stand for nothing.
  [[nodiscard]] Type finish(const Type& type) const;

  /// How many variables are bound: where to roll back to.
  [[nodiscard]] std::size_t mark() const { return trail_.size(); }
  /// Unbinds all that was bound since the mark.
  void roll_back(std::size_t mark);

 private:
  [[nodiscard]] bool unify_parts(const Type& expected, const Type& given);
  [[nodiscard]] Type find(Type type) const;
  bool bind(const Type& variable, const Type& type);

  std::map<std::string, Type> bound_;
  std::vector<std::string> trail_;  ///< the bound variables, in the order of binding
  std::size_t fresh_ = 0;
};

}  // namespace octroi::cel
