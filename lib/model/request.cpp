// SPDX-License-Identifier: Apache-2.0
#include "model/request.hpp"

namespace octroi::model {
namespace {

using json::Value;

void add_texts(std::vector<std::string>& texts, const Value* object,
               std::initializer_list<std::string_view> names) {
  if (object == nullptr) return;
  for (const std::string_view name : names) {
    if (const Value* member = object->find(name)) texts.push_back(member->as_string());
  }
}

void add_each(std::vector<std::string>& texts, const Value* list,
              std::initializer_list<std::string_view> names) {
  if (list == nullptr) return;
  for (const Value& item : list->as_array()) add_texts(texts, &item, names);
}

}  // namespace

std::vector<std::string> Request::purpose_codes() const {
  std::vector<std::string> codes;
  for (const char* regime : {"snds", "ehds", "duo"}) {
    for (const std::string& code : json::to_strings(value_.at("purposes").find(regime))) {
      codes.push_back(std::string(regime) + ":" + code);
    }
  }
  return codes;
}

std::vector<std::string> Request::named_persons() const {
  std::vector<std::string> persons;
  add_each(persons, value_.find("users"), {"id", "name", "email"});
  add_texts(persons, value_.find("principal_investigator"), {"id", "name", "email"});
  add_texts(persons, value_.find("officers"),
            {"signing_official", "data_protection_officer", "security_officer"});
  add_texts(persons, value_.find("controller"), {"contact"});
  add_texts(persons, value_.find("implementing_body"), {"contact"});
  add_each(persons, value_.find("joint_controllers"), {"contact"});
  return persons;
}

}  // namespace octroi::model
