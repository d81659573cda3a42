// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace octroi::cel {

enum class TypeKind {
  dyn,  ///< any type, decided when the expression is evaluated
  null,
  boolean,
  integer,
  unsigned_integer,
  floating,
  string,
  bytes,
  list,  ///< one parameter: the elements
  map,   ///< two parameters: keys and values
  timestamp,
  duration,
  type,       ///< a type as a value; one parameter, or none for the type `type` itself
  object,     ///< a named object with declared fields
  parameter,  ///< a type variable of a function's signature
  error,      ///< what a wrong expression has, so that it is reported once
};

/// A type of the Common Expression Language, as the checker knows it.
/// Source: cel-spec, doc/langdef.md, "Values" and "Gradual Type Checking".
class Type {
 public:
  Type() = default;
  /// A type without name and parameters.
  Type(TypeKind kind) : kind_(kind) {}

  [[nodiscard]] static Type list(Type element);
  [[nodiscard]] static Type map(Type key, Type value);
  /// The type that `type(x)` has for an x of the given type.
  [[nodiscard]] static Type type_of(Type denoted);
  [[nodiscard]] static Type object(std::string name);
  [[nodiscard]] static Type parameter(std::string name);

  [[nodiscard]] TypeKind kind() const noexcept { return kind_; }
  /// The name of an object or parameter; else empty.
  [[nodiscard]] const std::string& name() const noexcept { return name_; }
  [[nodiscard]] const std::vector<Type>& parameters() const noexcept { return parameters_; }
  /// The element of a list, the value of a map, or what a type denotes; dyn where there is none.
  [[nodiscard]] Type element() const;

  friend bool operator==(const Type&, const Type&) = default;

 private:
  Type(TypeKind kind, std::string name, std::vector<Type> parameters);

  TypeKind kind_ = TypeKind::dyn;
  std::string name_;
  std::vector<Type> parameters_;
};

/// The type as it is written in CEL's documentation: "map(string, list(int))".
[[nodiscard]] std::string to_string(const Type& type);

/// The name that `type(x)` shows for a value of this type, without parameters: "map",
/// "google.protobuf.Timestamp", "null_type".
[[nodiscard]] std::string runtime_name(const Type& type);

/// Reads what to_string writes; a single capital letter is a parameter, any other unknown word an
/// object. A malformed text is a broken invariant: it is for tables written by programmers.
[[nodiscard]] Type parse_type(std::string_view text);

}  // namespace octroi::cel
