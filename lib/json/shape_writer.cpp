// SPDX-License-Identifier: Apache-2.0
#include "json/shape_writer.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <deque>
#include <limits>
#include <map>
#include <span>
#include <vector>

#include "base/safe_text.hpp"
#include "json/pattern_states.hpp"
#include "json/run_pattern.hpp"
#include "json/schema_compile.hpp"

namespace octroi::json {
namespace {

using draft7::CountRange;
using draft7::Node;

constexpr std::size_t k_none = 0xffff;
constexpr std::size_t k_lists_max = 32;
constexpr unsigned k_all_kinds = 0x7f;  // a bit for each Kind
constexpr std::int64_t k_least = std::numeric_limits<std::int64_t>::min();
constexpr std::int64_t k_most = std::numeric_limits<std::int64_t>::max();

std::string integer_in_cpp(std::int64_t number) {
  return number == k_least ? fmt::format("{} - 1", number + 1) : fmt::format("{}", number);
}

std::string range_in_cpp(std::int64_t min, std::int64_t max) {
  return fmt::format("{{{}, {}}}", integer_in_cpp(min), integer_in_cpp(max));
}

std::string range_in_cpp(const CountRange& range) {
  const auto count = [](std::size_t one) {
    return static_cast<std::int64_t>(std::min<std::uint64_t>(one, k_most));
  };
  return range_in_cpp(count(range.min), count(range.max));
}

/// A table of rows; an empty row at its end stands in for those that have none.
std::string table_in_cpp(std::string_view type, std::string_view name,
                         const std::vector<std::string>& rows) {
  return fmt::format("constexpr {} {}[] = {{\n    {}{}{{}}}};\n", type, name,
                     fmt::join(rows, ",\n    "), rows.empty() ? "" : ",\n    ");
}

class ShapeWriter {
 public:
  ShapeWriter(const draft7::Program& program, std::string_view name) : name_(name) {
    (void)index_of(program.root);
    for (std::size_t i = 0; i < nodes_.size(); ++i) rows_.push_back(row_of(*nodes_[i]));
  }

  std::string text() const {
    return pattern_tables_ +
           fmt::format("constexpr char {}[] = \"{}\";\n", name_of("texts"), texts_) +
           table_in_cpp("json::ShapeText", name_of("choices"), choices_) +
           fmt::format("constexpr std::uint32_t {}[] = {{{}}};\n", name_of("lists"),
                       fmt::join(lists_of_bytes(), ",")) +
           table_in_cpp("json::ShapeRun", name_of("runs"), runs_) +
           table_in_cpp("json::ShapePattern", name_of("patterns"), patterns_) +
           table_in_cpp("json::ShapeMember", name_of("members"), members_) +
           table_in_cpp("json::ShapeClause", name_of("clauses"), clauses_) +
           table_in_cpp("json::ShapeNode", name_of("nodes"), rows_) +
           fmt::format("constexpr json::Shape k_{} = {{\"{}\", {}, {}, {}, {}, {}, {}, {}, {}}};\n",
                       name_, name_, name_of("texts"), name_of("nodes"), name_of("members"),
                       name_of("clauses"), name_of("choices"), name_of("patterns"), name_of("runs"),
                       name_of("lists"));
  }

 private:
  [[nodiscard]] std::string name_of(std::string_view what) const {
    return fmt::format("k_{}_{}", name_, what);
  }

  [[noreturn]] void refuse(const Node& node, std::string_view what) const {
    draft7::refuse(name_, node.pointer, fmt::format("a shape cannot say {}", what));
  }

  std::size_t index_of(const Node* node) {
    if (node == nullptr || node->verdict == true) return k_none;
    if (node->target != nullptr) return index_of(node->target);
    const auto [place, is_new] = indices_.try_emplace(node, nodes_.size());
    if (is_new) nodes_.push_back(node);
    return place->second;
  }

  std::string row_of(const Node& node) {
    refuse_unknown(node);
    const auto [choice, choices] = add_choices(node);
    const MembersInCpp members = add_members(node);
    const auto [clause, clauses] = add_clauses(node);
    const bool is_closed =
        node.additional_properties != nullptr && node.additional_properties->refuses_all();
    return fmt::format(
        "{{{}, json::ShapeFormat::{}, {}, {}, {}, {}, {}, {}, {}, {}, {}, {}, {}, {}, {}, {}, {}, "
        "{}, {}}}",
        kinds_of(node), format_of(node), node.is_set, is_closed, add_pattern(node),
        index_of(node.items), index_of(node.property_names),
        is_closed ? k_none : index_of(node.additional_properties), choice, choices, members.first,
        members.count, members.required, clause, clauses,
        range_in_cpp(node.minimum ? node.minimum->as_integer() : k_least,
                     node.maximum ? node.maximum->as_integer() : k_most),
        range_in_cpp(node.characters), range_in_cpp(node.item_count),
        range_in_cpp(node.member_count));
  }

