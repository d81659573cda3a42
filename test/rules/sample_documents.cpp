// SPDX-License-Identifier: Apache-2.0
#include "rules/sample_documents.hpp"

#include <algorithm>

#include "base/file.hpp"
#include "base/limits.hpp"
#include "catch.hpp"
#include "json/pointer.hpp"
#include "json/read.hpp"
#include "json/write.hpp"
#include "rules/judgement.hpp"

namespace octroi::rules::sample {
namespace {

json::Value& member_of(json::Value& value, std::string_view path, std::string& last) {
  json::Value* at = &value;
  for (std::size_t dot = path.find('.'); dot != std::string_view::npos; dot = path.find('.')) {
    if (at->find(path.substr(0, dot)) == nullptr)
      at->set(path.substr(0, dot), json::Value::Object{});
    at = &at->as_object().find(path.substr(0, dot))->second;
    path.remove_prefix(dot + 1);
  }
  last = std::string(path);
  return *at;
}

}  // namespace

json::Value example(std::string_view path) {
  const std::string file = std::string(OCTROI_SOURCE "/examples/") + std::string(path);
  return json::read(read_input(file, limits::k_document_bytes_max), file);
}

std::vector<json::Value> tested_facts(std::string_view rulebook) {
  std::vector<json::Value> result;
  const json::Value tests = example("rulebooks/" + std::string(rulebook) + ".tests.json");
  const json::Value* start = tests.find("facts");
  if (start == nullptr) return result;
  for (const json::Value& test : tests.at("tests").as_array()) {
    if (test.text("from") == "documents") continue;
    json::Value& facts = result.emplace_back(*start);
    const json::Value* set = test.find("set");
    if (set == nullptr) continue;
    for (const auto& [pointer, content] : set->as_object()) {
      REQUIRE(json::set_at(facts, pointer, content));
    }
  }
  return result;
}

model::Document document(model::DocumentKind kind, const json::Value& value) {
  return model::read_document(kind, json::canonical(value), "sample");
}

json::Value& Story::use(std::size_t number) {
  return request.as_object()["datasets"].as_array().at(number);
}

StoryDocuments::StoryDocuments(const Story& story)
    : request(document(model::DocumentKind::request, story.request)),
      provider(document(model::DocumentKind::provider, story.provider)) {
  for (const json::Value& value : story.datasets) {
    datasets.push_back(document(model::DocumentKind::dataset, value));
  }
}

Case StoryDocuments::borrow() const {
  Case result{request, {}, provider};
  for (const model::Document& dataset : datasets) result.datasets.push_back(&dataset);
  return result;
}

std::vector<CompiledRulebook> Story::compiled() const {
  std::vector<CompiledRulebook> result;
  for (const json::Value& rulebook : rulebooks) {
    result.push_back(CompiledRulebook::require(document(model::DocumentKind::rulebook, rulebook),
                                               "sample rulebook"));
  }
  return result;
}

Facts Story::facts() const {
  const StoryDocuments documents(*this);
  return compute_facts(documents.borrow(), parse_date(as_of).value()).kept();
}

Assessment Story::assess() const {
  const StoryDocuments documents(*this);
  const Case borrowed = documents.borrow();
  const rules::Facts facts = compute_facts(borrowed, parse_date(as_of).value());
  const std::vector<CompiledRulebook> rules = compiled();
  Assessment assessment = rules::assess(borrowed, facts, rules);
  // Whatever a test is about: what is written without making it is the same, byte for byte.
  const Judgement judgement = judge(facts, rules);
  REQUIRE(assessment_bytes(frame_of(borrowed, facts, judgement), facts, judgement) ==
          json::canonical(assessment.to_json()));
  return assessment;
}

void set(json::Value& value, std::string_view path, json::Value member) {
  std::string last;
  member_of(value, path, last).set(last, std::move(member));
}

void remove(json::Value& value, std::string_view path) {
  std::string last;
  json::Value& object = member_of(value, path, last);
  REQUIRE(object.as_object().erase(last) == 1);
}

json::Value european_provider() {
  json::Value provider = example("cnam-2021/provider-azure-hub.json");
  json::Value party = json::object({{"id", "example-cloud"},
                                    {"name", "Example Cloud (fictitious)"},
                                    {"kind", "company"},
                                    {"registered_office", "FR"},
                                    {"central_administration", "FR"},
                                    {"principal_establishment", "FR"},
                                    {"listed", true}});
  provider.set("name", "Example Cloud (fictitious)");
  provider.set("operator", "example-cloud");
  provider.set("parties", json::Value::Array{std::move(party)});
  provider.set("holdings", json::Value::Array{});
  provider.set("suppliers", json::Value::Array{});
  return provider;
}

Finding finding(const Assessment& assessment, std::string_view id) {
  const auto found = std::find_if(assessment.findings.begin(), assessment.findings.end(),
                                  [id](const Finding& one) { return one.id() == id; });
  INFO("finding " << id);
  REQUIRE(found != assessment.findings.end());
  return *found;
}

std::map<std::string, Outcome> outcomes(const Assessment& assessment) {
  std::map<std::string, Outcome> result;
  for (const Finding& one : assessment.findings) result.emplace(one.id(), one.outcome);
  return result;
}

std::string error_of(ErrorCode code, const std::function<void()>& call) {
  try {
    call();
  } catch (const Error& error) {
    CHECK(error.code() == code);
    return error.what();
  }
  FAIL("expected an Error, got none");
  return {};
}

}  // namespace octroi::rules::sample
