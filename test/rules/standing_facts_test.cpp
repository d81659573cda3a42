// SPDX-License-Identifier: Apache-2.0
#include "rules/facts.hpp"

#include "catch.hpp"
#include "json/read.hpp"
#include "sample_documents.hpp"

using namespace octroi;
using namespace octroi::rules;
using sample::Story;

namespace {

/// The provider's certificates as given, for the story's service, on a day.
std::string qualification(const char* scheme, const char* certificates, const char* as_of,
                          const char* service = "cloud") {
  Story story;
  story.as_of = as_of;
  sample::set(story.provider, "certificates", json::read(certificates, "certificates"));
  sample::set(story.request, "environment.service", service);
  const Facts facts = story.facts();
  return find_fact(facts, nullptr, std::string("host.qualifications.") + scheme)->as_string();
}

std::string standing(const char* list, const char* value, const char* as_of) {
  Story story;
  story.as_of = as_of;
  sample::set(story.request, list, json::read(value, list));
  const Facts facts = story.facts();
  return find_fact(facts, nullptr, std::string("request.") + list)
      ->as_array()
      .front()
      .text("standing");
}

}  // namespace

TEST_CASE("the best certificate of a scheme and version says where a host stands") {
  const char* certificates = R"([
    {"scheme": "hds", "version": "2", "status": "valid", "service": "cloud", "from": "2024-11-16",
     "until": "2027-11-15"},
    {"scheme": "HDS", "version": "1", "status": "valid", "service": "cloud", "from": "2020-01-01",
     "until": "2029-01-01"},
    {"scheme": "SecNumCloud", "version": "3.2", "status": "pending", "service": "cloud"},
    {"scheme": "SecNumCloud", "version": "3.2", "status": "valid", "service": "other",
     "from": "2024-01-01", "until": "2029-01-01"}])";
  CHECK(qualification("hds", certificates, "2024-11-15") == "not-yet");
  CHECK(qualification("hds", certificates, "2024-11-16") == "valid");
  CHECK(qualification("hds", certificates, "2027-11-16") == "expired");
  CHECK(qualification("secnumcloud_3_2", certificates, "2026-06-15") == "pending");
  CHECK(qualification("secnumcloud_3_2", certificates, "2026-06-15", "other") == "valid");
  CHECK(qualification("hds", certificates, "2026-06-15", "other") == "other-service");
  CHECK(qualification("hds", "[]", "2026-06-15") == "none");
}

TEST_CASE("a certificate without a version is not one of the version asked for") {
  const char* certificates = R"([{"scheme": "HDS", "status": "valid", "service": "cloud",
                                  "from": "2024-11-16", "until": "2027-11-15"}])";
  CHECK(qualification("hds", certificates, "2026-06-15") == "unknown");
}

TEST_CASE("where certificates are not declared nothing is said of qualifications") {
  Story story;
  sample::remove(story.provider, "certificates");
  CHECK(find_fact(story.facts(), nullptr, "host.qualifications") == nullptr);
}

TEST_CASE("opinions and authorisations stand on a day") {
  const char* opinion = R"([{"body": "CESREES", "outcome": "favourable", "date": "2021-02-01",
                             "until": "2021-12-31"}])";
  CHECK(standing("opinions", opinion, "2021-01-31") == "not-yet");
  CHECK(standing("opinions", opinion, "2021-02-01") == "valid");
  CHECK(standing("opinions", opinion, "2022-01-01") == "expired");
  CHECK(standing("opinions", R"([{"body": "CESREES", "outcome": "pending", "date": "2021-02-01"}])",
                 "2021-03-01") == "pending");
  const char* silence = R"([{"authority": "CNIL", "kind": "tacit-authorisation",
                             "date": "2021-03-05", "filed": "2021-01-04"}])";
  CHECK(standing("authorisations", silence, "2021-03-04") == "pending");
  CHECK(standing("authorisations", silence, "2021-03-05") == "unknown");
  CHECK(standing("authorisations", silence, "2021-05-05") == "valid");
}

TEST_CASE("derogations carry the day on which they end") {
  const auto derogation = [](const char* as_of, const char* declared) {
    Story story;
    story.as_of = as_of;
    sample::set(story.provider, "derogations", json::read(declared, "derogations"));
    const Facts facts = story.facts();
    return find_fact(facts, nullptr, "host.derogations")->as_array().front();
  };
  const json::Value offered = derogation("2027-01-01", R"([{"provision": "sren-31",
      "granted": "2026-09-01", "offer_available": "2026-10-31"}])");
  CHECK(offered.text("standing") == "valid");
  CHECK(offered.text("ends") == "2028-04-30");
  const json::Value offered_at_the_end = derogation("2021-03-01", R"([{"provision": "sren-31",
      "granted": "2021-01-01", "offer_available": "9999-12-31"}])");
  CHECK(offered_at_the_end.text("standing") == "valid");
  CHECK(offered_at_the_end.text("ends") == "9999-12-31");
}

TEST_CASE("a change counts when its month has run and it was not reported in it") {
  const auto unreported = [](const char* changes, const char* as_of) {
    Story story;
    story.as_of = as_of;
    sample::set(story.provider, "changes", json::read(changes, "changes"));
    const Facts facts = story.facts();
    return find_fact(facts, nullptr, "host.unreported_changes")->as_integer();
  };
  const char* silent = R"([{"date": "2026-01-30", "what": "a new holder"}])";
  CHECK(unreported(silent, "2026-01-29") == 0);
  CHECK(unreported(silent, "2026-03-02") == 0);  // 28 February is a Saturday
  CHECK(unreported(silent, "2026-03-03") == 1);
  const char* on_the_last_day =
      R"([{"date": "2026-01-30", "what": "a new holder", "reported": "2026-03-02"}])";
  CHECK(unreported(on_the_last_day, "2026-12-31") == 0);
  const char* late = R"([{"date": "2026-01-30", "what": "a new holder", "reported": "2026-03-03"},
                         {"date": "2026-02-02", "what": "a new seat"}])";
  CHECK(unreported(late, "2026-03-02") == 0);
  CHECK(unreported(late, "2026-03-03") == 2);
  CHECK(unreported("[]", "2026-03-03") == 0);
  Story nothing_declared;
  const Facts facts = nothing_declared.facts();
  CHECK(find_fact(facts, nullptr, "host.unreported_changes") == nullptr);
}
