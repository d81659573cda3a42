// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string_view>
#include <vector>

namespace octroi::law {

/// What a code of the Data Use Ontology is.
enum class DuoKind {
  permission,  ///< what use is allowed for; a dataset carries one
  modifier,    ///< one more condition on that use
  category,    ///< a class of codes, not to be assigned to data
  obsolete,    ///< withdrawn from the ontology
};

/// The value without which a code says nothing.
enum class DuoValue {
  none,
  diseases,
  research_types,
  regions,
  not_before,
  months,
  users,
  projects,
  institutions
};

/// A code of the ontology.
struct DuoCode {
  std::string_view code;       ///< "DUO:0000007"
  std::string_view shorthand;  ///< "DS"; "" for what has none
  DuoKind kind;
  DuoValue value;

  /// True for a code that data can carry.
  [[nodiscard]] bool is_assignable() const {
    return kind == DuoKind::permission || kind == DuoKind::modifier;
  }
};

/// Every code that octroi knows, by code. Any other is unknown and never passes.
/// Source: GA4GH Data Use Ontology, duo.csv at commit 81f5c3d (September 2022), 25 rows; the two
/// obsolete codes DUO:0000002 and DUO:0000003 from the ontology itself.
[[nodiscard]] const std::vector<DuoCode>& duo_codes();

/// The code of that name, or nullptr.
[[nodiscard]] const DuoCode* find_duo_code(std::string_view code);

/// The name of the member of a dataset's term that holds the value: "diseases", "months", …; "" for
/// none.
[[nodiscard]] std::string_view name_of(DuoValue value);

}  // namespace octroi::law
