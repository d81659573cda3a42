// SPDX-License-Identifier: Apache-2.0
#include "gate/conflict.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <vector>

#include "base/error.hpp"
#include "base/safe_text.hpp"
#include "gate/acting.hpp"
#include "model/request.hpp"
#include "registry/members.hpp"

namespace octroi::gate {
namespace {

std::string folded(std::string_view text) {
  const std::size_t first = text.find_first_not_of(" \t");
  if (first == std::string_view::npos) return "";
  text = text.substr(first, text.find_last_not_of(" \t") - first + 1);
  std::string result(text);
  const auto lower = [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c; };
  std::transform(result.begin(), result.end(), result.begin(), lower);
  return result;
}

/// The persons that a request names, folded.
std::vector<std::string> persons_in(const model::Document& request) {
  std::vector<std::string> persons = model::Request::from(request).named_persons();
  for (std::string& person : persons) person = folded(person);
  return persons;
}

bool names(const std::vector<std::string>& persons, const std::string& person) {
  const std::string wanted = folded(person);
  return !wanted.empty() && std::find(persons.begin(), persons.end(), wanted) != persons.end();
}

std::map<std::string, std::string> names_in_charter(Database& database) {
  const model::Document charter = load(database, registry::read_charter(database).document,
                                       model::DocumentKind::charter, "charter");
  std::map<std::string, std::string> names;
  for (const json::Value& one : charter.value.at("members").as_array()) {
    names.emplace(one.at("id").as_string(), one.text("name"));
  }
  return names;
}

}  // namespace

CharterNames::CharterNames(Database& database) {
  try {
    names_ = names_in_charter(database);
  } catch (const Error& error) {
    names_ = error;  // of everyone whose name is asked for
  }
}

const std::string& CharterNames::name_of(const std::string& member) const {
  static const std::string k_none;
  if (const auto* error = std::get_if<Error>(&names_)) throw *error;
  const auto& names = std::get<0>(names_);
  const auto found = names.find(member);
  return found == names.end() ? k_none : found->second;
}

bool is_named_in(Database& database, const std::string& member, const model::Document& request) {
  return is_named_in(CharterNames(database), member, request);
}

bool is_named_in(const CharterNames& charter, const std::string& member,
                 const model::Document& request) {
  const std::vector<std::string> persons = persons_in(request);
  return names(persons, member) || names(persons, charter.name_of(member));
}

void refuse_conflict(Database& database, const std::string& member,
                     const model::Document& request) {
  if (!is_named_in(database, member, request)) return;
  throw Error(
      ErrorCode::not_allowed,
      fmt::format("{} is named in the request and may take no part in deciding on it", member));
}

void refuse_named_voter(const std::string& name, std::string_view vote,
                        const model::Document& request) {
  if (vote == "absent" || !names(persons_in(request), name)) return;
  throw Error(ErrorCode::not_allowed,
              fmt::format("{} is named in the request and may not vote on it", in_quotes(name)));
}

}  // namespace octroi::gate
