// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "model/document.hpp"

namespace octroi::model {

/// A company, public body, fund or person. Countries are as written; absent means not declared.
struct Party {
  std::string id;
  std::string name;
  std::string kind;  ///< "company", "public-body", "foundation", "fund", "natural-person"
  std::optional<std::string> registered_office;
  std::optional<std::string> central_administration;
  std::optional<std::string> principal_establishment;
  bool listed = false;
};

/// A part of one party that another holds. Percents are decimal texts; absent means not declared.
struct Holding {
  std::string holder;
  std::string held;
  std::optional<std::string> capital_percent;
  std::optional<std::string> votes_percent;
  bool veto = false;
  bool appoints_majority = false;
};

struct Supplier {
  std::string party;
  std::optional<bool> can_access_data;
};

/// Who stands behind a provider, as its document declares it.
struct Provider {
  std::string id;
  std::string operator_id;
  std::vector<Party> parties;
  std::vector<Holding> holdings;
  std::vector<Supplier> suppliers;

  [[nodiscard]] static Provider from(const Document& document);
};

}  // namespace octroi::model
