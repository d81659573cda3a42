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

using json::TapeValue;

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

void examine_summary(TapeValue request, FaultList& faults) {
  const std::optional<TapeValue> summary = request.find("summary");
  if (!summary) return;
  const std::size_t words = word_count(text_or_empty(*summary, "lay"));
  if (words <= k_lay_words_max) return;
  faults.add("/summary/lay", fmt::format("{} words", words),
             fmt::format("at most {} words", k_lay_words_max));
}

void examine_request(TapeValue request, FaultList& faults) {
  faults.require_unique(items_or_none(request, "users"), "/users", "id");
  faults.require_unique(items_or_none(request, "attachments"), "/attachments", "name");
  const TapeValue uses = items_or_none(request, "datasets");
  faults.require_unique(uses, "/datasets", "dataset");
  std::size_t index = 0;
  for (const TapeValue use : uses) {
    if (const auto period = use.find("period")) {
      faults.require_order(*period, fmt::format("/datasets/{}/period", index), "from", "to");
    }
    ++index;
  }
  faults.require_order_in(request, "opinions", "date", "until");
  faults.require_order_in(request, "authorisations", "date", "until");
  faults.require_order_in(request, "transfers", "evidence_date", "evidence_until");
  examine_summary(request, faults);
}

void examine_dataset(TapeValue dataset, FaultList& faults) {
  faults.require_unique(items_or_none(dataset, "components"), "/components", "code");
  if (const auto period = dataset.find("period")) {
    faults.require_order(*period, "/period", "from", "to");
  }
}

void examine_rulebook(TapeValue rulebook, FaultList& faults) {
  if (const auto valid = rulebook.find("valid")) {
    faults.require_order(*valid, "/valid", "from", "to");
  }
}

std::optional<std::int64_t> integer_in(TapeValue object, std::string_view name) {
  const std::optional<TapeValue> member = object.find(name);
  if (!member || !member->is_integer()) return std::nullopt;
  return member->as_integer();
}

/// The key in an object of a list; nothing, and a fault, where its text is no key.
std::optional<crypto::PublicKey> key_in(TapeValue object, std::string pointer, FaultList& faults) {
  const std::string_view text = text_or_empty(object, "key");
  if (text.empty()) return std::nullopt;
  std::optional<crypto::PublicKey> key = crypto::PublicKey::from_paserk(text);
  if (!key) faults.add(std::move(pointer), in_quotes(text), "a sound public key (k4.public)");
  return key;
}

bool is_secretary(TapeValue member) {
  const TapeValue roles = items_or_none(member, "roles");
  return std::any_of(roles.begin(), roles.end(), [](TapeValue role) {
    return role.is_string() && role.as_string() == "secretary";
  });
}

/// Neither who records a decision nor who issues endorses; the two may be one.
void examine_endorsements(TapeValue charter, TapeValue members, FaultList& faults) {
  const std::optional<TapeValue> issuing = charter.find("issuing");
  const std::int64_t wanted = issuing ? integer_in(*issuing, "endorsements").value_or(0) : 0;
  const std::int64_t others = std::count_if(members.begin(), members.end(), is_secretary) - 1;
  if (wanted < 1 || wanted <= others) return;
  faults.add("/issuing/endorsements", std::to_string(wanted),
             fmt::format("at most {}: every secretary but one, who decides and issues",
                         std::max(others, std::int64_t{0})));
}

void examine_charter(TapeValue charter, FaultList& faults) {
  // What witnesses sign begins so. Source: C2SP tlog-cosignature, format.
  if (text_or_empty(charter, "origin") == "cosignature/v1") {
    faults.add("/origin", "\"cosignature/v1\"", "a name that means nothing else in a log");
  }
  const TapeValue members = items_or_none(charter, "members");
  faults.require_unique(members, "/members", "id");
  faults.require_unique(members, "/members", "key");
  std::size_t index = 0;
  for (const TapeValue member : members) {
    static_cast<void>(key_in(member, fmt::format("/members/{}/key", index++), faults));
  }
  if (!members.empty() && std::none_of(members.begin(), members.end(), is_secretary)) {
    faults.add("/members", "no secretary", "at least one member who is secretary");
  }
  examine_endorsements(charter, members, faults);
  const std::optional<TapeValue> decision = charter.find("decision");
  if (!decision) return;
  const std::optional<std::int64_t> seats = integer_in(*decision, "seats");
  const std::optional<std::int64_t> present_min = integer_in(*decision, "present_min");
  if (seats && present_min && *present_min > *seats) {
    faults.add("/decision/present_min", std::to_string(*present_min),
               fmt::format("at most the number of seats, {}", *seats));
  }
}

