// SPDX-License-Identifier: Apache-2.0
#include "model/corruption_rows.hpp"

#include <string>

#include "crypto/hash.hpp"
#include "json/read.hpp"
#include "json/write.hpp"
#include "model/sample.hpp"

namespace octroi::model::sample {
namespace {

using json::Value;

Change put(const char* pointer, Value value) {
  return [=](Value& document) { sample::at(document, pointer) = value; };
}

Change take(const char* pointer) {
  return [=](Value& document) { sample::remove(document, pointer); };
}

/// Appends a copy of the first item of a list.
Change repeat(const char* list) {
  return [=](Value& document) {
    Value& items = sample::at(document, list);
    items.push(Value(items.as_array().front()));
  };
}

Change both(Change first, Change second) {
  return [=](Value& document) {
    first(document);
    second(document);
  };
}

Value attachment(const char* name, int bytes) {
  return json::object({{"name", name}, {"sha256", std::string(64, '0')}, {"bytes", bytes}});
}

std::string words(std::size_t count) {
  std::string text;
  for (std::size_t i = 0; i < count; ++i) text += "word ";
  return text;
}

const std::vector<Row>& request_rows() {
  static const std::vector<Row> rows = {
      {"no controller", take("/controller"), "", "\"controller\""},
      {"no users", put("/users", Value::Array{}), "/users", "at least 1 item"},
      {"user without country", take("/users/0/country"), "/users/0", "\"country\""},
      {"user id with capitals", put("/users/0/id", "Analyst-1"), "/users/0/id", "pattern"},
      {"user twice", put("/users/1/id", "analyst-1"), "/users/1/id", "not given twice"},
      {"user from nowhere", put("/users/0/country", "XK"), "/users/0/country", "ISO 3166-1"},
      {"title too long", put("/title", std::string(301, 'x')), "/title", "at most 300"},
      {"misspelt member", both(take("/necessity"), put("/necesity", "x")), "/necesity",
       "did you mean \"necessity\"?"},
      {"no regime there is", put("/regime", "mr-009"), "/regime", "one of"},
      {"project of no kind", put("/project/kind", "trial"), "/project/kind", "study"},
      {"sector unknown", put("/controller/sector", "pharma"), "/controller/sector", "one of"},
      {"insurer alone", both(put("/controller/sector", "insurer"), take("/implementing_body")), "",
       "\"implementing_body\""},
      {"insurer with a laboratory that is not committed", put("/controller/sector", "insurer"),
       "/implementing_body", "\"confidentiality_commitment\""},
      {"manufacturer with a laboratory that is not committed",
       put("/controller/sector", "manufacturer"), "/implementing_body",
       "\"confidentiality_commitment\""},
      {"bank with a laboratory that is not committed", put("/controller/sector", "bank"),
       "/implementing_body", "\"confidentiality_commitment\""},
      {"purposes of no regime", put("/purposes", Value::Object{}), "/purposes", "snds"},
      {"purpose beyond the list", put("/purposes/snds/0", "7"), "/purposes/snds/0", "one of"},
      {"purpose as a number", put("/purposes/snds/0", 6), "/purposes/snds/0", "one of"},
      {"purpose twice", repeat("/purposes/ehds"), "/purposes/ehds/1", "each item once"},
      {"DUO term without prefix", put("/purposes/duo/0", "0000007"), "/purposes/duo/0",
       "DUO:0000007"},
      {"prohibited use not answered", take("/prohibited_uses/harmful_products"), "/prohibited_uses",
       "\"harmful_products\""},
      {"prohibited use as a text", put("/prohibited_uses/harmful_products", "no"),
       "/prohibited_uses/harmful_products", "true or false"},
      {"degree unknown", put("/necessity/degree", "essential"), "/necessity/degree", "one of"},
      {"necessary without reason", take("/necessity/reason"), "/necessity", "\"reason\""},
      {"lay summary of 251 words", put("/summary/lay", words(251)), "/summary/lay",
       "at most 250 words"},
      {"no dataset", put("/datasets", Value::Array{}), "/datasets", "at least 1 item"},
      {"dataset twice", repeat("/datasets"), "/datasets/1/dataset", "not given twice"},
      {"no component", put("/datasets/0/components", Value::Array{}), "/datasets/0/components",
       "at least 1 item"},
      {"no extent", take("/datasets/0/extent"), "/datasets/0", "\"extent\""},
      {"extent unknown", put("/datasets/0/extent", "hole"), "/datasets/0/extent",
       "did you mean \"whole\"?"},
      {"population of nobody", put("/datasets/0/population/size", 0), "/datasets/0/population/size",
       "at least 1"},
      {"period backwards", put("/datasets/0/period/to", "2020-02-29"), "/datasets/0/period/to",
       "nothing before 2020-03-01"},
      {"a day that is none", put("/datasets/0/period/to", "2020-02-30"), "/datasets/0/period/to",
       "a date YYYY-MM-DD"},
      {"pseudonymised without reason", take("/datasets/0/format_reason"), "/datasets/0",
       "\"format_reason\""},
      {"identifier unknown", put("/datasets/0/identifiers_crossed/0", "name"),
       "/datasets/0/identifiers_crossed/0", "one of"},
      {"two identifiers without reason",
       put("/datasets/0/identifiers_crossed", json::strings({"birth-month", "exact-care-dates"})),
       "/datasets/0", "\"identifiers_reason\""},
      {"no provider", take("/environment/provider"), "/environment", "\"provider\""},
      {"transfers not declared", take("/transfers"), "", "\"transfers\""},
      {"transfer without basis",
       put("/transfers/0", json::object({{"country", "US"}, {"kind", "transfer"}})), "/transfers/0",
       "\"basis\""},
      {"for longer than ten years", put("/duration/months", 121), "/duration/months",
       "at most 120"},
      {"for half a month", put("/duration/months", "0.5"), "/duration/months", "a whole number"},
      {"no article of the GDPR", put("/legal_basis/gdpr_article_9", "9(2)(k)"),
       "/legal_basis/gdpr_article_9", "one of"},
      {"opinion that ends before it begins", put("/opinions/0/until", "2021-01-13"),
       "/opinions/0/until", "nothing before 2021-01-14"},
      {"authorisation that ends before it begins", put("/authorisations/0/until", "2021-02-03"),
       "/authorisations/0/until", "nothing before 2021-02-04"},
      {"attachment with a digest that is none",
       put("/attachments/0",
           json::object({{"name", "protocol.pdf"}, {"sha256", "ABC"}, {"bytes", 1}})),
       "/attachments/0/sha256", "pattern"},
      {"attachment twice",
       both(put("/attachments/0", attachment("protocol.pdf", 1)),
            put("/attachments/1", attachment("protocol.pdf", 2))),
       "/attachments/1/name", "not given twice"},
  };
  return rows;
}

const std::vector<Row>& dataset_rows() {
  static const std::vector<Row> rows = {
      {"no holder", take("/holder"), "", "\"holder\""},
      {"holder without id", take("/holder/id"), "/holder", "\"id\""},
      {"title in one language", take("/title/fr"), "/title", "\"fr\""},
      {"no component", put("/components", Value::Array{}), "/components", "at least 1 item"},
      {"component twice", put("/components/1/code", "DCIR"), "/components/1/code",
       "not given twice"},
      {"period backwards", put("/period/to", "2005-12-31"), "/period/to",
       "nothing before 2006-01-01"},
      {"country unknown", put("/countries/0", "EU"), "/countries/0", "ISO 3166-1"},
      {"category beyond the list", put("/ehds_categories/0", "r"), "/ehds_categories/0", "one of"},
      {"id too long", put("/id", std::string(65, 'a')), "/id", "pattern"},
  };
  return rows;
}

const std::vector<Row>& provider_rows() {
  static const std::vector<Row> rows = {
      {"no operator", take("/operator"), "", "\"operator\""},
      {"operator unknown", put("/operator", "microsoft-irland"), "/operator",
       "did you mean \"microsoft-ireland\"?"},
      {"holdings not declared", take("/holdings"), "", "\"holdings\""},
      {"holder unknown", put("/holdings/0/holder", "somebody"), "/holdings/0/holder",
       "the id of one of the parties"},
      {"held unknown", put("/holdings/0/held", "somebody"), "/holdings/0/held",
       "the id of one of the parties"},
      {"supplier unknown", put("/suppliers/0", json::object({{"party", "somebody"}})),
       "/suppliers/0/party", "the id of one of the parties"},
      {"party twice", repeat("/parties"), "/parties/2/id", "not given twice"},
      {"party of no kind", put("/parties/0/kind", "person"), "/parties/0/kind", "natural-person"},
      {"seat in no country", put("/parties/0/registered_office", "EU"),
       "/parties/0/registered_office", "ISO 3166-1"},
      {"storage in no country", put("/locations/storage/0", "AA"), "/locations/storage/0",
       "ISO 3166-1"},
      {"more than the whole", put("/holdings/0/votes_percent", "101"), "/holdings/0/votes_percent",
       "pattern"},
      {"a number for a part", put("/holdings/0/votes_percent", 100), "/holdings/0/votes_percent",
       "text in double quotes"},
      {"seven decimals", put("/holdings/0/votes_percent", "0.0000001"), "/holdings/0/votes_percent",
       "pattern"},
      {"certificate that ends before it begins", put("/certificates/0/until", "2018-11-05"),
       "/certificates/0/until", "nothing before 2018-11-06"},
      {"certificate of no status", put("/certificates/0/status", "qualified"),
       "/certificates/0/status", "one of"},
  };
  return rows;
}

const std::vector<Row>& rulebook_rows() {
  static const std::vector<Row> rows = {
      {"no rule", put("/rules", Value::Array{}), "/rules", "at least 1 item"},
      {"no first day", take("/valid/from"), "/valid", "\"from\""},
      {"validity backwards", put("/valid/to", "2001-01-01"), "/valid/to", "nothing before"},
      {"rule without source", take("/rules/0/cites"), "/rules/0", "\"cites\""},
      {"rule with no source", put("/rules/0/cites", Value::Array{}), "/rules/0/cites",
       "at least 1 item"},
      {"rule that can release", put("/rules/0/otherwise", "pass"), "/rules/0/otherwise",
       "\"refuse\""},
      {"rule without reason in French", take("/rules/0/because/fr"), "/rules/0/because", "\"fr\""},
      {"condition too long", put("/rules/0/requires", std::string(8193, '1')), "/rules/0/requires",
       "at most 8192"},
  };
  return rows;
}

const std::vector<Row>& charter_rows() {
  static const Value key = "k4.public.x8qiA4k7fRvTNJtjRPMYFZ5AwzWZKsjFseO0bmtTXV0";
  static const std::vector<Row> rows = {
      {"no member", put("/members", Value::Array{}), "/members", "at least 1 item"},
      {"nobody is secretary", put("/members/0/roles/0", "auditor"), "/members",
       "at least one member who is secretary"},
      {"member twice",
       put("/members/1",
           json::object({{"id", "secretary-1"},
                         {"roles", json::strings({"auditor"})},
                         {"key", "k4.public.11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo"}})),
       "/members/1/id", "not given twice"},
      {"key twice",
       put("/members/1",
           json::object(
               {{"id", "auditor-1"}, {"roles", json::strings({"auditor"})}, {"key", key}})),
       "/members/1/key", "not given twice"},
      {"key of another length", put("/members/0/key", "k4.public.AAAA"), "/members/0/key",
       "pattern"},
      {"a secret key", put("/members/0/key", "k4.secret.AAAA"), "/members/0/key", "pattern"},
      {"weak key", put("/members/0/key", "k4.public." + std::string(43, 'A')), "/members/0/key",
       "a sound public key"},
      {"role unknown", put("/members/0/roles/1", "chair"), "/members/0/roles/1", "one of"},
      {"majority unknown", put("/decision/majority", "most"), "/decision/majority", "one of"},
      {"more present than seats", put("/decision/present_min", 21), "/decision/present_min",
       "at most the number of seats, 20"},
      {"nobody present", put("/decision/present_min", 0), "/decision/present_min", "at least 1"},
      {"origin with a scheme", put("/origin", "https://council.example"), "/origin", "pattern"},
      {"more endorsements than other secretaries",
       put("/issuing", json::object({{"endorsements", 1}})), "/issuing/endorsements", "at most 0"},
      {"no endorsement", put("/issuing", json::object({{"endorsements", 0}})),
       "/issuing/endorsements", "at least 1"},
  };
  return rows;
}

const std::vector<Row>& decision_rows() {
  static const std::vector<Row> rows = {
      {"request of no number", put("/request", "R-21-1"), "/request", "pattern"},
      {"no minutes", take("/minutes"), "", "\"minutes\""},
      {"result in between", put("/result", "postponed"), "/result", "one of"},
      {"no dataset", put("/datasets", Value::Array{}), "/datasets", "at least 1 item"},
      {"dataset twice", repeat("/datasets"), "/datasets/1", "each item once"},
      {"grant that ends before it begins", put("/until", "2021-03-14"), "/until",
       "nothing before 2021-03-15"},
      {"no counts", take("/ballots/counts"), "/ballots", "\"counts\""},
      {"fewer than nobody", put("/ballots/counts/against", -1), "/ballots/counts/against",
       "at least 0"},
      {"voter twice", both(put("/ballots/by_name/1/name", "seat 1"), put("/ballots/counts/for", 2)),
       "/ballots/by_name/1/name", "not given twice"},
      {"more votes than voters", put("/ballots/counts/for", 3), "/ballots/counts/for",
       "2, as by_name says"},
      {"fewer absent than named", put("/ballots/counts/absent", 0), "/ballots/counts/absent",
       "at least 1, as by_name says"},
      {"vote unknown", put("/ballots/by_name/3/vote", "perhaps"), "/ballots/by_name/3/vote",
       "one of"},
  };
  return rows;
}

/// A verifier key of the point of order 4, with the right hash.
std::string vkey_of_zeros(const std::string& name) {
  Bytes typed(33, 0);
  typed[0] = 1;
  const Digest hash =
      crypto::Sha256().update(as_bytes(name)).update(as_bytes("\n")).update(typed).finish();
  return name + "+" + hash.hex().substr(0, 8) + "+AQAA" + std::string(40, 'A');
}

const std::vector<Row>& trust_rows() {
  static const std::vector<Row> rows = {
      {"no seal", put("/seals", Value::Array{}), "/seals", "at least 1 item"},
      {"id of another key", put("/seals/0/kid", "k4.pid." + std::string(44, 'A')), "/seals/0/kid",
       "the id of the key, k4.pid."},
      {"weak key", put("/seals/0/key", "k4.public." + std::string(43, 'A')), "/seals/0/key",
       "a sound public key"},
      {"seal twice", repeat("/seals"), "/seals/1/key", "not given twice"},
      {"a day for a moment", put("/seals/0/from", "2021-01-01"), "/seals/0/from", "a time"},
      {"ends before it begins", put("/seals/0/until", "2021-01-01T00:30:00+01:00"),
       "/seals/0/until", "nothing before 2021-01-01T00:00:00Z"},
      {"origin with a line feed", both(put("/origin", "council.example\n"), take("/log_keys")),
       "/origin", "pattern"},
      {"weak log key", put("/log_keys/0/vkey", vkey_of_zeros("council.example/data-access")),
       "/log_keys/0/vkey", "a sound verifier key"},
      {"log key of another log",
       put("/log_keys/0/vkey",
           "example.com/foo+530d903a+AekyeRrm56hApGFkyQR4ZCbV54Id2LKaANYcrnKv3U2k"),
       "/log_keys/0/vkey", "named like the origin"},
      {"log key with another hash",
       put("/log_keys/0/vkey",
           "example.com/foo+530d903b+AekyeRrm56hApGFkyQR4ZCbV54Id2LKaANYcrnKv3U2k"),
       "/log_keys/0/vkey", "its own hash"},
      {"log key twice", repeat("/log_keys"), "/log_keys/1/vkey", "not given twice"},
      {"compromised on a day", put("/seals/0/compromised_from", "2021-06-01"),
       "/seals/0/compromised_from", "a time"},
  };
  return rows;
}

const std::vector<Row>& holiday_rows() {
  static const std::vector<Row> rows = {
      {"no last day", take("/through"), "", "\"through\""},
      {"a day that does not exist", put("/days/0/day", "2026-02-30"), "/days/0/day", "a date"},
      {"holiday twice", put("/days/1/day", "2026-01-01"), "/days/1/day", "not given twice"},
      {"holiday before the first day", put("/days/0/day", "2025-12-31"), "/days/0/day",
       "a day from 2026-01-01 through 2032-12-31"},
      {"holiday after the last day", put("/days/76/day", "2033-01-01"), "/days/76/day",
       "a day from 2026-01-01 through 2032-12-31"},
      {"ends before it begins", put("/through", "2025-12-31"), "/through",
       "nothing before 2026-01-01"},
      {"no name", put("/name", ""), "/name", "not empty"},
  };
  return rows;
}

const std::vector<Row>& hierarchy_rows() {
  static const std::vector<Row> rows = {
      {"system unknown", put("/id", "snomed"), "/id", "one of"},
      {"no source", take("/source"), "", "\"source\""},
      {"no terms", put("/parents", Value::Object{}), "/parents", "at least 1"},
      {"term of another system", put("/parents/DOID:1", Value::Array{}), "/parents/DOID:1",
       "a term that begins with \"MONDO:\""},
      {"parent that is no term here", put("/parents/MONDO:0100096/0", "MONDO:0009999"),
       "/parents/MONDO:0100096", "a parent that is a term of this file too"},
      {"its own parent", put("/parents/MONDO:0100096/0", "MONDO:0100096"), "/parents/MONDO:0100096",
       "parents without a cycle"},
      {"a cycle of two", put("/parents/MONDO:0005108", json::strings({"MONDO:0100096"})),
       "/parents/MONDO:0005108", "parents without a cycle"},
      {"parent twice", repeat("/parents/MONDO:0100096"), "/parents/MONDO:0100096/1",
       "each item once"},
  };
  return rows;
}

}  // namespace

const std::vector<Row>& corruptions_of(DocumentKind kind) {
  static const std::vector<Row> none;
  switch (kind) {
    case DocumentKind::request:
      return request_rows();
    case DocumentKind::dataset:
      return dataset_rows();
    case DocumentKind::provider:
      return provider_rows();
    case DocumentKind::rulebook:
      return rulebook_rows();
    case DocumentKind::charter:
      return charter_rows();
    case DocumentKind::decision:
      return decision_rows();
    case DocumentKind::trust:
      return trust_rows();
    case DocumentKind::holidays:
      return holiday_rows();
    case DocumentKind::hierarchy:
      return hierarchy_rows();
    case DocumentKind::rule_tests:
    case DocumentKind::assessment:
      break;
  }
  return none;
}

}  // namespace octroi::model::sample
