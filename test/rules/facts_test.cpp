// SPDX-License-Identifier: Apache-2.0
#include "rules/facts.hpp"

#include "catch.hpp"
#include "json/read.hpp"
#include "json/to_value.hpp"
#include "json/write.hpp"
#include "rules/fact_row.hpp"
#include "rules/fact_schema.hpp"
#include "rules/sample_documents.hpp"
#include "support/backwards.hpp"
#include "support/shape_changes.hpp"

using namespace octroi;
using namespace octroi::rules;
using sample::Story;

TEST_CASE("facts mirror the documents and carry no person, contact or free text") {
  const Facts facts = Story().facts();
  const std::string text = json::canonical(facts.whole());
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

TEST_CASE("a comment in any object of any document changes no fact") {
  Story story;
  story.use().set("period", json::object({{"from", "2020-01-01"}, {"to", "2020-12-31"}}));
  const json::Value plain = story.facts().whole();
  int comments = 0;
  const auto check_with_comments = [&](json::Value& document, const auto& self) -> void {
    if (document.is_object()) {
      const json::Value before = document;
      document.set("$comment", "why it says this");
      INFO(json::canonical(document));
      CHECK(story.facts().whole() == plain);
      ++comments;
      document = before;
      for (auto& [name, member] : document.as_object()) {
        const bool is_text_by_language = name == "title" && member.is_object();
        if (!is_text_by_language) self(member, self);
      }
    }
    if (document.is_array()) {
      for (json::Value& item : document.as_array()) self(item, self);
    }
  };
  check_with_comments(story.request, check_with_comments);
  check_with_comments(story.provider, check_with_comments);
  for (json::Value& dataset : story.datasets) check_with_comments(dataset, check_with_comments);
  CHECK(comments > 30);
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

TEST_CASE("every country of a request and its datasets is compared in its one spelling") {
  struct Row {
    const char* name;
    std::function<void(Story&, const char*)> write;
    std::function<json::Value(const Facts&)> fact;  ///< that has the code
    const char* place;                              ///< as the error names it
  };
  const auto in_request = [](const char* path) {
    return [path](const Facts& facts) { return *find_fact(facts, nullptr, path); };
  };
  const Row rows[] = {
      {"controller",
       [](Story& story, const char* code) {
         sample::set(story.request, "controller.country", code);
       },
       in_request("request.controller.country"), "request.controller.country"},
      {"implementing body",
       [](Story& story, const char* code) {
         sample::set(story.request, "implementing_body.country", code);
       },
       in_request("request.implementing_body.country"), "request.implementing_body.country"},
      {"a transfer",
       [](Story& story, const char* code) {
         story.request.set("transfers",
                           json::Value::Array{json::object(
                               {{"country", code}, {"kind", "remote-access"}, {"basis", "none"}})});
       },
       [](const Facts& facts) {
         return find_fact(facts, nullptr, "request.transfers")->as_array().front().at("country");
       },
       "request.transfers.country"},
      {"a dataset",
       [](Story& story, const char* code) {
         story.datasets.front().set("countries", json::strings({code}));
       },
       [](const Facts& facts) {
         return facts.datasets().front().at("countries").as_array().front();
       },
       "datasets.countries"},
  };
  for (const Row& row : rows) {
    INFO(row.name);
    Story story;
    const sample::StoryDocuments valid(story);
    const auto facts_with = [&](const char* code) {
      row.write(story, code);
      // As of documents that nobody has looked at: facts rely on no check but their own.
      model::Document request = valid.request;
      request.value = story.request;
      model::Document dataset = valid.datasets.front();
      dataset.value = story.datasets.front();
      return compute_facts({request, {&dataset}, valid.provider}, parse_date(story.as_of).value())
          .kept();
    };
    CHECK(row.fact(facts_with("UK")) == json::Value("GB"));
    CHECK(row.fact(facts_with("el")) == json::Value("GR"));
    CHECK(sample::error_of(ErrorCode::bad_input, [&] { static_cast<void>(facts_with("ZZ")); }) ==
          std::string(row.place) + ": expected an ISO 3166 country code, got \"ZZ\"");
  }
}

TEST_CASE("the order of members in a text means nothing to facts") {
  Story story;
  sample::set(story.use(), "period", json::object({{"from", "2019-01-01"}, {"to", "2020-12-31"}}));
  const sample::StoryDocuments documents(story);
  const Case borrowed = documents.borrow();
  const Date day = parse_date(story.as_of).value();
  const std::string texts[] = {test::backwards(story.request),
                               test::backwards(story.datasets.front()),
                               test::backwards(story.provider)};
  std::vector<json::Tape> tapes;
  for (const std::string& text : texts) tapes.push_back(json::read_laid(text, "text"));
  const LaidCase laid{tapes[0].root(), {tapes[1].root()}, tapes[2].root(), borrowed.hierarchies};
  const KnownHost host(documents.provider, day);
  const Facts facts = compute_facts(laid, host, day);
  CHECK(facts.whole() == compute_facts(borrowed, host, day).whole());
  const cel::View* period = find_view(facts, facts.dataset_views().data(), "dataset.period");
  REQUIRE(period != nullptr);
  CHECK(period->as_object().front().name == "from");
}

TEST_CASE("facts that borrow nothing say the same") {
  const Story story;
  const sample::StoryDocuments documents(story);
  const Facts borrowed = compute_facts(documents.borrow(), parse_date(story.as_of).value());
  const Facts kept = borrowed.kept();
  CHECK(kept.whole() == borrowed.whole());
  for (const char* path : {"as_of", "request.user_count", "request.purposes.duo", "dataset.extent",
                           "host.provider", "host.locations.storage"}) {
    INFO(path);
    const auto shown = [path](const Facts& facts) {
      const cel::View* view = find_view(facts, facts.dataset_views().data(), path);
      REQUIRE(view != nullptr);
      return to_json(*view);
    };
    const json::Value* fact = find_fact(borrowed, borrowed.datasets().data(), path);
    REQUIRE(fact != nullptr);
    CHECK(shown(borrowed) == *fact);
    CHECK(shown(kept) == *fact);
  }
  CHECK(find_view(kept, nullptr, "dataset.extent") == nullptr);
  CHECK(find_view(kept, nullptr, "request.nothing.here") == nullptr);
  CHECK(find_view(kept, nullptr, "") == nullptr);
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

TEST_CASE("facts are looked at part by part as their schema looks at the whole") {
  const Facts facts = Story().facts();
  const json::Value whole = facts.whole();
  REQUIRE(fact_schema().validate(whole).empty());
  const auto [part, name] = GENERATE(table<std::string, std::string>(
      {{"dataset", "datasets"}, {"host", "host"}, {"request", "request"}}));
  INFO(part);
  int count = 0;
  int refused = 0;
  const json::Value& start = part == "dataset" ? facts.datasets().front() : *facts.find(name);
  test::for_each_change(start, [&, part = part, name = name](const json::Value& changed) {
    if (++count % 11 != 0) return;  // there are many
    json::Value other = whole;
    other.set(name, part == "dataset" ? json::Value::Array{changed} : changed);
    const bool is_valid = fact_schema().validate(other).empty();
    refused += is_valid ? 0 : 1;
    if (fits_schema(part, changed) != is_valid) FAIL(json::canonical(changed));
    cel::ViewRoom room;
    if (fits_schema(part, lay_out(room, changed)) != is_valid) FAIL(json::canonical(changed));
  });
  CHECK(refused > 20);
}

TEST_CASE("facts are one value, or that value with the host apart") {
  const Facts facts = Story().facts();
  CHECK(facts.find("host") == &facts.host->value);
  CHECK(facts.value().find("host") == nullptr);
  CHECK(facts.find("as_of")->as_string() == "2021-03-01");
  CHECK(facts.find("another") == nullptr);
  const Facts again = Facts::of(facts.whole(), facts.host->exclusively_eu_law, facts.as_of);
  CHECK(again.value() == facts.value());
  CHECK(again.host->value == facts.host->value);
}

TEST_CASE("each service of a known host has its own certificates, however many are asked for") {
  Story story;
  sample::set(story.provider, "certificates",
              json::read(R"([
    {"scheme": "HDS", "version": "2", "status": "valid", "service": "cloud", "from": "2020-01-01",
     "until": "2029-01-01"}])",
                         "certificates"));
  const sample::StoryDocuments documents(story);
  const KnownHost host(documents.provider, parse_date("2021-03-01").value());
  const auto hds = [&host](const std::string& service) {
    return host.of_service(service)->value.at("qualifications").text("hds");
  };
  const auto kept = host.of_service("cloud");
  CHECK(host.of_service("cloud") == kept);
  for (int i = 0; i < 200; ++i) CHECK(hds("service " + std::to_string(i)) == "other-service");
  CHECK(hds("cloud") == "valid");
  CHECK(kept->value.at("qualifications").text("hds") == "valid");
}
