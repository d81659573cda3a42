// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "base/time.hpp"
#include "model/document.hpp"

namespace octroi::model {

/// Days on which something holds, both included; an end that is absent is open.
struct Period {
  std::optional<Date> from;
  std::optional<Date> until;

  [[nodiscard]] bool contains(Date day) const {
    return (!from || *from <= day) && (!until || day <= *until);
  }
};

/// A company, public body, fund or person. Countries are as written; absent means not declared.
struct Party {
  std::string id;
  std::string name;
  std::string kind;  ///< "company", "public-body", "foundation", "fund", "natural-person"
  std::optional<std::string> registered_office;
  std::optional<std::string> central_administration;
  std::optional<std::string> principal_establishment;  ///< where a natural person lives
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
  Period period = {};
};

/// A company that the operator relies on. What is absent is not declared.
struct Supplier {
  std::string party;
  std::optional<bool> can_access_data;
  std::optional<bool> own_skills = std::nullopt;  ///< the operator's, to go on without it
  std::optional<std::int64_t> other_companies = std::nullopt;  ///< that supply the same
  std::optional<Period> qualification = std::nullopt;          ///< its own, under SecNumCloud
  Period period = {};
};

/// A power over one party that several have only together.
struct JointPower {
  std::vector<std::string> holders;
  std::string held;
  bool veto = false;
  bool appoints_majority = false;
};

/// Holders of one party that act in concert there.
struct Concert {
  std::vector<std::string> holders;
  std::string held;
};

/// A change that is to be reported. Source: SecNumCloud 3.2, 19.6 f.
struct Change {
  Date date;
  std::string what;
  std::optional<Date> reported;  ///< absent: not yet
};

/// Who stands behind a provider, as its document declares it.
struct Provider {
  std::string id;
  std::string operator_id;
  std::vector<Party> parties;
  std::vector<Holding> holdings;
  std::vector<Supplier> suppliers;
  std::vector<JointPower> joint_powers = {};
  std::vector<Concert> concerts = {};
  std::vector<Change> changes = {};

  [[nodiscard]] static Provider from(const Document& document);
};

}  // namespace octroi::model
