// SPDX-License-Identifier: Apache-2.0
#include "law/standing.hpp"

#include "catch.hpp"

using octroi::Date;
using octroi::parse_date;
using namespace octroi::law;

namespace {

std::optional<Date> day(const char* text) {
  return *text == '\0' ? std::nullopt : parse_date(text);
}

std::string certificate(const char* status, const char* service, const char* from,
                        const char* until, const char* used = "cloud") {
  const Certificate one{"HDS", "2", status, service, day(from), day(until)};
  return std::string(name_of(standing_of(one, used, *day("2026-06-15"))));
}

std::string tacit(const char* filed, std::optional<bool> is_extended, const char* as_of,
                  const char* until = "") {
  return std::string(
      name_of(standing_of(TacitAuthorisation{day(filed), is_extended, day(until)}, *day(as_of))));
}

std::string derogation(const char* granted, const char* offer, const char* until,
                       const char* as_of) {
  return std::string(
      name_of(standing_of(Derogation{day(granted), day(offer), day(until)}, *day(as_of))));
}

}  // namespace

TEST_CASE("a certificate holds for its service, from its first through its last day") {
  CHECK(certificate("valid", "cloud", "2024-01-01", "2027-01-01") == "valid");
  CHECK(certificate("valid", "cloud", "2026-06-15", "2026-06-15") == "valid");
  CHECK(certificate("valid", "cloud", "2026-06-16", "2027-01-01") == "not-yet");
  CHECK(certificate("valid", "cloud", "2024-01-01", "2026-06-14") == "expired");
  CHECK(certificate("valid", "other", "2024-01-01", "2027-01-01") == "other-service");
}

TEST_CASE("what a certificate does not say is not valid") {
  CHECK(certificate("valid", "", "2024-01-01", "2027-01-01") == "unknown");
  CHECK(certificate("valid", "cloud", "2024-01-01", "2027-01-01", "") == "unknown");
  CHECK(certificate("valid", "cloud", "", "2027-01-01") == "unknown");
  CHECK(certificate("valid", "cloud", "2024-01-01", "") == "unknown");
  CHECK(certificate("valid", "cloud", "", "") == "unknown");
  CHECK(certificate("", "cloud", "2024-01-01", "2027-01-01") == "unknown");
}

TEST_CASE("a certificate that is not given yet, or no longer, is not valid") {
  CHECK(certificate("pending", "cloud", "2024-01-01", "2027-01-01") == "pending");
  CHECK(certificate("pending", "other", "", "") == "other-service");
  CHECK(certificate("withdrawn", "cloud", "2024-01-01", "2027-01-01") == "withdrawn");
  CHECK(certificate("expired", "cloud", "2024-01-01", "2026-01-01") == "expired");
  // Declared as expired, though by its days it is not: one of the two is wrong.
  CHECK(certificate("expired", "cloud", "2024-01-01", "2027-01-01") == "unknown");
}

TEST_CASE("silence authorises once two months have run, or four") {
  CHECK(tacit("2026-01-05", false, "2026-03-05") == "pending");
  CHECK(tacit("2026-01-05", false, "2026-03-06") == "valid");
  CHECK(tacit("2026-01-05", true, "2026-03-06") == "pending");
  CHECK(tacit("2026-01-05", true, "2026-05-05") == "pending");
  CHECK(tacit("2026-01-05", true, "2026-05-06") == "valid");
  CHECK(tacit("2026-01-05", std::nullopt, "2026-03-05") == "pending");
  CHECK(tacit("2026-01-05", std::nullopt, "2026-03-06") == "unknown");
  CHECK(tacit("2026-01-05", std::nullopt, "2026-05-06") == "valid");
  CHECK(tacit("", false, "2026-05-06") == "unknown");
  CHECK(tacit("2026-01-05", false, "2026-12-31", "2026-12-30") == "expired");
}

TEST_CASE("a derogation ends 18 months after an offer, or sooner") {
  CHECK(derogation("2026-09-01", "2026-10-31", "", "2026-08-31") == "not-yet");
  CHECK(derogation("2026-09-01", "2026-10-31", "", "2028-04-30") == "valid");
  CHECK(derogation("2026-09-01", "2026-10-31", "", "2028-05-01") == "expired");
  CHECK(derogation("2026-09-01", "2026-10-31", "2027-01-31", "2027-02-01") == "expired");
  CHECK(derogation("2026-09-01", "2026-10-31", "2030-01-31", "2028-05-01") == "expired");
  CHECK(derogation("2026-09-01", "", "2027-01-31", "2027-01-31") == "valid");
  CHECK(derogation("2026-09-01", "", "", "2026-10-01") == "unknown");
  CHECK(derogation("", "2026-10-31", "", "2026-12-01") == "unknown");
}

TEST_CASE("leaving out what is declared never makes a certificate valid") {
  for (const char* status : {"valid", "pending", "expired", "withdrawn"}) {
    for (const char* service : {"cloud", "other"}) {
      for (const char* from : {"2024-01-01", "2026-12-01"}) {
        for (const char* until : {"2025-01-01", "2027-01-01"}) {
          if (certificate(status, service, from, until) == "valid") continue;
          CHECK(certificate(status, "", from, until) != "valid");
          CHECK(certificate(status, service, "", until) != "valid");
          CHECK(certificate(status, service, from, "") != "valid");
          CHECK(certificate("", service, from, until) != "valid");
        }
      }
    }
  }
}
