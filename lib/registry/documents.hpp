// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <array>
#include <functional>
#include <optional>
#include <string>
#include <string_view>

#include "base/bytes.hpp"
#include "base/random.hpp"
#include "registry/database.hpp"

/// Documents stand beside the log under salted digests: an event that names one does not reveal a
/// guessable content, and a document can be taken away while every event still verifies.
namespace octroi::registry {

/// SHA-256("octroi/document/1" ‖ 0x00 ‖ salt ‖ bytes).
[[nodiscard]] Digest document_digest(ByteView salt, std::string_view bytes);

using Salt = std::array<std::uint8_t, 16>;

/// Stores a document under that salt, which nobody else may be able to guess.
void store_document(Database& database, std::string_view kind, std::string_view bytes,
                    const Salt& salt, const Digest& digest);

/// Stores a document under a fresh salt and gives its digest.
[[nodiscard]] Digest store_document(Database& database, std::string_view kind,
                                    std::string_view bytes, const Random& random);

/// A stored document's bytes. Throws Error(not_allowed) when it was erased, Error(damaged) when it
/// is not there, is of another kind, or does not have that digest.
[[nodiscard]] std::string load_document(Database& database, const Digest& digest,
                                        std::string_view kind);

/// A document as it stands there: nobody has compared it with its digest yet.
struct StoredDocument {
  Bytes salt;
  std::string bytes;
};
[[nodiscard]] std::optional<StoredDocument> find_stored(Database& database, const Digest& digest);

/// Removes a document's bytes and salt; Database::forget_deleted takes them out of the file too.
void remove_document(Database& database, const Digest& digest);

[[nodiscard]] std::int64_t count_documents(Database& database);

/// Calls `visit` with every stored document, by digest: its digest, kind, salt and bytes.
using DocumentVisitor =
    std::function<void(const Digest&, const std::string&, ByteView, std::string)>;
void visit_documents(Database& database, const DocumentVisitor& visit);

/// The same with digests and kinds only, in any order.
void visit_kinds(Database& database, const std::function<void(const Digest&, std::string)>& visit);

}  // namespace octroi::registry
