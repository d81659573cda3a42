// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>

#include "base/time.hpp"
#include "law/consent.hpp"
#include "law/disease_hierarchy.hpp"
#include "rules/fact_row.hpp"

namespace octroi::rules {

/// What the terms of datasets say of a request on a day, with the provider that it names.
class ConsentQuestion {
 public:
  /// Borrows all of them.
  ConsentQuestion(json::TapeValue request, json::TapeValue provider,
                  const law::DiseaseHierarchies& hierarchies, Date as_of)
      : request_(request), provider_(provider), hierarchies_(hierarchies), as_of_(as_of) {}

  /// Adds `consent` and `duo` to a dataset's facts. Nothing where its document has no `duo`.
  void add_answer(FactRow& facts, json::TapeValue dataset);

 private:
  /// The use that the request declares; the same for every dataset.
  [[nodiscard]] const law::DeclaredUse& use();

  json::TapeValue request_;
  json::TapeValue provider_;
  const law::DiseaseHierarchies& hierarchies_;
  Date as_of_;
  std::optional<law::DeclaredUse> use_;
};

}  // namespace octroi::rules
