// SPDX-License-Identifier: Apache-2.0
#include "screen/values.hpp"

#include <algorithm>
#include <span>

#include "base/error.hpp"
#include "screen/labels.hpp"

namespace octroi::screen {
namespace {

constexpr std::size_t k_items_max = 12;

struct Translation {
  std::string_view name;
  Word word;
};

constexpr Translation k_roles[] = {{"secretary", Word::role_secretary},
                                   {"researcher", Word::role_researcher},
                                   {"auditor", Word::role_auditor}};

constexpr Translation k_states[] = {
    {"submitted", Word::state_submitted}, {"assessed", Word::state_assessed},
    {"granted", Word::state_granted},     {"refused", Word::state_refused},
    {"issued", Word::state_issued},       {"withdrawn", Word::state_withdrawn}};

constexpr Translation k_standings[] = {{"suspended", Word::state_suspended},
                                       {"revoked", Word::state_revoked},
                                       {"mixed", Word::state_mixed}};

constexpr Translation k_key_uses[] = {
    {"seal", Word::use_seal}, {"log", Word::use_log}, {"member", Word::use_member}};

constexpr Translation k_majorities[] = {{"simple", Word::majority_simple},
                                        {"two-thirds", Word::majority_two_thirds},
                                        {"unanimity-of-positions", Word::majority_unanimity}};

constexpr Translation k_extents[] = {{"extract", Word::extent_extract},
                                     {"sample", Word::extent_sample},
                                     {"whole", Word::extent_whole}};

std::string translated(std::span<const Translation> words, std::string_view name,
                       const Style& style) {
  const auto found = std::find_if(words.begin(), words.end(),
                                  [name](const Translation& one) { return one.name == name; });
  return std::string(found == words.end() ? name : say(found->word, style));
}

/// The texts with a separator; how many more there are where they are too many.
std::string listed(const std::vector<std::string>& texts, std::string_view separator,
                   const Style& style) {
  if (texts.empty()) return std::string(say(Word::none, style));
  std::string result;
  for (std::size_t i = 0; i < std::min(texts.size(), k_items_max); ++i) {
    if (i > 0) result += separator;
    result += texts[i];
  }
  if (texts.size() <= k_items_max) return result;
  return result + std::string(separator) +
         say_with(Word::and_more, style, texts.size() - k_items_max);
}

std::string text_of_list(const json::Value::Array& items, const Style& style) {
  std::vector<std::string> texts;
  for (const json::Value& item : items) texts.push_back(fact_text(item, style));
  return listed(texts, ", ", style);
}

std::string text_of_object(const json::Value::Object& members, const Style& style) {
  std::vector<std::string> texts;
  for (const auto& [name, value] : members) texts.push_back(name + ": " + fact_text(value, style));
  return listed(texts, "; ", style);
}

}  // namespace

std::string fact_text(const json::Value& value, const Style& style) {
  switch (value.kind()) {
    case json::Kind::null:
      return std::string(say(Word::nothing, style));
    case json::Kind::boolean:
      return std::string(say(value.as_boolean() ? Word::yes : Word::no, style));
    case json::Kind::integer:
      return std::to_string(value.as_integer());
    case json::Kind::number:
      return fmt::format("{}", value.as_number());
    case json::Kind::string:
      return value.as_string().empty() ? "\"\"" : value.as_string();
    case json::Kind::array:
      return text_of_list(value.as_array(), style);
    case json::Kind::object:
      return text_of_object(value.as_object(), style);
  }
  broken_invariant("a JSON value of no kind");
}

std::string joined(const std::vector<std::string>& texts, const Style& style) {
  if (texts.empty()) return std::string(say(Word::none, style));
  return fmt::format("{}", fmt::join(texts, ", "));
}

std::string short_digest(std::string_view hex) {
  return std::string(hex.substr(0, 12));
}

std::string word_of(rules::Verdict verdict, const Style& style) {
  switch (verdict) {
    case rules::Verdict::clear:
      return std::string(say(Word::clear, style));
    case rules::Verdict::refer:
      return std::string(say(Word::refer, style));
    case rules::Verdict::incomplete:
      return std::string(say(Word::incomplete, style));
    case rules::Verdict::refuse:
      return std::string(say(Word::refuse, style));
  }
  broken_invariant("a verdict that is none");
}

std::string word_of(rules::Outcome outcome, const Style& style) {
  switch (outcome) {
    case rules::Outcome::not_applicable:
      return std::string(say(Word::not_applicable, style));
    case rules::Outcome::pass:
      return std::string(say(Word::pass, style));
    case rules::Outcome::refer:
    case rules::Outcome::incomplete:
    case rules::Outcome::refuse:
      return word_of(rules::verdict_of(outcome), style);
  }
  broken_invariant("an outcome that is none");
}

std::string role_word(std::string_view role, const Style& style) {
  return translated(k_roles, role, style);
}

std::string state_word(std::string_view state, const Style& style) {
  return translated(k_states, state, style);
}

std::string standing_word(std::string_view token_status, const Style& style) {
  if (token_status.empty() || token_status == "valid") return "";
  return translated(k_standings, token_status, style);
}

std::string key_use_word(std::string_view use, const Style& style) {
  return translated(k_key_uses, use, style);
}

std::string majority_word(std::string_view majority, const Style& style) {
  return translated(k_majorities, majority, style);
}

std::string extent_word(std::string_view extent, const Style& style) {
  return translated(k_extents, extent, style);
}

std::string token_status_word(std::string_view status, const Style& style) {
  if (status == "valid") return std::string(say(Word::token_valid, style));
  if (status == "suspended") return std::string(say(Word::token_suspended, style));
  if (status == "revoked") return std::string(say(Word::token_revoked, style));
  return std::string(status);
}

std::string status_detail(const std::string& reason, const std::optional<Instant>& since,
                          const Style& style) {
  if (!since) return "";
  return say_with(Word::since_when, style, reason_word(reason, style), format_instant(*since));
}

std::string date_text(const std::optional<Date>& date) {
  return date ? format_date(*date) : "";
}

}  // namespace octroi::screen
