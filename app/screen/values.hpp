// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/bytes.hpp"
#include "base/time.hpp"
#include "json/value.hpp"
#include "rules/outcome.hpp"
#include "screen/screen.hpp"

/// Values in words. What comes out is not yet safe to show: Page and Table see to that.
namespace octroi::screen {

/// A fact's value: text as it is, lists with commas, objects as "name: value; …". A long list is
/// cut after a dozen, and says how many more there are.
[[nodiscard]] std::string fact_text(const json::Value& value, const Style& style);

/// "a, b, c", or the word for none.
[[nodiscard]] std::string joined(const std::vector<std::string>& texts, const Style& style);

/// The first twelve digits of a digest in hexadecimal: enough to tell files apart, not to prove.
[[nodiscard]] std::string short_digest(std::string_view hex);

[[nodiscard]] std::string word_of(rules::Verdict verdict, const Style& style);
[[nodiscard]] std::string word_of(rules::Outcome outcome, const Style& style);

/// Words that documents and tables have in English; an unknown one is returned as it is.
[[nodiscard]] std::string role_word(std::string_view role, const Style& style);
[[nodiscard]] std::string key_use_word(std::string_view use, const Style& style);
[[nodiscard]] std::string state_word(std::string_view state, const Style& style);
[[nodiscard]] std::string majority_word(std::string_view majority, const Style& style);
[[nodiscard]] std::string extent_word(std::string_view extent, const Style& style);

/// What an event did: "token.revoked", in French "jeton révoqué".
[[nodiscard]] std::string act_word(std::string_view type, const Style& style);
/// What an event came to, as the history of a request has it: a verdict, a result, a reason.
[[nodiscard]] std::string history_note(std::string_view type, const std::string& note,
                                       const Style& style);
/// Why: "data-breach", in French "violation de données [data-breach]". Other texts as they are.
[[nodiscard]] std::string reason_word(std::string_view code, const Style& style);

/// How the tokens of a request stand, where they are not all valid: "revoked"; else "".
[[nodiscard]] std::string standing_word(std::string_view token_status, const Style& style);

/// How a token stands: "valid", "suspended", "revoked".
[[nodiscard]] std::string token_status_word(std::string_view status, const Style& style);
/// "under-inquiry, since 2026-11-20T10:00:00Z", or "" before the first act on a token.
[[nodiscard]] std::string status_detail(const std::string& reason,
                                        const std::optional<Instant>& since, const Style& style);

/// The day, or "" for none.
[[nodiscard]] std::string date_text(const std::optional<Date>& date);

}  // namespace octroi::screen
