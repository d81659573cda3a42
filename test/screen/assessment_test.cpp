// SPDX-License-Identifier: Apache-2.0
#include <algorithm>

#include "base/safe_text.hpp"
#include "catch.hpp"
#include "screen/golden.hpp"
#include "screen/samples.hpp"

using namespace octroi;
using namespace octroi::screen;

namespace {

std::size_t count_of(const std::string& text, const std::string& part) {
  std::size_t count = 0;
  for (std::size_t at = text.find(part); at != std::string::npos; at = text.find(part, at + 1)) {
    ++count;
  }
  return count;
}

bool is_before(const std::string& text, const std::string& first, const std::string& second) {
  const std::size_t one = text.find(first);
  const std::size_t two = text.find(second);
  return one != std::string::npos && two != std::string::npos && one < two;
}

}  // namespace

TEST_CASE("the refusal of the whole base explains itself, in English") {
  require_golden("whole-base-refused.en", render(sample::whole_base_refused(), sample::english()));
}

TEST_CASE("the refusal of the whole base explains itself, in French") {
  require_golden("whole-base-refused.fr", render(sample::whole_base_refused(), sample::french()));
}

TEST_CASE("rules that do not apply say why, in English and French") {
  require_golden("european-host.en", render(sample::european_host(), sample::english()));
  require_golden("european-host.fr", render(sample::european_host(), sample::french()));
}

TEST_CASE("an assessment begins with its verdict, whatever it is") {
  struct Row {
    rules::Verdict verdict;
    rules::Outcome outcome;
    const char* en;
    const char* fr;
  };
  const Row rows[] = {
      {rules::Verdict::clear, rules::Outcome::pass, "CLEAR — ", "SANS OBSTACLE — "},
      {rules::Verdict::refer, rules::Outcome::refer, "REFER — one point", "RENVOI — un point"},
      {rules::Verdict::incomplete, rules::Outcome::incomplete, "INCOMPLETE — one rule",
       "INCOMPLET — une règle"},
      {rules::Verdict::refuse, rules::Outcome::refuse, "REFUSE — one rule", "REFUS — une règle"},
  };
  for (const Row& row : rows) {
    rules::Assessment assessment = sample::european_host();
    assessment.verdict = row.verdict;
    assessment.findings.front().outcome = row.outcome;
    CHECK(render(assessment, sample::english()).starts_with(row.en));
    CHECK(render(assessment, sample::french()).starts_with(row.fr));
  }
}

TEST_CASE("the worst finding comes first, and rules that are met come after all that are not") {
  const std::string text = render(sample::assessment(), sample::english());
  CHECK(is_before(text, "REFUSE — title", "INCOMPLETE — title"));
  CHECK(is_before(text, "INCOMPLETE — title", "REFER — title"));
  CHECK(is_before(text, "REFER — title", "Declared, and changes nothing"));
  CHECK(is_before(text, "Declared, and changes nothing", "Rules that are met"));
  CHECK(is_before(text, "Rules that are met", "Rules that do not apply"));
  CHECK(is_before(text, "Rules that do not apply", "What narrows the token"));
  CHECK(is_before(text, "What narrows the token", "Rulebooks in force on"));
}

TEST_CASE("datasets are listed by themselves only when there are several") {
  CHECK(count_of(render(sample::assessment(), sample::english()), "By dataset") == 1);
  CHECK(count_of(render(sample::whole_base_refused(), sample::english()), "By dataset") == 0);
}

TEST_CASE("the chain of holders stands once, under the first finding that needs it") {
  const std::string text = render(sample::assessment(), sample::english());
  CHECK(count_of(text, "holder-1: registered office US") == 1);
  CHECK(count_of(text, "host.exclusively_eu_law = no (why: see above)") == 2);
  CHECK(is_before(text, "host.exclusively_eu_law = no\n", "holder-1: registered office US"));
}

TEST_CASE("an incomplete finding names the fact that is missing") {
  const std::string text = render(sample::assessment(), sample::english());
  CHECK(count_of(text, "Missing        request.project.name") == 1);
  CHECK(count_of(text, "Not evaluated  no such member") == 1);
}

TEST_CASE("a long list among the facts is cut, and says so") {
  rules::Assessment assessment = sample::assessment();
  std::vector<std::string> variables;
  for (int i = 0; i < 40; ++i) variables.push_back("v" + std::to_string(i));
  assessment.findings[3].facts_used = {{"dataset.variables", json::strings(variables)}};
  const std::string text = render(assessment, sample::english());
  CHECK(count_of(text, "v11, and 28 more") == 1);
  CHECK(count_of(text, "v12") == 0);
}

TEST_CASE("prose is wrapped at the window, and at 100 columns in a wide one") {
  for (const std::size_t width : {60U, 80U, 100U, 200U}) {
    const std::string text = render(sample::whole_base_refused(), sample::english(width));
    std::size_t widest = 0;
    for (std::size_t at = 0; at < text.size();) {
      const std::size_t end = text.find('\n', at);
      widest = std::max(widest, display_width(std::string_view(text).substr(at, end - at)));
      at = end + 1;
    }
    INFO(width);
    CHECK(widest <= std::min<std::size_t>(width, 100));
    CHECK(widest > std::min<std::size_t>(width, 100) - 20);
  }
}

TEST_CASE("a recorded assessment says whether it is new") {
  gate::RecordedAssessment recorded = sample::recorded();
  CHECK(count_of(render(recorded, sample::english()), "Recorded as the assessment of R-2026") == 1);
  recorded.is_new = false;
  CHECK(count_of(render(recorded, sample::english()), "Nothing new was recorded") == 1);
}

TEST_CASE("what was found about the host is said even where no finding turns on it") {
  const std::string text = render(sample::european_host(), sample::english());
  CHECK(count_of(text, "Is the host exclusively under European law?\n  european-host: yes\n") == 1);
  CHECK(count_of(text, "    european-host: registered office FR\n") == 1);
  CHECK(count_of(render(sample::assessment(), sample::english()), "Is the host") == 0);
}

TEST_CASE("the verdict is one line in a window of 80 columns") {
  for (const Style& style : {sample::english(), sample::french()}) {
    for (const rules::Outcome outcome : {rules::Outcome::pass, rules::Outcome::refer,
                                         rules::Outcome::incomplete, rules::Outcome::refuse}) {
      for (const std::size_t count : {1U, 8U}) {
        rules::Assessment assessment = sample::european_host();
        assessment.verdict = rules::verdict_of(outcome);
        for (std::size_t i = 0; i < count; ++i) assessment.findings[i].outcome = outcome;
        const std::string text = render(assessment, style);
        const std::string first = text.substr(0, text.find('\n'));
        INFO(first);
        CHECK(first.ends_with('.'));
        CHECK(display_width(first) <= 80);
      }
    }
  }
}
