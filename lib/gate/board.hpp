// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <filesystem>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "gate/context.hpp"
#include "json/value.hpp"
#include "model/charter.hpp"
#include "model/document.hpp"

namespace octroi::gate {

/// A board that was just founded.
struct FoundedBoard {
  std::string board;
  std::string origin;
  std::string seal;  ///< the seal's k4.pid
  std::vector<std::string> members;
};
[[nodiscard]] json::Value to_json(const FoundedBoard& board);

/// Makes a registry: a new file whose first event founds the board of the charter. The founder must
/// be one of its secretaries. The seal signs tokens, the log key, which may be given later, signs
/// checkpoints; neither is a member's key.
/// Throws Error(bad_input) when the file exists; no file is left behind on failure.
[[nodiscard]] FoundedBoard found_board(const std::filesystem::path& path,
                                       const model::Document& charter,
                                       const crypto::PublicKey& seal, const Actor& founder,
                                       const Context& context,
                                       const std::optional<crypto::PublicKey>& log_key = {});

/// What the founding event takes from the charter: majority, seats, present_min, members and, where
/// there are some, endorsements.
[[nodiscard]] json::Value founding_rule(const json::Value& charter);

struct MemberRow {
  std::string id;
  std::vector<std::string> roles;  ///< "secretary", "researcher", "auditor"; sorted
  std::string kid;
  std::string key;  ///< k4.public
  Instant since;
  std::optional<Instant> retired;
  std::string proposed_by;  ///< who added a secretary that a second one has yet to add, or ""
  std::string retiring_by;  ///< who asked first that a secretary be retired, or ""
};
[[nodiscard]] json::Value to_json(const MemberRow& member);
[[nodiscard]] json::Value to_json(const std::vector<MemberRow>& members);

/// Adds a member (secretaries only). An id or key that was ever used is not used again.
[[nodiscard]] MemberRow add_member(Database& database, const Actor& actor, const std::string& id,
                                   const crypto::PublicKey& key,
                                   const std::vector<std::string>& roles, const Context& context);

/// Ends a member's powers from now on (secretaries only); the last secretary stays.
[[nodiscard]] MemberRow retire_member(Database& database, const Actor& actor, const std::string& id,
                                      const Context& context);

/// All members, the retired too, by id.
[[nodiscard]] std::vector<MemberRow> list_members(Database& database);

/// What a trust file asks of the board's log, beyond what its charter says.
struct LogDemands {
  std::optional<std::string> log_policy;  ///< a tlog-policy file: log keys, witnesses, quorum
  bool requires_proof = false;            ///< a token counts only with the proof of its issue
};
constexpr std::size_t k_log_policy_bytes_max = 100'000;

/// What a verifier needs to know of the board: the trust document (schemas/trust.schema.json).
/// Throws Error(not_yet) when a proof or a policy is asked for and the board has no log key,
/// Error(bad_input) when the policy is none, or does not name this log and its key in force.
[[nodiscard]] json::Value export_trust(Database& database, const LogDemands& demands = {});

}  // namespace octroi::gate
