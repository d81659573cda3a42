// SPDX-License-Identifier: Apache-2.0
#include "registry/documents.hpp"

#include <fmt/format.h>

#include <array>

#include "base/error.hpp"
#include "crypto/hash.hpp"
#include "registry/erasures.hpp"

namespace octroi::registry {
namespace {

constexpr std::string_view k_insert_document =
    "INSERT INTO documents (digest, kind, salt, bytes) VALUES ($1, $2, $3, $4)";
constexpr std::string_view k_load_document =
    "SELECT kind, salt, bytes FROM documents WHERE digest = $1";
constexpr std::string_view k_all_documents =
    "SELECT digest, kind, salt, bytes FROM documents ORDER BY digest";

constexpr std::string_view k_kinds = "SELECT digest, kind FROM documents";
constexpr std::string_view k_count_documents = "SELECT count(*) FROM documents";
constexpr std::string_view k_delete_document = "DELETE FROM documents WHERE digest = $1";

constexpr std::string_view k_domain{"octroi/document/1\0", 18};  // the zero byte is part of it

std::string text_of(const Statement& row, int column) {
  return std::string(row.view(column).bytes);
}

}  // namespace

Digest document_digest(ByteView salt, std::string_view bytes) {
  return crypto::Sha256().update(as_bytes(k_domain)).update(salt).update(as_bytes(bytes)).finish();
}

void store_document(Database& database, std::string_view kind, std::string_view bytes,
                    const Salt& salt, const Digest& digest) {
  database.run(k_insert_document, digest, kind, ByteView(salt), as_bytes(bytes));
}

Digest store_document(Database& database, std::string_view kind, std::string_view bytes,
                      const Random& random) {
  Salt salt{};
  random(salt);
  const Digest digest = document_digest(salt, bytes);
  store_document(database, kind, bytes, salt, digest);
  return digest;
}

std::string load_document(Database& database, const Digest& digest, std::string_view kind) {
  const auto refuse = [&](std::string_view what) {
    throw Error(ErrorCode::damaged, fmt::format("document {}: {}", digest.hex(), what));
  };
  auto row = database.query(k_load_document, digest);
  if (!row->step()) {
    if (const std::optional<Erasure> erasure = find_erasure(database, digest)) {
      throw Error(ErrorCode::not_allowed,
                  fmt::format("the {} {} was erased on {} ({}, {})", kind, digest.hex(),
                              format_instant(erasure->at), erasure->reason, erasure->authority));
    }
    refuse("is not in the registry");
  }
  if (row->text(0) != kind) refuse(fmt::format("expected a {}", kind));
  const Bytes salt = row->blob(1);
  std::string bytes = text_of(*row, 2);
  row.reset();  // others may ask the database meanwhile
  if (document_digest(salt, bytes) != digest) refuse("its bytes have another digest");
  return bytes;
}

std::optional<StoredDocument> find_stored(Database& database, const Digest& digest) {
  const auto row = database.query(k_load_document, digest);
  if (!row->step()) return std::nullopt;
  return StoredDocument{row->blob(1), text_of(*row, 2)};
}

void remove_document(Database& database, const Digest& digest) {
  database.run(k_delete_document, digest);
}

std::int64_t count_documents(Database& database) {
  const auto row = database.query(k_count_documents);
  return row->step() ? row->integer(0) : 0;
}

void visit_documents(Database& database, const DocumentVisitor& visit) {
  const auto row = database.query(k_all_documents);
  while (row->step()) {
    visit(row->digest(0), row->text(1), row->blob(2), text_of(*row, 3));
  }
}

void visit_kinds(Database& database, const std::function<void(const Digest&, std::string)>& visit) {
  const auto row = database.query(k_kinds);
  while (row->step()) visit(row->digest(0), row->text(1));
}

}  // namespace octroi::registry
