// SPDX-License-Identifier: Apache-2.0
#include "model/semantic_faults.hpp"

#include "base/safe_text.hpp"
#include "base/time.hpp"
#include "crypto/key.hpp"
#include "crypto/vkey.hpp"
#include "model/fault_list.hpp"
#include "model/hierarchy_faults.hpp"
#include "model/provider_faults.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <optional>

namespace octroi::model {
namespace {

using json::Value;

/// Source: TEHDAS2 D6.3, common application form, lay summary.
constexpr std::size_t k_lay_words_max = 250;

std::size_t word_count(std::string_view text) {
  std::size_t count = 0;
  bool is_in_word = false;
  for (const char character : text) {
    const bool is_blank =
        character == ' ' || character == '\t' || character == '\r' || character == '\n';
    if (!is_blank && !is_in_word) ++count;
    is_in_word = !is_blank;
  }
  return count;
}

void examine_summary(const Value& request, FaultList& faults) {
  const Value* summary = request.find("summary");
  if (summary == nullptr) return;
  const std::size_t words = word_count(text_or_empty(*summary, "lay"));
  if (words <= k_lay_words_max) return;
  faults.add("/summary/lay", fmt::format("{} words", words),
             fmt::format("at most {} words", k_lay_words_max));
}

void examine_request(const Value& request, FaultList& faults) {
  faults.require_unique(items_or_none(request, "users"), "/users", "id");
  faults.require_unique(items_or_none(request, "attachments"), "/attachments", "name");
  const Value::Array& uses = items_or_none(request, "datasets");
  faults.require_unique(uses, "/datasets", "dataset");
  std::size_t index = 0;
  for (const Value& use : uses) {
    if (const Value* period = use.find("period")) {
      faults.require_order(*period, fmt::format("/datasets/{}/period", index), "from", "to");
    }
    ++index;
  }
  faults.require_order_in(request, "opinions", "date", "until");
  faults.require_order_in(request, "authorisations", "date", "until");
  faults.require_order_in(request, "transfers", "evidence_date", "evidence_until");
  examine_summary(request, faults);
}

void examine_dataset(const Value& dataset, FaultList& faults) {
  faults.require_unique(items_or_none(dataset, "components"), "/components", "code");
  if (const Value* period = dataset.find("period")) {
    faults.require_order(*period, "/period", "from", "to");
  }
}

void examine_rulebook(const Value& rulebook, FaultList& faults) {
  if (const Value* valid = rulebook.find("valid")) {
    faults.require_order(*valid, "/valid", "from", "to");
  }
}

std::optional<std::int64_t> integer_in(const Value& object, std::string_view name) {
  const Value* member = object.find(name);
  if (member == nullptr || !member->is_integer()) return std::nullopt;
  return member->as_integer();
}

/// The key in an object of a list; nothing, and a fault, where its text is no key.
std::optional<crypto::PublicKey> key_in(const Value& object, std::string pointer,
                                        FaultList& faults) {
  const std::string text = text_or_empty(object, "key");
  if (text.empty()) return std::nullopt;
  std::optional<crypto::PublicKey> key = crypto::PublicKey::from_paserk(text);
  if (!key) faults.add(std::move(pointer), in_quotes(text), "a sound public key (k4.public)");
  return key;
}

bool is_secretary(const Value& member) {
  const Value::Array& roles = items_or_none(member, "roles");
  return std::find(roles.begin(), roles.end(), Value("secretary")) != roles.end();
}

/// Neither who records a decision nor who issues endorses; the two may be one.
void examine_endorsements(const Value& charter, const Value::Array& members, FaultList& faults) {
  const Value* issuing = charter.find("issuing");
  const std::int64_t wanted =
      issuing == nullptr ? 0 : integer_in(*issuing, "endorsements").value_or(0);
  const std::int64_t others = std::count_if(members.begin(), members.end(), is_secretary) - 1;
  if (wanted < 1 || wanted <= others) return;
  faults.add("/issuing/endorsements", std::to_string(wanted),
             fmt::format("at most {}: every secretary but one, who decides and issues",
                         std::max(others, std::int64_t{0})));
}

void examine_charter(const Value& charter, FaultList& faults) {
  const Value::Array& members = items_or_none(charter, "members");
  faults.require_unique(members, "/members", "id");
  faults.require_unique(members, "/members", "key");
  std::size_t index = 0;
  for (const Value& member : members) {
    static_cast<void>(key_in(member, fmt::format("/members/{}/key", index++), faults));
  }
  if (!members.empty() && std::none_of(members.begin(), members.end(), is_secretary)) {
    faults.add("/members", "no secretary", "at least one member who is secretary");
  }
  examine_endorsements(charter, members, faults);
  const Value* decision = charter.find("decision");
  if (decision == nullptr) return;
  const std::optional<std::int64_t> seats = integer_in(*decision, "seats");
  const std::optional<std::int64_t> present_min = integer_in(*decision, "present_min");
  if (seats && present_min && *present_min > *seats) {
    faults.add("/decision/present_min", std::to_string(*present_min),
               fmt::format("at most the number of seats, {}", *seats));
  }
}

/// Numbers beside names have to be of these names; whoever is not named counts as absent.
void examine_ballots(const Value& ballots, FaultList& faults) {
  const Value::Array& by_name = items_or_none(ballots, "by_name");
  const Value* counts = ballots.find("counts");
  faults.require_unique(by_name, "/ballots/by_name", "name");
  if (by_name.empty() || counts == nullptr) return;
  for (const char* vote : {"for", "against", "abstaining", "absent"}) {
    const auto named = std::count_if(by_name.begin(), by_name.end(), [vote](const Value& ballot) {
      return text_or_empty(ballot, "vote") == vote;
    });
    const std::optional<std::int64_t> counted = integer_in(*counts, vote);
    const bool is_absent = std::string_view(vote) == "absent";
    if (!counted || *counted == named || (is_absent && *counted > named)) continue;
    faults.add(fmt::format("/ballots/counts/{}", vote), std::to_string(*counted),
               fmt::format("{}{}, as by_name says", is_absent ? "at least " : "", named));
  }
}

void examine_decision(const Value& decision, FaultList& faults) {
  faults.require_order(decision, "", "date", "until");
  if (const Value* ballots = decision.find("ballots")) examine_ballots(*ballots, faults);
}

void examine_log_keys(const Value& trust, FaultList& faults) {
  const Value::Array& keys = items_or_none(trust, "log_keys");
  faults.require_unique(keys, "/log_keys", "vkey");
  faults.require_order_in(trust, "log_keys", "from", "until");
  std::size_t index = 0;
  for (const Value& key : keys) {
    const std::string pointer = fmt::format("/log_keys/{}/vkey", index++);
    const std::string text = text_or_empty(key, "vkey");
    if (text.empty()) continue;
    const std::optional<crypto::NamedKey> named = crypto::read_vkey(text);
    if (!named) {
      faults.add(pointer, in_quotes(text), "a sound verifier key with its own hash");
    } else if (named->name != text_or_empty(trust, "origin")) {
      faults.add(pointer, in_quotes(named->name), "a key named like the origin");
    }
  }
}

void examine_trust(const Value& trust, FaultList& faults) {
  examine_log_keys(trust, faults);
  const Value::Array& seals = items_or_none(trust, "seals");
  faults.require_unique(seals, "/seals", "key");
  faults.require_order_in(trust, "seals", "from", "until");
  std::size_t index = 0;
  for (const Value& seal : seals) {
    const std::string pointer = fmt::format("/seals/{}", index++);
    const std::optional<crypto::PublicKey> key = key_in(seal, pointer + "/key", faults);
    const std::string kid = text_or_empty(seal, "kid");
    if (!key || kid.empty() || key->id().text == kid) continue;
    faults.add(pointer + "/kid", in_quotes(kid), "the id of the key, " + key->id().text);
  }
}

void examine_rule_tests(const Value& tests, FaultList& faults) {
  faults.require_unique(items_or_none(tests, "tests"), "/tests", "name");
}

void examine_holidays(const Value& calendar, FaultList& faults) {
  faults.require_order(calendar, "", "from", "through");
  const Value::Array& days = items_or_none(calendar, "days");
  faults.require_unique(days, "/days", "day");
  const std::optional<Date> first = parse_date(text_or_empty(calendar, "from"));
  const std::optional<Date> last = parse_date(text_or_empty(calendar, "through"));
  if (!first || !last || *last < *first) return;
  std::size_t index = 0;
  for (const Value& one : days) {
    const std::string pointer = fmt::format("/days/{}/day", index++);
    const std::optional<Date> day = parse_date(text_or_empty(one, "day"));
    if (!day || (*first <= *day && *day <= *last)) continue;
    faults.add(pointer, format_date(*day),
               fmt::format("a day from {} through {}", format_date(*first), format_date(*last)));
  }
}

void examine(DocumentKind kind, const Value& value, FaultList& faults) {
  switch (kind) {
    case DocumentKind::request:
      return examine_request(value, faults);
    case DocumentKind::dataset:
      return examine_dataset(value, faults);
    case DocumentKind::provider:
      return examine_provider(value, faults);
    case DocumentKind::rulebook:
      return examine_rulebook(value, faults);
    case DocumentKind::charter:
      return examine_charter(value, faults);
    case DocumentKind::decision:
      return examine_decision(value, faults);
    case DocumentKind::trust:
      return examine_trust(value, faults);
    case DocumentKind::rule_tests:
      return examine_rule_tests(value, faults);
    case DocumentKind::holidays:
      return examine_holidays(value, faults);
    case DocumentKind::hierarchy:
      return examine_hierarchy(value, faults);
    case DocumentKind::assessment:
      return;  // written by octroi alone
  }
}

}  // namespace

std::vector<json::Fault> semantic_faults(DocumentKind kind, const json::Value& value) {
  FaultList faults;
  examine(kind, value, faults);
  faults.require_countries(value);
  return faults.take();
}

}  // namespace octroi::model
