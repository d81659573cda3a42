// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "gate/context.hpp"
#include "json/value.hpp"

namespace octroi::gate {

/// A document that the log names.
struct DocumentRow {
  std::string digest;  ///< hex, as events name it
  std::string kind;    ///< "request", "assessment", "token", …
  std::string owner;   ///< a request, dataset, provider or rulebook; "" for the charter
  int version = 0;     ///< of the owner; 0 where it has none
  std::optional<Instant> erased;
  std::string reason;     ///< of the erasure, or ""
  std::string authority;  ///< of the erasure, or ""
};
[[nodiscard]] json::Value to_json(const DocumentRow& row);
[[nodiscard]] json::Value to_json(const std::vector<DocumentRow>& rows);

/// All documents; those of a request only when one is given.
[[nodiscard]] std::vector<DocumentRow> list_documents(Database& database,
                                                      const std::optional<std::string>& request);

/// The reasons that an erasure can have, as schemas/event.schema.json lists them.
[[nodiscard]] const std::vector<std::string_view>& erasure_reasons();

/// What to erase, and why.
struct ErasureOrder {
  std::vector<std::string> documents;  ///< digests in hex
  std::optional<std::string> request;  ///< all that is still there of it: every version,
                                       ///< assessment, decision, and tokens
  std::string reason;     ///< one of erasure_reasons()
  std::string authority;  ///< a short name: "cnil", "gdpr-17"
};

/// What was, or in a dry run would be, erased.
struct ErasedDocuments {
  std::vector<DocumentRow> documents;
  bool is_dry_run = false;
};
[[nodiscard]] json::Value to_json(const ErasedDocuments& erased);

/// Erases documents for good (secretaries): their bytes and salts leave the registry's files; the
/// events that name them stay, and every proof holds. Refused for what is still needed: the
/// charter, a rulebook in force, a dataset or provider that an open request names, what belongs to
/// an open request, a token that has not ended.
[[nodiscard]] ErasedDocuments erase_documents(Database& database, const Actor& actor,
                                              const ErasureOrder& order, bool is_dry_run,
                                              const Context& context);

}  // namespace octroi::gate
