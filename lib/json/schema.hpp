// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "json/value.hpp"

namespace octroi::json {

/// One thing wrong with a document.
struct Fault {
  std::string pointer;   ///< where: a JSON pointer (RFC 6901), "" for the whole document; exact, so
                         ///< names from the document stand in it as they are
  std::string found;     ///< the value there, short and safe to show
  std::string expected;  ///< what should stand there, in words

  friend bool operator==(const Fault&, const Fault&) = default;
};

/// A JSON Schema (draft 7, a stated subset: see schema.cpp), compiled once, used from any thread.
class Schema {
 public:
  /// Compiles a schema. `$ref` may point inside it ("#/definitions/x"); another file's schema is
  /// not reached. Throws Error(bad_input) on a keyword outside the subset, naming its pointer.
  [[nodiscard]] static Schema compile(const Value& schema, std::string_view source);

  Schema(Schema&&) noexcept;
  Schema& operator=(Schema&&) noexcept;
  ~Schema();

  /// Every fault of the document, in the order of its items and of its sorted member names; empty
  /// when it is valid.
  [[nodiscard]] std::vector<Fault> validate(const Value& document) const;

 private:
  struct Node;
  explicit Schema(std::unique_ptr<Node> root);
  std::unique_ptr<Node> root_;
};

/// Throws Error(bad_input) with one line per fault, "SOURCE: POINTER: found X, expected Y", all
/// safe to show, when there are any. After 100 faults the others are counted.
void require_none(const std::vector<Fault>& faults, std::string_view source);

/// The same for what `schema` finds wrong with the document.
void require_valid(const Schema& schema, const Value& document, std::string_view source);

}  // namespace octroi::json
