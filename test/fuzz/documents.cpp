// SPDX-License-Identifier: Apache-2.0
// The documents that octroi reads as files and as lines of `check --batch` and `submit --batch`:
// requests, datasets, providers, … An input is read as what its "format" says that it is.
#include <array>

#include "crypto/hash.hpp"
#include "fuzz/target.hpp"
#include "json/read.hpp"
#include "model/document.hpp"

namespace {

using namespace octroi;
using model::DocumentKind;

constexpr std::array k_kinds = {
    DocumentKind::request,  DocumentKind::dataset,  DocumentKind::provider,
    DocumentKind::rulebook, DocumentKind::charter,  DocumentKind::assessment,
    DocumentKind::decision, DocumentKind::trust,    DocumentKind::rule_tests,
    DocumentKind::holidays, DocumentKind::hierarchy};

/// A request, where it does not say.
DocumentKind kind_of(std::string_view text) {
  for (const DocumentKind kind : k_kinds) {
    const std::string name(model::name_of(kind));
    if (text.find("\"octroi/" + name + "/") != text.npos) return kind;
  }
  return DocumentKind::request;
}

bool is_value(DocumentKind kind, std::string_view text) {
  try {
    static_cast<void>(model::read_value(kind, text, "input"));
    return true;
  } catch (const Error&) {
    return false;
  }
}

}  // namespace

void octroi::fuzz::try_input(std::string_view text) {
  const DocumentKind kind = kind_of(text);
  try {
    const model::Document document = model::read_document(kind, std::string(text), "input");
    require(document.bytes == text, "a document keeps its bytes");
    require(document.sha256 == crypto::sha256(text), "a document is named by its bytes");
    require(document.value == json::read(text, "input"), "a document says what its bytes say");
    require(model::schema_of(kind).validate(document.value).empty(),
            "a document is what its schema accepts");
    require(model::read_value(kind, text, "input") == document.value,
            "what a document says is the same without its digest");
    const auto canonical = model::valid_document(kind, document.value);
    require(canonical && canonical->value == document.value, "a value is a document too");
  } catch (const Error&) {
    require(!is_value(kind, text), "what is no document is none without its digest");
    throw;
  }
}
