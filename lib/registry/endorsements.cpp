// SPDX-License-Identifier: Apache-2.0
#include "registry/endorsements.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "base/error.hpp"
#include "registry/decisions.hpp"
#include "registry/keys.hpp"
#include "registry/requests.hpp"

namespace octroi::registry {
namespace {

constexpr std::string_view k_insert_endorsement =
    "INSERT INTO endorsements (seq, request, version, decision, assessment, member, kid, at, event)"
    " VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)";
constexpr std::string_view k_endorsements =
    "SELECT member, kid, at, event FROM endorsements "
    "WHERE request = $1 AND version = $2 AND decision = $3 AND assessment = $4 ORDER BY seq";

constexpr std::string_view k_endorsers =
    "SELECT DISTINCT member FROM endorsements WHERE decision = $1 ORDER BY member";

/// Nobody endorses what they asked for or what they recorded.
void require_independent(const Member& member, const Request& request, const Decision& decision) {
  const char* part = member.id == request.submitter      ? "submitted"
                     : member.id == decision.recorded_by ? "recorded the decision on"
                                                         : nullptr;
  if (part == nullptr) return;
  throw Error(ErrorCode::not_allowed,
              fmt::format("{} {} {} and may not endorse its release", member.id, part, request.id));
}

/// The grant that is endorsed: the last decision on the current version.
Decision require_endorsable(Database& database, const Release& release, const Request& request) {
  if (request.state == "issued") {
    throw Error(ErrorCode::not_allowed, request.id + " has its tokens already");
  }
  std::optional<Decision> decision = last_decision(database, request.id, request.version);
  if (!decision || decision->id != release.decision) {
    throw Error(ErrorCode::not_allowed,
                "an endorsement is of the last decision on the current version of the request");
  }
  if (decision->result != "granted") {
    throw Error(ErrorCode::not_allowed, fmt::format("{} refused {}", decision->id, request.id));
  }
  const auto assessment = last_assessment(database, request.id, request.version);
  if (!assessment || assessment->sha256 != release.assessment_sha256) {
    throw Error(ErrorCode::not_allowed,
                "an endorsement is of the last assessment of the current version of the request");
  }
  require_grantable(*assessment, decision->datasets, decision->resolves);
  return std::move(*decision);
}

}  // namespace

void apply_release_endorsed(const SignedEvent& event, const Member& member, Database& database) {
  const json::Value& body = event.content().body;
  const Release release{body.at("request").as_string(), body.at("version").as_integer(),
                        body.at("decision").as_string(), body.at("assessment_sha256").as_string()};
  const Request request = require_current(database, release.request, release.version);
  if (read_charter(database).endorsements == 0) {
    throw Error(ErrorCode::not_allowed, "the charter of this board asks for no endorsement");
  }
  require_independent(member, request, require_endorsable(database, release, request));
  for (const Endorsement& other : all_endorsements_of(database, release)) {
    if (other.member != member.id) continue;
    throw Error(ErrorCode::not_allowed,
                fmt::format("{} endorsed this release on {}", member.id, format_instant(other.at)));
  }
  database.run(k_insert_endorsement, event.content().seq, release.request, release.version,
               release.decision, release.assessment_sha256, member.id, event.content().signer.text,
               format_instant(event.content().at), event.digest());
  add_history(database, event.content(), member, release.request, release.decision);
}

std::vector<Endorsement> endorsements_of(Database& database, const Release& release) {
  std::vector<Endorsement> endorsements = all_endorsements_of(database, release);
  const auto is_worthless = [&database](const Endorsement& endorsement) {
    const std::optional<KeyRecord> key = find_key(database, {endorsement.kid});
    return !key || !key->is_good_at(endorsement.at);
  };
  endorsements.erase(std::remove_if(endorsements.begin(), endorsements.end(), is_worthless),
                     endorsements.end());
  return endorsements;
}

std::vector<Endorsement> all_endorsements_of(Database& database, const Release& release) {
  std::vector<Endorsement> endorsements;
  const auto row = database.query(k_endorsements, release.request, release.version,
                                  release.decision, release.assessment_sha256);
  while (row->step()) {
    endorsements.push_back({row->text(0), row->text(1), read_instant(*row, 2), row->digest(3)});
  }
  return endorsements;
}

std::vector<std::string> endorsers_of(Database& database, const std::string& decision) {
  std::vector<std::string> members;
  const auto row = database.query(k_endorsers, decision);
  while (row->step()) members.push_back(row->text(0));
  return members;
}

std::vector<Endorsement> require_endorsements(Database& database, const Release& release,
                                              const std::string& issuer) {
  const int wanted = read_charter(database).endorsements;
  if (wanted == 0) return {};
  std::vector<Endorsement> endorsements = endorsements_of(database, release);
  const auto is_own = [&issuer](const Endorsement& one) { return one.member == issuer; };
  endorsements.erase(std::remove_if(endorsements.begin(), endorsements.end(), is_own),
                     endorsements.end());
  if (static_cast<int>(endorsements.size()) >= wanted) return endorsements;
  throw Error(ErrorCode::not_yet,
              fmt::format("the charter asks for {} {} by other secretaries than the "
                          "one who issues; {} under {} has {}; another secretary gives theirs with "
                          "'octroi endorse {}'",
                          wanted, wanted == 1 ? "endorsement" : "endorsements", release.request,
                          release.decision, endorsements.size(), release.request));
}

}  // namespace octroi::registry
