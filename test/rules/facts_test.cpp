// SPDX-License-Identifier: Apache-2.0
#include "rules/facts.hpp"

#include "catch.hpp"
#include "json/write.hpp"
#include "rules/sample_documents.hpp"

using namespace octroi;
using namespace octroi::rules;
using sample::Story;

TEST_CASE("facts mirror the documents and carry no person, contact or free text") {
  const Facts facts = Story().facts();
  const std::string text = json::canonical(facts.value);
  for (const char* hidden : {"analyst-1", "investigator-1", "research-office-1", "dpo-1",
                             "CHU Rennes", "corticosteroid"}) {
    INFO(hidden);
    CHECK(text.find(hidden) == std::string::npos);
  }
  const json::Value& dataset = facts.datasets().front();
  CHECK(*find_fact(facts, nullptr, "as_of") == json::Value("2021-03-01"));
  CHECK(*find_fact(facts, nullptr, "request.user_count") == json::Value(2));
  CHECK(*find_fact(facts, nullptr, "request.disease_scope") == json::Value("covid-19"));
  CHECK(*find_fact(facts, nullptr, "request.necessity.serves") == json::strings({"treatment"}));
  CHECK(*find_fact(facts, nullptr, "host.exclusively_eu_law") == json::Value("no"));
  CHECK(*find_fact(facts, &dataset, "dataset.collection") == json::Value("snds-main-base"));
  CHECK(*find_fact(facts, &dataset, "dataset.extent") == json::Value("extract"));
  CHECK(find_fact(facts, nullptr, "dataset.extent") == nullptr);
  CHECK(find_fact(facts, nullptr, "request.nothing.here") == nullptr);
  CHECK(find_fact(facts, nullptr, "") == nullptr);
}

TEST_CASE("an unknown fact is absent, not empty") {
  Story story;
  sample::set(story.request, "disease_codes.codes", json::strings({"U07"}));
  CHECK(find_fact(story.facts(), nullptr, "request.disease_scope") == nullptr);
}

TEST_CASE("countries are compared in one spelling, and what is none is refused") {
  Story story;
  sample::set(story.provider, "locations.storage", json::strings({"UK", "EL"}));
  CHECK(*find_fact(story.facts(), nullptr, "host.locations.storage") ==
        json::strings({"GB", "GR"}));
  sample::set(story.provider, "locations.storage", json::strings({"ZZ"}));
  const std::string message =
      sample::error_of(ErrorCode::bad_input, [&] { static_cast<void>(story.facts()); });
  CHECK(message.find("ZZ") != std::string::npos);
}

TEST_CASE("documents that do not belong together are refused") {
  struct Row {
    const char* name;
    std::function<void(Story&)> change;
    const char* expected;
  };
  const Row rows[] = {
      {"no dataset document", [](Story& story) { story.datasets.clear(); }, "snds-main-base"},
      {"another provider", [](Story& story) { story.provider.set("id", "another"); }, "azure-hub"},
      {"one dataset twice",
       [](Story& story) { story.request.as_object()["datasets"].push(story.use()); }, "twice"},
      {"two documents of a dataset",
       [](Story& story) { story.datasets.push_back(story.datasets.front()); }, "got two"},
  };
  for (const Row& row : rows) {
    INFO(row.name);
    Story story;
    row.change(story);
    const std::string message =
        sample::error_of(ErrorCode::bad_input, [&] { static_cast<void>(story.facts()); });
    CHECK(message.find(row.expected) != std::string::npos);
  }
}
