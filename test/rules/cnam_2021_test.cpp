// SPDX-License-Identifier: Apache-2.0
// The rulebook of the seed story, limb by limb: each rule reaches each outcome it has.
#include <set>

#include "catch.hpp"
#include "json/write.hpp"
#include "rules/rulebook_content.hpp"
#include "rules/sample_documents.hpp"

using namespace octroi;
using namespace octroi::rules;
using sample::Story;

namespace {

using Change = std::function<void(Story&)>;

struct Row {
  const char* name;
  Change change;
  const char* rule;  ///< without "cnam-2021."
  Outcome outcome;
};

Change request_member(const char* path, json::Value value) {
  return [=](Story& story) { sample::set(story.request, path, value); };
}

Change use_member(const char* path, json::Value value) {
  return [=](Story& story) { sample::set(story.use(), path, value); };
}

void on_european_host(Story& story) {
  story.provider = sample::european_provider();
}

void other_collection(Story& story) {
  sample::set(story.datasets.front(), "collection", "other-collection");
}

void no_change(Story&) {}

/// Each row changes one thing about the treatment study on the story's host.
const std::vector<Row>& rows() {
  static const std::vector<Row> k_rows = {
      {"extract", no_change, "whole-base", Outcome::pass},
      {"whole", use_member("extent", "whole"), "whole-base", Outcome::refuse},
      {"sample", use_member("extent", "sample"), "whole-base", Outcome::pass},
      {"host", on_european_host, "whole-base", Outcome::not_applicable},
      {"other data", other_collection, "whole-base", Outcome::not_applicable},

      {"study", no_change, "named-project", Outcome::pass},
      {"programme", request_member("project.kind", "programme"), "named-project", Outcome::refuse},
      {"host", on_european_host, "named-project", Outcome::not_applicable},

      {"covid", no_change, "covid-19", Outcome::pass},
      {"cancer", request_member("disease_codes.codes", json::strings({"C50.9"})), "covid-19",
       Outcome::refuse},
      {"mixed", request_member("disease_codes.codes", json::strings({"U07.1", "C50.9"})),
       "covid-19", Outcome::refuse},
      {"vaping", request_member("disease_codes.codes", json::strings({"U07.0"})), "covid-19",
       Outcome::refuse},
      {"bare U07", request_member("disease_codes.codes", json::strings({"U07"})), "covid-19",
       Outcome::incomplete},
      {"host", on_european_host, "covid-19", Outcome::not_applicable},

      {"necessary", no_change, "necessity", Outcome::pass},
      {"prevention", request_member("necessity.for", json::strings({"prevention"})), "necessity",
       Outcome::pass},
      {"care", request_member("necessity.for", json::strings({"care"})), "necessity",
       Outcome::pass},
      {"doubtful", request_member("necessity.degree", "doubtful"), "necessity", Outcome::pass},
      {"useful", request_member("necessity.degree", "useful"), "necessity", Outcome::refuse},
      {"other use", request_member("necessity.for", json::strings({"other"})), "necessity",
       Outcome::refuse},
      {"host", on_european_host, "necessity", Outcome::not_applicable},

      {"necessary", no_change, "necessity-doubtful", Outcome::pass},
      {"doubtful", request_member("necessity.degree", "doubtful"), "necessity-doubtful",
       Outcome::refer},
      {"useful", request_member("necessity.degree", "useful"), "necessity-doubtful",
       Outcome::not_applicable},
      {"host", on_european_host, "necessity-doubtful", Outcome::not_applicable},

      {"extract", no_change, "limited-extract", Outcome::pass},
      {"sample", use_member("extent", "sample"), "limited-extract", Outcome::refer},
      {"whole", use_member("extent", "whole"), "limited-extract", Outcome::not_applicable},
      {"host", on_european_host, "limited-extract", Outcome::not_applicable},

      {"hub", no_change, "recipient", Outcome::pass},
      {"another", request_member("recipient.id", "another-recipient"), "recipient", Outcome::refer},
      {"host", on_european_host, "recipient", Outcome::not_applicable},

      {"eligible", no_change, "case-by-case", Outcome::refer},
      {"whole", use_member("extent", "whole"), "case-by-case", Outcome::not_applicable},
      {"host", on_european_host, "case-by-case", Outcome::not_applicable},
  };
  return k_rows;
}

std::string full_rule(const char* rule) {
  return std::string("cnam-2021.") + rule;
}

Outcome outcome_of(const Row& row) {
  Story story;
  row.change(story);
  const std::string id = "snds-main-base/" + full_rule(row.rule);
  return sample::finding(story.assess(), id).outcome;
}

/// What a rule can say by its own text. Incomplete needs a fact that may be absent, so the table
/// claims it only where a request can leave the fact out.
std::set<Outcome> possible_outcomes(const json::Value& rule) {
  std::set<Outcome> result = {parse_outcome(rule.text("otherwise")).value()};
  if (rule.find("applies") != nullptr) result.insert(Outcome::not_applicable);
  if (rule.text("requires") != "false") result.insert(Outcome::pass);
  if (rule.text("requires").find("disease_scope") != std::string::npos) {
    result.insert(Outcome::incomplete);
  }
  return result;
}

void change_safeguards(Story& story) {
  sample::set(story.provider, "safeguards.contract_clauses",
              json::strings({"standard contractual clauses", "notice of every access request"}));
  sample::set(story.provider, "safeguards.customer_held_keys", true);
  for (const char* place : {"storage", "processing", "administration", "support", "backup"}) {
    sample::set(story.provider, std::string("locations.") + place, json::strings({"FR"}));
  }
}

/// An assessment without what names the provider document itself.
json::Value findings_and_verdicts(const Assessment& assessment) {
  json::Value value = assessment.to_json();
  value.as_object().erase("documents");
  value.as_object().erase("disregarded");
  return value;
}

}  // namespace

