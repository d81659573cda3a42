// SPDX-License-Identifier: Apache-2.0
#include "rules/review.hpp"

#include <algorithm>
#include <array>
#include <deque>

#include "catch.hpp"
#include "rules/rulebook_content.hpp"
#include "rules/sample_documents.hpp"

using namespace octroi;
using namespace octroi::rules;
using json::Value;

namespace {

struct Draft {
  std::string applies;
  std::string requirement;
  std::string otherwise = "refuse";
  std::string narrows = "";
};

CompiledRulebook book_of(const std::vector<Draft>& drafts, const char* to = nullptr) {
  Value rulebook = sample::example("rulebooks/cnam-2021.json");
  rulebook.as_object().erase("disregards");
  if (to != nullptr) sample::set(rulebook, "valid.to", to);
  const Value model = rulebook.at("rules").as_array().front();
  Value rules = Value::Array{};
  for (std::size_t i = 0; i < drafts.size(); ++i) {
    Value rule = model;
    rule.set("id", "rule-" + std::to_string(i));
    rule.set("applies", drafts[i].applies);
    rule.set("requires", drafts[i].requirement);
    rule.set("otherwise", drafts[i].otherwise);
    if (!drafts[i].narrows.empty()) rule.set("narrows", json::object({{"months_max", 12}}));
    rules.push(std::move(rule));
  }
  rulebook.set("rules", std::move(rules));
  return CompiledRulebook::require(sample::document(model::DocumentKind::rulebook, rulebook),
                                   "sample");
}

std::vector<RulebookProblem> problems_of(const std::vector<Draft>& drafts,
                                         const char* to = nullptr) {
  return review(book_of(drafts, to));
}

bool is_dead(const std::string& applies, const char* to = nullptr) {
  const auto problems = problems_of({{applies, "request.user_count > 5"}}, to);
  return !problems.empty() && problems.front().where == "applies" && !problems.front().is_warning;
}

/// What assess() makes of a rule, without the texts.
Outcome outcome_of(const CompiledRule& rule, const FactBindings& facts) {
  const std::optional<bool> applies = rule.applies.evaluate(facts).holds;
  if (!applies) return Outcome::incomplete;
  if (!*applies) return Outcome::not_applicable;
  const std::optional<bool> is_met = rule.requirement.evaluate(facts).holds;
  if (!is_met) return Outcome::incomplete;
  return *is_met ? Outcome::pass : rule.otherwise;
}

/// The rule that is said to add nothing, or "".
std::string shadowed(const std::vector<Draft>& drafts) {
  for (const RulebookProblem& problem : problems_of(drafts)) {
    if (problem.is_warning && problem.message.find("adds nothing") != std::string::npos) {
      return problem.rule;
    }
  }
  return "";
}

}  // namespace

TEST_CASE("a rule that can never apply is an error") {
  for (const char* applies : {
           "false",
           "1 == 2",
           "!true",
           "dataset.extent == 'extract' && dataset.extent == 'whole'",
           "dataset.extent == 'everything'",  // the schema knows no such extent
           "dataset.extent != 'extract' && dataset.extent != 'sample' && dataset.extent != 'whole'",
           "dataset.extent in ['whole'] && !(dataset.extent == 'whole')",
           "request.user_count > 5 && request.user_count < 3",
           "request.user_count > 5 && 6 > request.user_count",
           "size(request.attachments) < 0",
           "size(request.attachments) == 0 && size(request.attachments) > 0",
           "request.states_safeguards && !request.states_safeguards",
           "request.states_safeguards == false && request.states_safeguards",
           "as_of < '2021-02-19'",  // before the rulebook applies
           "as_of >= '2022-01-01' && as_of < '2021-12-31'",
           "request.regime == 'ehds' && 'simplified' == request.regime",
           "has(request.opinions) && !has(request.opinions)",
           "request.attachments.exists(one, one == 'x') && "
           "!request.attachments.exists(other, other == 'x')",
           "request.states_safeguards ? false : dataset.extent == 'x'",
           "dataset.holder == dataset.id && dataset.id != dataset.holder",
       }) {
    INFO(applies);
    CHECK(is_dead(applies));
  }
  CHECK(is_dead("as_of > '2024-12-31'", "2024-12-31"));
}

TEST_CASE("what may hold for some facts is not called dead") {
  for (const char* applies : {
           "true",
           "dataset.extent == 'extract' || dataset.extent == 'whole'",
           "request.user_count > 5 && request.user_count < 7",
           "request.user_count >= 5 && request.user_count <= 5",
           "request.regime >= 'a' && request.regime < 'b'",
           "request.regime != 'ehds' && request.regime != 'simplified'",
           "as_of >= '2021-02-19'",
           "as_of <= '2021-02-19'",
           "request.attachments.exists(one, one == 'x') && "
           "!request.attachments.exists(one, one == 'y')",
           "request.states_safeguards ? false : dataset.extent == 'whole'",
           "host.exclusively_eu_law == 'unknown'",
           // Not understood: may come out either way.
           "timestamp(as_of + 'T00:00:00Z').getFullYear() < 1900",
           "request.controller.country == request.recipient.id",
       }) {
    INFO(applies);
    CHECK_FALSE(is_dead(applies));
  }
  CHECK_FALSE(is_dead("as_of >= '2024-12-31'", "2024-12-31"));
}

