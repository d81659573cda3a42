// SPDX-License-Identifier: Apache-2.0
#include "registry/catalogue.hpp"

#include "catch.hpp"
#include "registry/sqlite_database.hpp"

using namespace octroi;
using namespace octroi::registry;

namespace {

Event adoption(std::int64_t seq, const char* id, const char* from, const char* until = nullptr) {
  json::Value body = json::object({{"rulebook", id},
                                   {"sha256", std::string(64, '0')},
                                   {"document", std::string(64, '0')},
                                   {"from", from}});
  if (until != nullptr) body.set("until", until);
  return {EventType::rulebook_adopted, "", Instant{}, "", seq, {}, {}, std::move(body)};
}

std::vector<std::int64_t> in_force(Database& database, const char* day) {
  std::vector<std::int64_t> positions;
  for (const Adoption& one : adoptions_in_force(database, parse_date(day).value())) {
    positions.push_back(one.seq);
  }
  return positions;
}

using Positions = std::vector<std::int64_t>;

}  // namespace

TEST_CASE("on a day the last adoption that has begun applies, first and last day included") {
  const auto database = open_sqlite_in_memory();
  apply_rulebook_adopted(adoption(1, "a", "2021-01-01"), *database);
  apply_rulebook_adopted(adoption(2, "b", "2021-01-01", "2021-06-30"), *database);
  apply_rulebook_adopted(adoption(3, "a", "2021-03-01"), *database);
  CHECK(in_force(*database, "2020-12-31").empty());
  CHECK(in_force(*database, "2021-01-01") == Positions{1, 2});
  CHECK(in_force(*database, "2021-03-01") == Positions{3, 2});
  CHECK(in_force(*database, "2021-06-30") == Positions{3, 2});
  CHECK(in_force(*database, "2021-07-01") == Positions{3});
}

TEST_CASE("an adoption that ends does not bring back the one that it replaced") {
  const auto database = open_sqlite_in_memory();
  apply_rulebook_adopted(adoption(1, "a", "2021-01-01"), *database);
  apply_rulebook_adopted(adoption(2, "a", "2021-02-01", "2021-02-28"), *database);
  CHECK(in_force(*database, "2021-02-10") == Positions{2});
  CHECK(in_force(*database, "2021-03-01").empty());
}

TEST_CASE("an adoption that begins later leaves the earlier one in force until then") {
  const auto database = open_sqlite_in_memory();
  apply_rulebook_adopted(adoption(1, "a", "2021-01-01"), *database);
  apply_rulebook_adopted(adoption(2, "a", "2022-01-01"), *database);
  CHECK(in_force(*database, "2021-12-31") == Positions{1});
  CHECK(in_force(*database, "2022-01-01") == Positions{2});
}
