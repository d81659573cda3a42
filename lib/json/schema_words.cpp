// SPDX-License-Identifier: Apache-2.0
#include "json/schema_words.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "base/error.hpp"

namespace octroi::json::draft7 {
namespace {

std::string counted(std::size_t count, std::string_view unit) {
  return fmt::format("{} {}{}", count, unit, count == 1 ? "" : "s");
}

std::string_view kind_in_words(Kind kind) {
  switch (kind) {
    case Kind::null:
      return "null";
    case Kind::boolean:
      return "true or false";
    case Kind::integer:
      return "a whole number";
    case Kind::number:
      return "a number";
    case Kind::string:
      return "text in double quotes";
    case Kind::array:
      return "a list [ ]";
    case Kind::object:
      return "an object { }";
  }
  broken_invariant("json: no such kind");
}

std::string required_in_words(const Node& node) {
  std::vector<std::string> names;
  for (const std::string& name : node.required) names.push_back(octroi::in_quotes(name));
  return fmt::format("an object with {}", fmt::join(names, ", "));
}

}  // namespace

std::string shown(const Value& value) {
  switch (value.kind()) {
    case Kind::null:
      return "null";
    case Kind::boolean:
      return value.as_boolean() ? "true" : "false";
    case Kind::integer:
      return std::to_string(value.as_integer());
    case Kind::number:
      return fmt::format("{}", value.as_number());
    case Kind::string:
      return octroi::in_quotes(value.as_string());
    case Kind::array:
      if (value.as_array().empty()) return "an empty list";
      return "a list of " + counted(value.as_array().size(), "item");
    case Kind::object:
      if (value.as_object().empty()) return "an empty object";
      return "an object of " + counted(value.as_object().size(), "member");
  }
  broken_invariant("json: no such kind");
}

std::string either(std::vector<std::string> phrases) {
  std::vector<std::string> once;
  for (std::string& phrase : phrases) {
    if (std::find(once.begin(), once.end(), phrase) == once.end())
      once.push_back(std::move(phrase));
  }
  if (once.size() < 2) return once.empty() ? "" : once.front();
  const std::string last = std::move(once.back());
  once.pop_back();
  return fmt::format("{} or {}", fmt::join(once, ", "), last);
}

std::string kinds_in_words(const std::vector<Kind>& kinds) {
  std::vector<std::string> phrases;
  for (const Kind kind : kinds) phrases.emplace_back(kind_in_words(kind));
  return either(std::move(phrases));
}

std::string choices_in_words(const std::vector<Value>& choices) {
  constexpr std::size_t k_choices_shown_max = 12;
  std::vector<std::string> phrases;
  for (const Value& choice : choices) {
    if (phrases.size() == k_choices_shown_max) break;
    phrases.push_back(shown(choice));
  }
  if (choices.size() == 1) return phrases.front();
  std::string words = fmt::format("one of {}", fmt::join(phrases, ", "));
  if (choices.size() == phrases.size()) return words;
  return words + fmt::format(" and {} more", choices.size() - phrases.size());
}

std::string nearest_choice(const std::vector<Value>& choices, const Value& found) {
  if (!found.is_string()) return "";
  std::vector<std::string_view> texts;
  for (const Value& choice : choices) {
    if (choice.is_string()) texts.push_back(choice.as_string());
  }
  return did_you_mean(found.as_string(), texts);
}

std::string pattern_in_words(const Node& node) {
  std::string words = "text that matches the pattern " + printable(node.pattern->expression());
  if (node.example) words += ", such as " + shown(*node.example);
  return words;
}

std::string_view format_in_words(Format format) {
  switch (format) {
    case Format::date:
      return "a date YYYY-MM-DD";
    case Format::date_time:
      return "a time YYYY-MM-DDThh:mm:ssZ";
  }
  broken_invariant("json: no such format");
}

std::string at_least(std::size_t count, std::string_view unit) {
  return "at least " + counted(count, unit);
}

std::string at_most(std::size_t count, std::string_view unit) {
  return "at most " + counted(count, unit);
}

std::string in_words(const Node& node) {
  if (!node.title.empty()) return printable(node.title);
  if (node.target != nullptr) return in_words(*node.target);
  if (node.constant) return choices_in_words(*node.constant);
  if (node.choices) return choices_in_words(*node.choices);
  if (node.pattern) return pattern_in_words(node);
  if (node.format) return std::string(format_in_words(*node.format));
  if (!node.required.empty()) return required_in_words(node);
  if (!node.kinds.empty()) return kinds_in_words(node.kinds);
  if (node.verdict) return *node.verdict ? "any value" : "nothing";
  return "what " + (node.pointer.empty() ? "/" : node.pointer) + " in the schema says";
}

}  // namespace octroi::json::draft7
