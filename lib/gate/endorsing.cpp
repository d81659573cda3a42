// SPDX-License-Identifier: Apache-2.0
#include "gate/endorsing.hpp"

#include <fmt/format.h>

#include "base/error.hpp"
#include "gate/acting.hpp"
#include "gate/conflict.hpp"
#include "gate/recording.hpp"
#include "registry/decisions.hpp"
#include "registry/endorsements.hpp"
#include "registry/members.hpp"
#include "registry/requests.hpp"

namespace octroi::gate {

using json::Value;
using registry::EventType;
using registry::Transaction;

Value to_json(const EndorsedRelease& release) {
  return json::object({{"request", release.request},
                       {"version", release.version},
                       {"decision", release.decision},
                       {"assessment_sha256", release.assessment_sha256},
                       {"event_sha256", release.event_sha256},
                       {"endorsers", json::strings(release.endorsers)},
                       {"wanted", release.wanted}});
}

EndorsedRelease endorse(Database& database, const Actor& actor, const std::string& request_id,
                        const Context& context) {
  Transaction transaction(database, Transaction::Kind::write);
  const Context fixed = at_one_moment(context);
  require_role(database, actor, "secretary");
  const registry::Request request = registry::require_request(database, request_id);
  const auto decision = registry::last_decision(database, request.id, request.version);
  if (!decision) {
    throw Error(ErrorCode::not_yet, fmt::format("there is no decision on {} version {} to endorse",
                                                request.id, request.version));
  }
  refuse_conflict(database, actor.member,
                  load(database, request.document, model::DocumentKind::request, request.id));
  const std::string sha256 = standing_assessment(database, actor, request.id, fixed).sha256;
  const registry::SignedEvent event = act(database, actor, EventType::release_endorsed,
                                          json::object({{"request", request.id},
                                                        {"version", request.version},
                                                        {"decision", decision->id},
                                                        {"assessment_sha256", sha256}}),
                                          fixed);
  EndorsedRelease release{request.id,
                          request.version,
                          decision->id,
                          sha256,
                          event.digest().hex(),
                          {},
                          registry::read_charter(database).endorsements};
  for (const registry::Endorsement& one :
       registry::endorsements_of(database, {request.id, request.version, decision->id, sha256})) {
    release.endorsers.push_back(one.member);
  }
  transaction.commit();
  return release;
}

}  // namespace octroi::gate
