// SPDX-License-Identifier: Apache-2.0
#include "gate/checkpoint_audit.hpp"

#include <fmt/format.h>

#include "base/error.hpp"
#include "base/safe_text.hpp"
#include "gate/checkpointing.hpp"
#include "merkle/tree.hpp"
#include "registry/checkpoints.hpp"
#include "registry/event.hpp"
#include "registry/log.hpp"
#include "registry/tree.hpp"

namespace octroi::gate {
namespace {

std::string fault_of_root(Database& database, const merkle::TreeHead& head) {
  const auto size = static_cast<std::uint64_t>(registry::read_head(database).size);
  if (head.size.value > size) {
    return fmt::format(
        "the checkpoint has {} events and this log {}: the newest {} are missing here, as in an "
        "older copy that was put back",
        head.size.value, size, head.size.value - size);
  }
  if (merkle::root(head.size, registry::tree_reader(database)) == head.root) return "";
  return fmt::format(
      "the first {} events here are not those of the checkpoint: a fork, two histories of one log",
      head.size.value);
}

std::string fault_of_stored(Database& database, const registry::StoredCheckpoint& stored,
                            const std::vector<note::VerifierKey>& keys) {
  const note::SignedCheckpoint checkpoint = read_checkpoint(stored.note, "its note");
  if (checkpoint.checkpoint.origin != registry::read_head(database).origin) {
    return "it is of another log";
  }
  if (checkpoint.checkpoint.head.size.value != static_cast<std::uint64_t>(stored.size)) {
    return "it is of another size than it stands under";
  }
  if (!is_signed_by_any(checkpoint, keys)) return "no log key of this board signed it";
  return fault_of_root(database, checkpoint.checkpoint.head);
}

}  // namespace

std::vector<std::string> faults_of_checkpoints(Database& database, Database& tables) {
  std::vector<std::string> faults;
  const std::vector<note::VerifierKey> keys = log_keys(tables);
  registry::visit_checkpoints(database, [&](const registry::StoredCheckpoint& stored) {
    std::string fault;
    try {
      fault = fault_of_stored(tables, stored, keys);
    } catch (const Error& error) {
      fault = error.what();
    }
    if (!fault.empty()) faults.push_back(fmt::format("checkpoint {}: {}", stored.size, fault));
  });
  return faults;
}

std::optional<std::string> fault_against(Database& database,
                                         const note::SignedCheckpoint& checkpoint) {
  const std::string origin = registry::read_head(database).origin;
  if (checkpoint.checkpoint.origin != origin) {
    throw Error(ErrorCode::bad_input, fmt::format("the checkpoint is of {}, and this log is {}",
                                                  in_quotes(checkpoint.checkpoint.origin), origin));
  }
  std::string fault = fault_of_root(database, checkpoint.checkpoint.head);
  if (fault.empty()) return std::nullopt;
  if (!is_signed_here(database, checkpoint)) {
    fault +=
        "; it is signed by a key this registry does not know: either the checkpoint is made up, or "
        "this registry";
  }
  return fault;
}

ComparedCheckpoint compared(Database& database, const note::SignedCheckpoint& checkpoint) {
  const auto events = static_cast<std::int64_t>(checkpoint.checkpoint.head.size.value);
  ComparedCheckpoint result{events, {}, registry::read_head(database).size - events};
  if (events > 0) result.last = registry::read_event(registry::event_text(database, events - 1)).at;
  return result;
}

bool is_signed_here(Database& database, const note::SignedCheckpoint& checkpoint) {
  return is_signed_by_any(checkpoint, log_keys(database));
}

}  // namespace octroi::gate
