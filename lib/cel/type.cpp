// SPDX-License-Identifier: Apache-2.0
#include "cel/type.hpp"

#include <array>
#include <utility>

#include "base/error.hpp"

namespace octroi::cel {
namespace {

struct Word {
  TypeKind kind;
  std::string_view written;  ///< in a type
  std::string_view runtime;  ///< as a value
};

constexpr std::array k_words = {
    Word{TypeKind::dyn, "dyn", "dyn"},
    Word{TypeKind::null, "null", "null_type"},
    Word{TypeKind::boolean, "bool", "bool"},
    Word{TypeKind::integer, "int", "int"},
    Word{TypeKind::unsigned_integer, "uint", "uint"},
    Word{TypeKind::floating, "double", "double"},
    Word{TypeKind::string, "string", "string"},
    Word{TypeKind::bytes, "bytes", "bytes"},
    Word{TypeKind::list, "list", "list"},
    Word{TypeKind::map, "map", "map"},
    Word{TypeKind::timestamp, "timestamp", "google.protobuf.Timestamp"},
    Word{TypeKind::duration, "duration", "google.protobuf.Duration"},
    Word{TypeKind::type, "type", "type"},
    Word{TypeKind::error, "error", "error"},
};

const Word& word_of(TypeKind kind) {
  for (const Word& word : k_words) {
    if (word.kind == kind) return word;
  }
  broken_invariant("a type without a word");
}

Type named(std::string_view word) {
  for (const Word& known : k_words) {
    if (known.written == word) return known.kind;
  }
  if (word.size() == 1 && word[0] >= 'A' && word[0] <= 'Z') {
    return Type::parameter(std::string(word));
  }
  return Type::object(std::string(word));
}

/// Reads one type off the front of a text.
Type take_type(std::string_view& text) {
  const std::size_t end = text.find_first_of("(,)");
  const std::string_view word = text.substr(0, end);
  if (word.empty()) broken_invariant("a malformed type in a table");
  text.remove_prefix(word.size());
  std::vector<Type> parameters;
  while (!text.empty() && text.front() == (parameters.empty() ? '(' : ',')) {
    text.remove_prefix(text.starts_with(", ") ? 2 : 1);
    parameters.push_back(take_type(text));
  }
  if (parameters.empty()) return named(word);
  if (!text.starts_with(')')) broken_invariant("a malformed type in a table");
  text.remove_prefix(1);
  if (word == "list") return Type::list(parameters[0]);
  if (word == "map" && parameters.size() == 2) return Type::map(parameters[0], parameters[1]);
  if (word == "type") return Type::type_of(parameters[0]);
  broken_invariant("a malformed type in a table");
}

}  // namespace

Type::Type(TypeKind kind, std::string name, std::vector<Type> parameters)
    : kind_(kind), name_(std::move(name)), parameters_(std::move(parameters)) {}

Type Type::list(Type element) {
  return {TypeKind::list, {}, {std::move(element)}};
}

Type Type::map(Type key, Type value) {
  return {TypeKind::map, {}, {std::move(key), std::move(value)}};
}

Type Type::type_of(Type denoted) {
  return {TypeKind::type, {}, {std::move(denoted)}};
}

Type Type::object(std::string name) {
  return {TypeKind::object, std::move(name), {}};
}

Type Type::parameter(std::string name) {
  return {TypeKind::parameter, std::move(name), {}};
}

Type Type::element() const {
  return parameters_.empty() ? Type(TypeKind::dyn) : parameters_.back();
}

std::string to_string(const Type& type) {
  if (!type.name().empty()) return type.name();
  std::string result(word_of(type.kind()).written);
  for (std::size_t i = 0; i < type.parameters().size(); ++i) {
    result += (i == 0 ? "(" : ", ") + to_string(type.parameters()[i]);
  }
  return type.parameters().empty() ? result : result + ")";
}

std::string runtime_name(const Type& type) {
  return type.name().empty() ? std::string(word_of(type.kind()).runtime) : type.name();
}

Type parse_type(std::string_view text) {
  Type result = take_type(text);
  if (!text.empty()) broken_invariant("a malformed type in a table");
  return result;
}

}  // namespace octroi::cel
