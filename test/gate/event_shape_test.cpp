// SPDX-License-Identifier: Apache-2.0
#include <map>
#include <string>

#include "catch.hpp"
#include "gate/rich_board.hpp"
#include "json/read.hpp"
#include "paseto/v4_public.hpp"
#include "registry/log.hpp"
#include "support/shape_changes.hpp"

using namespace octroi;

TEST_CASE("the shape of events accepts what their schema accepts, and nothing else") {
  gate::sample::RichBoard board;
  std::map<std::string, json::Value> one_of_each;
  const std::int64_t count = registry::read_head(board.database()).size;
  for (std::int64_t seq = 0; seq < count; ++seq) {
    const auto token = paseto::parse(registry::event_text(board.database(), seq));
    REQUIRE(token);
    const json::Value payload = json::read(token->message, "event");
    one_of_each[payload.at("sub").as_string()] = payload;
  }
  CHECK(one_of_each.size() >= 20);
  test::Both both("event");
  for (const auto& [type, payload] : one_of_each) {
    INFO(type);
    const int accepted = both.accepted;
    both.ask(payload);
    CHECK(both.accepted == accepted + 1);
    const json::Value& body = payload.at("body");
    test::for_each_change(body, [&, &whole = payload](const json::Value& changed) {
      json::Value other = whole;
      other.set("body", changed);
      both.ask(other);
    });
  }
  json::Value payload = one_of_each.at("member.retired");
  test::for_each_change(payload, [&](const json::Value& changed) { both.ask(changed); });
  for (const auto& [type, other] : one_of_each) {  // each body under each name
    payload.set("sub", type);
    both.ask(payload);
  }
  CHECK(both.accepted > 100);
  CHECK(both.refused > 1000);
}
