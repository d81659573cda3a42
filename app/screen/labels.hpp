// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <fmt/format.h>

#include <string>
#include <string_view>

#include "screen/screen.hpp"

namespace octroi::screen {

/// Every fixed text of the screen. Those with {} are for `say_with` and `say_count`.
enum class Word {
  // outcomes
  refuse,
  incomplete,
  refer,
  clear,
  pass,
  not_applicable,
  // assessment
  refuse_one,
  refuse_many,
  incomplete_one,
  incomplete_many,
  refer_one,
  refer_many,
  clear_rest,
  computed_on,
  by_dataset,
  finding,
  why,
  facts,
  missing,
  not_evaluated,
  source,
  remedy,
  dataset,
  chain_above,
  disregarded,
  passed_rules,
  not_applicable_rules,
  narrowings,
  months_max_one,
  months_max_many,
  documents,
  rulebooks_on,
  request,
  provider,
  recorded_new,
  recorded_same,
  none,
  nothing,
  and_more,
  yes,
  no,
  // tables
  no_members,
  no_catalogue,
  no_adoptions,
  no_requests,
  member,
  roles,
  since,
  retired,
  id,
  version_number,
  version_short,
  version,
  title,
  holder,
  added,
  rulebook,
  digest,
  from,
  until,
  in_force,
  state,
  submitted,
  submitter,
  verdict,
  // roles and states
  role_secretary,
  role_researcher,
  role_auditor,
  state_submitted,
  state_assessed,
  state_granted,
  state_refused,
  state_issued,
  state_withdrawn,
  // one request
  asks_for,
  extent_extract,
  extent_sample,
  extent_whole,
  purposes,
  environment,
  users,
  decisions,
  tokens,
  history,
  assessment,
  not_assessed,
  sequence,
  when,
  act,
  who,
  reference,
  session,
  recorded,
  recorded_by,
  conditions,
  reason,
  // decision
  granted,
  refused,
  decided,
  decision_dry_run,
  majority,
  majority_simple,
  majority_two_thirds,
  majority_unanimity,
  ballots,
  ballot_counts,
  datasets,
  resolves,
  // issue
  issued_one,
  issued_many,
  for_holder,
  decision,
  token,
  valid,
  span,
  issued_before,
  issue_dry_run,
  // verification
  check_passed,
  check_failed,
  check_skipped,
  check_form,
  check_signature,
  check_claims,
  check_board,
  check_seal,
  check_not_before,
  check_expires,
  check_dataset,
  check_purpose,
  check_environment,
  check_user,
  check_holder,
  detail_not_asked,
  detail_for_any,
  releases,
  valid_for,
  valid_for_any,
  any_warning,
  not_compared,
  refused_token,
  cause_malformed,
  cause_signature,
  cause_expired,
  cause_not_yet,
  cause_other_use,
  // inspection
  not_verified,
  not_verified_why,
  payload,
  footer,
  // audit
  sound,
  sound_rest,
  damaged,
  damaged_one,
  damaged_many,
  origin,
  events,
  documents_count,
  head,
  faults,
  event_number,
};

/// The text in the style's language.
[[nodiscard]] std::string_view say(Word word, const Style& style);

/// The text with its blanks filled in, in order.
template <typename... Arguments>
[[nodiscard]] std::string say_with(Word word, const Style& style, const Arguments&... arguments) {
  return fmt::format(fmt::runtime(say(word, style)), arguments...);
}

/// `one` for a count of one, else `many` with the count filled in.
[[nodiscard]] std::string say_count(Word one, Word many, std::size_t count, const Style& style);

}  // namespace octroi::screen
