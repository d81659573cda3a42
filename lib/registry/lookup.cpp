// SPDX-License-Identifier: Apache-2.0
#include "registry/lookup.hpp"

#include <initializer_list>

namespace octroi::registry {
namespace {

constexpr std::string_view k_submission =
    "SELECT max(seq) FROM request_history WHERE request = $1 AND type = 'request.submitted'";
constexpr std::string_view k_decision_event = "SELECT seq FROM decisions WHERE id = $1";
// The history of a token's request names the token first, then its holder.
constexpr std::string_view k_token_event =
    "SELECT h.seq FROM tokens t JOIN request_history h ON h.request = t.request "
    "WHERE t.id = $1 AND h.type = 'token.issued' AND h.note = t.id || ' for ' || t.holder";

}  // namespace

std::optional<std::int64_t> find_event_of(Database& database, const std::string& id) {
  for (const std::string_view sql : {k_submission, k_decision_event, k_token_event}) {
    const auto row = database.query(sql, id);
    if (row->step() && !row->is_null(0)) return row->integer(0);
  }
  return std::nullopt;
}

}  // namespace octroi::registry
