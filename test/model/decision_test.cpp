// SPDX-License-Identifier: Apache-2.0
#include "model/decision.hpp"

#include "catch.hpp"

using namespace octroi::model;

namespace {

struct Row {
  const char* name;
  Ballots ballots;  ///< for, against, abstaining, absent
  int present_min;
  Outcome simple;
  Outcome two_thirds;
  Outcome unanimity;
};

constexpr Outcome k_yes = Outcome::carried;
constexpr Outcome k_no = Outcome::not_carried;
constexpr Outcome k_few = Outcome::no_quorum;

const Row k_rows[] = {
    {"everybody for", {20, 0, 0, 0}, 11, k_yes, k_yes, k_yes},
    {"everybody against", {0, 20, 0, 0}, 11, k_no, k_no, k_no},
    {"everybody abstains", {0, 0, 20, 0}, 11, k_no, k_no, k_no},
    {"everybody absent", {0, 0, 0, 20}, 11, k_few, k_few, k_few},
    {"the council's vote", {12, 0, 3, 5}, 11, k_yes, k_yes, k_yes},
    {"one position taken", {1, 0, 19, 0}, 11, k_yes, k_yes, k_yes},
    {"one against many", {19, 1, 0, 0}, 11, k_yes, k_yes, k_no},
    {"a tie", {10, 10, 0, 0}, 11, k_no, k_no, k_no},
    {"one more than a tie", {10, 9, 1, 0}, 11, k_yes, k_no, k_no},
    {"two thirds exactly", {12, 6, 2, 0}, 11, k_yes, k_yes, k_no},
    {"two thirds less one", {11, 6, 3, 0}, 11, k_yes, k_no, k_no},
    {"two thirds more one", {13, 6, 1, 0}, 11, k_yes, k_yes, k_no},
    {"present exactly enough", {11, 0, 0, 9}, 11, k_yes, k_yes, k_yes},
    {"present by abstaining", {1, 0, 10, 9}, 11, k_yes, k_yes, k_yes},
    {"present one too few", {10, 0, 0, 10}, 11, k_few, k_few, k_few},
    {"one present is enough", {1, 0, 0, 19}, 1, k_yes, k_yes, k_yes},
};

/// The rules read word by word, in fractions that are not simplified.
Outcome naive(const Ballots& ballots, const DecisionRule& rule) {
  const double present = ballots.in_favour + ballots.against + ballots.abstaining;
  if (present < rule.present_min) return Outcome::no_quorum;
  const double positions = ballots.in_favour + ballots.against;
  bool is_carried = false;
  if (positions > 0 && ballots.in_favour > 0) {
    const double part = ballots.in_favour / positions;
    if (rule.majority == Majority::simple) is_carried = part > 0.5;
    if (rule.majority == Majority::two_thirds) is_carried = part >= 2.0 / 3.0 - 1e-9;
    if (rule.majority == Majority::unanimity_of_positions) is_carried = part > 1 - 1e-9;
  }
  return is_carried ? Outcome::carried : Outcome::not_carried;
}

}  // namespace

TEST_CASE("ballots carry a motion as the charter's rule says") {
  for (const Row& row : k_rows) {
    INFO(row.name);
    REQUIRE(row.ballots.total() == 20);
    CHECK(outcome(row.ballots, {Majority::simple, 20, row.present_min}) == row.simple);
    CHECK(outcome(row.ballots, {Majority::two_thirds, 20, row.present_min}) == row.two_thirds);
    CHECK(outcome(row.ballots, {Majority::unanimity_of_positions, 20, row.present_min}) ==
          row.unanimity);
  }
}

TEST_CASE("all ballots of a small board agree with the naive reading") {
  constexpr int k_seats = 9;
  for (const Majority majority :
       {Majority::simple, Majority::two_thirds, Majority::unanimity_of_positions}) {
    for (int present_min = 1; present_min <= k_seats; ++present_min) {
      for (int in_favour = 0; in_favour <= k_seats; ++in_favour) {
        for (int against = 0; in_favour + against <= k_seats; ++against) {
          for (int abstaining = 0; in_favour + against + abstaining <= k_seats; ++abstaining) {
            const int absent = k_seats - in_favour - against - abstaining;
            const Ballots ballots{in_favour, against, abstaining, absent};
            const DecisionRule rule{majority, k_seats, present_min};
            if (outcome(ballots, rule) != naive(ballots, rule)) {
              FAIL(name_of(majority) << ": " << in_favour << " " << against << " " << abstaining
                                     << " of " << k_seats << ", at least " << present_min);
            }
          }
        }
      }
    }
  }
}

TEST_CASE("majorities have names that read back") {
  for (const Majority majority :
       {Majority::simple, Majority::two_thirds, Majority::unanimity_of_positions}) {
    CHECK(parse_majority(name_of(majority)) == majority);
  }
  for (const char* wrong : {"", "Simple", "two thirds", "unanimity"}) {
    INFO(wrong);
    CHECK_FALSE(parse_majority(wrong));
  }
}
