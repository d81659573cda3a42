// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <array>

#include "base/error.hpp"
#include "screen/check_words.hpp"
#include "screen/labels.hpp"
#include "screen/parts.hpp"
#include "screen/values.hpp"

namespace octroi::screen {
namespace {

using gate::CheckOutcome;
using gate::TokenAnswer;
using gate::TokenCheck;
using gate::Verification;

/// The checks that compare the token with the use that was stated.
constexpr std::array<std::string_view, 5> k_use_checks = {"dataset", "purpose", "environment",
                                                          "user", "holder"};

bool is_of_use(const TokenCheck& check) {
  return std::find(k_use_checks.begin(), k_use_checks.end(), check.name) != k_use_checks.end();
}

struct OutcomeWord {
  Word word;
  Tone tone;
};

OutcomeWord word_of(CheckOutcome outcome) {
  switch (outcome) {
    case CheckOutcome::passed:
      return {Word::check_passed, Tone::good};
    case CheckOutcome::failed:
      return {Word::check_failed, Tone::bad};
    case CheckOutcome::skipped:
      return {Word::check_skipped, Tone::caution};
  }
  broken_invariant("a check outcome that is none");
}

void add_checks(Page& page, const Verification& verification) {
  const Style& style = page.style();
  std::vector<Mark> marks;
  for (const TokenCheck& check : verification.checks) {
    const OutcomeWord outcome = word_of(check.outcome);
    marks.push_back({check_name(check.name, style), std::string(say(outcome.word, style)),
                     outcome.tone, check_detail(check, style)});
  }
  page.marks(marks);
}

/// True when the token was held against no use at all.
bool is_for_any(const Verification& verification) {
  bool is_any_compared = false;
  for (const TokenCheck& check : verification.checks) {
    if (is_of_use(check) && check.outcome != CheckOutcome::skipped) is_any_compared = true;
  }
  return !is_any_compared;
}

/// Whether what only the board's list or log could tell of it was left open.
bool is_open(const Verification& verification, std::string_view check) {
  const std::vector<std::string> names = gate::not_checked(verification);
  return std::find(names.begin(), names.end(), check) != names.end();
}

/// "dataset snds-main-base; purpose snds:6": what was compared and found in the token.
std::string compared(const Verification& verification, const Style& style) {
  std::vector<std::string> parts;
  for (const TokenCheck& check : verification.checks) {
    if (is_of_use(check) && check.outcome == CheckOutcome::passed) {
      parts.push_back(check_name(check.name, style) + " " + check.detail);
    }
  }
  return fmt::format("{}", fmt::join(parts, "; "));
}

void add_not_compared(Page& page, const Verification& verification) {
  const Style& style = page.style();
  std::vector<std::string> names;
  for (const TokenCheck& check : verification.checks) {
    if (is_of_use(check) && check.outcome == CheckOutcome::skipped) {
      names.push_back(check_name(check.name, style));
    }
  }
  if (!names.empty()) page.prose(say_with(Word::not_compared, style, joined(names, style)));
}

Word cause_of(TokenAnswer answer) {
  switch (answer) {
    case TokenAnswer::malformed:
      return Word::cause_malformed;
    case TokenAnswer::bad_signature:
      return Word::cause_signature;
    case TokenAnswer::expired:
      return Word::cause_expired;
    case TokenAnswer::not_yet_valid:
      return Word::cause_not_yet;
    case TokenAnswer::revoked:
      return Word::cause_revoked;
    case TokenAnswer::suspended:
      return Word::cause_suspended;
    case TokenAnswer::status_stale:
      return Word::cause_status_stale;
    case TokenAnswer::status_missing:
      return Word::cause_status_missing;
    case TokenAnswer::bad_proof:
      return Word::cause_bad_proof;
    case TokenAnswer::other_use:
      return Word::cause_other_use;
    case TokenAnswer::valid:
      break;
  }
  broken_invariant("a valid token is refused");
}

void add_claims(Page& page, const gate::TokenClaims& claims) {
  const Style& style = page.style();
  page.heading(say(Word::releases, style));
  std::vector<Field> fields;
  const auto add = [&](Word label, std::string text) {
    fields.push_back({std::string(say(label, style)), std::move(text)});
  };
  for (const gate::TokenDataset& dataset : claims.datasets) {
    add(Word::dataset, dataset.id + ": " + extent_text(dataset.extent, dataset.components, style) +
                           ", " + dataset.format);
  }
  add(Word::purposes, joined(claims.purposes, style));
  add(Word::environment,
      claims.service.empty() ? claims.environment : claims.environment + ", " + claims.service);
  add(Word::users, joined(claims.users, style));
  for (const std::string& condition : claims.conditions) add(Word::conditions, condition);
  add(Word::holder, claims.holder);
  add(Word::valid, say_with(Word::span, style, format_instant(claims.not_before),
                            format_instant(claims.expires)));
  add(Word::request,
      claims.request + ", " + say_with(Word::version_number, style, claims.request_version));
  add(Word::decision, claims.decision);
  page.fields(fields, 2);
}

void add_answer(Page& page, const Verification& verification) {
  const Style& style = page.style();
  page.blank();
  const bool is_valid = verification.answer == TokenAnswer::valid;
  if (is_valid && is_open(verification, "status")) {
    page.prose(say(Word::status_not_checked, style), 0, Tone::caution);
  }
  if (is_valid && is_open(verification, "log")) {
    page.prose(say(Word::log_not_checked, style), 0, Tone::caution);
  }
  if (!is_valid) {
    page.answer(say(Word::refused_token, style), Tone::bad, cause_text(verification, style));
  } else if (is_for_any(verification)) {
    page.prose(say(Word::any_warning, style), 0, Tone::bad);
    page.prose(say(Word::valid_for_any, style), 0, Tone::caution);
  } else {
    add_not_compared(page, verification);
    page.answer(say(Word::valid_for, style), Tone::good, compared(verification, style));
  }
}

}  // namespace

std::string cause_text(const Verification& verification, const Style& style) {
  std::vector<std::string> failed;
  for (const TokenCheck& check : verification.checks) {
    if (check.outcome == CheckOutcome::failed) failed.push_back(check_name(check.name, style));
  }
  const std::string cause(say(cause_of(verification.answer), style));
  return failed.empty() ? cause : cause + fmt::format(" ({})", fmt::join(failed, ", "));
}

std::string render(const Verification& verification, const Style& style) {
  Page page(style);
  add_checks(page, verification);
  const bool is_valid = verification.answer == TokenAnswer::valid;
  if (is_valid && verification.claims) add_claims(page, *verification.claims);
  add_answer(page, verification);
  return std::move(page).take();
}

}  // namespace octroi::screen
