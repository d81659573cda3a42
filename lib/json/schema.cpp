// SPDX-License-Identifier: Apache-2.0
#include "json/schema.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "base/error.hpp"
#include "base/safe_text.hpp"
#include "json/pointer.hpp"
#include "json/schema_check.hpp"
#include "json/schema_compile.hpp"

/// The subset of JSON Schema draft 7. Nothing is ignored: a keyword not named here is an error.
///
///   any value    type (a name or a list), enum, const, allOf, anyOf, oneOf, not, if/then/else
///   numbers      minimum, maximum, exclusiveMinimum, exclusiveMaximum; multipleOf a whole number
///   text         minLength, maxLength (in code points), pattern, format "date" and "date-time"
///   arrays       items (a schema or a list), additionalItems, minItems, maxItems, uniqueItems,
///                contains
///   objects      properties, required, additionalProperties, patternProperties, propertyNames,
///                minProperties, maxProperties
///   references   $ref to "#" or "#/…", definitions
///   annotations  title, description, default, examples, $comment, $schema; $id at the root
///
/// Where it is narrower than draft 7, on purpose:
///   - no dependencies, contentEncoding, contentMediaType, readOnly, writeOnly; no other format;
///   - only annotations and definitions beside $ref, which draft 7 would ignore silently;
///   - "integer" is a number written as one, as in Value: 1.0 is not;
///   - date-time as base/time.hpp reads it: no leap second, no lower-case letters;
///   - a pattern has no back-references or look-ahead and is ASCII; text longer than
///     Pattern::k_text_bytes_max is a fault where a pattern is asked for.
///
/// Schemas are octroi's own, not input: a reference that leads back to itself is refused, but what
/// nested alternatives cost is not limited. Recursion goes as deep as the document, which read()
/// limits.
namespace octroi::json {

struct Schema::Node {
  draft7::Program program;
};

Schema::Schema(std::unique_ptr<Node> root) : root_(std::move(root)) {}
Schema::Schema(Schema&&) noexcept = default;
Schema& Schema::operator=(Schema&&) noexcept = default;
Schema::~Schema() = default;

Schema Schema::compile(const Value& schema, std::string_view source) {
  return Schema(std::make_unique<Node>(Node{draft7::compile(schema, source)}));
}

std::vector<Fault> Schema::validate(const Value& document) const {
  draft7::Mismatches mismatches;
  draft7::check(*root_->program.root, {document}, mismatches);
  std::stable_sort(mismatches.begin(), mismatches.end(),
                   [](const draft7::Mismatch& left, const draft7::Mismatch& right) {
                     return left.path < right.path;
                   });
  std::vector<Fault> faults;
  for (draft7::Mismatch& mismatch : mismatches) {
    const bool is_repeated = !faults.empty() && faults.back() == mismatch.fault;
    if (!is_repeated) faults.push_back(std::move(mismatch.fault));
  }
  return faults;
}

void require_none(const std::vector<Fault>& faults, std::string_view source) {
  constexpr std::size_t k_faults_shown_max = 100;
  if (faults.empty()) return;
  std::vector<std::string> lines;
  for (const Fault& fault : faults) {
    if (lines.size() == k_faults_shown_max) {
      lines.push_back(fmt::format("{}: and {} more faults", printable(source),
                                  faults.size() - k_faults_shown_max));
      break;
    }
    const std::string where = fault.pointer.empty() ? "" : shown_pointer(fault.pointer) + ": ";
    lines.push_back(fmt::format("{}: {}found {}, expected {}", printable(source), where,
                                fault.found, fault.expected));
  }
  throw Error(ErrorCode::bad_input, fmt::format("{}", fmt::join(lines, "\n")));
}

void require_valid(const Schema& schema, const Value& document, std::string_view source) {
  require_none(schema.validate(document), source);
}

}  // namespace octroi::json
