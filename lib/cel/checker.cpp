// SPDX-License-Identifier: Apache-2.0
#include "cel/checker.hpp"

#include <algorithm>
#include <optional>
#include <string>

#include <fmt/format.h>

#include "base/limits.hpp"
#include "base/safe_text.hpp"
#include "cel/function.hpp"
#include "cel/substitution.hpp"

namespace octroi::cel {
namespace {

/// "; did you mean "x"?", or nothing when no candidate is near.
template <typename Names>
std::string hint(std::string_view wrong, const Names& candidates) {
  const std::string_view near = nearest(wrong, candidates);
  return near.empty() ? std::string() : fmt::format("; did you mean {}?", in_quotes(near));
}

std::vector<std::string_view> names_of(const Environment::Fields& fields) {
  std::vector<std::string_view> result;
  for (const auto& [name, type] : fields) result.push_back(name);
  return result;
}

/// The sign of an operator, or the name of a function.
std::string shown_name(const Call& call) {
  std::string result = call.function;
  std::erase_if(result, [](char c) { return c == '_' || c == '@'; });
  return result.empty() || call.implementation == nullptr || call.is_member ? call.function
                                                                            : result;
}

class Checker {
 public:
  Checker(std::string_view source, const Environment& environment)
      : source_(source), environment_(environment) {}

  Checked run(Node& root) {
    Type type = substitution_.finish(visit(root));
    if (substitution_.is_spent()) return too_large();
    std::stable_sort(problems_.begin(), problems_.end(),
                     [](const Problem& a, const Problem& b) { return a.offset < b.offset; });
    return {std::move(type), std::move(problems_)};
  }

 private:
  struct Local {
    std::string name;
    Type type;
  };

  Type visit(Node& node) {
    return std::visit([&](auto& form) { return substitution_.apply(check(form, node.offset)); },
                      node.form);
  }
  Type check(Literal& form, std::size_t offset);
  Type check(Name& form, std::size_t offset);
  Type check(Select& form, std::size_t offset);
  Type check(Call& form, std::size_t offset);
  Type check(Logical& form, std::size_t offset);
  Type check(Conditional& form, std::size_t offset);
  Type check(ListForm& form, std::size_t offset);
  Type check(MapForm& form, std::size_t offset);
  Type check(ObjectForm& form, std::size_t offset);
  Type check(Comprehension& form, std::size_t offset);

  Type field_of(const Type& object, Select& form);
  Type no_function(const Call& form, std::size_t offset);
  std::optional<Type> result_of(const Call& form, const std::vector<Type>& arguments);
  std::optional<Type> try_overload(const Overload& overload, const std::vector<Type>& arguments);
  Type element_of(const Type& range, std::size_t offset);
  void require(const Type& expected, Node& node, std::string_view where);
  void require_key(const Type& type, std::size_t offset);
  Type fail(std::size_t offset, std::string message) {
    problems_.push_back(problem_at(source_, offset, std::move(message)));
    return TypeKind::error;
  }
  [[nodiscard]] Checked too_large() const {
    return {TypeKind::error,
            {problem_at(source_, 0,
                        fmt::format("expected types that are checked in at most {} steps "
                                    "(expression type limit)",
                                    limits::k_expression_type_steps_max))}};
  }
  [[nodiscard]] std::string shown(const Type& type) {
    return to_string(substitution_.finish(type));
  }

