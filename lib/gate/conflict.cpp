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

bool names(const model::Document& request, const std::string& person) {
  const std::string wanted = folded(person);
  if (wanted.empty()) return false;
  const std::vector<std::string> persons = model::Request::from(request).named_persons();
  return std::any_of(persons.begin(), persons.end(),
                     [&wanted](const std::string& named) { return folded(named) == wanted; });
}

std::string name_in_charter(Database& database, const std::string& member) {
  const model::Document charter = load(database, registry::read_charter(database).document,
                                       model::DocumentKind::charter, "charter");
  for (const json::Value& one : charter.value.at("members").as_array()) {
    if (one.at("id").as_string() == member) return one.text("name");
  }
  return "";
}

}  // namespace

bool is_named_in(Database& database, const std::string& member, const model::Document& request) {
  return names(request, member) || names(request, name_in_charter(database, member));
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
  if (vote == "absent" || !names(request, name)) return;
  throw Error(ErrorCode::not_allowed,
              fmt::format("{} is named in the request and may not vote on it", in_quotes(name)));
}

}  // namespace octroi::gate