TEST_CASE("each rule of the CNAM rulebook says what the deliberation says") {
  for (const Row& row : rows()) {
    INFO(row.rule << ", " << row.name);
    CHECK(name_of(outcome_of(row)) == name_of(row.outcome));
  }
}

TEST_CASE("the table reaches each outcome that each rule of the CNAM rulebook has") {
  std::map<std::string, std::set<Outcome>> reached;
  for (const Row& row : rows()) reached[full_rule(row.rule)].insert(row.outcome);
  const Story story;
  for (const json::Value& rule : story.rulebooks.front().at("rules").as_array()) {
    for (const Outcome outcome : possible_outcomes(rule)) {
      INFO(rule.text("id") << " never says " << name_of(outcome));
      CHECK(reached[rule.text("id")].contains(outcome));
    }
  }
}

TEST_CASE("the whole base on a host under foreign law is refused, citing the deliberation") {
  Story story;
  sample::set(story.use(), "extent", "whole");
  const Assessment assessment = story.assess();
  CHECK(assessment.verdict == Verdict::refuse);
  CHECK(assessment.host.exclusively_eu_law == law::Answer::no);
  const Finding& whole = sample::finding(assessment, "snds-main-base/cnam-2021.whole-base");
  CHECK(whole.facts_used.at("dataset.extent") == json::Value("whole"));
  CHECK(whole.facts_used.at("host.exclusively_eu_law") == json::Value("no"));
  REQUIRE_FALSE(whole.cites.empty());
  CHECK(whole.cites.front().source.find("19 February 2021") != std::string::npos);
  CHECK_FALSE(whole.remedy.fr.empty());
  // All findings are kept under a refusal.
  CHECK(assessment.findings.size() == 8);
}

TEST_CASE("safeguards change nothing but the list of what was disregarded") {
  for (const char* extent : {"extract", "sample", "whole"}) {
    INFO(extent);
    Story bare;
    sample::set(bare.use(), "extent", extent);
    Story guarded = bare;
    change_safeguards(guarded);
    const Assessment without = bare.assess();
    const Assessment with = guarded.assess();
    CHECK(findings_and_verdicts(with) == findings_and_verdicts(without));
    std::set<std::string> disregarded;
    for (const Disregarded& one : with.disregarded) disregarded.insert(one.fact);
    CHECK(disregarded == std::set<std::string>{"host.contract_clauses", "host.customer_held_keys",
                                               "host.locations"});
  }
}

TEST_CASE("the treatment study on the same host is referred to the board") {
  const Assessment assessment = Story().assess();
  CHECK(assessment.verdict == Verdict::refer);
  CHECK(assessment.referred({"snds-main-base"}) ==
        std::vector<std::string>{"snds-main-base/cnam-2021.case-by-case"});
}

TEST_CASE("a host that is not known to be European is treated as one that is not") {
  Story story;
  on_european_host(story);
  auto& party = story.provider.as_object()["parties"].as_array().front();
  sample::remove(party, "central_administration");
  CHECK(story.assess().host.exclusively_eu_law == law::Answer::unknown);
  CHECK(story.assess().verdict == Verdict::refer);
  sample::set(story.use(), "extent", "whole");
  CHECK(story.assess().verdict == Verdict::refuse);
}

TEST_CASE("on a European host the interim stance does not bite, and each finding says why") {
  Story story;
  on_european_host(story);
  change_safeguards(story);
  const Assessment assessment = story.assess();
  CHECK(assessment.verdict == Verdict::clear);
  CHECK(assessment.disregarded.empty());
  for (const Finding& finding : assessment.findings) {
    INFO(finding.id());
    CHECK(finding.outcome == Outcome::not_applicable);
    CHECK(finding.because.en.find("exclusively under European law") != std::string::npos);
    CHECK(finding.facts_used.at("host.exclusively_eu_law") == json::Value("yes"));
    CHECK(finding.remedy.en.empty());
  }
}

TEST_CASE("before the deliberation there is no verdict") {
  Story story;
  story.as_of = "2021-02-18";
  const std::string message =
      sample::error_of(ErrorCode::not_yet, [&] { static_cast<void>(story.assess()); });
  CHECK(message.find("no rulebook in force on 2021-02-18") != std::string::npos);
  story.as_of = "2021-02-19";
  CHECK(story.assess().verdict == Verdict::refer);
}
