// SPDX-License-Identifier: Apache-2.0
#include "rules/rulebook_diff.hpp"

#include <algorithm>
#include <map>

#include <fmt/format.h>

#include "base/error.hpp"
#include "rules/proposition.hpp"

namespace octroi::rules {
namespace {

using json::Value;

/// The fields of an object by dotted name, each with what it holds.
using Leaves = std::map<std::string, Value>;

void add_leaves(Leaves& leaves, const std::string& name, const Value& value) {
  if (!value.is_object()) {
    leaves.emplace(name, value);
    return;
  }
  for (const auto& [member, inner] : value.as_object()) {
    if (member.starts_with('$')) continue;  // $comment, $schema
    add_leaves(leaves, name.empty() ? member : name + "." + member, inner);
  }
}

Leaves leaves_of_rule(const Value& rule) {
  Leaves leaves;
  add_leaves(leaves, "", rule);
  leaves.erase("id");
  return leaves;
}

Leaves leaves_of_rulebook(const Value& rulebook) {
  Value rest = rulebook;
  rest.as_object().erase("rules");
  rest.as_object().erase("disregards");
  Leaves leaves;
  add_leaves(leaves, "", rest);
  if (const Value* list = rulebook.find("disregards")) {
    for (const Value& one : list->as_array()) {
      add_leaves(leaves, fmt::format("disregards {}", one.text("fact")), one);
    }
  }
  return leaves;
}

/// True when two conditions are one, written in two ways; an absent one is `true`.
bool is_same_condition(const std::optional<Value>& before, const std::optional<Value>& after) {
  const auto normal = [](const std::optional<Value>& condition) {
    return normal_form(*tree_of(condition ? condition->as_string() : "true"));
  };
  return normal(before) == normal(after);
}

std::optional<Value> find(const Leaves& leaves, const std::string& name) {
  const auto found = leaves.find(name);
  return found == leaves.end() ? std::nullopt : std::optional(found->second);
}

std::vector<FieldChange> changes_between(const Leaves& before, const Leaves& after) {
  Leaves names = before;
  names.insert(after.begin(), after.end());
  std::vector<FieldChange> result;
  for (const auto& [name, ignored] : names) {
    FieldChange change{name, find(before, name), find(after, name)};
    if (change.from == change.to) continue;
    if (name == "applies" || name == "requires") {
      change.is_same_meaning = is_same_condition(change.from, change.to);
    }
    result.push_back(std::move(change));
  }
  return result;
}

using RulesById = std::map<std::string, const Value*>;

RulesById rules_by_id(const Value& rulebook) {
  RulesById result;
  for (const Value& rule : rulebook.at("rules").as_array()) result.emplace(rule.text("id"), &rule);
  return result;
}

/// The ids of a rulebook's rules that the other has too, in order.
std::vector<std::string> common_order(const Value& rulebook, const RulesById& other) {
  std::vector<std::string> result;
  for (const Value& rule : rulebook.at("rules").as_array()) {
    if (other.contains(rule.text("id"))) result.push_back(rule.text("id"));
  }
  return result;
}

Value to_json(const std::vector<FieldChange>& fields) {
  Value list = Value::Array{};
  for (const FieldChange& field : fields) {
    Value one = json::object({{"field", field.field}, {"same_meaning", field.is_same_meaning}});
    if (field.from) one.set("from", *field.from);
    if (field.to) one.set("to", *field.to);
    list.push(std::move(one));
  }
  return list;
}

Value version_json(const std::string& id, const Digest& sha256) {
  return json::object({{"id", id}, {"sha256", sha256.hex()}});
}

}  // namespace

std::string_view name_of(RuleChange::Kind kind) {
  switch (kind) {
    case RuleChange::Kind::added:
      return "added";
    case RuleChange::Kind::removed:
      return "removed";
    case RuleChange::Kind::changed:
      return "changed";
  }
  broken_invariant("a change of a rule that is none");
}

RulebookDiff diff_rulebooks(const model::Document& before, const model::Document& after) {
  RulebookDiff diff{
      before.value.text("id"), after.value.text("id"), before.sha256, after.sha256, {}, {}};
  diff.fields = changes_between(leaves_of_rulebook(before.value), leaves_of_rulebook(after.value));
  const RulesById old_rules = rules_by_id(before.value);
  const RulesById new_rules = rules_by_id(after.value);
  for (const Value& rule : before.value.at("rules").as_array()) {
    const std::string id = rule.text("id");
    const auto other = new_rules.find(id);
    const bool is_removed = other == new_rules.end();
    std::vector<FieldChange> fields = changes_between(
        leaves_of_rule(rule), is_removed ? Leaves{} : leaves_of_rule(*other->second));
    if (fields.empty()) continue;
    diff.rules.push_back({id, is_removed ? RuleChange::Kind::removed : RuleChange::Kind::changed,
                          std::move(fields)});
  }
  for (const Value& rule : after.value.at("rules").as_array()) {
    if (old_rules.contains(rule.text("id"))) continue;
    diff.rules.push_back(
        {rule.text("id"), RuleChange::Kind::added, changes_between({}, leaves_of_rule(rule))});
  }
  diff.is_reordered = common_order(before.value, new_rules) != common_order(after.value, old_rules);
  return diff;
}

Value to_json(const RulebookDiff& diff) {
  Value rules = Value::Array{};
  for (const RuleChange& change : diff.rules) {
    rules.push(json::object({{"rule", change.rule},
                             {"change", name_of(change.kind)},
                             {"fields", to_json(change.fields)}}));
  }
  return json::object({{"old", version_json(diff.old_id, diff.old_sha256)},
                       {"new", version_json(diff.new_id, diff.new_sha256)},
                       {"rulebook", to_json(diff.fields)},
                       {"rules", std::move(rules)},
                       {"reordered", diff.is_reordered}});
}

}  // namespace octroi::rules