/// Numbers beside names have to be of these names; whoever is not named counts as absent.
void examine_ballots(TapeValue ballots, FaultList& faults) {
  const TapeValue by_name = items_or_none(ballots, "by_name");
  const std::optional<TapeValue> counts = ballots.find("counts");
  faults.require_unique(by_name, "/ballots/by_name", "name");
  if (by_name.empty() || !counts) return;
  for (const char* vote : {"for", "against", "abstaining", "absent"}) {
    const auto named = std::count_if(by_name.begin(), by_name.end(), [vote](TapeValue ballot) {
      return text_or_empty(ballot, "vote") == vote;
    });
    const std::optional<std::int64_t> counted = integer_in(*counts, vote);
    const bool is_absent = std::string_view(vote) == "absent";
    if (!counted || *counted == named || (is_absent && *counted > named)) continue;
    faults.add(fmt::format("/ballots/counts/{}", vote), std::to_string(*counted),
               fmt::format("{}{}, as by_name says", is_absent ? "at least " : "", named));
  }
}

void examine_decision(TapeValue decision, FaultList& faults) {
  faults.require_order(decision, "", "date", "until");
  if (const auto ballots = decision.find("ballots")) examine_ballots(*ballots, faults);
}

void examine_log_keys(TapeValue trust, FaultList& faults) {
  const TapeValue keys = items_or_none(trust, "log_keys");
  faults.require_unique(keys, "/log_keys", "vkey");
  faults.require_order_in(trust, "log_keys", "from", "until");
  std::size_t index = 0;
  for (const TapeValue key : keys) {
    const std::string pointer = fmt::format("/log_keys/{}/vkey", index++);
    const std::string_view text = text_or_empty(key, "vkey");
    if (text.empty()) continue;
    const std::optional<crypto::NamedKey> named = crypto::read_vkey(text);
    if (!named) {
      faults.add(pointer, in_quotes(text), "a sound verifier key with its own hash");
    } else if (named->name != text_or_empty(trust, "origin")) {
      faults.add(pointer, in_quotes(named->name), "a key named like the origin");
    }
  }
}

void examine_trust(TapeValue trust, FaultList& faults) {
  examine_log_keys(trust, faults);
  const TapeValue seals = items_or_none(trust, "seals");
  faults.require_unique(seals, "/seals", "key");
  faults.require_order_in(trust, "seals", "from", "until");
  std::size_t index = 0;
  for (const TapeValue seal : seals) {
    const std::string pointer = fmt::format("/seals/{}", index++);
    const std::optional<crypto::PublicKey> key = key_in(seal, pointer + "/key", faults);
    const std::string_view kid = text_or_empty(seal, "kid");
    if (!key || kid.empty() || key->id().text == kid) continue;
    faults.add(pointer + "/kid", in_quotes(kid), "the id of the key, " + key->id().text);
  }
}

void examine_rule_tests(TapeValue tests, FaultList& faults) {
  faults.require_unique(items_or_none(tests, "tests"), "/tests", "name");
}

void examine_holidays(TapeValue calendar, FaultList& faults) {
  faults.require_order(calendar, "", "from", "through");
  const TapeValue days = items_or_none(calendar, "days");
  faults.require_unique(days, "/days", "day");
  const std::optional<Date> first = parse_date(text_or_empty(calendar, "from"));
  const std::optional<Date> last = parse_date(text_or_empty(calendar, "through"));
  if (!first || !last || *last < *first) return;
  std::size_t index = 0;
  for (const TapeValue one : days) {
    const std::string pointer = fmt::format("/days/{}/day", index++);
    const std::optional<Date> day = parse_date(text_or_empty(one, "day"));
    if (!day || (*first <= *day && *day <= *last)) continue;
    faults.add(pointer, format_date(*day),
               fmt::format("a day from {} through {}", format_date(*first), format_date(*last)));
  }
}

void examine(DocumentKind kind, TapeValue value, FaultList& faults) {
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

std::vector<json::Fault> semantic_faults(DocumentKind kind, json::TapeValue value) {
  FaultList faults;
  examine(kind, value, faults);
  faults.require_countries(value);
  return faults.take();
}

}  // namespace octroi::model
