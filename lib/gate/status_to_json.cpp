// SPDX-License-Identifier: Apache-2.0
// The results about the status of tokens as the --json outputs of their commands: schemas/output/.
#include "gate/status_publishing.hpp"
#include "gate/token_status.hpp"

namespace octroi::gate {

using json::Value;

Value to_json(const TokenStatusRow& row) {
  Value value = json::object({{"id", row.id},
                              {"request", row.request},
                              {"holder", row.holder},
                              {"datasets", json::strings(row.datasets)},
                              {"not_before", format_instant(row.not_before)},
                              {"expires", format_instant(row.expires)},
                              {"status", row.status}});
  if (!row.reason.empty()) value.set("reason", row.reason);
  if (row.since) value.set("since", format_instant(*row.since));
  if (!row.text.empty()) value.set("text", row.text);
  if (row.is_text_erased) value.set("is_text_erased", true);
  return value;
}

Value to_json(const std::vector<TokenStatusRow>& rows) {
  Value list = Value::Array{};
  for (const TokenStatusRow& row : rows) list.push(to_json(row));
  return list;
}

Value to_json(const TokenChanges& changes) {
  Value left = Value::Array{};
  for (const LeftToken& token : changes.left) {
    left.push(json::object({{"id", token.id}, {"why", token.why}}));
  }
  Value value = json::object({{"act", registry::name_of(changes.act)},
                              {"reason", changes.reason},
                              {"tokens", to_json(changes.tokens)},
                              {"left", std::move(left)},
                              {"is_done", changes.is_done}});
  if (changes.from) value.set("from", format_instant(*changes.from));
  return value;
}

Value to_json(const PublishedList& list) {
  return json::object({{"list", list.list},
                       {"event", list.event},
                       {"uri", list.uri},
                       {"sha256", list.sha256},
                       {"token", list.text},
                       {"issued", format_instant(list.issued)},
                       {"next_update", format_instant(list.next_update)},
                       {"expires", format_instant(list.expires)},
                       {"revoked", list.revoked},
                       {"suspended", list.suspended}});
}

}  // namespace octroi::gate
