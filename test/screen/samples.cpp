// SPDX-License-Identifier: Apache-2.0
#include "screen/samples.hpp"

#include "base/file.hpp"
#include "base/limits.hpp"
#include "json/read.hpp"
#include "json/write.hpp"
#include "model/provider.hpp"
#include "rules/text.hpp"

namespace octroi::screen::sample {
namespace {

using json::Value;
using rules::Outcome;
using rules::Verdict;

const Instant k_now = parse_instant("2026-11-20T10:00:00Z").value();
const Date k_day = parse_date("2021-03-01").value();
constexpr std::string_view k_uuid = "01932a5e-7c00-7000-8000-0123456789ab";

Digest digest(char digit) {
  return Digest::from_hex(std::string(64, digit)).value();
}

std::string kid() {
  return "k4.pid." + std::string(44, 'K');
}

Value example(const std::string& path) {
  const std::string file = OCTROI_SOURCE "/examples/" + path;
  return json::read(read_input(file, limits::k_document_bytes_max), file);
}

/// Every text of a value, spelt otherwise; names too.
Value spelt(const Value& value, const Spell& spell) {
  if (value.is_string()) return spell(value.as_string());
  if (value.is_array()) {
    Value result = Value::Array{};
    for (const Value& item : value.as_array()) result.push(spelt(item, spell));
    return result;
  }
  if (!value.is_object()) return value;
  Value result = Value::Object{};
  for (const auto& [name, member] : value.as_object()) result.set(name, spelt(member, spell));
  return result;
}

}  // namespace

Style english(std::size_t width) {
  return {false, "en", width};
}

Style french(std::size_t width) {
  return {false, "fr", width};
}

std::string same(std::string_view text) {
  return std::string(text);
}

std::vector<gate::MemberRow> members(const Spell& spell) {
  const std::string key = "k4.public." + std::string(43, 'A');
  return {{spell("auditor-1"), {spell("auditor")}, spell(kid()), spell(key), k_now, {}, "", ""},
          {spell("secretary-1"),
           {spell("researcher"), spell("secretary")},
           spell(kid()),
           spell(key),
           k_now,
           k_now,
           "",
           ""}};
}

std::vector<gate::CatalogueRow> catalogue(const Spell& spell) {
  return {{spell("snds-main-base"), 2, spell("Main base of the national health data system"),
           spell("cnam"), k_now, spell(digest('a').hex()), false},
          {spell("azure-hub"), 1, spell("Microsoft Azure"), "", k_now, spell(digest('b').hex()),
           false}};
}

std::vector<gate::AdoptionRow> adoptions(const Spell& spell) {
  return {{spell("cnam-2021"), spell(digest('c').hex()), spell("Interim stance"),
           spell("Position transitoire"), k_day, k_day, k_now, true},
          {spell("snds"),
           spell(digest('d').hex()),
           spell("Ordinary law"),
           spell("Droit commun"),
           k_day,
           {},
           k_now,
           false}};
}

std::vector<gate::RequestRow> requests(const Spell& spell) {
  return {{spell("R-2026-0001"), 1, spell("refused"), spell("The whole base for a platform"),
           spell("researcher-1"), k_now, spell("refuse")},
          {spell("R-2026-0002"), 3, spell("submitted"), spell("Treatment of Covid-19"),
           spell("researcher-1"), k_now, ""}};
}

gate::CaseDeadlines deadlines(const Spell& spell) {
  using law::Deadline;
  using law::DeadlineStanding;
  const auto day = [](const char* text) { return parse_date(text).value(); };
  return {
      day("2029-07-15"),
      model::HolidayCalendar{spell("France"), day("2029-01-01"), day("2029-12-31"), {}},
      {{Deadline::ehds_completion,
        day("2029-04-04"),
        day("2029-05-02"),
        {},
        false,
        day("2029-04-20"),
        DeadlineStanding::met},
       {Deadline::ehds_permit,
        day("2029-04-20"),
        day("2029-07-20"),
        day("2029-10-22"),
        false,
        {},
        DeadlineStanding::running},
       {Deadline::cnil_authorisation,
        day("2029-12-03"),
        day("2030-04-03"),
        {},
        true,
        {},
        DeadlineStanding::running},
       {Deadline::ehds_permit, day("2029-04-20"), {}, {}, false, {}, DeadlineStanding::stopped}}};
}

gate::RequestDetails details(const Spell& spell) {
  const Value request = spelt(example("cnam-2021/request-treatment.json"), spell);
  Value decision = json::object(
      {{"format", "octroi/decision/1"},
       {"request", "R-2026-0001"},
       {"version", 1},
       {"reference", spell("2026-14")},
       {"date", spell("2026-11-19")},
       {"result", spell("granted")},
       {"ballots",
        json::object(
            {{"counts",
              json::object({{"for", 6}, {"against", 0}, {"abstaining", 2}, {"absent", 1}})}})},
       {"datasets", json::strings({spell("snds-main-base")})},
       {"resolves", json::strings({spell("snds-main-base/cnam-2021.case-by-case")})},
       {"conditions", json::strings({spell("destroy the copy")})},
       {"reason", spell("First.\nSecond.")}});
  return {requests(spell).front(),
          model::Document{model::DocumentKind::request, "", request, digest('5')},
          assessment(spell),
          {{spell("D-2026-0001"), 1, std::move(decision), spell("secretary-1"), k_now, false}},
          {{spell(k_uuid), spell("cnam"), k_now, k_now, spell("suspended"), spell("under-inquiry"),
            k_now}},
          {{4, k_now, spell("request.submitted"), spell("researcher-1"), ""},
           {5, k_now, spell("request.assessed"), spell("secretary-1"), spell("refuse")}},
          false,
          deadlines(spell)};
}

gate::FoundedBoard board(const Spell& spell) {
  return {spell("Council"),
          spell("council.example/data"),
          spell(kid()),
          {spell("secretary-1"), spell("researcher-1")}};
}

gate::RecordedDecision decision(const Spell& spell) {
  return {spell("D-2026-0001"),
          spell("R-2026-0002"),
          "granted",
          spell("unanimity-of-positions"),
          {6, 0, 2, 1},
          {spell("snds-main-base")},
          k_day,
          {spell("snds-main-base/cnam-2021.case-by-case")}};
}

gate::Issue issue(const Spell& spell) {
  return {spell("R-2026-0002"),
          spell("D-2026-0001"),
          {{spell(k_uuid),
            spell("cnam"),
            spell("v4.public." + std::string(120, 'T')),
            k_now,
            k_now,
            {spell("snds-main-base")},
            true},
           {spell(k_uuid),
            spell("cnsa"),
            spell("v4.public." + std::string(120, 'U')),
            k_now,
            k_now,
            {spell("mdph")},
            false}}};
}

gate::TokenClaims claims(const Spell& spell) {
  gate::TokenClaims result;
  result.issuer = spell("council.example/data");
  result.request = spell("R-2026-0002");
  result.holder = spell("cnam");
  result.id = spell(k_uuid);
  result.issued = result.not_before = result.expires = k_now;
  result.decision = spell("D-2026-0001");
  result.datasets = {{spell("snds-main-base"),
                      {spell("DCIR"), spell("PMSI-MCO")},
                      spell("extract"),
                      spell("pseudonymised")}};
  result.purposes = {spell("snds:6")};
  result.environment = spell("azure-hub");
  result.service = spell("cloud hosting in France");
  result.users = {spell("user-1")};
  result.conditions = {spell("destroy the copy")};
  result.rulebooks_sha256 = {{spell("cnam-2021"), digest('4')}};
  result.status = {4711, spell("https://council.example/data/status/1")};
  return result;
}

gate::Verification verification(const Spell& spell) {
  using gate::CheckOutcome;
  return {gate::TokenAnswer::valid,
          {{"form", CheckOutcome::passed, "v4.public"},
           {"signature", CheckOutcome::passed, spell(kid())},
           {"board", CheckOutcome::passed, spell("council.example/data")},
           {"dataset", CheckOutcome::passed, spell("snds-main-base")},
           {"purpose", CheckOutcome::passed, spell("snds:6")},
           {"user", CheckOutcome::skipped, "not asked for"},
           {spell("other"), CheckOutcome::failed, spell("detail")}},
          claims(spell)};
}

gate::Inspection inspection(const Spell& spell) {
  return {json::object({{"sub", spell("R-2026-0002")},
                        {"users", json::strings({spell("user-1")})},
                        {spell("name"), spell("value")}}),
          spell("{\"kid\":\"k4.pid.x\"}")};
}

gate::AuditReport report(const Spell& spell) {
  return {spell("council.example/data"),
          12,
          7,
          1,
          spell(digest('e').hex()),
          {{3, spell("signature is wrong")}, {{}, spell("a table differs")}},
          {{4, k_now, spell("member.added"), spell(k_uuid), spell(kid())}},
          2,
          0,
          0,
          {},
          gate::ComparedCheckpoint{9, k_now, 3},
          {{gate::AuditGapKind::erased_assessments, {spell("R-2026-0001 version 1, event 9")}}}};
}

gate::TokenAudit token_audit(const Spell& spell) {
  return {verification(spell), spell("council.example/data")};
}

std::vector<gate::BoardKey> board_keys(const Spell& spell) {
  return {{spell("seal"), "", spell(kid()), spell("k4.public." + std::string(43, 'A')), k_now,
           k_now, k_now},
          {spell("member"),
           spell("secretary-1"),
           spell(kid()),
           spell("k4.public." + std::string(43, 'B')),
           k_now,
           {},
           {}}};
}

std::vector<gate::DocumentRow> documents(const Spell& spell) {
  return {{spell(digest('a').hex()), spell("request"), spell("R-2026-0001"), 1, k_now,
           spell("data-subject"), spell("gdpr-17")},
          {spell(digest('b').hex()), spell("charter"), "", 0, {}, "", ""}};
}

gate::TrustCheck trust_check(const Spell& spell) {
  return {{{spell("form"), gate::CheckOutcome::passed, spell("signed")},
           {spell("chain"), gate::CheckOutcome::failed, spell(kid())}}};
}

std::vector<gate::TokenStatusRow> token_statuses(const Spell& spell) {
  return {{spell(k_uuid),
           spell("R-2026-0002"),
           spell("cnam"),
           {spell("snds-main-base")},
           k_now,
           k_now,
           spell("valid"),
           "",
           {}},
          {spell(k_uuid),
           spell("R-2026-0002"),
           spell("cnsa"),
           {spell("mdph")},
           k_now,
           k_now,
           spell("revoked"),
           spell("data-breach"),
           k_now}};
}

gate::TokenChanges token_changes(const Spell& spell) {
  return {registry::TokenAct::revoked,
          spell("data-breach"),
          k_now,
          token_statuses(spell),
          {{spell(k_uuid), spell("is revoked, and cannot be revoked")}},
          true};
}

gate::PublishedList published_list() {
  return {1,
          12,
          "https://council.example/data/status/1",
          digest('9').hex(),
          "v4.public." + std::string(120, 'L'),
          k_now,
          k_now,
          k_now,
          2,
          1};
}

std::vector<Rendered> render_all(const Style& style, const Spell& spell) {
  return {{"MemberRow", render(members(spell), style)},
          {"CatalogueRow", render(catalogue(spell), style)},
          {"AdoptionRow", render(adoptions(spell), style)},
          {"RequestRow", render(requests(spell), style)},
          {"RequestDetails", render(details(spell), style)},
          {"Assessment", render(assessment(spell), style)},
          {"Explained", render(explained(spell), style)},
          {"RecordedAssessment", render(recorded(spell), style)},
          {"Verification", render(verification(spell), style)},
          {"Inspection", render(inspection(spell), style)},
          {"ReplayedAssessment", render(replayed(spell), style)},
          {"ExpressionAnswer", render(expression_without_value(spell), style)},
          {"BoardKey", render(board_keys(spell), style)},
          {"DocumentRow", render(documents(spell), style)},
          {"ErasedDocuments", render(gate::ErasedDocuments{documents(spell), true}, style)},
          {"TrustCheck", render(trust_check(spell), style)},
          {"AuditReport", render(report(spell), style)},
          {"TokenAudit", render(token_audit(spell), style)},
          {"RecordedDecision", render(decision(spell), style)},
          {"TokenStatusRow", render(token_statuses(spell), style)},
          {"TokenChanges", render(token_changes(spell), style)},
          {"Issue", render(issue(spell), style)}};
}

}  // namespace octroi::screen::sample
