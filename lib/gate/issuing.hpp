// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <vector>

#include "gate/context.hpp"
#include "json/value.hpp"

namespace octroi::gate {

/// A token for one data holder.
struct IssuedToken {
  std::string id;  ///< its jti
  std::string holder;
  std::string text;  ///< v4.public.…
  Instant not_before;
  Instant expires;
  std::vector<std::string> datasets;
  bool is_new = true;  ///< false when it had been issued before
};

struct Issue {
  std::string request;
  std::string decision;
  std::vector<IssuedToken> tokens;  ///< one per data holder, by holder
};
[[nodiscard]] json::Value to_json(const Issue& issue);

/// Issues the tokens of a granted request (secretaries). It is assessed again under the rulebooks
/// in force; a verdict that has become worse than what the board resolved stops it. A second call
/// returns the same tokens, those that were revoked left out. A dry run shows what the tokens would
/// say (text "") and writes nothing. `seal` must be the registry's seal in force. Where the charter
/// asks for endorsements, they must be there, by others than the actor; the tokens name their
/// events. Throws Error(not_allowed) when the grant was refused, has ended, or rules now refuse, or
/// leave no user for all the datasets of a holder; Error(not_yet) when there is no decision on
/// exactly this version, something is unresolved, or endorsements are missing.
[[nodiscard]] Issue issue(Database& database, const Actor& actor, const crypto::SecretKey& seal,
                          const std::string& request, bool is_dry_run, const Context& context);

}  // namespace octroi::gate
