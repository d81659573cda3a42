// SPDX-License-Identifier: Apache-2.0
#include "registry/documents.hpp"

#include <algorithm>

#include "base/error.hpp"
#include "catch.hpp"
#include "crypto/hash.hpp"
#include "registry/sqlite_database.hpp"

using namespace octroi;
using namespace octroi::registry;

namespace {

Random counting() {
  return [next = std::uint8_t{0}](std::span<std::uint8_t> buffer) mutable {
    std::generate(buffer.begin(), buffer.end(), [&next] { return ++next; });
  };
}

}  // namespace

TEST_CASE("a document's digest is SHA-256 over domain, salt and bytes") {
  const Bytes salt(16, 0xaa);
  std::string whole = "octroi/document/1";
  whole += '\0';
  whole += std::string(16, '\xaa');
  whole += "content";
  CHECK(document_digest(salt, "content") == crypto::sha256(whole));
}

TEST_CASE("equal documents have different digests, so that nobody can guess one from the log") {
  const auto database = open_sqlite_in_memory();
  const Random random = counting();
  const Digest first = store_document(*database, "request", "content", random);
  const Digest second = store_document(*database, "request", "content", random);
  CHECK(first != second);
  CHECK(load_document(*database, first, "request") == "content");
  CHECK(load_document(*database, second, "request") == "content");
}

TEST_CASE("a document that is missing, changed or of another kind is damage") {
  const auto database = open_sqlite_in_memory();
  const Digest digest = store_document(*database, "request", "content", counting());
  const auto load = [&](const Digest& name, const char* kind) {
    try {
      static_cast<void>(load_document(*database, name, kind));
    } catch (const Error& error) {
      return error.code() == ErrorCode::damaged;
    }
    return false;
  };
  CHECK(load(Digest{}, "request"));
  CHECK(load(digest, "decision"));
  database->run("UPDATE documents SET bytes = x'00'");
  CHECK(load(digest, "request"));
}

TEST_CASE("an empty document is kept as one") {
  const auto database = open_sqlite_in_memory();
  const Digest digest = store_document(*database, "request", "", counting());
  CHECK(load_document(*database, digest, "request").empty());
}
