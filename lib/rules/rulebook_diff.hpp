// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/bytes.hpp"
#include "json/value.hpp"
#include "model/document.hpp"

namespace octroi::rules {

/// A field that two versions do not say alike: "requires", "because.fr", "narrows.months_max".
struct FieldChange {
  std::string field;
  std::optional<json::Value> from;  ///< nothing where it was not there
  std::optional<json::Value> to;    ///< nothing where it is no longer there
  bool is_same_meaning = false;     ///< a condition that is only written otherwise

  friend bool operator==(const FieldChange&, const FieldChange&) = default;
};

struct RuleChange {
  enum class Kind { added, removed, changed };
  std::string rule;
  Kind kind = Kind::changed;
  std::vector<FieldChange> fields;  ///< by name; of an added rule all to, of a removed one all from

  friend bool operator==(const RuleChange&, const RuleChange&) = default;
};
/// "added", "removed", "changed".
[[nodiscard]] std::string_view name_of(RuleChange::Kind kind);

/// What differs between two versions of a rulebook. Comments do not count.
struct RulebookDiff {
  std::string old_id;
  std::string new_id;
  Digest old_sha256;
  Digest new_sha256;
  std::vector<FieldChange> fields;  ///< of the rulebook itself, by name
  std::vector<RuleChange> rules;    ///< removed and changed in the old order, then those added
  bool is_reordered = false;        ///< rules that are in both stand in another order

  [[nodiscard]] bool is_empty() const { return fields.empty() && rules.empty() && !is_reordered; }
};
[[nodiscard]] json::Value to_json(const RulebookDiff& diff);

/// Compares two documents of kind rulebook that compile.
[[nodiscard]] RulebookDiff diff_rulebooks(const model::Document& before,
                                          const model::Document& after);

}  // namespace octroi::rules
