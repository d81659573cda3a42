// SPDX-License-Identifier: Apache-2.0
#include "cel/resolver.hpp"

#include <array>
#include <optional>
#include <set>
#include <string_view>

#include "cel/function.hpp"

namespace octroi::cel {
namespace {

constexpr std::array k_named_kinds = {
    TypeKind::null,     TypeKind::boolean, TypeKind::integer,   TypeKind::unsigned_integer,
    TypeKind::floating, TypeKind::string,  TypeKind::bytes,     TypeKind::list,
    TypeKind::map,      TypeKind::type,    TypeKind::timestamp, TypeKind::duration};

std::optional<Type> find_type(std::string_view name, const Environment& environment) {
  for (const TypeKind kind : k_named_kinds) {
    if (runtime_name(kind) == name) return Type(kind);
  }
  if (environment.find_object(name) != nullptr) return Type::object(std::string(name));
  return std::nullopt;
}

class Resolver {
 public:
  explicit Resolver(const Environment& environment) : environment_(environment) {}

  void visit(Node& node) {
    if (std::holds_alternative<Name>(node.form) || std::holds_alternative<Select>(node.form)) {
      visit_chain(node);
    } else if (auto* comprehension = std::get_if<Comprehension>(&node.form)) {
      visit_comprehension(*comprehension);
    } else {
      if (auto* call = std::get_if<Call>(&node.form)) find_implementation(*call);
      if (auto* object = std::get_if<ObjectForm>(&node.form)) find_declaration(*object);
      for_each_child(node, [this](Node& child) { visit(child); });
    }
  }

 private:
  /// A macro's variable, and the path of what it runs over.
  struct Local {
    std::string name;
    std::string path;
  };

  void visit_chain(Node& node);
  void visit_comprehension(Comprehension& form);
  bool replace_declared(Node& node, const std::string& name);
  [[nodiscard]] const Local* find_local(std::string_view name) const;
  [[nodiscard]] std::string path_of(const Node& node) const;
  void find_declaration(ObjectForm& form) const;
  static void find_implementation(Call& call) {
    // A leading dot says that the name is no container's; functions are none of any.
    if (!call.is_member && call.function.starts_with('.')) call.function.erase(0, 1);
    call.implementation = find_function(call.function, call.is_member, call.arguments.size());
  }

  const Environment& environment_;
  std::vector<Local> locals_;
};

const Resolver::Local* Resolver::find_local(std::string_view name) const {
  for (auto local = locals_.rbegin(); local != locals_.rend(); ++local) {
    if (local->name == name) return &*local;
  }
  return nullptr;
}

/// Turns a chain into the variable or type that is declared under its name.
bool Resolver::replace_declared(Node& node, const std::string& name) {
  for (std::string& candidate : environment_.candidates(name)) {
    if (environment_.find_variable(candidate) != nullptr) {
      node.form = Name{std::move(candidate), false};
      return true;
    }
    if (const std::optional<Type> type = find_type(candidate, environment_)) {
      node.form = Literal{Value(*type)};
      return true;
    }
  }
  return false;
}

void Resolver::visit_chain(Node& node) {
  const std::string name = qualified_name(node);
  const bool is_local = find_local(std::string_view(name).substr(0, name.find('.'))) != nullptr;
  if (!name.empty() && !is_local && replace_declared(node, name)) return;
  if (auto* simple = std::get_if<Name>(&node.form)) {
    simple->is_local = is_local;
    if (simple->name.starts_with('.')) simple->name.erase(0, 1);
    return;
  }
  auto& select = std::get<Select>(node.form);
  visit(*select.operand);
  const std::string before = path_of(*select.operand);
  if (!before.empty()) select.path = before + "." + select.field;
}

void Resolver::visit_comprehension(Comprehension& form) {
  visit(*form.range);
  locals_.push_back({form.variable, path_of(*form.range)});
  if (form.condition) visit(*form.condition);
  if (form.transform) visit(*form.transform);
  locals_.pop_back();
}

std::string Resolver::path_of(const Node& node) const {
  if (const auto* name = std::get_if<Name>(&node.form)) {
    return name->is_local ? find_local(name->name)->path : name->name;
  }
  if (const auto* select = std::get_if<Select>(&node.form)) {
    return select->is_test ? std::string() : select->path;
  }
  const auto* call = std::get_if<Call>(&node.form);
  if (call != nullptr && call->function == "_[_]") return path_of(*call->arguments[0]);
  const auto* comprehension = std::get_if<Comprehension>(&node.form);
  const bool is_filter = comprehension != nullptr && comprehension->kind == MacroKind::filter;
  return is_filter ? path_of(*comprehension->range) : std::string();
}

void Resolver::find_declaration(ObjectForm& form) const {
  for (std::string& candidate : environment_.candidates(form.type_name)) {
    if (environment_.find_object(candidate) == nullptr) continue;
    form.type_name = std::move(candidate);
    form.is_known = true;
    return;
  }
}

void collect(const Node& node, std::set<std::string>& paths) {
  if (is_plain_chain(node)) {
    const auto* select = std::get_if<Select>(&node.form);
    paths.insert(select == nullptr ? std::get<Name>(node.form).name : select->path);
    return;
  }
  for_each_child(node, [&](const Node& child) { collect(child, paths); });
}

}  // namespace

void resolve(Node& root, const Environment& environment) {
  Resolver(environment).visit(root);
}

bool is_plain_chain(const Node& node) {
  if (const auto* name = std::get_if<Name>(&node.form)) return !name->is_local;
  const auto* select = std::get_if<Select>(&node.form);
  return select != nullptr && !select->path.empty() && is_plain_chain(*select->operand);
}

std::vector<std::string> references_of(const Node& root) {
  std::set<std::string> paths;
  collect(root, paths);
  return {paths.begin(), paths.end()};
}

}  // namespace octroi::cel
