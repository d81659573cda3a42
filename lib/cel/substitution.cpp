// SPDX-License-Identifier: Apache-2.0
#include "cel/substitution.hpp"

#include <algorithm>
#include <utility>
#include <vector>

#include <fmt/format.h>

namespace octroi::cel {
namespace {

/// The same type around other parameters.
Type with_parameters(const Type& type, std::vector<Type> parameters) {
  if (type.kind() == TypeKind::list) return Type::list(std::move(parameters[0]));
  if (type.kind() == TypeKind::map) {
    return Type::map(std::move(parameters[0]), std::move(parameters[1]));
  }
  return parameters.empty() ? type : Type::type_of(std::move(parameters[0]));
}

bool occurs(const Type& variable, const Type& type) {
  return type == variable ||
         std::any_of(type.parameters().begin(), type.parameters().end(),
                     [&](const Type& parameter) { return occurs(variable, parameter); });
}

bool is_anything(const Type& type) {
  return type.kind() == TypeKind::dyn || type.kind() == TypeKind::error;
}

/// Types that may be null: objects, and what stands for an object in protocol buffers.
bool may_be_null(const Type& type) {
  return type.kind() == TypeKind::object || type.kind() == TypeKind::timestamp ||
         type.kind() == TypeKind::duration;
}

bool is_null(const Type& type) {
  return type.kind() == TypeKind::null;
}

/// True when `left` says less than `right`, which it unifies with.
bool is_more_general(const Type& left, const Type& right) {
  if (is_anything(left)) return true;
  if (is_null(right) || left.parameters().size() != right.parameters().size())
    return !is_null(left);
  for (std::size_t i = 0; i < left.parameters().size(); ++i) {
    if (!is_anything(right.parameters()[i]) &&
        is_more_general(left.parameters()[i], right.parameters()[i])) {
      return true;
    }
  }
  return false;
}

}  // namespace

bool Substitution::spend() {
  if (steps_left_ > 0) --steps_left_;
  return steps_left_ > 0;
}

/// Replaces the type variables in a type by what `replace` gives for each.
template <typename Replace>
Type Substitution::rewrite(const Type& type, Replace replace) {
  if (!spend()) return TypeKind::dyn;
  if (type.kind() == TypeKind::parameter) return replace(type);
  std::vector<Type> parameters;
  for (const Type& parameter : type.parameters()) parameters.push_back(rewrite(parameter, replace));
  return with_parameters(type, std::move(parameters));
}

Type Substitution::fresh() {
  return Type::parameter(fmt::format("_{}", ++fresh_));
}

Type Substitution::instantiate(const Type& type, std::map<std::string, Type>& names) {
  return rewrite(type, [&](const Type& variable) {
    const auto found = names.find(variable.name());
    return found != names.end() ? found->second
                                : names.emplace(variable.name(), fresh()).first->second;
  });
}

const Type& Substitution::find(const Type& type) const {
  const Type* result = &type;
  while (result->kind() == TypeKind::parameter) {
    const auto found = bound_.find(result->name());
    if (found == bound_.end()) break;
    result = &found->second;
  }
  return *result;
}

bool Substitution::bind(const Type& variable, const Type& type) {
  if (occurs(variable, apply(type))) return false;
  bound_.insert_or_assign(variable.name(), type);
  trail_.push_back(variable.name());
  return true;
}

void Substitution::roll_back(std::size_t mark) {
  for (; trail_.size() > mark; trail_.pop_back()) bound_.erase(trail_.back());
}

bool Substitution::unify(const Type& expected, const Type& given) {
  const std::size_t before = mark();
  if (unify_parts(expected, given)) return true;
  roll_back(before);
  return false;
}

bool Substitution::unify_parts(const Type& expected, const Type& given) {
  // What find() refers to stays where it is: a roll back erases only what was bound later.
  const Type& left = find(expected);
  const Type& right = find(given);
  if (!spend()) return true;
  if (left.kind() == TypeKind::parameter) return left == right || bind(left, right);
  if (right.kind() == TypeKind::parameter) return bind(right, left);
  if (is_anything(left) || is_anything(right)) return true;
  if (is_null(left) && is_null(right)) return true;
  if (is_null(left) || is_null(right)) return may_be_null(left) || may_be_null(right);
  if (left.kind() != right.kind() || left.name() != right.name()) return false;
  if (left.kind() == TypeKind::type) return true;
  return std::equal(left.parameters().begin(), left.parameters().end(), right.parameters().begin(),
                    right.parameters().end(),
                    [this](const Type& a, const Type& b) { return unify(a, b); });
}

Type Substitution::join(const Type& left, const Type& right) {
  if (!unify(left, right)) return TypeKind::dyn;
  const Type a = apply(left);
  const Type b = apply(right);
  return is_null(a) || is_more_general(b, a) ? b : a;
}

Type Substitution::apply(const Type& type) {
  return rewrite(type, [this](const Type& variable) {
    const Type& found = find(variable);
    return found == variable ? found : apply(found);
  });
}

Type Substitution::finish(const Type& type) {
  return rewrite(apply(type), [](const Type&) { return Type(TypeKind::dyn); });
}

}  // namespace octroi::cel
