// SPDX-License-Identifier: Apache-2.0
#include "gate/token_batch.hpp"

#include "catch.hpp"
#include "gate/sample_board.hpp"
#include "json/read.hpp"
#include "json/schema.hpp"
#include "json/write.hpp"

using namespace octroi;
using namespace octroi::gate;
using sample::Board;

namespace {

struct Issued : Board {
  Issued()
      : token([this] {
          fill();
          return issue(database(), as("secretary-1"), Board::seal(), granted(), false, context())
              .tokens.front()
              .text;
        }()),
        trust(sample::document(model::DocumentKind::trust, export_trust(database()))) {}

  /// The answer to one line, valid under its schema.
  json::Value answer(std::optional<std::string_view> line, const Use& use) const {
    const TokenBatch batch(trust, {}, use, now());
    const LineAnswer answer = batch.answer(7, line);
    json::Value value = json::read(answer.text, "answer");
    static const json::Schema schema = json::Schema::compile(
        json::read(model::schema_text("output/verify-line"), "schema"), "schema");
    json::require_valid(schema, value, answer.text);
    CHECK(value.at("line") == json::Value(7));
    CHECK(answer.answer.has_value() == (value.find("answer") != nullptr));
    return value;
  }
  std::string word(const json::Value& line, const Use& use) const {
    return answer(json::one_line(line), use).text("answer", "error");
  }
  json::Value line(std::initializer_list<json::Member> members) const {
    json::Value value = json::object(members);
    value.set("token", token);
    return value;
  }

  std::string token;
  model::Document trust;
};

Use any() {
  Use use;
  use.is_for_any = true;
  return use;
}

Use for_dataset(const std::string& id) {
  Use use;
  use.datasets = {id};
  return use;
}

}  // namespace

TEST_CASE("a line is answered as the token alone is verified") {
  const Issued issued;
  const Use right = for_dataset("snds-main-base");
  std::string changed = issued.token;
  changed[30] = changed[30] == 'A' ? 'B' : 'A';
  const std::vector<std::string> tokens = {issued.token, issued.token + "\r", changed, "v4.public.",
                                           "",           "no token"};
  for (const Use& use : {right, any(), for_dataset("another")}) {
    for (const std::string& token : tokens) {
      const TokenBatch batch(issued.trust, {}, use, issued.now());
      CHECK(batch.answer(1, token).answer ==
            verify_token(token, issued.trust, use, issued.now()).answer);
    }
  }
  const json::Value good = issued.answer(issued.token, right);
  CHECK(good.text("answer") == "valid");
  CHECK(good.find("because") == nullptr);
  CHECK(good.text("request") == "R-2026-0001");
  CHECK(issued.answer(issued.token, for_dataset("another")).text("because").find("dataset: ") == 0);
}

TEST_CASE("what a line says is compared beside what holds for all lines, never instead of it") {
  const Issued issued;
  const json::Value right = issued.line({{"dataset", "snds-main-base"}});
  const json::Value wrong = issued.line({{"dataset", "another"}});
  CHECK(issued.word(right, {}) == "valid");
  CHECK(issued.word(right, any()) == "valid");
  CHECK(issued.word(wrong, any()) == "other-use");
  CHECK(issued.word(right, for_dataset("another")) == "other-use");
  CHECK(issued.word(wrong, for_dataset("snds-main-base")) == "other-use");
  CHECK(issued.word(issued.line({{"user", "analyst-1"}}), for_dataset("another")) == "other-use");
  CHECK(issued.word(issued.line({}), any()) == "valid");
  CHECK(issued.word(issued.line({{"holder", "somebody"}}), any()) == "other-use");
  Use use = any();
  use.is_for_any = false;
  use.user = "analyst-1";
  CHECK(issued.word(issued.line({{"user", "analyst-1"}}), use) == "valid");
  CHECK(issued.word(issued.line({{"user", "analyst-2"}}), use) == "error");
  CHECK(issued.word(issued.line({{"purpose", json::strings({"snds:6", "snds:5"})}}), use) ==
        "other-use");
}

TEST_CASE("a line that says nothing of the use, or cannot be read, is never valid") {
  const Issued issued;
  CHECK(issued.answer(issued.token, {}).text("error").find("what is to be released") !=
        std::string::npos);
  CHECK(issued.word(issued.line({}), {}) == "error");
  CHECK(issued.word(issued.line({{"holder", "cnam"}}), {}) == "error");
  CHECK(issued.word(issued.line({{"datasets", "snds-main-base"}}), any()) == "error");
  CHECK(issued.word(issued.line({{"dataset", json::Value::Array{}}}), any()) == "error");
  CHECK(issued.word(issued.line({{"user", ""}}), any()) == "error");
  CHECK(issued.answer("{", any()).text("error") != "");
  CHECK(issued.answer(R"({"dataset":"snds-main-base"})", any()).text("error") != "");
  CHECK(issued.answer(std::nullopt, any()).text("error").find("bytes") != std::string::npos);
  CHECK(issued.word(issued.line({{"proof", "none"}}), any()) == "bad-proof");
}
