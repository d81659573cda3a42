// SPDX-License-Identifier: Apache-2.0
#include "model/request_template.hpp"

#include "catch.hpp"
#include "json/pointer.hpp"
#include "json/read.hpp"
#include "model/sample.hpp"
#include "support/refusal.hpp"

#include <algorithm>

using namespace octroi;
using namespace octroi::model;
using json::Value;

namespace {

Value form() {
  return json::read(request_template(), "template");
}

bool has_fault_at(const std::vector<json::Fault>& faults, const std::string& pointer) {
  return std::any_of(faults.begin(), faults.end(),
                     [&](const json::Fault& fault) { return fault.pointer == pointer; });
}

/// The pointers to all values in a form that have no members or items of their own.
void collect_leaves(const Value& value, const std::string& pointer, std::vector<std::string>& out) {
  if (value.is_object()) {
    for (const auto& [name, member] : value.as_object()) {
      if (name == "$comment" || (pointer.empty() && name == "format")) continue;
      collect_leaves(member, json::pointer_to(pointer, name), out);
    }
  } else if (value.is_array()) {
    for (std::size_t i = 0; i < value.as_array().size(); ++i) {
      collect_leaves(value.as_array()[i], pointer + "/" + std::to_string(i), out);
    }
  } else {
    out.push_back(pointer);
  }
}

std::string comment_of(const Value& object) {
  std::string text;
  for (const std::string& line : json::to_strings(object.find("$comment"))) text += line + "\n";
  return text;
}

}  // namespace

TEST_CASE("the template has every required member, and says of each what to write") {
  const Value value = form();
  const Value schema = json::read(schema_text("request"), "request.schema.json");
  for (const std::string& name : json::to_strings(schema.find("required"))) {
    INFO(name);
    CHECK(value.find(name) != nullptr);
    if (name != "format") CHECK(test::contains("\n" + comment_of(value), "\n" + name + ": "));
  }
  for (const auto& [name, member] : schema.at("properties").as_object()) {
    INFO(name);
    if (name.starts_with('$') || name == "format") continue;
    CHECK(test::contains("\n" + comment_of(value), "\n" + name));
  }
  CHECK(test::contains(comment_of(value.at("duration")), "months: "));
}

TEST_CASE("in every object of the template, each member has a line of its own") {
  const Value value = form();
  const std::vector<std::string> objects = sample::objects_in(value);
  CHECK(objects.size() > 10);
  for (const std::string& pointer : objects) {
    Value whole = value;
    const Value& object = sample::at(whole, pointer);
    for (const auto& [name, member] : object.as_object()) {
      INFO(pointer << "/" << name);
      if (name == "$comment" || (pointer.empty() && name == "format")) continue;
      CHECK(test::contains("\n" + comment_of(object), "\n" + name + ": "));
    }
  }
}

TEST_CASE("no placeholder of the template is an answer") {
  const Value value = form();
  std::vector<std::string> leaves;
  collect_leaves(value, "", leaves);
  CHECK(leaves.size() > 30);
  const std::vector<json::Fault> faults = schema_of(DocumentKind::request).validate(value);
  for (const std::string& leaf : leaves) {
    INFO(leaf);
    CHECK(has_fault_at(faults, leaf));
  }
  for (const json::Fault& fault : faults) {
    INFO(fault.pointer << ": " << fault.found << ", " << fault.expected);
    CHECK(std::find(leaves.begin(), leaves.end(), fault.pointer) != leaves.end());
  }
}

TEST_CASE("a template whose placeholders are answered is a valid request, comments and all") {
  Value value = form();
  const Value answers = sample::valid(DocumentKind::request);
  for (const auto& [name, member] : answers.as_object()) {
    Value answer = member;
    if (const Value* place = value.find(name); place != nullptr && place->is_object()) {
      answer.set("$comment", *place->find("$comment"));
    }
    value.set(name, std::move(answer));
  }
  CHECK(sample::faults_of(DocumentKind::request, value) == "");
}