TEST_CASE("what contradicts has its line, column and expression") {
  const auto problems = problems_of(
      {{"dataset.extent == 'whole' &&\n  (request.user_count > 1 && dataset.extent == 'sample')",
        "true"}});
  REQUIRE(problems.size() == 1);
  CHECK(problems[0].rule == "rule-0");
  CHECK(problems[0].where == "applies");
  CHECK(problems[0].line == 2);
  CHECK(problems[0].column == 30);
  CHECK(describe(problems[0]).find("\n                                 ^") != std::string::npos);
}

TEST_CASE("a requirement that is never met is an error, unless it is written as false") {
  const auto problems = problems_of({{"dataset.extent == 'whole'", "dataset.extent != 'whole'"}});
  REQUIRE(problems.size() == 1);
  CHECK(problems[0].where == "requires");
  CHECK_FALSE(problems[0].is_warning);
  CHECK(problems[0].column == 1);
  CHECK(problems_of({{"dataset.extent == 'whole'", "false"}}).empty());
  CHECK(problems_of({{"true", "dataset.extent != 'whole'"}}).empty());
}

TEST_CASE("a requirement that is always met is a warning, unless it is written as true") {
  const auto problems = problems_of({{"dataset.extent == 'whole'", "dataset.extent != 'sample'"}});
  REQUIRE(problems.size() == 1);
  CHECK(problems[0].where == "requires");
  CHECK(problems[0].is_warning);
  CHECK(describe(problems[0]).starts_with("warning: rule-0: requires 1:1: "));
  CHECK(problems_of({{"dataset.extent == 'whole'", "true"}}).empty());
  CHECK(problems_of({{"true", "as_of >= '2020-01-01'"}}).size() == 1);
}

TEST_CASE("a rule that adds nothing to another is named") {
  const std::string whole = "dataset.extent == 'whole'";
  // The same, written otherwise: the later one.
  CHECK(shadowed({{"true", "dataset.extent != 'whole'"},
                  {"true", "!(dataset.extent == 'whole')"}}) == "rule-1");
  // Applies to less, asks for less, says less.
  CHECK(shadowed({{whole + " && host.exclusively_eu_law == 'no'", "request.user_count < 9"},
                  {whole, "request.user_count < 9"}}) == "rule-0");
  CHECK(shadowed({{whole, "request.user_count < 9", "refer"}, {whole, "request.user_count < 5"}}) ==
        "rule-0");
  CHECK(shadowed({{whole, "request.user_count < 9"}, {whole, "request.user_count < 9", "refer"}}) ==
        "rule-1");
  CHECK(shadowed({{"true", "false"}, {whole, "request.user_count < 9", "incomplete"}}) == "rule-1");
  // A macro's own variable has whatever name.
  CHECK(shadowed({{"true", "request.destinations.all(one, one.status != 'none')"},
                  {"true", "request.destinations.all(two, 'none' != two.status)"}}) == "rule-1");
}

TEST_CASE("a rule that can say something of its own is not called shadowed") {
  const std::string whole = "dataset.extent == 'whole'";
  // Says more.
  CHECK(shadowed({{whole, "request.user_count < 9"}, {whole, "request.user_count < 5", "refer"}})
            .empty());
  CHECK(shadowed({{"true", "request.user_count < 9"}, {whole, "request.user_count < 5"}}).empty());
  // Is incomplete where a fact is missing that the other does not look at.
  CHECK(shadowed({{whole + " && request.regime == 'ehds'", "request.user_count < 9"},
                  {whole, "request.user_count < 9"}})
            .empty());
  CHECK(
      shadowed({{whole, "false", "refer"}, {whole, "request.states_safeguards", "refer"}}).empty());
  // Narrows.
  CHECK(shadowed({{"true", "request.user_count < 5"},
                  {"true", "request.user_count < 9", "refuse", "yes"}})
            .empty());
  CHECK(shadowed({{"true", "request.destinations.all(one, one.status != 'none')"},
                  {"true", "request.destinations.all(one, one.basis != 'none')"}})
            .empty());
}

TEST_CASE("the rulebooks of the examples have nothing to be found") {
  for (const char* name :
       {"cnam-2021", "ehds-secondary-use", "gdpr-chapter-v", "hds-v2", "snds-law", "sren-31"}) {
    const auto compiled = CompiledRulebook::compile(
        sample::document(model::DocumentKind::rulebook,
                         sample::example(std::string("rulebooks/") + name + ".json")));
    for (const RulebookProblem& problem : review(std::get<CompiledRulebook>(compiled))) {
      FAIL_CHECK(describe(problem));
    }
  }
}

