// SPDX-License-Identifier: Apache-2.0
#include "rules/assessment.hpp"

#include <algorithm>

#include "base/limits.hpp"
#include "catch.hpp"
#include "json/write.hpp"
#include "rules/sample_documents.hpp"

using namespace octroi;
using namespace octroi::rules;
using sample::Story;

namespace {

model::Document stored(const Assessment& assessment) {
  return sample::document(model::DocumentKind::assessment, assessment.to_json());
}

/// A second dataset that no rule of the CNAM stance is about.
Story story_with_two_datasets() {
  Story story;
  json::Value second = story.datasets.front();
  second.set("id", "another-register");
  second.set("collection", "another-register");
  story.datasets.push_back(second);
  json::Value use = story.use();
  use.set("dataset", "another-register");
  story.request.as_object()["datasets"].push(use);
  return story;
}

}  // namespace

TEST_CASE("an assessment fits its schema and is read back as it was") {
  for (const char* extent : {"extract", "whole"}) {
    Story story;
    sample::set(story.use(), "extent", extent);
    const Assessment assessment = story.assess();
    CHECK(Assessment::from(stored(assessment)) == assessment);
  }
}

TEST_CASE("a stored verdict that its findings do not bear out is refused") {
  Story story;
  sample::set(story.use(), "extent", "whole");
  json::Value value = story.assess().to_json();
  value.set("verdict", "clear");
  const model::Document forged = sample::document(model::DocumentKind::assessment, value);
  const std::string message =
      sample::error_of(ErrorCode::bad_input, [&] { static_cast<void>(Assessment::from(forged)); });
  CHECK(message.find("expected refuse") != std::string::npos);
  value = story.assess().to_json();
  value.set("as_of", "2021-02-30");
  const model::Document no_day = sample::document(model::DocumentKind::assessment, value);
  sample::error_of(ErrorCode::bad_input, [&] { static_cast<void>(Assessment::from(no_day)); });
}

TEST_CASE("the order of datasets, rulebooks and codes leaves the same findings") {
  Story story = story_with_two_datasets();
  json::Value other = story.rulebooks.front();
  other.set("id", "another-rulebook");
  story.rulebooks.push_back(other);
  const std::string expected = json::canonical(story.assess().to_json());
  CHECK(json::canonical(story.assess().to_json()) == expected);

  Story permuted = story;
  std::reverse(permuted.datasets.begin(), permuted.datasets.end());
  std::reverse(permuted.rulebooks.begin(), permuted.rulebooks.end());
  CHECK(json::canonical(permuted.assess().to_json()) == expected);

  // The same uses in another order are another request document, and nothing else.
  auto& uses = permuted.request.as_object()["datasets"].as_array();
  std::reverse(uses.begin(), uses.end());
  Assessment reversed = permuted.assess();
  CHECK(reversed.documents.request != story.assess().documents.request);
  reversed.documents.request = story.assess().documents.request;
  CHECK(json::canonical(reversed.to_json()) == expected);
}

TEST_CASE("one dataset may be clear while another is refused") {
  Story story = story_with_two_datasets();
  sample::set(story.use(0), "extent", "whole");
  const Assessment assessment = story.assess();
  CHECK(assessment.verdict == Verdict::refuse);
  CHECK(assessment.datasets.at("snds-main-base") == Verdict::refuse);
  CHECK(assessment.datasets.at("another-register") == Verdict::clear);
  CHECK(assessment.verdict_for({"another-register"}) == Verdict::clear);
  CHECK(assessment.verdict_for({"another-register", "snds-main-base"}) == Verdict::refuse);
  CHECK(assessment.verdict_for({"never-assessed"}) == Verdict::refuse);
  CHECK(assessment.referred({"another-register"}).empty());
}

TEST_CASE("the digests name the documents that were looked at, and no others") {
  Story story;
  json::Value unused = story.datasets.front();
  unused.set("id", "not-asked-for");
  story.datasets.push_back(unused);
  const Assessment assessment = story.assess();
  CHECK(assessment.documents.datasets.size() == 1);
  CHECK(assessment.documents.datasets.at("snds-main-base") ==
        sample::document(model::DocumentKind::dataset, story.datasets.front()).sha256);
  CHECK(assessment.documents.request ==
        sample::document(model::DocumentKind::request, story.request).sha256);
  CHECK(assessment.documents.rulebooks.size() == 1);
}

TEST_CASE("what octroi writes of a case may be longer than what people write") {
  std::string bytes = json::canonical(Story().assess().to_json());
  bytes.resize(limits::k_assessment_bytes_max, ' ');
  CHECK_NOTHROW(model::read_document(model::DocumentKind::assessment, bytes, "assessment"));
  CHECK_THROWS_AS(model::read_document(model::DocumentKind::assessment, bytes + ' ', "assessment"),
                  Error);
}
