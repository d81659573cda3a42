// SPDX-License-Identifier: Apache-2.0
#include "law/case_deadlines.hpp"

#include <string>

#include "catch.hpp"
#include "support/day.hpp"

using namespace octroi;
using namespace octroi::law;

using test::day;

namespace {

CaseAct act(CaseAct::Kind kind, std::string_view date) {
  return {kind, day(date)};
}
CaseAct submitted(std::string_view date) {
  return act(CaseAct::Kind::submitted, date);
}
CaseAct complete(std::string_view date) {
  return act(CaseAct::Kind::complete, date);
}
CaseAct incomplete(std::string_view date) {
  return act(CaseAct::Kind::incomplete, date);
}
CaseAct decided(std::string_view date) {
  return act(CaseAct::Kind::decided, date);
}

CaseTimes ehds(std::vector<CaseAct> acts) {
  CaseTimes times;
  times.route = AccessRoute::ehds;
  times.acts = std::move(acts);
  return times;
}

/// "NAME START..END[|EXTENDED] STANDING[ MET]", one a line.
std::string shown(const CaseTimes& times, std::string_view as_of, const Holidays& holidays = {}) {
  std::string text;
  for (const CaseDeadline& one : case_deadlines(times, day(as_of), holidays)) {
    if (!text.empty()) text += "\n";
    text += std::string(name_of(one.deadline)) + " " + format_date(one.start) + "..";
    if (one.end) text += format_date(*one.end);
    if (one.end_if_extended) text += "|" + format_date(*one.end_if_extended);
    text += " " + std::string(name_of(one.standing));
    if (one.met) text += " " + format_date(*one.met);
  }
  return text;
}

}  // namespace

TEST_CASE("the authority has three months from a complete file, and three more") {
  const CaseTimes times = ehds({submitted("2029-04-02"), complete("2029-04-10")});
  const std::string permit = "ehds-permit 2029-04-02..2029-07-02|2029-10-02 ";
  CHECK(shown(times, "2029-04-01") == "");
  CHECK(shown(times, "2029-04-02") == permit + "running");
  CHECK(shown(times, "2029-07-02") == permit + "running");
  CHECK(shown(times, "2029-07-03") == permit + "unless-extended");
  CHECK(shown(times, "2029-10-02") == permit + "unless-extended");
  CHECK(shown(times, "2029-10-03") == permit + "passed");
}

TEST_CASE("a public body with a mandate waits two months, and one more") {
  CaseTimes times = ehds({submitted("2029-04-02")});
  times.is_public_health_body = true;
  CHECK(shown(times, "2029-05-02") ==
        "ehds-permit-public 2029-04-02..2029-06-04|2029-07-02 running");
}

TEST_CASE("a decision meets the deadline and starts that of its publication") {
  const CaseTimes times =
      ehds({submitted("2029-04-02"), complete("2029-04-10"), decided("2029-06-01")});
  CHECK(shown(times, "2029-06-01") ==
        "ehds-permit 2029-04-02..2029-07-02|2029-10-02 met 2029-06-01\n"
        "ehds-publication 2029-06-01..2029-07-13 running");
  CHECK(shown(times, "2029-07-14").ends_with("2029-07-13 passed"));
  // The decision is not looked at before its day.
  CHECK(shown(times, "2029-05-31") == "ehds-permit 2029-04-02..2029-07-02|2029-10-02 running");
  // Nobody says whether the period was extended: only beyond the extension is it late.
  CHECK(shown(ehds({submitted("2029-04-02"), decided("2029-10-02")}), "2029-10-02")
            .find("met 2029-10-02") != std::string::npos);
  CHECK(shown(ehds({submitted("2029-04-02"), decided("2029-10-03")}), "2029-10-03")
            .find("late 2029-10-03") != std::string::npos);
}

TEST_CASE("holidays move the last day of a period and are no working days") {
  const CaseTimes times = ehds({submitted("2029-04-02"), decided("2029-06-01")});
  const Holidays holidays = {day("2029-07-02"), day("2029-07-13")};
  CHECK(shown(times, "2029-06-01", holidays) ==
        "ehds-permit 2029-04-02..2029-07-03|2029-10-02 met 2029-06-01\n"
        "ehds-publication 2029-06-01..2029-07-17 running");
}