  /// Everything that a shape has no place for.
  void refuse_unknown(const Node& node) const {
    if (node.verdict) refuse(node, "true or false of a value");
    if (!node.one_of.empty()) refuse(node, "that one of several schemas is right");
    if (node.excluded) refuse(node, "what is not so");
    if (node.exclusive_minimum || node.exclusive_maximum || node.multiple_of ||
        (node.minimum && !node.minimum->is_integer()) ||
        (node.maximum && !node.maximum->is_integer())) {
      refuse(node, "this of a number");
    }
    if (node.positions || node.additional_items || node.contains) refuse(node, "this of a list");
    if (!node.pattern_properties.empty()) refuse(node, "members by pattern");
    const Node* item = node.items;
    while (item != nullptr && item->target != nullptr) item = item->target;
    if (node.is_set && (item == nullptr || kinds_of(*item) != bit(Kind::string))) {
      refuse(node, "whether items are different that are not all texts");
    }
  }

  [[nodiscard]] unsigned kinds_of(const Node& node) const {
    if (node.kinds.empty() && (node.choices || node.constant)) return bit(Kind::string);
    if (node.kinds.empty() && (node.minimum || node.maximum)) refuse(node, "this of a number");
    if (node.kinds.empty()) return k_all_kinds;
    unsigned kinds = 0;
    for (const Kind kind : node.kinds) {
      if (kind == Kind::number) refuse(node, "this of a number");
      kinds |= bit(kind);
    }
    if ((node.choices || node.constant) && kinds != bit(Kind::string)) {
      refuse(node, "a choice that is no text");
    }
    return kinds;
  }
  static unsigned bit(Kind kind) { return 1U << static_cast<unsigned>(kind); }

  static std::string_view format_of(const Node& node) {
    if (!node.format) return "none";
    return *node.format == draft7::Format::date ? "date" : "date_time";
  }

  /// Where the text stands among those of the shape; adds it where it does not.
  std::string place_of(const Node& node, std::string_view text) {
    const bool is_plain = is_ascii(text) && printable(text) == text &&
                          text.find_first_of("\"\\") == std::string_view::npos;
    if (!is_plain) refuse(node, "a text or name that is not plain");
    std::size_t begin = texts_.find(text);
    if (begin == std::string::npos) {
      begin = texts_.size();
      texts_ += text;
    }
    if (texts_.size() > std::numeric_limits<std::uint16_t>::max()) refuse(node, "so many texts");
    return fmt::format("{{{}, {}}}", begin, text.size());
  }

  /// The first of the texts that it may be, and how many they are.
  std::pair<std::size_t, std::size_t> add_choices(const Node& node) {
    if (node.choices && node.constant) refuse(node, "both enum and const");
    const std::size_t first = choices_.size();
    if (!node.choices && !node.constant) return {first, 0};
    for (const Value& choice : node.choices ? *node.choices : *node.constant) {
      if (!choice.is_string()) refuse(node, "a choice that is no text");
      choices_.push_back(place_of(node, choice.as_string()));
    }
    return {first, choices_.size() - first};
  }

  struct MembersInCpp {
    std::size_t first;
    std::size_t count;
    std::size_t required;  ///< how many of them must be there
  };

  MembersInCpp add_members(const Node& node) {
    std::map<std::string, const Node*, std::less<>> members = node.properties;
    for (const std::string& name : node.required) {
      if (!members.contains(name)) members[name] = node.additional_properties;
    }
    const std::size_t first = members_.size();
    for (const auto& [name, member] : members) {
      const bool is_required =
          std::find(node.required.begin(), node.required.end(), name) != node.required.end();
      members_.push_back(
          fmt::format("{{{}, {}, {}}}", place_of(node, name), index_of(member), is_required));
    }
    return {first, members.size(), node.required.size()};
  }

