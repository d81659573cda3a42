// SPDX-License-Identifier: Apache-2.0
#include "catch.hpp"
#include "screen/golden.hpp"
#include "screen/samples.hpp"

using namespace octroi;
using namespace octroi::screen;

namespace {

bool has(const std::string& text, const std::string& part) {
  return text.find(part) != std::string::npos;
}

}  // namespace

TEST_CASE("a request shows what it asks for, its assessment, decisions, tokens and history") {
  require_golden("request.en", render(sample::details(), sample::english()));
  require_golden("request.fr", render(sample::details(), sample::french()));
}

TEST_CASE("a request that was not assessed says so, and has no empty sections") {
  gate::RequestDetails details = sample::details();
  details.assessment.reset();
  details.decisions.clear();
  details.tokens.clear();
  details.history.clear();
  const std::string text = render(details, sample::english());
  CHECK(has(text, "This version has not been assessed."));
  CHECK_FALSE(has(text, "Decisions"));
  CHECK_FALSE(has(text, "Tokens"));
  CHECK_FALSE(has(text, "History"));
}

TEST_CASE("the lines of a decision's reason stay lines, inside its section") {
  CHECK(has(render(sample::details(), sample::english()), "      First.\n      Second.\n"));
}

TEST_CASE("a decision begins with its result, and a dry run says that nothing was recorded") {
  gate::RecordedDecision decision = sample::decision();
  CHECK(render(decision, sample::english()).starts_with("GRANTED — D-2026-0001 on request"));
  CHECK(render(decision, sample::french()).starts_with("ACCORDÉE — D-2026-0001 sur la demande"));
  decision.result = "refused";
  CHECK(render(decision, sample::english()).starts_with("REFUSED — D-2026-0001"));
  decision.id.clear();
  const std::string text = render(decision, sample::english());
  CHECK(has(text, "dry run"));
  CHECK(has(text, "nothing was recorded"));
}

TEST_CASE("an audit begins with its answer and lists every fault with its event") {
  gate::AuditReport report = sample::report();
  const std::string text = render(report, sample::english());
  CHECK(text.starts_with("DAMAGED — 2 faults were found."));
  CHECK(has(text, "- Event 3: signature is wrong"));
  CHECK(has(text, "- a table differs"));
  CHECK(has(text, report.head));
  report.faults.resize(1);
  CHECK(render(report, sample::english()).starts_with("DAMAGED — one fault was found."));
  report.faults.clear();
  CHECK(render(report, sample::english()).starts_with("SOUND — "));
  CHECK(render(report, sample::french()).starts_with("INTACT — "));
}

TEST_CASE("an audit of a token tells damage from what verify refuses") {
  gate::TokenAudit audit = sample::token_audit();
  CHECK(render(audit, sample::english()).starts_with("DAMAGED — one fault was found."));
  audit.verification.checks.back() = {"status", gate::CheckOutcome::failed, "revoked: superseded"};
  audit.verification.answer = gate::TokenAnswer::revoked;
  const std::string text = render(audit, sample::english());
  CHECK(text.starts_with("REFUSED: it was revoked. (status)"));
  CHECK(has(text, "Why\n  - status: revoked: superseded"));
  CHECK(has(text, "Not checked"));
  CHECK_FALSE(has(text, "Events"));
  CHECK_FALSE(has(text, "Head"));
  const std::string french = render(audit, sample::french());
  CHECK(french.starts_with("REFUSÉ\u00a0: il a été révoqué. (statut)"));
  CHECK(has(french, "- statut: révoqué"));
  audit.verification.checks.pop_back();
  audit.verification.answer = gate::TokenAnswer::valid;
  CHECK(render(audit, sample::english()).starts_with("SOUND — a seal signed it"));
  CHECK(render(audit, sample::french()).starts_with("INTACT — un sceau"));
}

TEST_CASE("an audit that left something out does not say that it recomputed everything") {
  gate::AuditReport report = sample::report();
  report.faults.clear();
  const std::string text = render(report, sample::english());
  CHECK_FALSE(has(text, "everything"));
  CHECK(has(text, "Not checked\n  - What the rules said in these assessments"));
  CHECK(has(text, "R-2026-0001 version 1, event 9"));
  const std::string french = render(report, sample::french());
  CHECK_FALSE(has(french, "tout a été"));
  CHECK(has(french, "Non contrôlé"));
  report.not_checked.clear();
  CHECK(has(render(report, sample::english()), "everything was recomputed"));
  CHECK_FALSE(has(render(report, sample::english()), "Not checked"));
}
