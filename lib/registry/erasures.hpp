// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/time.hpp"
#include "registry/assessments.hpp"
#include "registry/database.hpp"
#include "registry/decisions.hpp"
#include "registry/event.hpp"
#include "registry/members.hpp"

/// The table erasures, and which documents the log names.
namespace octroi::registry {

struct Erasure {
  Digest document;
  std::string kind;
  std::string reason;     ///< "data-subject", "retention-ended", …
  std::string authority;  ///< a short name: "cnil", "gdpr-17"
  std::string member;
  Instant at;
};

/// A document that an event names, whether or not it is still there.
struct NamedDocument {
  Digest digest;
  std::string kind;   ///< "request", "token", …
  std::string owner;  ///< what it is of: a request, dataset, provider or rulebook; "" for a charter
  int version = 0;    ///< of the owner; 0 where it has none
};

/// Checks that the documents are known, still there and not needed any more; the bytes themselves
/// are removed by whoever appends the event (remove_document).
void apply_document_erased(const Event& event, const Member& member, Database& database);

/// Small letters, digits, '.', '_' and '-', as events name things.
[[nodiscard]] bool is_short_name(std::string_view text);

/// By document.
[[nodiscard]] std::vector<Erasure> all_erasures(Database& database);
[[nodiscard]] std::optional<Erasure> find_erasure(Database& database, const Digest& document);

/// A token that has not ended: it is neither past its end nor revoked, whether or not suspended.
struct LivingToken {
  Token token;
  int version = 1;                              ///< of the request, that was granted
  std::vector<RecordedAssessment> assessments;  ///< of that version, in the order of the log
};

/// The tokens that live at that moment, of all requests or of one.
[[nodiscard]] std::vector<LivingToken> living_tokens(
    Database& database, Instant now, const std::optional<std::string>& request = {});

/// Throws Error(not_allowed) when this version of a dataset or provider was the latest one when
/// the request of that token was assessed.
void require_not_looked_at(Database& database, const NamedDocument& document,
                           const LivingToken& living);

/// Every document that the log names; those of a request only when one is given.
[[nodiscard]] std::vector<NamedDocument> named_documents(
    Database& database, const std::optional<std::string>& request = {});

}  // namespace octroi::registry