  /// The first of the clauses, and how many they are.
  std::pair<std::size_t, std::size_t> add_clauses(const Node& node) {
    const std::size_t first = clauses_.size();
    const auto add = [this](const Node* condition, const Node* consequence,
                            const Node* alternative) {
      clauses_.push_back(fmt::format("{{{}, {}, {}}}", index_of(condition), index_of(consequence),
                                     index_of(alternative)));
    };
    for (const Node* one : node.all_of) add(nullptr, one, nullptr);
    if (!node.any_of.empty()) add(nullptr, any_of(node.any_of), nullptr);
    if (node.condition != nullptr) add(node.condition, node.consequence, node.alternative);
    return {first, clauses_.size() - first};
  }

  /// A schema that accepts what one of them does: if the first does not, then one of the others.
  const Node* any_of(std::span<const Node* const> schemas) {
    if (schemas.size() == 1) return schemas.front();
    Node& result = made_.emplace_back();
    result.condition = schemas.front();
    result.alternative = any_of(schemas.subspan(1));
    return &result;
  }

  std::size_t add_pattern(const Node& node) {
    if (!node.pattern) return k_none;
    const auto [place, is_new] =
        pattern_indices_.try_emplace(node.pattern->expression(), patterns_.size());
    if (!is_new) return place->second;
    if (const auto pattern = RunPattern::compile(node.pattern->expression());
        pattern && have_room_for_lists_of(*pattern)) {
      patterns_.push_back(runs_in_cpp(*pattern));
      return place->second;
    }
    const auto plain = PlainPattern::compile(node.pattern->expression());
    const auto states = plain ? states_of(*plain) : std::nullopt;
    if (!states) refuse(node, "this pattern");
    const std::string classes = fmt::format("{}_{}", name_of("classes"), patterns_.size());
    const std::string next = fmt::format("{}_{}", name_of("next"), patterns_.size());
    pattern_tables_ += fmt::format("constexpr std::uint8_t {}[] = {{{}}};\n", classes,
                                   fmt::join(states->class_of, ","));
    pattern_tables_ +=
        fmt::format("constexpr std::uint16_t {}[] = {{{}}};\n", next, fmt::join(states->next, ","));
    patterns_.push_back(fmt::format("{{0, 0, {}, {}, {}, {}, {}}}", classes, next, states->classes,
                                    states->start, states->first_match));
    return place->second;
  }

  [[nodiscard]] bool have_room_for_lists_of(const RunPattern& pattern) const {
    return lists_.size() + pattern.runs().size() <= k_lists_max;
  }

  std::string runs_in_cpp(const RunPattern& pattern) {
    const std::size_t first = runs_.size();
    for (const RunPattern::Run& run : pattern.runs()) {
      auto list = std::find(lists_.begin(), lists_.end(), run.characters);
      if (list == lists_.end()) list = lists_.insert(list, run.characters);
      runs_.push_back(fmt::format("{{1U << {}, {}, {}}}", list - lists_.begin(), run.times.least,
                                  run.times.most.value_or(Pattern::k_text_bytes_max)));
    }
    return fmt::format("{{{}, {}, nullptr, nullptr, 0, 0, 0}}", first, runs_.size() - first);
  }

  /// The lists that hold each byte, a bit for each.
  [[nodiscard]] std::vector<std::uint32_t> lists_of_bytes() const {
    std::vector<std::uint32_t> holders(256);
    for (std::size_t byte = 0; byte < holders.size(); ++byte) {
      for (std::size_t i = 0; i < lists_.size(); ++i) {
        holders[byte] |= std::uint32_t{lists_[i][byte]} << i;
      }
    }
    return holders;
  }

  std::string_view name_;
  std::vector<const Node*> nodes_;
  std::deque<Node> made_;  ///< that the schema has no one node for
  std::map<const Node*, std::size_t> indices_;
  std::map<std::string, std::size_t> pattern_indices_;
  std::string pattern_tables_;
  std::string texts_;
  std::vector<std::string> rows_;
  std::vector<std::string> members_;
  std::vector<std::string> clauses_;
  std::vector<std::string> choices_;
  std::vector<std::string> patterns_;
  std::vector<std::string> runs_;
  std::vector<PatternReader::Characters> lists_;
};

}  // namespace

std::string shape_in_cpp(const Value& schema, std::string_view name) {
  const draft7::Program program = draft7::compile(schema, name);
  return ShapeWriter(program, name).text();
}

}  // namespace octroi::json
