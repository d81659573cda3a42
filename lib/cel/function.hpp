// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <initializer_list>
#include <map>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/limits.hpp"
#include "cel/evaluated.hpp"
#include "cel/type.hpp"
#include "cel/value.hpp"

namespace octroi::cel {

/// How much one evaluation may still do.
class Budget {
 public:
  explicit Budget(std::size_t steps = limits::k_expression_steps_max) : left_(steps) {}

  /// Takes away steps; false when they are used up, and from then on.
  bool spend(std::size_t steps) {
    left_ = steps < left_ ? left_ - steps : 0;
    return left_ > 0;
  }
  [[nodiscard]] bool is_spent() const { return left_ == 0; }
  [[nodiscard]] std::size_t left() const { return left_; }

 private:
  std::size_t left_;
};

/// Steps that it costs to look at so many bytes.
[[nodiscard]] constexpr std::size_t steps_for_bytes(std::size_t bytes) {
  return 1 + bytes / 64;
}

/// Steps that it costs to compare a value with another, without its elements: more than one for a
/// long text or bytes.
[[nodiscard]] std::size_t steps_for(const Value& value);

/// Regular expressions that one evaluation has compiled. See builtins_patterns.cpp.
class PatternCache;

/// What a function may use besides its arguments. One per evaluation.
struct Context {
  Context();
  ~Context();
  Context(const Context&) = delete;
  Context& operator=(const Context&) = delete;

  Budget budget;
  std::unique_ptr<PatternCache> patterns;  ///< made by the first that is compiled
};

using Arguments = std::span<const Value>;

/// Gives the value for arguments whose number is right and whose types are any.
using Implementation = Evaluated (*)(Arguments arguments, Context& context);

/// One way to call a function, as the checker sees it.
struct Overload {
  std::vector<Type> arguments;
  Type result;
};

/// What one name does when it is called with that many arguments in that style. Operators have
/// names like `_+_`, `!_`, `_[_]` and `@in`.
struct Function {
  std::string name;
  bool is_member = false;  ///< called as a.f(b), where a is the first argument
  Implementation call = nullptr;
  std::vector<Overload> overloads;

  [[nodiscard]] std::size_t arity() const { return overloads.front().arguments.size(); }
};

/// A function called as f(a, b), with overloads written as in "list(A), list(A) -> list(A)".
[[nodiscard]] Function global(std::string name, Implementation call,
                              std::initializer_list<std::string_view> overloads);
/// The same, called as a.f(b).
[[nodiscard]] Function member(std::string name, Implementation call,
                              std::initializer_list<std::string_view> overloads);

/// The standard function of that name, style and number of arguments, or nullptr.
/// Source: cel-spec, doc/langdef.md, "List of Standard Definitions".
[[nodiscard]] const Function* find_function(std::string_view name, bool is_member,
                                            std::size_t arity);

/// The names of all functions of a style that are no operators, for hints.
[[nodiscard]] std::vector<std::string_view> function_names(bool is_member);

/// The error of a call that no overload fits: "no such overload: _+_(int, string)".
[[nodiscard]] Evaluated no_such_overload(std::string_view function, Arguments arguments);

}  // namespace octroi::cel
