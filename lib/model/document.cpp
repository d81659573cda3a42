// SPDX-License-Identifier: Apache-2.0
#include "model/document.hpp"

#include "base/error.hpp"
#include "base/limits.hpp"
#include "crypto/hash.hpp"
#include "json/read.hpp"
#include "json/to_value.hpp"
#include "json/write.hpp"
#include "model/schema_shapes.hpp"
#include "model/schema_texts.hpp"
#include "model/semantic_faults.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <mutex>
#include <utility>

namespace octroi::model {
namespace {

constexpr std::array<std::string_view, 11> k_kind_names = {
    "request",  "dataset", "provider",   "rulebook", "charter",   "assessment",
    "decision", "trust",   "rule-tests", "holidays", "hierarchy",
};

json::Schema compile(DocumentKind kind) {
  const std::string_view name = name_of(kind);
  return json::Schema::compile(json::read(schema_text(name), name), name);
}

/// A document of another kind gives one clear error instead of one per member.
void require_format(DocumentKind kind, const json::Value& value, std::string_view source) {
  const std::string expected = fmt::format("octroi/{}/1", name_of(kind));
  const json::Value* format = value.find("format");
  if (format == nullptr || !format->is_string() || *format == json::Value(expected)) return;
  throw Error(ErrorCode::bad_input, fmt::format("{}: /format: expected \"{}\", got \"{}\"", source,
                                                expected, format->as_string()));
}

bool is_of_shape(DocumentKind kind, json::TapeValue value) {
  const json::Shape* shape = shape_of(name_of(kind));
  return shape != nullptr && json::accepts(*shape, value);
}

/// The schema's faults, then the others; the schema has the last word on a member.
std::vector<json::Fault> all_faults(DocumentKind kind, const json::Value& value) {
  json::Tape tape;
  tape.lay(value);
  std::vector<json::Fault> faults;
  if (!is_of_shape(kind, tape.root())) faults = schema_of(kind).validate(value);
  const std::size_t refused = faults.size();
  for (json::Fault& fault : semantic_faults(kind, tape.root())) {
    const auto is_refused = [&fault](const json::Fault& other) {
      return other.pointer == fault.pointer;
    };
    const auto end = faults.begin() + static_cast<std::ptrdiff_t>(refused);
    if (std::none_of(faults.begin(), end, is_refused)) faults.push_back(std::move(fault));
  }
  return faults;
}

json::ReadLimits limits_of(DocumentKind kind) {
  json::ReadLimits limits;
  if (kind == DocumentKind::assessment) limits.bytes_max = limits::k_assessment_bytes_max;
  return limits;
}

/// False says nothing where the kind has no shape.
bool is_faultless(DocumentKind kind, json::TapeValue value) {
  return is_of_shape(kind, value) && semantic_faults(kind, value).empty();
}

/// The faults of a tree come in the order of names, whatever that of the text is.
void require_none(DocumentKind kind, const json::Value& value, std::string_view source) {
  require_format(kind, value, source);
  json::require_none(all_faults(kind, value), source);
}

}  // namespace

bool is_of_shape(std::string_view name, const json::Value& value) {
  const json::Shape* shape = shape_of(name);
  return shape != nullptr && json::accepts(*shape, value);
}

std::string_view name_of(DocumentKind kind) {
  return k_kind_names.at(static_cast<std::size_t>(kind));
}

// One by one: a command needs two or three of them, and all together cost it more than a signature.
const json::Schema& schema_of(DocumentKind kind) {
  struct Slot {
    std::once_flag once;
    std::optional<json::Schema> schema;
  };
  static std::array<Slot, k_kind_names.size()> slots;
  Slot& slot = slots.at(static_cast<std::size_t>(kind));
  std::call_once(slot.once, [&] { slot.schema.emplace(compile(kind)); });
  return *slot.schema;
}

std::string_view schema_text(std::string_view name) {
  for (const SchemaText& schema : schema_texts()) {
    if (schema.name == name) return schema.text;
  }
  return {};
}

json::Tape read_laid(DocumentKind kind, std::string_view bytes, std::string_view source) {
  json::Tape tape = json::read_laid(bytes, source, limits_of(kind));
  if (!is_faultless(kind, tape.root())) require_none(kind, json::to_value(tape.root()), source);
  return tape;
}

json::Value read_value(DocumentKind kind, std::string_view bytes, std::string_view source) {
  json::Tape tape = json::read_laid(bytes, source, limits_of(kind));
  const bool is_plain = is_faultless(kind, tape.root());
  json::Value value = json::to_value(std::move(tape));
  if (!is_plain) require_none(kind, value, source);
  return value;
}

Document read_document(DocumentKind kind, std::string bytes, std::string_view source) {
  json::Value value = read_value(kind, bytes, source);
  const Digest sha256 = crypto::sha256(bytes);
  return {kind, std::move(bytes), std::move(value), sha256};
}

std::optional<Document> valid_document(DocumentKind kind, json::Value value) {
  if (!all_faults(kind, value).empty()) return std::nullopt;
  std::string bytes = json::canonical(value);
  if (bytes.size() > limits_of(kind).bytes_max) return std::nullopt;
  const Digest sha256 = crypto::sha256(bytes);
  return Document{kind, std::move(bytes), std::move(value), sha256};
}

}  // namespace octroi::model
