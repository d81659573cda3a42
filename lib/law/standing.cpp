// SPDX-License-Identifier: Apache-2.0
#include "law/standing.hpp"

#include <algorithm>

#include "law/deadlines.hpp"

namespace octroi::law {
namespace {

/// Source: Law 2024-449 (SREN), article 31.
constexpr int k_months_after_an_offer = 18;

/// What the days say, where only both together say that something holds.
Standing standing_within(std::optional<Date> from, std::optional<Date> until, Date as_of) {
  const Standing standing = standing_between(from, until, as_of);
  return standing == Standing::valid && !until ? Standing::unknown : standing;
}

}  // namespace

std::string_view name_of(Standing standing) {
  switch (standing) {
    case Standing::valid:
      return "valid";
    case Standing::pending:
      return "pending";
    case Standing::unknown:
      return "unknown";
    case Standing::not_yet:
      return "not-yet";
    case Standing::expired:
      return "expired";
    case Standing::withdrawn:
      return "withdrawn";
    case Standing::other_service:
      return "other-service";
    case Standing::none:
      break;
  }
  return "none";
}

Standing standing_between(std::optional<Date> from, std::optional<Date> until, Date as_of) {
  if (until && *until < as_of) return Standing::expired;
  if (!from) return Standing::unknown;
  return as_of < *from ? Standing::not_yet : Standing::valid;
}

Standing standing_of(const Certificate& certificate, std::string_view service, Date as_of) {
  if (certificate.status == "withdrawn") return Standing::withdrawn;
  if (!certificate.service.empty() && !service.empty() && certificate.service != service) {
    return Standing::other_service;
  }
  if (certificate.status == "pending") return Standing::pending;
  const Standing standing = standing_within(certificate.from, certificate.until, as_of);
  if (certificate.status == "expired") {
    return standing == Standing::expired ? Standing::expired : Standing::unknown;
  }
  const bool is_for_a_service = !certificate.service.empty() && !service.empty();
  if (certificate.status != "valid" || (standing == Standing::valid && !is_for_a_service)) {
    return Standing::unknown;
  }
  return standing;
}

Standing standing_of(const TacitAuthorisation& authorisation, Date as_of) {
  if (!authorisation.filed) return Standing::unknown;
  const auto has_run = [&](Extension extension) {
    return last_day_of(Deadline::cnil_authorisation, *authorisation.filed, extension) < as_of;
  };
  if (!has_run(Extension::no)) return Standing::pending;
  if (!has_run(Extension::yes)) {
    if (!authorisation.is_extended) return Standing::unknown;
    if (*authorisation.is_extended) return Standing::pending;
  }
  return standing_between(authorisation.filed, authorisation.until, as_of);
}

std::optional<Date> end_of(const Derogation& derogation) {
  if (!derogation.offer_available) return derogation.until;
  const Date after_offer = add_months(*derogation.offer_available, k_months_after_an_offer);
  return derogation.until ? std::min(*derogation.until, after_offer) : after_offer;
}

Standing standing_of(const Derogation& derogation, Date as_of) {
  return standing_within(derogation.granted, end_of(derogation), as_of);
}

}  // namespace octroi::law
