// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <optional>
#include <string>

#include "gate/context.hpp"
#include "json/value.hpp"
#include "status/status_list.hpp"

namespace octroi::gate {

/// Which list is to be published, and how long it may be relied on.
struct ListDraft {
  std::optional<int> list;   ///< none: the only one
  int valid_days = 7;        ///< from now to its end
  int next_update_days = 1;  ///< from now to the next list at the latest
};

/// A status list that was signed and logged.
struct PublishedList {
  int list = 1;
  std::int64_t event = 0;  ///< its position in the log
  std::string uri;
  std::string sha256;  ///< of its text
  std::string text;    ///< v4.public.…
  Instant issued;
  Instant next_update;
  Instant expires;
  int revoked = 0;  ///< how many tokens it says this of
  int suspended = 0;
};
[[nodiscard]] json::Value to_json(const PublishedList& list);

/// Signs a list of how all of its tokens stand and logs it (secretaries). `seal` must be the
/// registry's seal. Throws Error(usage) when there are several lists and none is named, or the days
/// make no sense; Error(bad_input) when there is no such list.
[[nodiscard]] PublishedList publish_status(Database& database, const Actor& actor,
                                           const crypto::SecretKey& seal, const ListDraft& draft,
                                           const Context& context);

/// The list that the tables give; as of the events before `seq`, where one is named.
[[nodiscard]] status::StatusList build_status_list(Database& database, int list,
                                                   std::optional<std::int64_t> before_seq = {});

}  // namespace octroi::gate