// What is reported holds for every case that is made up, absent facts included; and the generator
// is such that each kind of report is made often.
TEST_CASE("what is reported is so: generated rulebooks against generated facts") {
  const std::array<const char*, 12> parts = {
      "dataset.extent == 'whole'",       "dataset.extent in ['whole', 'sample']",
      "host.exclusively_eu_law != 'no'", "host.exclusively_eu_law == 'yes'",
      "request.user_count > 1",          "request.user_count <= 2",
      "request.regime == 'ehds'",        "has(request.regime)",
      "request.states_safeguards",       "size(request.attachments) > 0",
      "request.attachments == ['a']",    "has(request.project.kind)"};
  std::uint32_t seed = 4;
  const auto below = [&seed](std::size_t count) {
    seed = seed * 1664525U + 1013904223U;
    return static_cast<std::size_t>(seed >> 12U) % count;
  };
  const auto condition = [&] {
    std::string text = below(4) == 0 ? "!(" : "(";
    for (std::size_t i = 0, last = below(4); i <= last; ++i) {
      if (i > 0) text += below(4) == 0 ? " || " : " && ";
      text += below(2) == 0 ? "!(" : "(";
      text += parts[below(parts.size())];
      text += ")";
    }
    return text + ")";
  };
  std::deque<Facts> kept;  // the bindings borrow them
  std::vector<FactBindings> all_facts;
  for (std::size_t number = 0; number < 3 * 3 * 4 * 3 * 3 * 3; ++number) {
    std::size_t rest = number;
    const auto next = [&rest](std::size_t count) {
      const std::size_t at = rest % count;
      rest /= count;
      return at;
    };
    Value dataset = json::object({{"id", "data"}, {"identifiers_crossed", Value::Array{}}});
    dataset.set("extent", std::array{"extract", "sample", "whole"}[next(3)]);
    Value host = json::object({{"provider", "host"}, {"exclusively_eu_law_chain", Value::Array{}}});
    host.set("exclusively_eu_law", std::array{"yes", "no", "unknown"}[next(3)]);
    Value request = json::object({{"user_count", static_cast<std::int64_t>(next(4))}});
    if (const std::size_t at = next(3); at > 0) request.set("regime", at == 1 ? "ehds" : "other");
    if (const std::size_t at = next(3); at > 0) request.set("states_safeguards", at == 1);
    switch (next(3)) {
      case 1:
        request.set("attachments", Value::Array{});
        request.set("project", Value::Object{});
        break;
      case 2:
        request.set("attachments", json::strings({"a"}));
        request.set("project", json::object({{"kind", "study"}}));
        break;
      default:
        break;
    }
    const Facts& facts =
        kept.emplace_back(stated_facts(json::object({{"as_of", "2021-03-01"},
                                                     {"request", request},
                                                     {"host", host},
                                                     {"datasets", Value::Array{dataset}}}),
                                       "facts"));
    all_facts.push_back(FactBindings(facts).with_dataset(0));
  }
  const std::array<const char*, 3> outcomes = {"refer", "incomplete", "refuse"};
  int dead = 0;
  int never = 0;
  int always = 0;
  int shadows = 0;
  for (int round = 0; round < 400; ++round) {
    std::vector<Draft> drafts;
    for (int i = 0; i < 2; ++i) {
      drafts.push_back({condition(), condition(), outcomes[below(outcomes.size())]});
    }
    if (round % 3 == 0) {  // asks for less where the other one asks
      drafts[1].applies = drafts[0].applies;
      drafts[1].requirement = "(" + drafts[0].requirement + " || " + condition() + ")";
    }
    const CompiledRulebook rulebook = book_of(drafts);
    const std::vector<RulebookProblem> problems = review(rulebook);
    if (problems.empty()) continue;
    std::vector<std::vector<Outcome>> said(2);  // by rule, for each case
    for (const FactBindings& facts : all_facts) {
      for (std::size_t i = 0; i < said.size(); ++i) {
        said[i].push_back(outcome_of(rulebook.content().rules[i], facts));
      }
    }
    for (const RulebookProblem& problem : problems) {
      INFO(describe(problem) << "\n"
                             << drafts[0].applies << " -> " << drafts[0].requirement << "\n"
                             << drafts[1].applies << " -> " << drafts[1].requirement);
      const std::size_t number = problem.rule == "rule-0" ? 0 : 1;
      const auto& own = said[number];
      const auto& other = said[1 - number];
      const Outcome otherwise = rulebook.content().rules[number].otherwise;
      if (problem.where == "applies") {
        ++dead;
        CHECK(std::all_of(own.begin(), own.end(), [](Outcome one) {
          return one == Outcome::not_applicable || one == Outcome::incomplete;
        }));
      } else if (!problem.is_warning) {
        ++never;
        CHECK(std::count(own.begin(), own.end(), Outcome::pass) == 0);
      } else if (problem.message.find("always holds") != std::string::npos) {
        ++always;
        if (otherwise != Outcome::incomplete) {
          CHECK(std::count(own.begin(), own.end(), otherwise) == 0);
        }
      } else {
        ++shadows;
        for (std::size_t i = 0; i < own.size(); ++i) {
          REQUIRE(verdict_of(own[i]) <= verdict_of(other[i]));
        }
      }
    }
  }
  CHECK(dead > 5);
  CHECK(never > 5);
  CHECK(always > 5);
  CHECK(shadows > 5);
}
