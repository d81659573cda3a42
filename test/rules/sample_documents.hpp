// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include "base/error.hpp"
#include "json/value.hpp"
#include "model/document.hpp"
#include "rules/assessment.hpp"

namespace octroi::rules::sample {

/// A file under examples/ as JSON.
[[nodiscard]] json::Value example(std::string_view path);

/// The facts that the tests of an example rulebook state, each as its test changes them.
[[nodiscard]] std::vector<json::Value> tested_facts(std::string_view rulebook);

/// The document that a value would be as a file; it has to be valid.
[[nodiscard]] model::Document document(model::DocumentKind kind, const json::Value& value);

/// The treatment study of examples/cnam-2021 on its host, to be changed before it is assessed.
struct Story {
  json::Value request = example("cnam-2021/request-treatment.json");
  std::vector<json::Value> datasets = {example("cnam-2021/dataset-snds-main-base.json")};
  json::Value provider = example("cnam-2021/provider-azure-hub.json");
  std::vector<json::Value> rulebooks = {example("rulebooks/cnam-2021.json")};
  std::string as_of = "2021-03-01";

  [[nodiscard]] Facts facts() const;
  [[nodiscard]] Assessment assess() const;
  [[nodiscard]] std::vector<CompiledRulebook> compiled() const;

  /// The n-th dataset use of the request.
  [[nodiscard]] json::Value& use(std::size_t number = 0);
};

/// The documents of a story, kept alive while a Case borrows them.
struct StoryDocuments {
  explicit StoryDocuments(const Story& story);
  [[nodiscard]] Case borrow() const;

  model::Document request;
  model::Document provider;
  std::vector<model::Document> datasets;
};

/// A member deep in a value, by names separated by dots: set("necessity.degree", "doubtful").
void set(json::Value& value, std::string_view path, json::Value member);
void remove(json::Value& value, std::string_view path);

/// A wholly European provider with the id of the story's.
[[nodiscard]] json::Value european_provider();

/// The finding of that id; fails the test when there is none.
[[nodiscard]] Finding finding(const Assessment& assessment, std::string_view id);

/// Outcomes by finding id.
[[nodiscard]] std::map<std::string, Outcome> outcomes(const Assessment& assessment);

/// The error's message of a call that has to throw Error with that code.
std::string error_of(ErrorCode code, const std::function<void()>& call);

}  // namespace octroi::rules::sample
