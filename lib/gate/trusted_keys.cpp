// SPDX-License-Identifier: Apache-2.0
#include "gate/trusted_keys.hpp"

#include <fmt/format.h>

#include <set>

#include "base/safe_text.hpp"
#include "gate/trust.hpp"
#include "registry/log.hpp"

namespace octroi::gate {
namespace {

using json::Value;
using KeysByText = std::map<std::string, registry::KeyRecord>;

TrustWindow window_in_log(const registry::KeyRecord& key) {
  return {key.from, key.until, key.compromised_from, true};
}

/// Whether the document says the same as the log; an end that it does not state may be newer than
/// it, where it does not say how old it is.
bool is_same_window(const TrustWindow& stated, const TrustWindow& logged, bool is_dated) {
  const auto is_same = [is_dated](const std::optional<Instant>& one,
                                  const std::optional<Instant>& other) {
    return one == other || (!is_dated && !one);
  };
  return stated.is_readable && stated.from == logged.from && is_same(stated.until, logged.until) &&
         is_same(stated.compromised_from, logged.compromised_from);
}

/// A member that is stated must be what the log says of it.
bool is_same_text(const Value& key, std::string_view member, const std::string& logged) {
  const Value* stated = key.find(member);
  return stated == nullptr || stated->as_string() == logged;
}

class TrustedKeys {
 public:
  TrustedKeys(const Value& trust, const NamedKeys& named)
      : trust_(trust), named_(named), is_dated_(trust.find("events") != nullptr) {}

  std::vector<std::string> run() {
    compare("seals", "key", named_.seals);
    compare("log_keys", "vkey", named_.log_keys);
    const Value* as_of = trust_.find("as_of");
    if (is_dated_ && as_of != nullptr && parse_instant(as_of->as_string()) != named_.at) {
      faults_.push_back(fmt::format("the trust file is as of {}, and event {} of this log is of {}",
                                    printable(as_of->as_string()),
                                    trust_.at("events").as_integer() - 1,
                                    format_instant(named_.at)));
    }
    return std::move(faults_);
  }

 private:
  void compare(const char* list, const char* member, const KeysByText& logged) {
    std::set<std::string> found;
    if (const Value* keys = trust_.find(list)) {
      for (const Value& key : keys->as_array()) {
        found.insert(key.text(member));
        compare_key(key, key.text(member), logged);
      }
    }
    if (!is_dated_) return;
    for (const auto& [text, record] : logged) {
      if (found.contains(text)) continue;
      faults_.push_back(
          fmt::format("{} of the trust file: it is of {} events, and lacks the key {} that the log "
                      "named by then",
                      list, trust_.at("events").as_integer(), text));
    }
  }

  void compare_key(const Value& key, const std::string& text, const KeysByText& logged) {
    const auto record = logged.find(text);
    if (record == logged.end()) {
      faults_.push_back(fmt::format(
          "the log never named the key {} of the trust file{}", printable(text),
          is_dated_ ? fmt::format(", which is of {} events", trust_.at("events").as_integer())
                    : ""));
      return;
    }
    const TrustWindow stated = window_of(key);
    const TrustWindow said = window_in_log(record->second);
    if (!is_same_window(stated, said, is_dated_)) {
      faults_.push_back(fmt::format("the trust file says of the key {}: {}; the log says: {}", text,
                                    stated.text(), said.text()));
    }
    if (!is_same_text(key, "previous", record->second.previous) ||
        !is_same_text(key, "handover", record->second.handover)) {
      faults_.push_back(fmt::format(
          "the trust file says of the key {} that another one handed over to it than the log says",
          text));
    }
  }

  const Value& trust_;
  const NamedKeys& named_;
  bool is_dated_;
  std::vector<std::string> faults_;
};

}  // namespace

NamedKeys named_keys(Database& tables) {
  NamedKeys named{registry::read_head(tables).at, {}, {}};
  for (registry::KeyRecord& key : registry::keys_of(tables, registry::KeyUse::seal)) {
    const std::string text = key.key.paserk();
    named.seals.insert({text, std::move(key)});
  }
  for (registry::KeyRecord& key : registry::keys_of(tables, registry::KeyUse::log)) {
    const std::string text = registry::vkey_of(tables, key);
    named.log_keys.insert({text, std::move(key)});
  }
  return named;
}

std::vector<std::string> faults_of_trusted_keys(const Value& trust, const NamedKeys& keys) {
  return TrustedKeys(trust, keys).run();
}

}  // namespace octroi::gate
