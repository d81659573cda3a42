// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <memory>
#include <string>
#include <utility>
#include <variant>
#include <vector>

#include "cel/value.hpp"

namespace octroi::cel {

struct Node;
struct Function;
using NodePointer = std::unique_ptr<Node>;

struct Literal {
  Value value;
};

/// An identifier. The parser writes a leading dot into the name; the resolver takes it away, and
/// joins what it finds declared under a qualified name.
struct Name {
  std::string name;
  bool is_local = false;  ///< a macro's own variable
};

/// `operand.field`, or with is_test `has(operand.field)`.
struct Select {
  NodePointer operand;
  std::string field;
  std::size_t field_offset = 0;
  bool is_test = false;
  std::string path;  ///< from a variable to here, "" where the operand is no plain selection
  bool is_declared = false;  ///< the checker found the field in an object's declaration
};

/// A function or, under a name like `_+_`, an operator. With is_member the first argument is what
/// stands before the dot.
struct Call {
  std::string function;
  std::vector<NodePointer> arguments;
  bool is_member = false;
  const Function* implementation = nullptr;  ///< nullptr where there is none of that name
};

/// A run of `&&` or of `||`.
struct Logical {
  bool is_and = false;
  std::vector<NodePointer> operands;
};

struct Conditional {
  NodePointer condition;
  NodePointer if_true;
  NodePointer if_false;
};

struct ListForm {
  std::vector<NodePointer> elements;
};

struct MapForm {
  std::vector<std::pair<NodePointer, NodePointer>> entries;
};

struct FieldForm {
  std::string name;
  std::size_t offset = 0;
  NodePointer value;
};

/// `type_name{field: value}`.
struct ObjectForm {
  std::string type_name;
  std::vector<FieldForm> fields;
  bool is_known = false;  ///< the resolver found the type's declaration
};

enum class MacroKind { all, exists, exists_one, map, filter };

/// A macro that binds `variable` to each element of `range` (of a map: to each key).
struct Comprehension {
  MacroKind kind = MacroKind::all;
  std::string variable;
  NodePointer range;
  NodePointer condition;  ///< nullptr for `map` without a filter
  NodePointer transform;  ///< of `map` alone
};

/// One node of the tree. `depth` counts the levels below and with it.
struct Node {
  std::variant<Literal, Name, Select, Call, Logical, Conditional, ListForm, MapForm, ObjectForm,
               Comprehension>
      form;
  std::size_t offset = 0;
  std::size_t depth = 1;
};

/// The qualified name that a chain of selections spells, "a.b.c", or "" where the node is none.
[[nodiscard]] std::string qualified_name(const Node& node);

/// Calls `visit` with every direct child of a node, from left to right. The node may be const.
template <typename AnyNode, typename Visit>
void for_each_child(AnyNode& node, Visit visit);

namespace children {

template <typename Visit>
struct Visitor {
  Visit& visit;

  void one(const NodePointer& child) const {
    if (child) visit(*child);
  }
  void all(const std::vector<NodePointer>& list) const {
    for (const NodePointer& child : list) one(child);
  }
  void operator()(const Literal&) const {}
  void operator()(const Name&) const {}
  void operator()(const Select& form) const { one(form.operand); }
  void operator()(const Call& form) const { all(form.arguments); }
  void operator()(const Logical& form) const { all(form.operands); }
  void operator()(const Conditional& form) const {
    one(form.condition);
    one(form.if_true);
    one(form.if_false);
  }
  void operator()(const ListForm& form) const { all(form.elements); }
  void operator()(const MapForm& form) const {
    for (const auto& [key, value] : form.entries) {
      one(key);
      one(value);
    }
  }
  void operator()(const ObjectForm& form) const {
    for (const FieldForm& field : form.fields) one(field.value);
  }
  void operator()(const Comprehension& form) const {
    one(form.range);
    one(form.condition);
    one(form.transform);
  }
};

}  // namespace children

template <typename AnyNode, typename Visit>
void for_each_child(AnyNode& node, Visit visit) {
  std::visit(children::Visitor<Visit>{visit}, node.form);
}

}  // namespace octroi::cel
