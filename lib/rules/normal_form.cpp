// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <utility>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "base/error.hpp"
#include "cel/parser.hpp"
#include "cel/resolver.hpp"
#include "rules/fact_schema.hpp"
#include "rules/proposition.hpp"

namespace octroi::rules {
namespace {

/// Writes a tree in normal form. A macro's own variable is written as the number of its macro,
/// counted from the outermost.
class NormalWriter {
 public:
  [[nodiscard]] std::string write(const cel::Node& node) {
    return std::visit([&](const auto& form) { return text(form, node); }, node.form);
  }

 private:
  using Texts = std::vector<std::string>;

  [[nodiscard]] Texts all(const std::vector<cel::NodePointer>& nodes) {
    Texts result;
    for (const cel::NodePointer& node : nodes) result.push_back(write(*node));
    return result;
  }

  /// What joins the same parts in any order, each once.
  static std::string joined(std::string_view what, Texts parts, bool is_once) {
    std::sort(parts.begin(), parts.end());
    if (is_once) parts.erase(std::unique(parts.begin(), parts.end()), parts.end());
    if (is_once && parts.size() == 1) return parts.front();
    return fmt::format("{}({})", what, fmt::join(parts, ","));
  }

  /// A text behind its length, so that no content passes for another form.
  static std::string quoted(std::string_view text) {
    return fmt::format("{}:{}", text.size(), text);
  }

  static std::string text(const cel::Literal& form, const cel::Node& node) {
    switch (form.value.kind()) {
      case cel::TypeKind::null:
        return "null";
      case cel::TypeKind::boolean:
        return form.value.as_boolean() ? "true" : "false";
      case cel::TypeKind::integer:
        return fmt::format("{}", form.value.as_integer());
      case cel::TypeKind::unsigned_integer:
        return fmt::format("{}u", form.value.as_unsigned());
      case cel::TypeKind::string:
        return quoted(form.value.as_string());
      default:
        // Equal to no other, which is never wrong.
        return fmt::format("literal@{}", static_cast<const void*>(&node));
    }
  }

  std::string text(const cel::Name& form, const cel::Node&) const {
    for (std::size_t i = variables_.size(); i > 0; --i) {
      if (variables_[i - 1] == form.name) return fmt::format("${}", i - 1);
    }
    return form.name;
  }

  std::string text(const cel::Select& form, const cel::Node&) {
    const std::string select = fmt::format("{}.{}", write(*form.operand), form.field);
    return form.is_test ? fmt::format("has({})", select) : select;
  }

  std::string text(const cel::Call& form, const cel::Node&) {
    Texts arguments = all(form.arguments);
    if (form.function == "_==_" || form.function == "_!=_") {
      return joined(form.function, std::move(arguments), false);
    }
    if (form.function == "@in") {
      if (const auto* list = std::get_if<cel::ListForm>(&form.arguments[1]->form)) {
        return fmt::format("in({},{})", arguments[0], joined("any", all(list->elements), false));
      }
    }
    return fmt::format("{}{}({})", form.is_member ? "." : "", form.function,
                       fmt::join(arguments, ","));
  }

  std::string text(const cel::Logical& form, const cel::Node&) {
    return joined(form.is_and ? "and" : "or", all(form.operands), true);
  }

  std::string text(const cel::Conditional& form, const cel::Node&) {
    return fmt::format("if({},{},{})", write(*form.condition), write(*form.if_true),
                       write(*form.if_false));
  }

  std::string text(const cel::ListForm& form, const cel::Node&) {
    return fmt::format("[{}]", fmt::join(all(form.elements), ","));
  }

  std::string text(const cel::MapForm& form, const cel::Node&) {
    Texts entries;
    for (const auto& [key, value] : form.entries) {
      entries.push_back(fmt::format("{}:{}", write(*key), write(*value)));
    }
    return fmt::format("{{{}}}", fmt::join(entries, ","));
  }

  std::string text(const cel::ObjectForm& form, const cel::Node&) {
    Texts fields;
    for (const cel::FieldForm& field : form.fields) {
      fields.push_back(fmt::format("{}:{}", field.name, write(*field.value)));
    }
    return fmt::format("{}{{{}}}", form.type_name, fmt::join(fields, ","));
  }

  std::string text(const cel::Comprehension& form, const cel::Node&) {
    const std::string range = write(*form.range);  // without the variable
    variables_.push_back(form.variable);
    const std::string condition = form.condition ? write(*form.condition) : "";
    const std::string transform = form.transform ? write(*form.transform) : "";
    variables_.pop_back();
    return fmt::format("macro{}({},{},{})", static_cast<int>(form.kind), range, condition,
                       transform);
  }

  std::vector<std::string> variables_;
};

}  // namespace

cel::NodePointer tree_of(std::string_view expression) {
  auto parsed = cel::parse(expression);
  auto* root = std::get_if<cel::NodePointer>(&parsed);
  // INVARIANT: what compiles has been parsed.
  if (root == nullptr) broken_invariant("a condition that does not parse");
  cel::resolve(**root, fact_environment());
  return std::move(*root);
}

std::string normal_form(const cel::Node& node) {
  return NormalWriter().write(node);
}

}  // namespace octroi::rules
