// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "base/time.hpp"

namespace octroi::law {

/// Where a certificate, opinion, authorisation or derogation stands on a day. Only `valid` ever
/// counts as having one.
enum class Standing {
  valid,
  pending,  ///< asked for and not given, or the time of silence has not run
  unknown,  ///< what is declared does not tell
  not_yet,  ///< its first day is still to come
  expired,  ///< its last day is past
  withdrawn,
  other_service,  ///< it is for another service than the one that is used
  none,           ///< there is none
};

/// "valid", "pending", "unknown", "not-yet", "expired", "withdrawn", "other-service", "none".
[[nodiscard]] std::string_view name_of(Standing standing);

/// What holds between two days, first and last included, on a day. Without a first day nothing says
/// that it had begun: unknown. Without a last day it goes on.
[[nodiscard]] Standing standing_between(std::optional<Date> from, std::optional<Date> until,
                                        Date as_of);

/// A certificate or qualification as it is declared.
struct Certificate {
  std::string scheme;   ///< "HDS", "SecNumCloud"; capitals do not matter
  std::string version;  ///< "2", "3.2"; "" when it is not declared
  std::string status;   ///< "valid", "pending", "expired", "withdrawn"
  std::string service;  ///< what it was given for; "" when it is not declared
  std::optional<Date> from;
  std::optional<Date> until;
};

/// Where a certificate stands for a service. Certificates of hosting are given for one service and
/// for a time, so that one without service or without both days is unknown, never valid; one that
/// is declared expired while its days say otherwise is unknown too.
/// Source: SecNumCloud 3.2 and HDS v2: each qualification names its service and ends after three
/// years at most.
[[nodiscard]] Standing standing_of(const Certificate& certificate, std::string_view service,
                                   Date as_of);

/// A tacit authorisation: silence of the authority for two months from the complete file, or four
/// where it extended them. Pending until that has run, whatever day is declared; without the day of
/// filing unknown.
/// Source: Law 78-17 of 6 January 1978, article 66 V: two months, renewable once; silence is an
/// authorisation.
struct TacitAuthorisation {
  std::optional<Date> filed;
  std::optional<bool> is_extended;
  std::optional<Date> until;
};
[[nodiscard]] Standing standing_of(const TacitAuthorisation& authorisation, Date as_of);

/// A derogation from SREN article 31.
struct Derogation {
  std::optional<Date> granted;
  std::optional<Date> offer_available;  ///< since when an acceptable offer was there
  std::optional<Date> until;            ///< the last day that it states itself
};

/// Its last day: 18 months after an acceptable offer was available, or the day that it states if
/// that comes first; nothing when neither is known.
/// Source: Law 2024-449 (SREN), article 31; Decree 2026-272 as summarised by legiseye.com.
[[nodiscard]] std::optional<Date> end_of(const Derogation& derogation);

/// Without an end it is unknown: nothing says that no acceptable offer was there.
[[nodiscard]] Standing standing_of(const Derogation& derogation, Date as_of);

}  // namespace octroi::law