TEST_CASE("a file that was never complete has four weeks, and its clock starts with the answer") {
  std::vector<CaseAct> acts = {submitted("2029-04-02"), incomplete("2029-04-04")};
  CHECK(shown(ehds(acts), "2029-05-02") ==
        "ehds-completion 2029-04-04..2029-05-02 running\nehds-permit 2029-04-02.. stopped");
  CHECK(shown(ehds(acts), "2029-05-03") ==
        "ehds-completion 2029-04-04..2029-05-02 passed\nehds-permit 2029-04-02.. stopped");
  acts.push_back(incomplete("2029-04-12"));  // said again, it does not begin anew
  acts.push_back(submitted("2029-05-02"));
  CHECK(shown(ehds(acts), "2029-05-02") ==
        "ehds-completion 2029-04-04..2029-05-02 met 2029-05-02\n"
        "ehds-permit 2029-05-02..2029-08-02|2029-11-02 running");
  acts.back() = submitted("2029-05-03");
  CHECK(shown(ehds(acts), "2029-05-03").starts_with("ehds-completion 2029-04-04..2029-05-02 late"));
  // On an earlier day nobody had answered.
  CHECK(shown(ehds(acts), "2029-05-02").starts_with("ehds-completion 2029-04-04..2029-05-02 run"));
}

TEST_CASE("a file that had been complete makes its clock go on when more comes") {
  std::vector<CaseAct> acts = {submitted("2029-04-02"), complete("2029-04-10"),
                               incomplete("2029-05-01")};
  CHECK(shown(ehds(acts), "2029-05-20") ==
        "ehds-completion 2029-05-01..2029-05-29 running\nehds-permit 2029-04-02.. stopped");
  acts.push_back(submitted("2029-05-11"));
  CHECK(shown(ehds(acts), "2029-05-20") ==
        "ehds-completion 2029-05-01..2029-05-29 met 2029-05-11\n"
        "ehds-permit 2029-04-02..2029-07-12|2029-10-12 running");
  // What was missing may be no part of the request: then a later assessment ends the wait.
  acts.back() = complete("2029-05-11");
  CHECK(shown(ehds(acts), "2029-05-20") ==
        "ehds-completion 2029-05-01..2029-05-29 met 2029-05-11\n"
        "ehds-permit 2029-04-02..2029-07-12|2029-10-12 running");
}

TEST_CASE("a version that nobody asked for starts the clock anew, and a withdrawal ends it") {
  std::vector<CaseAct> acts = {submitted("2029-04-02"), complete("2029-04-10"),
                               submitted("2029-05-02")};
  CHECK(shown(ehds(acts), "2029-05-20") == "ehds-permit 2029-05-02..2029-08-02|2029-11-02 running");
  acts.push_back(act(CaseAct::Kind::withdrawn, "2029-05-10"));
  CHECK(shown(ehds(acts), "2029-05-20") == "");
}

TEST_CASE("a refusal of an incomplete file ends the wait") {
  CHECK(shown(ehds({submitted("2029-04-02"), incomplete("2029-04-04"), decided("2029-05-10")}),
              "2029-05-20") ==
        "ehds-permit 2029-04-02..2029-07-02|2029-10-02 met 2029-05-10\n"
        "ehds-publication 2029-05-10..2029-06-21 running");
  // An earlier demand that was answered stays so, and what is found after a decision asks nothing.
  CHECK(shown(ehds({submitted("2029-04-02"), complete("2029-04-03"), incomplete("2029-04-04"),
                    submitted("2029-04-10"), incomplete("2029-04-12"), decided("2029-05-10"),
                    incomplete("2029-05-11")}),
              "2029-05-20") ==
        "ehds-completion 2029-04-04..2029-05-02 met 2029-04-10\n"
        "ehds-permit 2029-04-02..2029-07-09|2029-10-08 met 2029-05-10\n"
        "ehds-publication 2029-05-10..2029-06-21 running");
}

TEST_CASE("no clock of the European Health Data Space starts before it applies") {
  CHECK(shown(ehds({submitted("2029-03-25")}), "2029-04-02") == "");
  CHECK(shown(ehds({submitted("2029-03-26")}), "2029-04-02") != "");
  CHECK(shown(ehds({submitted("2026-11-20"), decided("2026-11-27")}), "2026-11-28") == "");
  CaseTimes genomes = ehds({submitted("2029-04-02")});
  genomes.ehds_categories = {"f", "b"};
  CHECK(shown(genomes, "2029-04-02") == "");
  genomes.ehds_categories = {"f", "a"};
  CHECK(shown(genomes, "2029-04-02") != "");
  genomes.ehds_categories = {"f", ""};  // one dataset says nothing of its categories
  CHECK(shown(genomes, "2029-04-02") != "");
  genomes.ehds_categories = {"f"};
  genomes.acts = {submitted("2031-03-25")};
  CHECK(shown(genomes, "2031-04-02") == "");
  genomes.acts = {submitted("2031-03-26")};
  CHECK(shown(genomes, "2031-04-02") != "");
}

