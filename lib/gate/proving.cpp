// SPDX-License-Identifier: Apache-2.0
#include "gate/proving.hpp"

#include <fmt/format.h>

#include "base/error.hpp"
#include "base/safe_text.hpp"
#include "gate/checkpointing.hpp"
#include "merkle/proof.hpp"
#include "merkle/tree.hpp"
#include "note/add_checkpoint.hpp"
#include "note/tlog_proof.hpp"
#include "registry/event.hpp"
#include "registry/log.hpp"
#include "registry/lookup.hpp"
#include "registry/tree.hpp"

namespace octroi::gate {
namespace {

using registry::Transaction;

note::SignedCheckpoint last_signed_head(Database& database) {
  return read_checkpoint(last_checkpoint(database).note, "checkpoint");
}

GrowthProof growth(Database& database, std::int64_t old_size) {
  const note::SignedCheckpoint head = last_signed_head(database);
  const auto size = static_cast<std::int64_t>(head.checkpoint.head.size.value);
  if (old_size < 0) {  // or beyond what any log has
    throw Error(ErrorCode::bad_input, "no log has the size of the older checkpoint");
  }
  if (old_size > size) {
    throw Error(ErrorCode::bad_input,
                fmt::format("the last checkpoint is of {} events, and the older one of {}: sign a "
                            "new one with 'octroi checkpoint'",
                            size, old_size));
  }
  const merkle::TreeSize from{static_cast<std::uint64_t>(old_size)};
  note::AddCheckpoint body{
      from,
      merkle::consistency_proof(from, head.checkpoint.head.size, registry::tree_reader(database)),
      head};
  return {old_size, size, note::format(body)};
}

/// Why the proof's event is not a submission of the request in this log; "" when it is.
std::string submission_fault(Database& database, const std::string& request,
                             const note::TlogProof& proof) {
  const registry::Head ours = registry::read_head(database);
  const std::string& origin = proof.checkpoint.checkpoint.origin;
  if (origin != ours.origin) {
    return fmt::format("it is of the log {}, and this one is {}", in_quotes(origin), ours.origin);
  }
  const auto seq = static_cast<std::int64_t>(proof.index.value);
  if (proof.index.value >= static_cast<std::uint64_t>(ours.size) ||
      proof.extra != registry::event_text(database, seq)) {
    return fmt::format("its event {} is not that of this log", proof.index.value);
  }
  const registry::Event event = registry::read_event(proof.extra);
  if (event.type != registry::EventType::request_submitted) {
    return fmt::format("its event {} is another act: {}", seq, registry::name_of(event.type));
  }
  const std::string submitted = event.body.text("request");
  return submitted == request ? "" : "it is the receipt of " + submitted;
}

/// Why the checkpoint is none that this log gave; "" when it is.
std::string head_fault(Database& database, const note::SignedCheckpoint& checkpoint) {
  const merkle::TreeHead& head = checkpoint.checkpoint.head;
  if (head.size.value > static_cast<std::uint64_t>(registry::read_head(database).size) ||
      merkle::root(head.size, registry::tree_reader(database)) != head.root) {
    return "its checkpoint is of another copy of this log";
  }
  if (is_signed_by_any(checkpoint, log_keys(database))) return "";
  return "no log key of this board signed its checkpoint";
}

}  // namespace

json::Value to_json(const EventProof& proof) {
  return json::object({{"seq", proof.seq},
                       {"type", proof.type},
                       {"log_size", proof.log_size},
                       {"proof", proof.text}});
}

json::Value to_json(const GrowthProof& proof) {
  return json::object(
      {{"old_size", proof.old_size}, {"log_size", proof.log_size}, {"proof", proof.text}});
}

EventProof prove_event(Database& database, std::int64_t seq) {
  Transaction transaction(database, Transaction::Kind::read);
  const std::string event = registry::event_text(database, seq);
  const note::SignedCheckpoint head = last_signed_head(database);
  const merkle::LeafIndex index{static_cast<std::uint64_t>(seq)};
  if (index.value >= head.checkpoint.head.size.value) {
    throw Error(ErrorCode::not_yet,
                fmt::format("event {} is newer than the last checkpoint; whoever has the log key "
                            "runs 'octroi checkpoint'",
                            seq));
  }
  note::TlogProof proof{
      event, index,
      merkle::inclusion_proof(index, head.checkpoint.head.size, registry::tree_reader(database)),
      head};
  return {seq, std::string(registry::name_of(registry::read_event(event).type)),
          static_cast<std::int64_t>(head.checkpoint.head.size.value), note::format(proof)};
}

GrowthProof prove_growth_from(Database& database, std::int64_t old_size) {
  Transaction transaction(database, Transaction::Kind::read);
  return growth(database, old_size);
}

GrowthProof prove_growth_from(Database& database, const note::SignedCheckpoint& older) {
  Transaction transaction(database, Transaction::Kind::read);
  const merkle::TreeHead& head = older.checkpoint.head;
  const registry::Head ours = registry::read_head(database);
  if (older.checkpoint.origin != ours.origin) {
    throw Error(ErrorCode::bad_input, fmt::format("the checkpoint is of {}, and this log is {}",
                                                  in_quotes(older.checkpoint.origin), ours.origin));
  }
  GrowthProof proof = growth(database, static_cast<std::int64_t>(head.size.value));
  if (merkle::root(head.size, registry::tree_reader(database)) == head.root) return proof;
  throw Error(ErrorCode::damaged,
              fmt::format("the first {} events are not those of the checkpoint: this log or that "
                          "checkpoint is of a fork",
                          head.size.value));
}

std::string receipt_fault(Database& database, const std::string& request, std::string_view text) {
  const auto read = note::parse_tlog_proof(text);
  if (const auto* fault = std::get_if<note::Fault>(&read)) return "no proof: " + fault->text();
  const auto& proof = std::get<note::TlogProof>(read);
  Transaction transaction(database, Transaction::Kind::read);
  std::string fault = submission_fault(database, request, proof);
  if (fault.empty()) fault = head_fault(database, proof.checkpoint);
  if (!fault.empty()) return fault;
  const bool is_included = merkle::proves_inclusion(merkle::leaf_hash(proof.extra), proof.index,
                                                    proof.checkpoint.checkpoint.head, proof.hashes);
  return is_included ? "" : "its hashes do not lead to its checkpoint";
}

std::int64_t event_of(Database& database, const std::string& id) {
  if (const auto seq = registry::find_event_of(database, id)) return *seq;
  throw Error(ErrorCode::bad_input,
              fmt::format("{}: expected the number of a request, a decision or an event, or a "
                          "token's id",
                          in_quotes(id)));
}

}  // namespace octroi::gate
