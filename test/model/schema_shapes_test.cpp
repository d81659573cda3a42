// SPDX-License-Identifier: Apache-2.0
#include "model/schema_shapes.hpp"

#include <algorithm>
#include <functional>
#include <string>
#include <vector>

#include "base/safe_text.hpp"
#include "catch.hpp"
#include "json/read.hpp"
#include "json/schema.hpp"
#include "json/write.hpp"
#include "model/document.hpp"

using namespace octroi;
using json::Value;

namespace {

const std::string k_digest = "\"" + std::string(64, 'a') + "\"";

Value token() {
  return json::read(
      R"({"aud":"cnam","conditions":["à Paris"],"datasets":[{"components":["DCIR","PMSI-MCO"],
      "extent":"extract","format":"pseudonymised","id":"snds-main-base"}],"decision":"D-2026-0003",
      "digests":{"assessment":)" +
          k_digest + R"(,"decision":)" + k_digest + R"(,"request":)" + k_digest +
          R"(,"rulebooks":{"cnam-2021":)" + k_digest + R"(}},"endorsements":[)" + k_digest +
          R"(],"environment":{"provider":"azure-hub","service":"project space"},
      "exp":"2028-03-02T23:59:59Z","iat":"2026-03-02T08:01:38Z","iss":"council.example/data-access",
      "jti":"019cad91-2ad0-755f-a83b-68e2670a2df3","nbf":"2026-03-02T08:01:38Z",
      "purposes":["snds:6","duo:DUO:0000007"],"status":{"status_list":{"idx":4846,
      "uri":"https://council.example/data-access/status/1"}},"sub":"R-2026-0006",
      "users":["analyst-1","analyst-2"],"version":1})",
      "token");
}

Value trust() {
  const std::string moment = "\"2026-03-02T08:00:00Z\"";
  return json::read(
      R"({"$schema":"s","$comment":["a","b"],"as_of":)" + moment +
          R"(,"board":"Conseil","events":7,"format":"octroi/trust/1","origin":"a.example/b",
      "requires_status":true,"requires_proof":false,"log_policy":"p","log_keys":[{"vkey":"a/b+01234567+)" +
          std::string(44, 'A') + R"(","from":)" + moment +
          R"(}],"seals":[{"$comment":"c","from":)" + moment + R"(,"until":)" + moment +
          R"(,"compromised_from":)" + moment + R"(,"key":"k4.public.)" + std::string(43, 'A') +
          R"(","kid":"k4.pid.)" + std::string(44, 'A') + R"(","previous":"k4.pid.)" +
          std::string(44, 'B') + R"(","handover":")" + std::string(86, '_') + R"("}]})",
      "trust");
}

/// Asks the shape and the schema about one value after another.
struct Both {
  explicit Both(const std::string& name)
      : shape(*model::shape_of(name)),
        schema(json::Schema::compile(json::read(model::schema_text(name), name), name)) {}

  void ask(const Value& value) {
    json::Tape laid;
    laid.lay(value);
    const bool is_valid = schema.validate(value).empty();
    ++(is_valid ? accepted : refused);
    const std::string text = json::canonical(value);
    if (json::accepts(shape, laid.root()) != is_valid) FAIL(text);
    json::Tape tape;
    if (tape.read(text) && json::accepts(shape, tape.root()) != is_valid) FAIL(text);
  }

  const json::Shape& shape;
  json::Schema schema;
  int accepted = 0;
  int refused = 0;
};

std::vector<Value> other_texts(const std::string& text) {
  std::vector<Value> others = {"",
                               "a",
                               "A",
                               "é",
                               "2026-02-30T00:00:00Z",
                               "2026-03-02T08:00:00Z",
                               text + "a",
                               text + "\n",
                               text + "é",
                               "a" + text,
                               std::string(200, 'a'),
                               std::string(201, 'a'),
                               std::string(64, 'a'),
                               std::string(65, 'a'),
                               std::string(401, 'a'),
                               std::string(2001, 'a')};
  if (text.empty()) return others;
  others.emplace_back(text.substr(1));
  others.emplace_back(text.substr(0, text.size() - 1));
  for (std::size_t at = 0; at < std::min<std::size_t>(text.size(), 40); ++at) {
    for (const char c : {'A', 'z', '0', '9', '-', '.', '/', ':', '_', ' ', '\x7f'}) {
      std::string changed = text;
      changed[at] = c;
      others.emplace_back(changed);
    }
  }
  std::erase_if(others, [](const Value& other) { return !is_utf8(other.as_string()); });
  return others;
}

/// Calls `visit` with the value and each of its changes, one at a time.
void for_each_change(const Value& value, const std::function<void(const Value&)>& visit) {
  for (const Value& other :
       {Value(), Value(true), Value(0), Value(-1), Value(1), Value(65535), Value(65536),
        Value(100000), Value(100001), Value("a"), Value(Value::Array{}), Value(Value::Object{}),
        json::strings({"a"}), json::strings({"a", "a"}), json::object({{"a", "b"}})}) {
    visit(other);
  }
  if (value.is_string()) {
    for (const Value& other : other_texts(value.as_string())) visit(other);
  }
  if (value.is_array()) {
    const Value::Array& items = value.as_array();
    for (const std::size_t size : {0U, 2U, 100U, 101U, 200U, 201U, 501U}) {
      visit(Value::Array(size, items.front()));
    }
    for (std::size_t at = 0; at < items.size(); ++at) {
      for_each_change(items[at], [&](const Value& changed) {
        Value::Array others = items;
        others[at] = changed;
        visit(others);
      });
    }
  }
  if (!value.is_object()) return;
  Value more = value;
  more.set("more", "a");
  visit(more);
  for (const auto& [name, member] : value.as_object()) {
    Value less = value;
    less.as_object().erase(name);
    visit(less);
    Value renamed = less;
    renamed.set(name + "x", member);
    visit(renamed);
    for_each_change(member, [&, key = name](const Value& changed) {
      Value other = value;
      other.set(key, changed);
      visit(other);
    });
  }
}

}  // namespace

TEST_CASE("a shape accepts what its schema accepts, and nothing else") {
  for (const auto& [name, value] : {std::pair{"token", token()}, std::pair{"trust", trust()}}) {
    INFO(name);
    Both both(name);
    both.ask(value);
    REQUIRE(both.accepted == 1);
    for_each_change(value, [&](const Value& changed) { both.ask(changed); });
    CHECK(both.accepted > 100);
    CHECK(both.refused > 1000);
  }
}

TEST_CASE("a list that must hold each text once is looked at whole") {
  Both both("token");
  Value value = token();
  std::vector<std::string> purposes;
  for (int i = 0; i < 99; ++i) purposes.push_back("snds:" + std::to_string(i));
  value.set("purposes", json::strings(purposes));
  both.ask(value);
  CHECK(both.accepted == 1);
  for (const std::size_t at : {0U, 50U, 98U}) {
    std::vector<std::string> repeated = purposes;
    repeated.push_back(purposes[at]);
    value.set("purposes", json::strings(repeated));
    both.ask(value);
  }
  CHECK(both.refused == 3);
}
