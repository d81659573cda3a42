// SPDX-License-Identifier: Apache-2.0
#include "json/schema_compile.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <set>

#include "base/error.hpp"
#include "base/safe_text.hpp"
#include "json/pointer.hpp"
#include "json/schema_words.hpp"

namespace octroi::json::draft7 {
namespace {

/// One keyword of a schema: what stands there, and where.
struct Keyword {
  const Value& value;
  std::string pointer;
};

/// Walks the schema document and makes a node of every schema in it.
class Compiler {
 public:
  explicit Compiler(std::string_view source) : source_(source) {}

  Program run(const Value& document) {
    program_.root = schema({document, ""});
    resolve(references_, nodes_, source_);
    refuse_cycles(program_, source_);
    return std::move(program_);
  }

  [[noreturn]] void wanted(const Keyword& keyword, std::string_view expected) const {
    refuse(source_, keyword.pointer,
           fmt::format("expected {}, got {}", expected, shown(keyword.value)));
  }

  const Node* schema(const Keyword& at);
  std::vector<const Node*> schemas(const Keyword& list);
  std::vector<std::pair<std::string, const Node*>> named_schemas(const Keyword& map);
  void reference(Node& node, const Keyword& keyword) {
    references_.push_back({&node, keyword.pointer, text(keyword)});
  }

  const std::string& text(const Keyword& keyword) const {
    if (!keyword.value.is_string()) wanted(keyword, "text");
    return keyword.value.as_string();
  }

  std::vector<std::string> texts(const Keyword& list) const {
    std::vector<std::string> result;
    for (const Keyword& item : items(list)) result.push_back(text(item));
    return result;
  }

  std::vector<Keyword> items(const Keyword& list) const {
    if (!list.value.is_array()) wanted(list, "a list");
    std::vector<Keyword> result;
    for (const Value& item : list.value.as_array()) {
      result.push_back({item, pointer_to(list.pointer, std::to_string(result.size()))});
    }
    return result;
  }

  bool boolean(const Keyword& keyword) const {
    if (!keyword.value.is_boolean()) wanted(keyword, "true or false");
    return keyword.value.as_boolean();
  }

  std::size_t count(const Keyword& keyword) const {
    if (!keyword.value.is_integer() || keyword.value.as_integer() < 0) wanted(keyword, "a count");
    return static_cast<std::size_t>(keyword.value.as_integer());
  }

  const Value& number(const Keyword& keyword) const {
    const Kind kind = keyword.value.kind();
    if (kind != Kind::integer && kind != Kind::number) wanted(keyword, "a number");
    return keyword.value;
  }

  std::int64_t divisor(const Keyword& keyword) const {
    const bool is_positive = keyword.value.is_integer() && keyword.value.as_integer() > 0;
    if (!is_positive) wanted(keyword, "a whole number above 0");
    return keyword.value.as_integer();
  }

  Pattern pattern(std::string_view pointer, const std::string& expression) const {
    try {
      return Pattern(expression);
    } catch (const Error& error) {
      refuse(source_, pointer, error.what());
    }
  }

  Kind kind(const Keyword& keyword) const {
    constexpr std::array<std::pair<std::string_view, Kind>, 7> k_kinds = {{
        {"null", Kind::null},
        {"boolean", Kind::boolean},
        {"integer", Kind::integer},
        {"number", Kind::number},
        {"string", Kind::string},
        {"array", Kind::array},
        {"object", Kind::object},
    }};
    for (const auto& [name, result] : k_kinds) {
      if (text(keyword) == name) return result;
    }
    wanted(keyword, "the name of a type");
  }

  Format format(const Keyword& keyword) const {
    if (text(keyword) == "date") return Format::date;
    if (text(keyword) == "date-time") return Format::date_time;
    wanted(keyword, "the format \"date\" or \"date-time\"");
  }

 private:
  void read_keywords(Node& node, const Keyword& at);
  void check_beside_reference(const Keyword& at) const;

