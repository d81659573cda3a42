// SPDX-License-Identifier: Apache-2.0
#include <set>

#include "catch.hpp"
#include "rules/fact_sources.hpp"
#include "screen/fact_words.hpp"
#include "screen/golden.hpp"
#include "screen/samples.hpp"

using namespace octroi;
using namespace octroi::screen;

namespace {

bool contains(const std::string& text, const std::string& part) {
  return text.find(part) != std::string::npos;
}

}  // namespace

TEST_CASE("every fact has words in both languages") {
  for (const std::string_view path : rules::paths_of_source_rows()) {
    INFO("add to k_fact_words in app/screen/fact_words.cpp: {\""
         << path << "\", \"the … in English\", \"le … en français\"}");
    CHECK(has_fact_words(path));
    CHECK(fact_words(path, sample::english()) != path);
    CHECK(fact_words(path, sample::english()) != fact_words(path, sample::french()));
  }
  CHECK_FALSE(has_fact_words("request.unheard-of"));
  CHECK(fact_words("request.unheard-of", sample::english()) == "request.unheard-of");
  CHECK(fact_words("host.places.storage.in_eu", sample::english()) == "the place of storage");
}

TEST_CASE("an explanation says what decided, where it stands and who can change it") {
  require_golden("explanation.en", render(sample::explained(), sample::english()));
  require_golden("explanation.fr", render(sample::explained(), sample::french()));
}

TEST_CASE("what-if owns up to what it found") {
  gate::Explained explained = sample::explained();
  const Style style = sample::english();
  CHECK(contains(render(explained, style), "Larger changes than were tried"));
  explained.what_if->is_exhaustive = true;
  CHECK_FALSE(contains(render(explained, style), "Larger changes than were tried"));
  explained.what_if->changes.clear();
  CHECK(contains(render(explained, style), "Nothing that can be chosen"));
  explained.what_if->is_exhaustive = false;
  CHECK(contains(render(explained, style), "with at most 4"));
  explained.what_if->now = rules::Verdict::clear;
  CHECK(contains(render(explained, style), "no change is needed"));
  explained.what_if.reset();
  CHECK_FALSE(contains(render(explained, style), "What if"));
}

TEST_CASE("whoever is told what to change is told to say only what is true") {
  gate::Explained explained = sample::explained();
  CHECK(contains(render(explained, sample::english()), "Change a field only to what is true"));
  explained.explanation.verdict = rules::Verdict::clear;
  CHECK_FALSE(
      contains(render(explained, sample::english()), "Change a field only to what is true"));
}