TEST_CASE("after the end of access the data are deleted and results published") {
  CaseTimes times = ehds({submitted("2029-04-02"), decided("2029-05-02")});
  times.access_ends = day("2030-04-30");
  CHECK(shown(times, "2030-04-30").find("ehds-deletion") == std::string::npos);
  CHECK(shown(times, "2030-05-01")
            .ends_with("\nehds-deletion 2030-04-30..2030-10-30 running"
                       "\nehds-results 2030-04-30..2031-10-30 running"));
  times.route = AccessRoute::other;
  CHECK(shown(times, "2030-05-01") == "");
}

TEST_CASE("the French way: completeness, committee, and an authority whose silence authorises") {
  CaseTimes times;
  times.route = AccessRoute::snds_authorisation;
  times.acts = {submitted("2026-11-20")};
  CHECK(shown(times, "2026-11-23") == "snds-completeness 2026-11-20..2026-12-01 running");
  times.committee_asked = day("2026-12-02");
  CHECK(shown(times, "2026-12-01") == "snds-completeness 2026-11-20..2026-12-01 running");
  CHECK(shown(times, "2026-12-02") ==
        "snds-completeness 2026-11-20..2026-12-01 late 2026-12-02\n"
        "snds-committee 2026-12-02..2027-01-04 running");
  times.committee_asked = day("2026-11-19");  // before the file came here
  CHECK(shown(times, "2026-11-20") == "snds-committee 2026-11-19..2026-12-21 running");
  times.committee_asked.reset();
  times.has_committee_opinion = true;
  CHECK(shown(times, "2026-12-02") == "");
  times.silent = {{day("2027-01-05"), std::nullopt, {}}};
  const std::string start = "cnil-authorisation 2027-01-05..";
  CHECK(shown(times, "2027-01-04") == "");
  CHECK(shown(times, "2027-03-05") == start + "2027-03-05|2027-05-05 running");
  CHECK(shown(times, "2027-03-06") == start + "2027-03-05|2027-05-05 unless-extended");
  times.silent[0].is_extended = true;
  CHECK(shown(times, "2027-03-06") == start + "2027-05-05 running");
  times.silent[0].is_extended = false;
  CHECK(shown(times, "2027-03-06") == start + "2027-03-05 passed");
  times.silent[0].filed.reset();  // nothing runs from a day that nobody names
  CHECK(shown(times, "2027-03-06") == "");
  CHECK(lapse_of(Deadline::cnil_authorisation) == Lapse::authorised);
  CHECK(lapse_of(Deadline::ehds_completion) == Lapse::no_permit);
}

TEST_CASE("the simplified procedure has fifteen days, and other ways have none") {
  CaseTimes times;
  times.route = AccessRoute::snds_simplified;
  times.acts = {submitted("2026-11-20")};
  CHECK(shown(times, "2026-11-20") == "snds-simplified 2026-11-20..2026-12-07 running");
  times.acts.push_back(decided("2026-12-01"));
  CHECK(shown(times, "2026-12-10") == "snds-simplified 2026-11-20..2026-12-07 met 2026-12-01");
  times.route = AccessRoute::other;
  CHECK(shown(times, "2026-12-10") == "");
  times.route = AccessRoute::snds_simplified;
  times.acts = {submitted("2020-05-15")};  // before the committee and the platform's role
  CHECK(shown(times, "2020-05-20") == "");
}

TEST_CASE("a later act never brings the last day of the authority forward") {
  const Date start = day("2029-04-02");
  for (int asked = 1; asked < 100; asked += 7) {
    for (int wait = 0; wait < 60; wait += 9) {
      CaseTimes times = ehds({{CaseAct::Kind::submitted, start},
                              {CaseAct::Kind::complete, start},
                              {CaseAct::Kind::incomplete, start + std::chrono::days(asked)},
                              {CaseAct::Kind::submitted, start + std::chrono::days(asked + wait)}});
      const auto list = case_deadlines(times, start + std::chrono::days(asked + wait), {});
      REQUIRE(list.size() == 2);
      REQUIRE(list[1].end.has_value());
      CHECK(*list[1].end >= last_day_of(Deadline::ehds_permit, start));
      CHECK(*list[1].end_if_extended >= *list[1].end);
    }
  }
}
