// SPDX-License-Identifier: Apache-2.0
#include "gate/proving.hpp"

#include <fmt/format.h>

#include "base/error.hpp"
#include "base/safe_text.hpp"
#include "gate/checkpointing.hpp"
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

std::int64_t event_of(Database& database, const std::string& id) {
  if (const auto seq = registry::find_event_of(database, id)) return *seq;
  throw Error(ErrorCode::bad_input,
              fmt::format("{}: expected the number of a request, a decision or an event, or a "
                          "token's id",
                          in_quotes(id)));
}

}  // namespace octroi::gate
