// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <map>
#include <string>
#include <string_view>
#include <variant>

#include "base/error.hpp"
#include "gate/context.hpp"
#include "model/document.hpp"

/// Nobody decides in their own case: who is named in a request neither records the decision on it
/// nor votes on it by name. (Whoever submitted it is refused by the registry itself.)
namespace octroi::gate {

/// The names that the charter gives its members, read once for many questions.
class CharterNames {
 public:
  explicit CharterNames(Database& database);

  /// "" where it gives none. Throws Error when the charter could not be loaded.
  [[nodiscard]] const std::string& name_of(const std::string& member) const;

 private:
  std::variant<std::map<std::string, std::string>, Error> names_;
};

/// True when the request names this member: its id or the name that the charter gives it, compared
/// without regard to case and surrounding space.
[[nodiscard]] bool is_named_in(Database& database, const std::string& member,
                               const model::Document& request);
[[nodiscard]] bool is_named_in(const CharterNames& names, const std::string& member,
                               const model::Document& request);

/// Throws Error(not_allowed) when the request names the member.
void refuse_conflict(Database& database, const std::string& member, const model::Document& request);

/// Throws Error(not_allowed) when the request names a person who cast a ballot. Being absent is
/// none.
void refuse_named_voter(const std::string& name, std::string_view vote,
                        const model::Document& request);

}  // namespace octroi::gate
