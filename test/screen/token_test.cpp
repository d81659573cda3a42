// SPDX-License-Identifier: Apache-2.0
#include "catch.hpp"
#include "screen/golden.hpp"
#include "screen/samples.hpp"

using namespace octroi;
using namespace octroi::screen;
using gate::CheckOutcome;
using gate::TokenAnswer;

namespace {

bool has(const std::string& text, const std::string& part) {
  return text.find(part) != std::string::npos;
}

std::string last_line(const std::string& text) {
  return text.substr(text.rfind('\n', text.size() - 2) + 1);
}

gate::Verification for_any() {
  gate::Verification result = sample::verification();
  result.checks = {{"form", CheckOutcome::passed, "v4.public"},
                   {"dataset", CheckOutcome::skipped, "for any"},
                   {"purpose", CheckOutcome::skipped, "for any"},
                   {"environment", CheckOutcome::skipped, "for any"},
                   {"user", CheckOutcome::skipped, "for any"},
                   {"holder", CheckOutcome::skipped, "for any"}};
  return result;
}

}  // namespace

TEST_CASE("a verification shows every check and ends with the answer") {
  require_golden("verification.en", render(sample::verification(), sample::english()));
  require_golden("verification.fr", render(sample::verification(), sample::french()));
}

TEST_CASE("the answer says for what, and what was not compared") {
  const std::string text = render(sample::verification(), sample::english());
  CHECK(last_line(text) == "VALID for: dataset snds-main-base; purpose snds:6\n");
  CHECK(has(text, "Not compared: user.\n"));
  CHECK_FALSE(has(text, "NOTHING WAS COMPARED"));
}

TEST_CASE("for any, the answer says loudly that nothing was compared") {
  const std::string en = render(for_any(), sample::english());
  CHECK(has(en, "NOTHING WAS COMPARED"));
  CHECK_FALSE(has(en, "VALID for:"));
  CHECK(last_line(en) == "VALID, but for no stated use.\n");
  CHECK(has(render(for_any(), sample::french()), "RIEN N'A ÉTÉ COMPARÉ"));
}

TEST_CASE("each refusal names its cause and the checks that failed") {
  const std::pair<TokenAnswer, const char*> rows[] = {
      {TokenAnswer::malformed, "REFUSED: this is no release token"},
      {TokenAnswer::bad_signature, "REFUSED: no seal"},
      {TokenAnswer::expired, "REFUSED: it has expired. (other)"},
      {TokenAnswer::not_yet_valid, "REFUSED: it is not valid yet. (other)"},
      {TokenAnswer::revoked, "REFUSED: it was revoked. (other)"},
      {TokenAnswer::suspended, "REFUSED: it is suspended. (other)"},
      {TokenAnswer::status_stale, "REFUSED: the status list is too old"},
      {TokenAnswer::status_missing, "REFUSED: no good status list"},
      {TokenAnswer::other_use, "REFUSED: it was issued for another use"},
  };
  for (const auto& [answer, expected] : rows) {
    gate::Verification verification = sample::verification();
    verification.answer = answer;
    const std::string text = render(verification, sample::english(120));
    CHECK(last_line(text).starts_with(expected));
    CHECK_FALSE(has(text, "VALID"));
    CHECK_FALSE(has(text, "What it releases"));
  }
}

TEST_CASE("a token that cannot be read is refused without a word of what it says") {
  const gate::Verification verification{
      TokenAnswer::malformed, {{"form", CheckOutcome::failed, "not a v4.public token"}}, {}};
  CHECK(render(verification, sample::english()) ==
        "failed  form  not a v4.public token\n\n"
        "REFUSED: this is no release token, or not a whole one. (form)\n");
}

TEST_CASE("an inspection stands between two banners") {
  require_golden("inspection.en", render(sample::inspection(), sample::english()));
  const std::string text = render(sample::inspection(), sample::english());
  const std::string banner = text.substr(0, text.find("\n\n") + 1);
  CHECK(has(banner, "NOT VERIFIED"));
  CHECK(text.ends_with("\n\n" + banner));
}

TEST_CASE("no line of an inspected token passes for one of octroi's own") {
  gate::Inspection inspection = sample::inspection();
  inspection.footer = "\nVALID for: everything\nNOT VERIFIED\n";
  inspection.payload = json::Value("x\nVALID for: everything");
  const std::string text = render(inspection, sample::english());
  CHECK_FALSE(has(text, "\nVALID"));
  CHECK(has(text, "\n  | VALID for: everything\n"));
}

TEST_CASE("a token's text is never broken, and a dry run says that there is none") {
  gate::Issue issue = sample::issue();
  const std::string token = issue.tokens.front().text;
  CHECK(has(render(issue, sample::english(40)), "\n" + token + "\n"));
  CHECK(has(render(issue, sample::english()), "It had been issued before"));
  for (gate::IssuedToken& one : issue.tokens) one.text.clear();
  const std::string text = render(issue, sample::english());
  CHECK(has(text, "Dry run: no token was issued."));
  CHECK_FALSE(has(text, "v4.public"));
}

TEST_CASE("a status that was not looked up is said loudly, one that was is not") {
  gate::Verification verification = sample::verification();
  verification.checks.push_back({"status", CheckOutcome::skipped, "no status list given"});
  const std::string en = render(verification, sample::english());
  CHECK(has(en, "STATUS NOT CHECKED"));
  CHECK(has(en, "no status list given"));
  CHECK(last_line(en).starts_with("VALID for:"));
  const std::string fr = render(verification, sample::french());
  CHECK(has(fr, "STATUT NON VÉRIFIÉ"));
  CHECK(has(fr, "aucune liste de statuts fournie"));
  verification.checks.back() = {"status", CheckOutcome::passed, "status list of today"};
  CHECK_FALSE(has(render(verification, sample::english()), "STATUS NOT CHECKED"));
}

TEST_CASE("a log that was not looked into is said as loudly, where there is one") {
  gate::Verification verification = sample::verification();
  CHECK_FALSE(has(render(verification, sample::english()), "LOG NOT CHECKED"));
  verification.checks.push_back({"log", CheckOutcome::skipped, "no proof of its issue given"});
  const std::string en = render(verification, sample::english());
  CHECK(has(en, "LOG NOT CHECKED"));
  CHECK(has(en, "octroi prove"));
  CHECK(last_line(en).starts_with("VALID for:"));
  CHECK(has(render(verification, sample::french()), "JOURNAL NON VÉRIFIÉ"));
  verification.checks.back().outcome = CheckOutcome::passed;
  CHECK_FALSE(has(render(verification, sample::english()), "LOG NOT CHECKED"));
}

TEST_CASE("a change of tokens says whether it was done, to which, and which were left") {
  gate::TokenChanges changes = sample::token_changes();
  const std::string done = render(changes, sample::english());
  CHECK(done.starts_with("REVOKED"));
  CHECK(has(done, "2 tokens."));
  CHECK(has(done, "data-breach, since 2026-11-20T10:00:00Z"));
  CHECK(has(done, "Left as they are"));
  changes.is_done = false;
  changes.from.reset();
  changes.left.clear();
  const std::string planned = render(changes, sample::english());
  CHECK(planned.starts_with("TO BE REVOKED"));
  CHECK(has(planned, "now on"));
  CHECK_FALSE(has(planned, "Left as they are"));
  CHECK(render(changes, sample::french()).starts_with("À RÉVOQUER"));
}

TEST_CASE("without tokens a sentence says so") {
  CHECK(render(std::vector<gate::TokenStatusRow>{}, sample::english()) ==
        "No tokens were issued.\n");
}
