// SPDX-License-Identifier: Apache-2.0
#include "rules/text.hpp"

namespace octroi::rules {

Text read_text(const json::Value* value) {
  if (value == nullptr) return {};
  return {value->text("en"), value->text("fr")};
}

std::vector<Citation> read_citations(const json::Value* value) {
  std::vector<Citation> result;
  if (value == nullptr) return result;
  for (const json::Value& one : value->as_array()) {
    result.push_back({one.text("source"), one.text("provision")});
  }
  return result;
}

json::Value to_json(const Text& text) {
  return json::object({{"en", text.en}, {"fr", text.fr}});
}

json::Value to_json(const std::vector<Citation>& citations) {
  json::Value result = json::Value::Array{};
  for (const Citation& one : citations) {
    result.push(json::object({{"source", one.source}, {"provision", one.provision}}));
  }
  return result;
}

}  // namespace octroi::rules
