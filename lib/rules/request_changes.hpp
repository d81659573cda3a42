// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "json/value.hpp"

/// What can be changed about a request without knowing more than its schema.
namespace octroi::rules {

/// Whether a change of a field may be proposed. Proposing what is not so would be an invitation to
/// lie, so a field that nobody has classed is never proposed.
enum class Proposal {
  choice,     ///< the applicant is free to ask for less, to go elsewhere, to undertake more
  statement,  ///< the field says what is so: right only if it is so
  never,      ///< who somebody is, what has happened, names, reasons
};

/// The class of the field at a JSON pointer; positions of dataset uses do not matter.
[[nodiscard]] Proposal proposal_of(std::string_view pointer);

/// True when somebody has classed the field; one that nobody has is never proposed.
[[nodiscard]] bool has_proposal(std::string_view pointer);

/// One edit of a request; its pointers are those of the request before any edit.
struct Edit {
  enum class Kind {
    set,       ///< a member gets the value
    add,       ///< a list gets the value as a further item
    take_out,  ///< an item leaves its list
    move_to,   ///< another provider hosts, under its own default service
  };
  Kind kind = Kind::set;
  std::string pointer;  ///< of the member, the list, the item
  json::Value value;

  /// Equal for equal edits, and in an order that depends on nothing but the edits.
  [[nodiscard]] std::string key() const;

  friend bool operator==(const Edit&, const Edit&) = default;
};

/// The edits of what lies at `place`, of what is in it and of the dataset use that it lies in;
/// those of class never left out. `providers` are the ids of all hosts that could be chosen.
[[nodiscard]] std::vector<Edit> possible_edits(const json::Value& request, std::string_view place,
                                               const std::vector<std::string>& providers);

/// True when both cannot be made, or one makes the other void.
[[nodiscard]] bool exclude_each_other(const Edit& left, const Edit& right);

/// The request after the edits, in whatever order they are given. It may not be valid.
[[nodiscard]] json::Value edited(const json::Value& request, const std::vector<Edit>& edits);

/// What differs after some edits, as people read it.
struct Change {
  std::string pointer;
  Proposal proposal = Proposal::choice;
  std::optional<json::Value> from;  ///< nothing where there was nothing
  std::optional<json::Value> to;    ///< nothing where it is taken out

  friend bool operator==(const Change&, const Change&) = default;
};

/// The changes that the edits make, by pointer; the edits of one list of texts are one change. An
/// object that leaves a list is shown by its name.
[[nodiscard]] std::vector<Change> changes_of(const json::Value& request,
                                             const std::vector<Edit>& edits);

}  // namespace octroi::rules
