// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>

#include <charconv>
#include <optional>
#include <unordered_map>

#include "base/error.hpp"
#include "base/safe_text.hpp"
#include "json/pointer.hpp"
#include "json/schema_compile.hpp"

namespace octroi::json::draft7 {
namespace {

/// The text of a URI fragment. Source: RFC 6901 section 6.
std::optional<std::string> percent_decoded(std::string_view fragment) {
  std::string text;
  for (std::size_t at = 0; at < fragment.size(); ++at) {
    if (fragment[at] != '%') {
      text += fragment[at];
      continue;
    }
    const std::string_view digits = fragment.substr(at + 1, 2);
    unsigned byte = 0;
    const auto end = digits.data() + digits.size();
    if (digits.size() != 2 || std::from_chars(digits.data(), end, byte, 16).ptr != end) {
      return std::nullopt;
    }
    text += static_cast<char>(byte);
    at += 2;
  }
  return text;
}

/// The nodes that look at the same value as this one.
std::vector<const Node*> in_place(const Node& node) {
  std::vector<const Node*> nodes;
  for (const auto* list : {&node.all_of, &node.any_of, &node.one_of}) {
    nodes.insert(nodes.end(), list->begin(), list->end());
  }
  for (const Node* single :
       {node.target, node.excluded, node.condition, node.consequence, node.alternative}) {
    if (single != nullptr) nodes.push_back(single);
  }
  return nodes;
}

/// Depth first; a node met again before it is left stands in a cycle.
class CycleSearch {
 public:
  explicit CycleSearch(std::string_view source) : source_(source) {}

  void visit(const Node& node) {
    const auto [state, is_new] = states_.try_emplace(&node, State::entered);
    if (!is_new && state->second == State::left) return;
    if (!is_new) refuse(source_, node.pointer, "a reference that leads back to itself");
    for (const Node* next : in_place(node)) visit(*next);
    states_[&node] = State::left;
  }

 private:
  enum class State { entered, left };
  std::string_view source_;
  std::unordered_map<const Node*, State> states_;
};

}  // namespace

void refuse(std::string_view source, std::string_view pointer, std::string_view why) {
  const std::string where = pointer.empty() ? "" : shown_pointer(pointer) + ": ";
  throw Error(ErrorCode::bad_input, fmt::format("{}: {}{}", printable(source), where, why));
}

void resolve(const std::vector<Reference>& references, const NodesByPointer& nodes,
             std::string_view source) {
  for (const Reference& reference : references) {
    const auto shown = [&reference] { return octroi::in_quotes(reference.text); };
    if (!reference.text.starts_with('#')) {
      refuse(source, reference.pointer,
             fmt::format("expected a reference inside this document (\"#/…\"), got {}", shown()));
    }
    const auto pointer = percent_decoded(std::string_view(reference.text).substr(1));
    const auto found = pointer ? nodes.find(*pointer) : nodes.end();
    if (found == nodes.end()) {
      refuse(source, reference.pointer,
             fmt::format("expected a reference to a schema, got {}, where none stands", shown()));
    }
    reference.node->target = found->second;
  }
}

void refuse_cycles(const Program& program, std::string_view source) {
  CycleSearch search(source);
  for (const auto& node : program.nodes) search.visit(*node);
}

}  // namespace octroi::json::draft7
