// SPDX-License-Identifier: Apache-2.0
#include "registry/projection.hpp"

#include <fmt/format.h>

#include "base/error.hpp"
#include "registry/catalogue.hpp"
#include "registry/decisions.hpp"
#include "registry/endorsements.hpp"
#include "registry/erasures.hpp"
#include "registry/keys.hpp"
#include "registry/log.hpp"
#include "registry/members.hpp"
#include "registry/requests.hpp"
#include "registry/statuses.hpp"

namespace octroi::registry {
namespace {

/// The role that an act asks for; "" where the act itself says who may.
/// Source: schemas/README.md, table of events.
std::string_view role_for(EventType type) {
  switch (type) {
    case EventType::request_submitted:
    case EventType::request_withdrawn:
      return "researcher";
    case EventType::member_rekeyed:
      return "";
    case EventType::board_founded:
    case EventType::member_added:
    case EventType::member_retired:
    case EventType::dataset_added:
    case EventType::provider_added:
    case EventType::hierarchy_added:
    case EventType::rulebook_adopted:
    case EventType::request_assessed:
    case EventType::decision_recorded:
    case EventType::token_issued:
    case EventType::token_revoked:
    case EventType::token_suspended:
    case EventType::token_resumed:
    case EventType::status_published:
    case EventType::seal_rotated:
    case EventType::log_key_rotated:
    case EventType::key_retired:
    case EventType::release_endorsed:
    case EventType::document_erased:
      return "secretary";
  }
  broken_invariant("an event type without a role");
}

Member require_role(const Event& event, Database& database) {
  Member member = active_member_of_key(database, event.signer);
  const std::string_view role = role_for(event.type);
  if (!role.empty() && !member.has_role(role)) {
    throw Error(ErrorCode::not_allowed,
                fmt::format("this asks for the role {}, which {} does not have", role, member.id));
  }
  return member;
}

void dispatch(const SignedEvent& signed_event, const Member& member, Database& database) {
  const Event& event = signed_event.content();
  switch (event.type) {
    case EventType::board_founded:
      throw Error(ErrorCode::not_allowed, "the board is founded already");
    case EventType::member_added:
      return apply_member_added(event, member, database);
    case EventType::member_retired:
      return apply_member_retired(event, member, database);
    case EventType::dataset_added:
      return apply_dataset_added(event, database);
    case EventType::provider_added:
      return apply_provider_added(event, database);
    case EventType::hierarchy_added:
      return apply_hierarchy_added(event, database);
    case EventType::rulebook_adopted:
      return apply_rulebook_adopted(event, database);
    case EventType::request_submitted:
      return apply_request_submitted(event, member, database);
    case EventType::request_withdrawn:
      return apply_request_withdrawn(event, member, database);
    case EventType::request_assessed:
      return apply_request_assessed(event, member, database);
    case EventType::decision_recorded:
      return apply_decision_recorded(event, member, database);
    case EventType::token_issued:
      return apply_token_issued(event, member, database);
    case EventType::token_revoked:
    case EventType::token_suspended:
    case EventType::token_resumed:
      return apply_token_act(event, member, database);
    case EventType::status_published:
      return apply_status_published(event, database);
    case EventType::seal_rotated:
      return apply_seal_rotated(event, database);
    case EventType::log_key_rotated:
      return apply_log_key_rotated(event, database);
    case EventType::member_rekeyed:
      return apply_member_rekeyed(event, member, database);
    case EventType::key_retired:
      return apply_key_retired(event, database);
    case EventType::release_endorsed:
      return apply_release_endorsed(signed_event, member, database);
    case EventType::document_erased:
      return apply_document_erased(event, member, database);
  }
}

}  // namespace

void apply(const SignedEvent& event, Database& database) {
  const Event& content = event.content();
  advance_head(database, event);
  if (content.seq == 0) return apply_board_founded(content, database);
  dispatch(event, require_role(content, database), database);
}

crypto::PublicKey key_of_signer(const Event& event, Database& database) {
  if (event.seq == 0) return founder_key(event);
  return active_member_of_key(database, event.signer).key;
}

}  // namespace octroi::registry
