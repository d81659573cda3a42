// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "gate/context.hpp"
#include "json/value.hpp"
#include "model/document.hpp"
#include "rules/outcome.hpp"
#include "rules/rulebook_diff.hpp"

/// What another version of a rulebook would change. Nothing is written.
namespace octroi::gate {

/// A finding that comes out otherwise; nothing where the rule is not in that version.
struct FindingChange {
  std::string rulebook;
  std::string finding;  ///< "RULE", or "DATASET/RULE"
  std::optional<rules::Outcome> from;
  std::optional<rules::Outcome> to;

  friend bool operator==(const FindingChange&, const FindingChange&) = default;
};

/// A request of which the rules would say something else. No verdict: no rulebook is in force.
struct RequestChange {
  std::string id;
  int version = 1;
  std::string state;
  std::string title;
  std::optional<rules::Verdict> from;
  std::optional<rules::Verdict> to;
  std::vector<FindingChange> findings;
  bool is_narrowed_otherwise = false;  ///< the token would carry other obligations or times

  [[nodiscard]] bool has_other_verdict() const { return from != to; }
};

/// A request that could not be assessed, and why.
struct UnassessedRequest {
  std::string id;
  std::string why;
  bool is_erased = false;  ///< its document is gone for good: nobody can assess it again
};

/// What putting one rulebook in another's place does to the requests of a registry.
struct RuleEffect {
  Date as_of;
  bool is_old_in_force = false;        ///< the registry applies these very bytes on that day
  std::size_t requests = 0;            ///< that were assessed: all but those withdrawn
  std::vector<RequestChange> changed;  ///< by id
  std::vector<UnassessedRequest> unassessed;

  /// True when every request that is still there was assessed and none would have another verdict.
  [[nodiscard]] bool keeps_every_verdict() const;
};

struct RulebookComparison {
  rules::RulebookDiff diff;
  std::optional<RuleEffect> effect;  ///< nothing where no registry was looked at
};
[[nodiscard]] json::Value to_json(const RulebookComparison& comparison);

/// Assesses the current version of every request that is not withdrawn twice, as of a day: under
/// the rulebooks in force in the registry, with `before` in the place of that of its id, and with
/// `after` in its place. `progress` is called with requests done and all.
[[nodiscard]] RuleEffect effect_of(Database& database, const model::Document& before,
                                   const model::Document& after, Date as_of,
                                   const std::function<void(std::size_t, std::size_t)>& progress);

/// The rulebook of that id that is in force on a day, else the one adopted last. Throws
/// Error(bad_input) when none was adopted, naming the nearest id.
[[nodiscard]] model::Document adopted_rulebook(Database& database, const std::string& id,
                                               Date as_of);

}  // namespace octroi::gate
