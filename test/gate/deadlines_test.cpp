// SPDX-License-Identifier: Apache-2.0
#include "gate/deadlines.hpp"

#include "catch.hpp"
#include "gate/requests.hpp"
#include "gate/sample_board.hpp"
#include "support/day.hpp"

using namespace octroi;
using namespace octroi::gate;
using sample::Board;
using test::day;

namespace {

/// A board whose clock stands on a day.
class BoardOn {
 public:
  explicit BoardOn(std::string_view date) {
    board.fill();
    go_to(date);
  }

  void go_to(std::string_view date) {
    board.pass(std::chrono::duration_cast<std::chrono::seconds>(day(date) - date_of(board.now())));
  }
  void assess() {
    static_cast<void>(gate::assess(board.database(), board.as("secretary-1"), id, board.context()));
  }
  void amend(const json::Value& request) {
    static_cast<void>(gate::submit(board.database(), board.as("researcher-1"),
                                   sample::document(model::DocumentKind::request, request), id,
                                   board.context()));
  }

  /// "NAME START..END STANDING", one a line.
  std::string shown(std::string_view as_of,
                    const std::optional<model::HolidayCalendar>& calendar = {}) {
    const RequestDetails details = show_request(board.database(), id, day(as_of), calendar);
    std::string text;
    for (const law::CaseDeadline& one : details.deadlines->list) {
      text += std::string(law::name_of(one.deadline)) + " " + format_date(one.start) + ".." +
              (one.end ? format_date(*one.end) : "") + " " +
              std::string(law::name_of(one.standing)) + "\n";
    }
    return text;
  }

  Board board;
  std::string id;
};

json::Value treatment(const char* regime, const char* disease) {
  json::Value request = sample::example("cnam-2021/request-treatment.json");
  request.set("regime", regime);
  request.as_object()["disease_codes"].set("codes", json::strings({disease}));
  return request;
}

std::string submit(BoardOn& board, const json::Value& request) {
  return board.board.submit([&request](json::Value& sent) { sent = request; });
}

}  // namespace

TEST_CASE(
    "the clock of a data permit follows the log: submitted, more asked for, answered, decided") {
  BoardOn board("2029-04-02");
  board.id = submit(board, treatment("ehds", "U07"));  // which is Covid-19 or not: incomplete
  CHECK(board.shown("2029-04-02") == "ehds-permit 2029-04-02..2029-07-02 running\n");
  CHECK(board.shown("2029-04-01") == "");
  board.go_to("2029-04-04");
  board.assess();
  CHECK(board.shown("2029-05-03") ==
        "ehds-completion 2029-04-04..2029-05-02 passed\nehds-permit 2029-04-02.. stopped\n");
  board.go_to("2029-04-20");
  board.amend(treatment("ehds", "U07.1"));
  board.assess();
  CHECK(board.shown("2029-04-20") ==
        "ehds-completion 2029-04-04..2029-05-02 met\nehds-permit 2029-04-20..2029-07-20 running\n");
  CHECK(board.shown("2029-04-19") ==
        "ehds-completion 2029-04-04..2029-05-02 running\nehds-permit 2029-04-02.. stopped\n");
  board.go_to("2029-06-01");
  static_cast<void>(decide(board.board.database(), board.board.as("secretary-1"),
                           board.board.grant(board.id), false, board.board.context()));
  CHECK(board.shown("2029-06-01") ==
        "ehds-completion 2029-04-04..2029-05-02 met\nehds-permit 2029-04-20..2029-07-20 met\n"
        "ehds-publication 2029-06-01..2029-07-13 running\n");
}

TEST_CASE("an application of before the European Health Data Space applies starts no clock of it") {
  BoardOn board("2026-11-20");
  board.id = submit(board, treatment("ehds", "U07.1"));
  CHECK(board.shown("2026-11-20") == "");
  CHECK(board.shown("2029-04-02") == "");
}

TEST_CASE("a public body with a mandate, for purposes a to c alone, has the shorter period") {
  BoardOn board("2029-04-02");
  json::Value request = treatment("ehds", "U07.1");
  request.as_object()["controller"].set("mandate", "Act on public health, section 3");
  request.as_object()["purposes"].set("ehds", json::strings({"a", "c"}));
  board.id = submit(board, request);
  CHECK(board.shown("2029-04-02") == "ehds-permit-public 2029-04-02..2029-06-04 running\n");
  request.as_object()["purposes"].set("ehds", json::strings({"a", "e"}));
  board.amend(request);
  CHECK(board.shown("2029-04-02") == "ehds-permit 2029-04-02..2029-07-02 running\n");
  request.as_object()["purposes"].set("ehds", json::strings({"a"}));
  json::Value other = request.at("controller");
  other.as_object().erase("mandate");
  request.set("joint_controllers", json::Value::Array{other});
  board.amend(request);
  CHECK(board.shown("2029-04-02") == "ehds-permit 2029-04-02..2029-07-02 running\n");
}

TEST_CASE("what the request says of committee and authority gives the French deadlines") {
  BoardOn board("2026-11-20");
  json::Value request = treatment("authorisation", "U07.1");
  CHECK((board.id = submit(board, request)).empty() == false);
  CHECK(board.shown("2026-11-20") == "");  // opinion and authorisation are there
  request.as_object().erase("opinions");
  request.as_object().erase("authorisations");
  board.amend(request);
  CHECK(board.shown("2026-11-20") == "snds-completeness 2026-11-20..2026-12-01 running\n");
  board.go_to("2027-02-10");
  request.set("opinions",
              json::Value::Array{json::object(
                  {{"body", "CESREES"}, {"outcome", "pending"}, {"date", "2026-12-01"}})});
  request.set("authorisations", json::Value::Array{json::object({{"authority", "CNIL"},
                                                                 {"kind", "tacit-authorisation"},
                                                                 {"date", "2027-04-06"},
                                                                 {"reference", "example"},
                                                                 {"filed", "2027-02-05"}})});
  board.amend(request);
  CHECK(board.shown("2027-02-10") ==
        "snds-committee 2026-12-01..2027-01-01 passed\n"
        "cnil-authorisation 2027-02-05..2027-04-05 running\n");
  const model::HolidayCalendar calendar{
      "sample", day("2027-01-01"), day("2027-04-30"), {day("2027-01-01"), day("2027-04-05")}};
  CHECK(board.shown("2027-02-10", calendar) ==
        "snds-committee 2026-12-01..2027-01-04 passed\n"
        "cnil-authorisation 2027-02-05..2027-04-06 running\n");
  // The version of the day counts, not the latest.
  CHECK(board.shown("2027-02-09") == "snds-completeness 2026-11-20..2026-12-01 passed\n");
  const CaseDeadlines deadlines =
      *show_request(board.board.database(), board.id, day("2027-02-10"), calendar).deadlines;
  REQUIRE(deadlines.list.size() == 2);
  CHECK(deadlines.is_beyond_calendar(deadlines.list[0]));  // it began before the calendar does
  CHECK(deadlines.is_beyond_calendar(deadlines.list[1]));  // its extension ends after it
  CHECK_FALSE(show_request(board.board.database(), board.id).deadlines);
}
