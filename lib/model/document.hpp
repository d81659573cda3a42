// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "base/bytes.hpp"
#include "json/schema.hpp"
#include "json/tape.hpp"
#include "json/value.hpp"

namespace octroi::model {

/// The kinds of JSON document that octroi reads or writes as files, each with a schema of its own:
/// schemas/NAME.schema.json, embedded in the program.
enum class DocumentKind {
  request,
  dataset,
  provider,
  rulebook,
  charter,
  assessment,
  decision,
  trust,
  rule_tests,
  holidays,
  hierarchy,
};

/// The kind's name in files and messages: "request", "dataset", …
[[nodiscard]] std::string_view name_of(DocumentKind kind);

/// The kind's schema, compiled once.
[[nodiscard]] const json::Schema& schema_of(DocumentKind kind);

/// The text of an embedded schema by file name without ".schema.json" (also "facts", "event",
/// "token" and the schemas of --json outputs); empty when there is none.
[[nodiscard]] std::string_view schema_text(std::string_view name);

/// A document as it was received: the exact bytes, whose SHA-256 names it wherever it is cited, and
/// what they say. The value is valid under the schema of `kind` and has no semantic faults.
struct Document {
  DocumentKind kind;
  std::string bytes;
  json::Value value;
  Digest sha256;
};

/// Reads and validates a document of at most limits::k_document_bytes_max, or, where octroi wrote
/// it itself, k_assessment_bytes_max. Throws Error(bad_input)
/// with every fault, of the schema and between members, one per line.
[[nodiscard]] Document read_document(DocumentKind kind, std::string bytes, std::string_view source);

/// The same for who does not cite its bytes: what they say. Nothing is hashed; laid on a tape,
/// which the bytes must outlive, nothing is copied either.
[[nodiscard]] json::Tape read_laid(DocumentKind kind, std::string_view bytes,
                                   std::string_view source);
[[nodiscard]] json::Value read_value(DocumentKind kind, std::string_view bytes,
                                     std::string_view source);

/// The document that a value would be as a file in canonical form; nothing when it is not valid or
/// too long.
[[nodiscard]] std::optional<Document> valid_document(DocumentKind kind, json::Value value);

}  // namespace octroi::model
