// SPDX-License-Identifier: Apache-2.0
// The order in which a document lists things says nothing, so it changes nothing but the digests.
#include <algorithm>

#include "catch.hpp"
#include "json/write.hpp"
#include "rules/sample_documents.hpp"

using namespace octroi;
using namespace octroi::rules;
using json::Value;
using sample::Story;

namespace {

/// Turns every list round, or moves its first item to the end, at any depth.
void reorder(Value& value, bool turns) {
  if (value.is_object()) {
    for (auto& [name, member] : value.as_object()) reorder(member, turns);
    return;
  }
  if (!value.is_array()) return;
  Value::Array& list = value.as_array();
  if (turns) {
    std::reverse(list.begin(), list.end());
  } else if (!list.empty()) {
    std::rotate(list.begin(), list.begin() + 1, list.end());
  }
  for (Value& item : list) reorder(item, turns);
}

/// Sorts the lists that are taken over from the documents as they stand, so that what is left to
/// compare is what rules make of them.
void sort_lists(Value& value) {
  if (value.is_object()) {
    for (auto& [name, member] : value.as_object()) sort_lists(member);
  } else if (value.is_array()) {
    for (Value& item : value.as_array()) sort_lists(item);
    std::sort(value.as_array().begin(), value.as_array().end(),
              [](const Value& left, const Value& right) {
                return json::canonical(left) < json::canonical(right);
              });
  }
}

/// All that an assessment says but the digests of documents, whose bytes are others. Facts that are
/// lists of the documents are shown in the documents' order.
Assessment comparable(Assessment assessment) {
  assessment.documents = {};
  for (Finding& finding : assessment.findings) {
    for (auto& [path, value] : finding.facts_used) sort_lists(value);
  }
  for (Disregarded& one : assessment.disregarded) sort_lists(one.value);
  return assessment;
}

Value party(const char* id, const char* country) {
  return json::object({{"id", id},
                       {"name", id},
                       {"kind", "company"},
                       {"registered_office", country},
                       {"central_administration", country},
                       {"principal_establishment", country}});
}

Value holding(const char* holder, const char* percent) {
  return json::object({{"holder", holder},
                       {"held", "example-cloud"},
                       {"capital_percent", percent},
                       {"votes_percent", percent}});
}

Value transfer(const char* country, const char* kind, const char* basis) {
  return json::object({{"country", country}, {"kind", kind}, {"basis", basis}});
}

/// A request and provider that list several of everything.
Story many(bool is_european) {
  Story story;
  Value second = story.datasets.front();
  second.set("id", "a-second");
  second.set("ehds_categories", json::strings({"b", "a", "f"}));
  story.datasets.push_back(second);
  Value use = story.use();
  use.set("dataset", "a-second");
  use.set("identifiers_crossed", json::strings({"exact-care-dates", "birth-month"}));
  use.set("identifiers_reason", "Both are needed to match.");
  story.request.as_object()["datasets"].push(use);
  Value user = story.request.at("users").as_array().front();
  user.set("id", "analyst-3");
  user.set("country", "US");
  story.request.as_object()["users"].push(user);
  sample::set(story.request, "purposes.snds", json::strings({"6", "1", "2"}));
  sample::set(story.request, "purposes.ehds", json::strings({"e", "a"}));
  sample::set(story.request, "necessity.for", json::strings({"treatment", "prevention"}));
  story.request.set("transfers",
                    Value::Array{transfer("US", "transfer", "adequacy"),
                                 transfer("US", "remote-access", "standard-contractual-clauses"),
                                 transfer("CH", "transfer", "adequacy")});
  sample::set(story.request, "disease_codes.codes", json::strings({"U07.11", "U07.10", "C50"}));
  Value body = json::object({{"name", "A"}, {"country", "US"}, {"sector", "public"}});
  Value other = json::object({{"name", "B"}, {"country", "NO"}, {"sector", "public"}});
  story.request.set("joint_controllers", Value::Array{body, other});
  if (!is_european) return story;
  story.provider = sample::european_provider();
  Value& provider = story.provider;
  for (const char* id : {"holder-1", "holder-2", "holder-3"}) {
    provider.as_object()["parties"].push(party(id, id == std::string("holder-2") ? "US" : "FR"));
  }
  provider.as_object()["parties"].push(party("supplier-1", "DE"));
  provider.as_object()["parties"].push(party("supplier-2", "US"));
  provider.as_object()["parties"].as_array().front().set("listed", false);
  provider.set("holdings", Value::Array{holding("holder-1", "55"), holding("holder-2", "20"),
                                        holding("holder-3", "25")});
  sample::set(provider, "locations",
              json::object({{"storage", json::strings({"FR", "IE"})},
                            {"processing", json::strings({"FR", "US", "IE"})},
                            {"administration", json::strings({"US", "FR"})},
                            {"support", json::strings({"IN", "US"})},
                            {"backup", json::strings({"NL", "FR"})}}));
  Value first = json::object({{"scheme", "HDS"}, {"version", "2"}, {"status", "valid"}});
  Value last = json::object({{"scheme", "HDS"}, {"version", "1"}, {"status", "pending"}});
  provider.set("certificates", Value::Array{first, last});
  return story;
}

}  // namespace

TEST_CASE("the order of what documents list changes nothing but their digests") {
  std::vector<Value> rulebooks;
  for (const char* name :
       {"cnam-2021", "ehds-secondary-use", "gdpr-chapter-v", "hds-v2", "snds-law", "sren-31"}) {
    rulebooks.push_back(sample::example(std::string("rulebooks/") + name + ".json"));
  }
  for (const bool is_european : {false, true}) {
    for (const char* day : {"2021-03-01", "2026-11-28", "2031-04-01"}) {
      INFO((is_european ? "european host, " : "example host, ") << day);
      Story story = many(is_european);
      story.rulebooks = rulebooks;
      story.as_of = day;
      const Assessment expected = story.assess();
      for (const bool turns : {true, false}) {
        Story other = story;
        reorder(other.request, turns);
        reorder(other.provider, turns);
        for (Value& dataset : other.datasets) reorder(dataset, turns);
        std::reverse(other.datasets.begin(), other.datasets.end());
        std::reverse(other.rulebooks.begin(), other.rulebooks.end());
        const Assessment got = other.assess();
        CHECK(got.documents.request != expected.documents.request);  // it was another file
        CHECK(got.documents.rulebooks == expected.documents.rulebooks);
        CHECK(got.host == expected.host);
        const Value left = comparable(expected).to_json();
        const Value right = comparable(got).to_json();
        for (std::size_t i = 0; i < left.at("findings").as_array().size(); ++i) {
          CHECK(json::canonical(left.at("findings").as_array()[i]) ==
                json::canonical(right.at("findings").as_array()[i]));
        }
        CHECK(json::canonical(left) == json::canonical(right));
      }
    }
  }
}
