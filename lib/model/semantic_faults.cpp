// SPDX-License-Identifier: Apache-2.0
#include "model/semantic_faults.hpp"

#include <fmt/format.h>

#include <set>

#include "base/safe_text.hpp"
#include "crypto/key.hpp"

namespace octroi::model {
namespace {

using json::Fault;
using json::Value;

/// Gathers the faults of one document.
class Examiner {
 public:
  std::vector<Fault> examine(const Document& document) {
    const Value& value = document.value;
    switch (document.kind) {
      case DocumentKind::request:
        examine_request(value);
        break;
      case DocumentKind::dataset:
        require_unique(value.at("components"), "/components", "code");
        if (const Value* period = value.find("period")) require_order(*period, "/period");
        break;
      case DocumentKind::provider:
        examine_provider(value);
        break;
      case DocumentKind::rulebook:
        require_order(value.at("valid"), "/valid");
        break;
      case DocumentKind::charter:
        examine_charter(value);
        break;
      case DocumentKind::decision:
        examine_decision(value);
        break;
      case DocumentKind::assessment:
      case DocumentKind::trust:
        break;
    }
    return std::move(faults_);
  }

 private:
  void fault(std::string pointer, std::string found, std::string expected) {
    faults_.push_back({std::move(pointer), std::move(found), std::move(expected)});
  }

  /// `from` not after `to` (or `until`). Days of the form YYYY-MM-DD sort as texts.
  void require_order(const Value& period, const std::string& pointer) {
    const std::string from = period.text("from");
    for (const char* name : {"to", "until"}) {
      const std::string last = period.text(name);
      if (!from.empty() && !last.empty() && last < from) {
        fault(fmt::format("{}/{}", pointer, name), in_quotes(last), "a day not before " + from);
      }
    }
  }

  /// No two items of a list with the same text in `member`.
  void require_unique(const Value& list, const std::string& pointer, std::string_view member) {
    std::set<std::string> seen;
    std::size_t index = 0;
    for (const Value& item : list.as_array()) {
      const std::string text = item.text(member);
      if (!text.empty() && !seen.insert(text).second) {
        fault(fmt::format("{}/{}/{}", pointer, index, member), in_quotes(text),
              "one that is not given twice");
      }
      ++index;
    }
  }

  void require_among(const std::set<std::string>& known, const std::string& text,
                     std::string pointer, std::string_view what) {
    if (known.contains(text)) return;
    const std::string_view near = nearest(text, known);
    fault(std::move(pointer), in_quotes(text),
          fmt::format("{}{}", what,
                      near.empty() ? "" : fmt::format(" (did you mean \"{}\"?)", near)));
  }

  void examine_request(const Value& request) {
    require_unique(request.at("users"), "/users", "id");
    require_unique(request.at("datasets"), "/datasets", "dataset");
    std::size_t index = 0;
    for (const Value& use : request.at("datasets").as_array()) {
      require_order(use.at("period"), fmt::format("/datasets/{}/period", index++));
    }
    if (const Value* files = request.find("attachments")) {
      require_unique(*files, "/attachments", "name");
    }
  }

  void examine_provider(const Value& provider) {
    require_unique(provider.at("parties"), "/parties", "id");
    std::set<std::string> parties;
    for (const Value& party : provider.at("parties").as_array()) parties.insert(party.text("id"));
    constexpr std::string_view k_what = "the id of one of the parties";
    require_among(parties, provider.text("operator"), "/operator", k_what);
    std::size_t index = 0;
    for (const Value& holding : provider.at("holdings").as_array()) {
      for (const char* end : {"holder", "held"}) {
        require_among(parties, holding.text(end), fmt::format("/holdings/{}/{}", index, end),
                      k_what);
      }
      ++index;
    }
    index = 0;
    for (const Value& supplier : provider.at("suppliers").as_array()) {
      require_among(parties, supplier.text("party"), fmt::format("/suppliers/{}/party", index++),
                    k_what);
    }
    const Value* certificates = provider.find("certificates");
    if (certificates == nullptr) return;
    index = 0;
    for (const Value& certificate : certificates->as_array()) {
      require_order(certificate, fmt::format("/certificates/{}", index++));
    }
  }

  void examine_charter(const Value& charter) {
    const Value& members = charter.at("members");
    require_unique(members, "/members", "id");
    require_unique(members, "/members", "key");
    bool has_secretary = false;
    std::size_t index = 0;
    for (const Value& member : members.as_array()) {
      for (const std::string& role : json::to_strings(member.find("roles"))) {
        has_secretary = has_secretary || role == "secretary";
      }
      const std::string key = member.text("key");
      if (!crypto::PublicKey::from_paserk(key)) {
        fault(fmt::format("/members/{}/key", index), in_quotes(key), "a sound k4.public key");
      }
      ++index;
    }
    if (!has_secretary) fault("/members", "no secretary", "at least one member who is secretary");
    const Value& decision = charter.at("decision");
    if (decision.at("present_min").as_integer() > decision.at("seats").as_integer()) {
      fault("/decision/present_min", std::to_string(decision.at("present_min").as_integer()),
            "at most the number of seats");
    }
  }

  void examine_decision(const Value& decision) {
    if (decision.find("until") != nullptr && decision.text("until") < decision.text("date")) {
      fault("/until", in_quotes(decision.text("until")), "a day not before the decision's");
    }
    const Value* by_name = decision.at("ballots").find("by_name");
    if (by_name != nullptr) require_unique(*by_name, "/ballots/by_name", "name");
  }

  std::vector<Fault> faults_;
};

}  // namespace

std::vector<Fault> semantic_faults(const Document& document) {
  return Examiner().examine(document);
}

}  // namespace octroi::model