  std::string_view source_;
  const Environment& environment_;
  Substitution substitution_;
  std::vector<Local> locals_;
  std::vector<Problem> problems_;
};

Type Checker::check(Literal& form, std::size_t) {
  if (form.value.kind() != TypeKind::type) return form.value.type();
  const Type& denoted = form.value.as_type();
  if (denoted.kind() == TypeKind::list) return Type::type_of(Type::list(TypeKind::dyn));
  if (denoted.kind() == TypeKind::map) {
    return Type::type_of(Type::map(TypeKind::dyn, TypeKind::dyn));
  }
  return Type::type_of(denoted);
}

Type Checker::check(Name& form, std::size_t offset) {
  if (form.is_local) {
    for (auto local = locals_.rbegin(); local != locals_.rend(); ++local) {
      if (local->name == form.name) return local->type;
    }
  }
  if (const Type* type = environment_.find_variable(form.name)) return *type;
  std::vector<std::string_view> known;
  for (const auto& [name, type] : environment_.variables()) known.push_back(name);
  for (const Local& local : locals_) known.push_back(local.name);
  return fail(offset, fmt::format("undeclared reference to {}{}", in_quotes(form.name),
                                  hint(form.name, known)));
}

Type Checker::field_of(const Type& object, Select& form) {
  const Environment::Fields* fields = environment_.find_object(object.name());
  if (fields == nullptr) return TypeKind::dyn;
  const auto found = fields->find(form.field);
  if (found == fields->end()) {
    return fail(form.field_offset, fmt::format("no field {} in {}{}", in_quotes(form.field),
                                               object.name(), hint(form.field, names_of(*fields))));
  }
  form.is_declared = true;
  return found->second;
}

Type Checker::check(Select& form, std::size_t) {
  const Type operand = visit(*form.operand);
  Type result = TypeKind::dyn;
  if (operand.kind() == TypeKind::object) {
    result = field_of(operand, form);
  } else if (operand.kind() == TypeKind::map &&
             substitution_.unify(operand.parameters()[0], TypeKind::string)) {
    result = operand.element();
  } else if (operand.kind() != TypeKind::dyn && operand.kind() != TypeKind::error &&
             operand.kind() != TypeKind::parameter) {
    return fail(form.field_offset,
                fmt::format("expected an object or map before the field {}, got {}",
                            in_quotes(form.field), shown(operand)));
  } else {
    result = operand.kind() == TypeKind::error ? operand : Type(TypeKind::dyn);
  }
  return form.is_test && result.kind() != TypeKind::error ? Type(TypeKind::boolean) : result;
}

Type Checker::no_function(const Call& form, std::size_t offset) {
  const std::vector<std::string_view> known = function_names(form.is_member);
  const std::size_t given = form.arguments.size() - (form.is_member ? 1 : 0);
  if (std::find(known.begin(), known.end(), form.function) != known.end()) {
    return fail(offset, fmt::format("function {} does not take {} argument{}",
                                    in_quotes(form.function), given, given == 1 ? "" : "s"));
  }
  return fail(offset, fmt::format("undeclared function {}{}", in_quotes(form.function),
                                  hint(form.function, known)));
}

/// The overload's result for the arguments, with what they bind; nothing where they do not fit.
std::optional<Type> Checker::try_overload(const Overload& overload,
                                          const std::vector<Type>& arguments) {
  std::map<std::string, Type> names;
  for (std::size_t i = 0; i < arguments.size(); ++i) {
    const Type expected = substitution_.instantiate(overload.arguments[i], names);
    if (!substitution_.unify(expected, arguments[i])) return std::nullopt;
  }
  return substitution_.apply(substitution_.instantiate(overload.result, names));
}

/// The result of the overloads that fit: of several with different results, dyn. What the first of
/// them binds stays bound.
std::optional<Type> Checker::result_of(const Call& form, const std::vector<Type>& arguments) {
  const std::size_t before = substitution_.mark();
  const Overload* chosen = nullptr;
  std::optional<Type> result;
  for (const Overload& overload : form.implementation->overloads) {
    const std::optional<Type> type = try_overload(overload, arguments);
    substitution_.roll_back(before);
    if (!type) continue;
    if (chosen == nullptr) {
      chosen = &overload;
      result = type;
    } else if (*result != *type) {
      result = TypeKind::dyn;
    }
  }
  if (chosen == nullptr) return std::nullopt;
  const std::optional<Type> bound = try_overload(*chosen, arguments);
  return result->kind() == TypeKind::dyn ? result : bound;
}

Type Checker::check(Call& form, std::size_t offset) {
  std::vector<Type> arguments;
  bool is_wrong = false;
  for (const NodePointer& argument : form.arguments) {
    arguments.push_back(visit(*argument));
    is_wrong = is_wrong || arguments.back().kind() == TypeKind::error;
  }
  if (form.implementation == nullptr) return no_function(form, offset);
  if (is_wrong) return TypeKind::error;
  if (const std::optional<Type> result = result_of(form, arguments)) return *result;
  std::string types;
  for (const Type& type : arguments) types += (types.empty() ? "" : ", ") + shown(type);
  return fail(offset, fmt::format("no such overload: {}({})", shown_name(form), types));
}

void Checker::require(const Type& expected, Node& node, std::string_view where) {
  const Type type = visit(node);
  if (substitution_.unify(expected, type)) return;
  fail(node.offset, fmt::format("expected {} {}, got {}", shown(expected), where, shown(type)));
}

Type Checker::check(Logical& form, std::size_t) {
  const std::string where = form.is_and ? "around &&" : "around ||";
  for (const NodePointer& operand : form.operands) require(TypeKind::boolean, *operand, where);
  return TypeKind::boolean;
}

Type Checker::check(Conditional& form, std::size_t offset) {
  require(TypeKind::boolean, *form.condition, "before ?");
  const Type left = visit(*form.if_true);
  const Type right = visit(*form.if_false);
  if (substitution_.unify(left, right)) return substitution_.join(left, right);
  return fail(offset, fmt::format("expected one type on both sides of :, got {} and {}",
                                  shown(left), shown(right)));
}

Type Checker::check(ListForm& form, std::size_t) {
  std::optional<Type> element;
  for (const NodePointer& node : form.elements) {
    const Type type = visit(*node);
    element = element ? substitution_.join(*element, type) : type;
  }
  return Type::list(element ? *element : substitution_.fresh());
}

void Checker::require_key(const Type& type, std::size_t offset) {
  constexpr TypeKind k_allowed[] = {TypeKind::dyn,
                                    TypeKind::error,
                                    TypeKind::boolean,
                                    TypeKind::integer,
                                    TypeKind::unsigned_integer,
                                    TypeKind::string,
                                    TypeKind::parameter};
  if (std::find(std::begin(k_allowed), std::end(k_allowed), type.kind()) != std::end(k_allowed)) {
    return;
  }
  fail(offset,
       fmt::format("expected a key of type bool, int, uint or string, got {}", shown(type)));
}

Type Checker::check(MapForm& form, std::size_t) {
  std::optional<Type> key;
  std::optional<Type> value;
  for (const auto& [key_node, value_node] : form.entries) {
    const Type key_type = visit(*key_node);
    require_key(key_type, key_node->offset);
    key = key ? substitution_.join(*key, key_type) : key_type;
    const Type value_type = visit(*value_node);
    value = value ? substitution_.join(*value, value_type) : value_type;
  }
  if (!key) return Type::map(substitution_.fresh(), substitution_.fresh());
  return Type::map(*key, *value);
}

Type Checker::check(ObjectForm& form, std::size_t offset) {
  const Environment::Fields* fields = environment_.find_object(form.type_name);
  if (fields == nullptr) {
    return fail(offset, fmt::format("undeclared type {}", in_quotes(form.type_name)));
  }
  for (FieldForm& field : form.fields) {
    const auto found = fields->find(field.name);
    if (found == fields->end()) {
      fail(field.offset, fmt::format("no field {} in {}{}", in_quotes(field.name), form.type_name,
                                     hint(field.name, names_of(*fields))));
    } else {
      require(found->second, *field.value, fmt::format("for the field {}", in_quotes(field.name)));
    }
  }
  return Type::object(form.type_name);
}

Type Checker::element_of(const Type& range, std::size_t offset) {
  if (range.kind() == TypeKind::list || range.kind() == TypeKind::map) {
    return range.parameters()[0];
  }
  if (range.kind() == TypeKind::dyn || range.kind() == TypeKind::parameter ||
      range.kind() == TypeKind::error) {
    return range.kind() == TypeKind::error ? range : Type(TypeKind::dyn);
  }
  return fail(offset, fmt::format("expected a list or map to go through, got {}", shown(range)));
}

Type Checker::check(Comprehension& form, std::size_t) {
  const Type element = element_of(visit(*form.range), form.range->offset);
  locals_.push_back({form.variable, element});
  if (form.condition) require(TypeKind::boolean, *form.condition, "for each element");
  Type result = TypeKind::boolean;
  if (form.kind == MacroKind::filter) result = Type::list(element);
  if (form.kind == MacroKind::map) result = Type::list(visit(*form.transform));
  locals_.pop_back();
  return result;
}

}  // namespace

Checked check(Node& root, std::string_view source, const Environment& environment) {
  return Checker(source, environment).run(root);
}

}  // namespace octroi::cel
