// SPDX-License-Identifier: Apache-2.0
#include "gate/forged_log.hpp"

#include "crypto/hash.hpp"
#include "gate/acting.hpp"
#include "json/write.hpp"
#include "paseto/v4_public.hpp"
#include "registry/documents.hpp"
#include "registry/log.hpp"

namespace octroi::gate::sample {

using json::Value;
using registry::EventType;

void log_event(Board& board, const std::string& member, EventType type, Value body) {
  registry::Transaction transaction(board.database(), registry::Transaction::Kind::write);
  static_cast<void>(
      act(board.database(), board.as(member), type, std::move(body), board.context()));
  transaction.commit();
}

Value last_body(Board& board, EventType type) {
  Value body;
  registry::visit_events(board.database(), [&](std::int64_t, const std::string& text) {
    registry::Event event = registry::read_event(text);
    if (event.type == type) body = std::move(event.body);
  });
  return body;
}

void log_token(Board& board, const Value& claims, const std::string& member) {
  const std::string text = paseto::sign(board.seal(), json::canonical(claims),
                                        paseto::kid_footer(board.seal().public_key().id()));
  registry::Transaction transaction(board.database(), registry::Transaction::Kind::write);
  const Digest document =
      registry::store_document(board.database(), "token", text, board.context().random);
  static_cast<void>(act(
      board.database(), board.as(member), EventType::token_issued,
      json::object(
          {{"token", claims.text("jti")},
           {"token_sha256", crypto::sha256(text).hex()},
           {"request", claims.text("sub")},
           {"version", 1},
           {"decision", claims.text("decision")},
           {"holder", claims.text("aud")},
           {"document", document.hex()},
           {"not_before", claims.text("nbf")},
           {"expires", claims.text("exp")},
           {"status", json::object({{"list", 1},
                                    {"index", claims.at("status").at("status_list").at("idx")}})}}),
      board.context()));
  transaction.commit();
}

std::string faults_of(Board& board) {
  const AuditReport report =
      audit(board.database(), board.now(), [](std::int64_t, std::int64_t) {});
  std::string faults;
  for (const AuditFault& fault : report.faults) faults += fault.what + "\n";
  return faults;
}

Value with(Value object, const std::string& member, Value value) {
  object.set(member, std::move(value));
  return object;
}

}  // namespace octroi::gate::sample
