// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "json/schema.hpp"
#include "json/tape.hpp"

namespace octroi::model {

/// The member's text; "" where there is none, or something else stands there.
[[nodiscard]] std::string_view text_or_empty(json::TapeValue object, std::string_view name);

/// The items of a member that is a list; none where there is none, or something else stands there.
[[nodiscard]] json::TapeValue items_or_none(json::TapeValue object, std::string_view name);

/// Gathers what is wrong between the members of a document. The document need not be valid under
/// its schema: what is missing or of another type is passed over, since the schema speaks of it.
class FaultList {
 public:
  void add(std::string pointer, std::string found, std::string expected);

  /// The day or moment in `last`, where it is given, is not before the one in `first`. Both are
  /// members of the object at `pointer`.
  void require_order(json::TapeValue object, const std::string& pointer, std::string_view first,
                     std::string_view last);
  /// The same in every object of the list that is a member of `owner`.
  void require_order_in(json::TapeValue owner, std::string_view list, std::string_view first,
                        std::string_view last);
  /// No two objects of the list at `pointer` have the same text in `member`.
  void require_unique(json::TapeValue list, std::string_view pointer, std::string_view member);
  /// The text, unless empty, is one of the known ones; `what` says what they are.
  void require_among(const std::set<std::string_view>& known, std::string_view text,
                     std::string pointer, std::string_view what);
  /// Every country, by the names of members that mean one, is of ISO 3166-1.
  void require_countries(json::TapeValue value);

  [[nodiscard]] std::vector<json::Fault> take() { return std::move(faults_); }

 private:
  std::vector<json::Fault> faults_;
};

}  // namespace octroi::model