  std::string_view source_;
  Program program_;
  NodesByPointer nodes_;
  std::vector<Reference> references_;
};

using Reader = void (*)(Compiler&, Node&, const Keyword&);
using Readers = std::map<std::string_view, Reader, std::less<>>;

/// Keywords that say nothing about a value; they may stand beside $ref.
const Readers& annotations() {
  static const Readers readers = {
      {"$comment", [](Compiler& c, Node&, const Keyword& k) { (void)c.text(k); }},
      {"$id",
       [](Compiler& c, Node& node, const Keyword& k) {
         (void)c.text(k);
         if (!node.pointer.empty()) c.wanted(k, "$id at the root only");
       }},
      {"$schema",
       [](Compiler& c, Node&, const Keyword& k) {
         constexpr std::string_view k_draft = "http://json-schema.org/draft-07/schema";
         if (!c.text(k).starts_with(k_draft)) c.wanted(k, "draft 7");
       }},
      {"default", [](Compiler&, Node&, const Keyword&) {}},
      {"definitions", [](Compiler& c, Node&, const Keyword& k) { (void)c.named_schemas(k); }},
      {"description", [](Compiler& c, Node&, const Keyword& k) { (void)c.text(k); }},
      {"examples",
       [](Compiler& c, Node& node, const Keyword& k) {
         const auto items = c.items(k);
         if (!items.empty()) node.example = items.front().value;
       }},
      {"title", [](Compiler& c, Node& node, const Keyword& k) { node.title = c.text(k); }},
  };
  return readers;
}

void read_kinds(Compiler& compiler, Node& node, const Keyword& keyword) {
  if (!keyword.value.is_array()) {
    node.kinds = {compiler.kind(keyword)};
    return;
  }
  for (const Keyword& item : compiler.items(keyword)) node.kinds.push_back(compiler.kind(item));
  if (node.kinds.empty()) compiler.wanted(keyword, "at least one type");
}

void read_choices(Compiler& compiler, Node& node, const Keyword& keyword) {
  if (compiler.items(keyword).empty()) compiler.wanted(keyword, "at least one value");
  node.choices = keyword.value.as_array();
}

void read_items(Compiler& compiler, Node& node, const Keyword& keyword) {
  if (keyword.value.is_array()) {
    node.positions.emplace();
    for (const Keyword& item : compiler.items(keyword)) {
      node.positions->push_back(compiler.schema(item));
    }
  } else {
    node.items = compiler.schema(keyword);
  }
}

void read_pattern_properties(Compiler& compiler, Node& node, const Keyword& keyword) {
  for (const auto& [expression, schema] : compiler.named_schemas(keyword)) {
    node.pattern_properties.push_back(
        {compiler.pattern(pointer_to(keyword.pointer, expression), expression), schema});
  }
}

/// Keywords about a value of any type.
const Readers& general_assertions() {
  static const Readers readers = {
      {"$ref", [](Compiler& c, Node& node, const Keyword& k) { c.reference(node, k); }},
      {"allOf", [](Compiler& c, Node& node, const Keyword& k) { node.all_of = c.schemas(k); }},
      {"anyOf", [](Compiler& c, Node& node, const Keyword& k) { node.any_of = c.schemas(k); }},
      {"const", [](Compiler&, Node& node,
                   const Keyword& k) { node.constant = std::vector<Value>{k.value}; }},
      {"else", [](Compiler& c, Node& node, const Keyword& k) { node.alternative = c.schema(k); }},
      {"enum", read_choices},
      {"if", [](Compiler& c, Node& node, const Keyword& k) { node.condition = c.schema(k); }},
      {"not", [](Compiler& c, Node& node, const Keyword& k) { node.excluded = c.schema(k); }},
      {"oneOf", [](Compiler& c, Node& node, const Keyword& k) { node.one_of = c.schemas(k); }},
      {"then", [](Compiler& c, Node& node, const Keyword& k) { node.consequence = c.schema(k); }},
      {"type", read_kinds},
  };
  return readers;
}

/// Keywords about numbers and text.
const Readers& scalar_assertions() {
  static const Readers readers = {
      {"exclusiveMaximum",
       [](Compiler& c, Node& node, const Keyword& k) { node.exclusive_maximum = c.number(k); }},
      {"exclusiveMinimum",
       [](Compiler& c, Node& node, const Keyword& k) { node.exclusive_minimum = c.number(k); }},
      {"format", [](Compiler& c, Node& node, const Keyword& k) { node.format = c.format(k); }},
      {"maxLength",
       [](Compiler& c, Node& node, const Keyword& k) { node.characters.max = c.count(k); }},
      {"maximum", [](Compiler& c, Node& node, const Keyword& k) { node.maximum = c.number(k); }},
      {"minLength",
       [](Compiler& c, Node& node, const Keyword& k) { node.characters.min = c.count(k); }},
      {"minimum", [](Compiler& c, Node& node, const Keyword& k) { node.minimum = c.number(k); }},
      {"multipleOf",
       [](Compiler& c, Node& node, const Keyword& k) { node.multiple_of = c.divisor(k); }},
      {"pattern", [](Compiler& c, Node& node,
                     const Keyword& k) { node.pattern = c.pattern(k.pointer, c.text(k)); }},
  };
  return readers;
}

/// Keywords about arrays and objects.
const Readers& container_assertions() {
  static const Readers readers = {
      {"additionalItems",
       [](Compiler& c, Node& node, const Keyword& k) { node.additional_items = c.schema(k); }},
      {"additionalProperties",
       [](Compiler& c, Node& node, const Keyword& k) { node.additional_properties = c.schema(k); }},
      {"contains", [](Compiler& c, Node& node, const Keyword& k) { node.contains = c.schema(k); }},
      {"items", read_items},
      {"maxItems",
       [](Compiler& c, Node& node, const Keyword& k) { node.item_count.max = c.count(k); }},
      {"maxProperties",
       [](Compiler& c, Node& node, const Keyword& k) { node.member_count.max = c.count(k); }},
      {"minItems",
       [](Compiler& c, Node& node, const Keyword& k) { node.item_count.min = c.count(k); }},
      {"minProperties",
       [](Compiler& c, Node& node, const Keyword& k) { node.member_count.min = c.count(k); }},
      {"patternProperties", read_pattern_properties},
      {"properties",
       [](Compiler& c, Node& node, const Keyword& k) {
         for (const auto& [name, schema] : c.named_schemas(k)) node.properties[name] = schema;
       }},
      {"propertyNames",
       [](Compiler& c, Node& node, const Keyword& k) { node.property_names = c.schema(k); }},
      {"required", [](Compiler& c, Node& node, const Keyword& k) { node.required = c.texts(k); }},
      {"uniqueItems",
       [](Compiler& c, Node& node, const Keyword& k) { node.is_set = c.boolean(k); }},
  };
  return readers;
}

const Readers& all_readers() {
  static const Readers readers = [] {
    Readers all = annotations();
    for (const auto* part :
         {&general_assertions(), &scalar_assertions(), &container_assertions()}) {
      all.insert(part->begin(), part->end());
    }
    return all;
  }();
  return readers;
}

std::string unknown_keyword(std::string_view name) {
  std::vector<std::string_view> names;
  for (const auto& reader : all_readers()) names.push_back(reader.first);
  return fmt::format("a keyword outside the subset of draft 7{}", did_you_mean(name, names));
}

const Node* Compiler::schema(const Keyword& at) {
  Node& node = *program_.nodes.emplace_back(std::make_unique<Node>());
  node.pointer = at.pointer;
  nodes_.emplace(at.pointer, &node);
  if (at.value.is_boolean()) {
    node.verdict = at.value.as_boolean();
  } else if (at.value.is_object()) {
    check_beside_reference(at);
    read_keywords(node, at);
  } else {
    wanted(at, "a schema: an object, true or false");
  }
  return &node;
}

void Compiler::read_keywords(Node& node, const Keyword& at) {
  for (const auto& [name, value] : at.value.as_object()) {
    const std::string pointer = pointer_to(at.pointer, name);
    const auto reader = all_readers().find(name);
    if (reader == all_readers().end()) refuse(source_, pointer, unknown_keyword(name));
    reader->second(*this, node, {value, pointer});
  }
}

/// Draft 7 ignores what stands beside $ref; here nothing is ignored.
void Compiler::check_beside_reference(const Keyword& at) const {
  if (at.value.find("$ref") == nullptr) return;
  for (const auto& [name, value] : at.value.as_object()) {
    if (name == "$ref" || annotations().contains(name)) continue;
    refuse(source_, pointer_to(at.pointer, name), "a keyword without effect beside $ref");
  }
}

std::vector<const Node*> Compiler::schemas(const Keyword& list) {
  std::vector<const Node*> nodes;
  for (const Keyword& item : items(list)) nodes.push_back(schema(item));
  if (nodes.empty()) wanted(list, "at least one schema");
  return nodes;
}

std::vector<std::pair<std::string, const Node*>> Compiler::named_schemas(const Keyword& map) {
  if (!map.value.is_object()) wanted(map, "an object of schemas");
  std::vector<std::pair<std::string, const Node*>> nodes;
  for (const auto& [name, value] : map.value.as_object()) {
    nodes.emplace_back(name, schema({value, pointer_to(map.pointer, name)}));
  }
  return nodes;
}

}  // namespace

Program compile(const Value& document, std::string_view source) {
  return Compiler(source).run(document);
}

}  // namespace octroi::json::draft7
