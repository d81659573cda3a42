// SPDX-License-Identifier: Apache-2.0
#include "law/percent.hpp"

#include "catch.hpp"

using octroi::law::Percent;

TEST_CASE("shares are read exactly and written back in their shortest form") {
  for (const char* text : {"0", "24", "24.5", "50.000001", "0.000001", "99.999999", "100"}) {
    INFO(text);
    REQUIRE(Percent::parse(text));
    CHECK(Percent::parse(text)->text() == text);
  }
  CHECK(Percent::parse("24.00") == Percent::of(24));
  CHECK(Percent::parse("024") == Percent::of(24));
  CHECK(Percent::parse("24.000001").value() > Percent::of(24));
  CHECK(Percent::parse("23.999999").value() < Percent::of(24));
}

TEST_CASE("what is no share from 0 to 100 is refused") {
  for (const char* text : {"", ".", ".5", "5.", "-1", "+1", "1e2", "100.000001", "101", "1000",
                           "24,5", "24 ", " 24", "24%", "0.0000001", "1.2.3", "0x10"}) {
    INFO(text);
    CHECK_FALSE(Percent::parse(text));
  }
}

TEST_CASE("sums are exact where binary fractions are not") {
  Percent sum;
  for (int times = 0; times < 10; ++times) sum += *Percent::parse("2.4");
  CHECK(sum == Percent::of(24));
  CHECK((Percent::of(100) - *Percent::parse("0.01")).text() == "99.99");
}
