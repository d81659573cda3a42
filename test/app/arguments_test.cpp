// SPDX-License-Identifier: Apache-2.0
#include "arguments.hpp"

#include "catch.hpp"
#include "support/refusal.hpp"

namespace octroi::app {
namespace {

using test::contains;
using test::refusal;

Arguments with(std::string value) {
  Arguments arguments;
  arguments.add("--x", std::move(value));
  return arguments;
}

}  // namespace

TEST_CASE("what was not given is not there") {
  const Arguments none;
  CHECK_FALSE(none.has("--x"));
  CHECK_FALSE(none.text("--x"));
  CHECK(none.all("--x").empty());
  CHECK_FALSE(none.date("--x"));
  CHECK_FALSE(none.time("--x"));
  CHECK_FALSE(none.number("--x"));
}

TEST_CASE("values keep their order") {
  Arguments arguments = with("b");
  arguments.add("--x", "a");
  CHECK(arguments.all("--x") == std::vector<std::string>{"b", "a"});
  CHECK(arguments.required("--x") == "b");
}

TEST_CASE("numbers are whole and not negative") {
  CHECK(with("0").number("--x") == 0);
  CHECK(with("999999").number("--x") == 999'999);
  for (const char* text : {"-1", "", "1.5", "1e3", " 1", "1 ", "0x10", "1000000", "99999999999"}) {
    INFO(text);
    const std::string message = refusal(ErrorCode::usage, [&] { (void)with(text).number("--x"); });
    CHECK(contains(message, "--x: expected a whole number from 0 to 999999"));
  }
  CHECK(with("1").number("--x", 1) == 1);
  const std::string message = refusal(ErrorCode::usage, [] { (void)with("0").number("--x", 1); });
  CHECK(contains(message, "--x: expected a whole number from 1 to 999999, got \"0\""));
}

TEST_CASE("a time is a day or a moment") {
  CHECK(format_date(with("2021-02-19").date("--x").value()) == "2021-02-19");
  CHECK(format_instant(with("2021-02-19").time("--x").value()) == "2021-02-19T00:00:00Z");
  CHECK(format_instant(with("2021-02-19T12:00:00+02:00").time("--x").value()) ==
        "2021-02-19T10:00:00Z");
  for (const char* text : {"", "yesterday", "2021-02-30", "19-02-2021", "2021-02-19T25:00:00Z"}) {
    INFO(text);
    refusal(ErrorCode::usage, [&] { (void)with(text).date("--x"); });
    refusal(ErrorCode::usage, [&] { (void)with(text).time("--x"); });
  }
  refusal(ErrorCode::usage, [] { (void)with("2021-02-19T00:00:00Z").date("--x"); });
}

TEST_CASE("a refused value is shown without its control characters") {
  const std::string message = refusal(ErrorCode::usage, [] { (void)with("\x1b[2J").date("--x"); });
  CHECK_FALSE(contains(message, "\x1b"));
}

TEST_CASE("an assignment is split at its first sign") {
  CHECK(split_assignment("martin=keys/a=b").name == "martin");
  CHECK(split_assignment("martin=keys/a=b").value == "keys/a=b");
  CHECK(split_assignment("martin").name == "martin");
  CHECK(split_assignment("martin").value.empty());
}

}  // namespace octroi::app
