// SPDX-License-Identifier: Apache-2.0
// The lines of `verify --batch`: a token each, or an object with one and what it is for. The corpus
// holds tokens of the key of the word "seal", so that what lies behind the signature is reached
// too. A line is taken for the claims of a token as well, so that no signature has to be made.
#include "fuzz/target.hpp"
#include "gate/token_batch.hpp"
#include "json/read.hpp"
#include "json/schema.hpp"
#include "json/write.hpp"
#include "support/secret.hpp"

namespace {

using namespace octroi;

const Instant k_now = *parse_instant("2027-01-01T00:00:00Z");

model::Document trust() {
  const crypto::PublicKey seal = test::key_of("seal").public_key();
  const json::Value value = json::object(
      {{"format", "octroi/trust/1"},
       {"board", "Example"},
       {"origin", "council.example/data-access"},
       {"seals", json::Value::Array{json::object({{"key", seal.paserk()},
                                                  {"kid", seal.id().text},
                                                  {"from", "2020-01-01T00:00:00Z"}})}}});
  return model::read_document(model::DocumentKind::trust, json::canonical(value), "trust");
}

gate::Use any() {
  gate::Use use;
  use.is_for_any = true;
  return use;
}

/// What the schema says of a token's claims, the long way.
bool are_claims(std::string_view payload) {
  static const json::Schema schema =
      json::Schema::compile(json::read(model::schema_text("token"), "schema"), "schema");
  try {
    return schema.validate(json::read(payload, "payload")).empty();
  } catch (const Error&) {
    return false;
  }
}

struct Holder {
  model::Document document = trust();
  gate::Use use = any();
  gate::TokenBatch batch{document, {}, use, k_now};
};

}  // namespace

void octroi::fuzz::try_input(std::string_view text) {
  static const Holder holder;
  std::size_t number = 0;
  for (std::size_t at = 0; at < text.size();) {
    const std::string_view line = text.substr(at, text.find('\n', at) - at);
    at += line.size() + 1;
    const gate::LineAnswer answer = holder.batch.answer(++number, line);
    require(answer.text.find('\n') == answer.text.npos, "an answer is one line");
    const json::Value value = json::read(answer.text, "answer");
    require(value.at("line").as_integer() == static_cast<std::int64_t>(number),
            "an answer says of which line it is");
    require((value.find("error") == nullptr) == answer.answer.has_value(),
            "a line that cannot be read has no other answer");
    require(
        line.starts_with('{') ||
            answer.answer == gate::verify_token(line, holder.document, holder.use, k_now).answer,
        "a batch says of a token what is said of it alone");
    const auto claims = gate::read_payload(line);
    require(claims.has_value() == are_claims(line), "claims are what their schema accepts");
    require(!claims || gate::read_claims(json::read(line, "payload")) == claims,
            "claims are the same from a tree");
  }
}
