// SPDX-License-Identifier: Apache-2.0
#include "rules/narrowing.hpp"

#include <algorithm>
#include <set>
#include <utility>

#include <fmt/format.h>

#include "base/characters.hpp"
#include "base/error.hpp"
#include "base/safe_text.hpp"
#include "rules/condition.hpp"

namespace octroi::rules {
namespace {

using cel::View;
using json::Value;

/// Source: token validity in whole months, as requests and decisions bound it.
constexpr std::int64_t k_months_max = 600;

/// Of one condition of a token. Source: schemas/token.schema.json, conditions.
constexpr std::size_t k_condition_characters_max = 2000;

/// The paths in braces of a text. A brace that is not closed opens nothing.
std::vector<std::string> placeholders_in(std::string_view text) {
  std::vector<std::string> paths;
  std::size_t open = text.find('{');
  while (open != std::string_view::npos) {
    const std::size_t close = text.find('}', open);
    if (close == std::string_view::npos) break;
    paths.emplace_back(text.substr(open + 1, close - open - 1));
    open = text.find('{', close);
  }
  return paths;
}

/// A fact in a sentence. Lists and objects have no place in one.
// INVARIANT: the paths were checked against the schema of facts, and all facts fit it.
View require_kind(View fact, View::Kind kind) {
  if (!fact.is(kind)) broken_invariant("a fact that narrows is of another kind");
  return fact;
}

std::string in_words(View fact) {
  if (fact.is(View::Kind::integer)) return std::to_string(fact.as_integer());
  return printable(require_kind(fact, View::Kind::text).as_text());
}

/// The text with its placeholders filled in; the paths are known to be there.
std::string filled(std::string_view text, const Facts& facts, const View* dataset) {
  std::string result;
  while (true) {
    const std::size_t open = text.find('{');
    const std::size_t close = open == std::string_view::npos ? open : text.find('}', open);
    if (close == std::string_view::npos) return result + std::string(text);
    result += text.substr(0, open);
    const View* fact = find_view(facts, dataset, text.substr(open + 1, close - open - 1));
    if (fact != nullptr) result += in_words(*fact);
    text.remove_prefix(close + 1);
  }
}

void add(std::vector<RulebookProblem>& problems, std::vector<RulebookProblem> more,
         const std::string& rule) {
  for (RulebookProblem& one : more) {
    one.rule = rule;
    problems.push_back(std::move(one));
  }
}

std::vector<std::string> paths_in(const Narrows& narrows) {
  std::set<std::string> paths;
  for (const std::string& text : {narrows.obligation.en, narrows.obligation.fr}) {
    for (std::string& path : placeholders_in(text)) paths.insert(std::move(path));
  }
  for (const std::string& path : {narrows.months_from, narrows.users_from}) {
    if (!path.empty()) paths.insert(path);
  }
  return {paths.begin(), paths.end()};
}

}  // namespace

std::optional<Narrows> read_narrows(const Value* value) {
  if (value == nullptr) return std::nullopt;
  Narrows result;
  if (const Value* months = value->find("months_max")) {
    result.months_max = static_cast<int>(months->as_integer());
  }
  result.months_from = value->text("months_from");
  result.users_from = value->text("users_from");
  result.obligation = read_text(value->find("obligation"));
  result.paths = paths_in(result);
  return result;
}

std::vector<RulebookProblem> problems_of(const Narrows& narrows, const std::string& rule,
                                         Outcome otherwise) {
  std::vector<RulebookProblem> problems;
  const cel::Type texts = cel::Type::list(cel::TypeKind::string);
  if (!narrows.months_from.empty()) {
    add(problems,
        problems_of_fact_path(narrows.months_from, "narrows.months_from", {cel::TypeKind::integer}),
        rule);
  }
  if (!narrows.users_from.empty()) {
    add(problems, problems_of_fact_path(narrows.users_from, "narrows.users_from", {texts}), rule);
    if (verdict_of(otherwise) < Verdict::incomplete) {
      problems.push_back({rule, "otherwise",
                          "expected \"incomplete\" or \"refuse\" in a rule that drops users, so "
                          "that a request of which nobody is left is not for the board to grant",
                          "", 0, 0});
    }
  }
  for (const auto& [language, text] :
       {std::pair{"en", &narrows.obligation.en}, std::pair{"fr", &narrows.obligation.fr}}) {
    for (const std::string& path : placeholders_in(*text)) {
      add(problems,
          problems_of_fact_path(path, fmt::format("narrows.obligation.{}", language),
                                {cel::TypeKind::string, cel::TypeKind::integer}),
          rule);
    }
  }
  return problems;
}

std::variant<Narrowing, NarrowingGap> computed(const Narrows& narrows, Narrowing named,
                                               const Facts& facts,
                                               std::optional<std::size_t> place) {
  const View* dataset = place ? &facts.dataset_views()[*place] : nullptr;
  for (const std::string& path : narrows.reads()) {
    if (find_view(facts, dataset, path) == nullptr) {
      return NarrowingGap{path, "the fact that narrows the token is not known"};
    }
  }
  Narrowing result = std::move(named);
  result.months_max = narrows.months_max;
  result.obligation = {filled(narrows.obligation.en, facts, dataset),
                       filled(narrows.obligation.fr, facts, dataset)};
  for (const auto& [written, text] : {std::pair{&narrows.obligation.en, &result.obligation.en},
                                      {&narrows.obligation.fr, &result.obligation.fr}}) {
    // Only what is filled in makes it longer than rulebooks may write it.
    if (count_characters(*text) <= k_condition_characters_max) continue;
    return NarrowingGap{placeholders_in(*written).front(),
                        fmt::format("its obligation would have more than {} characters with it",
                                    k_condition_characters_max)};
  }
  if (!narrows.months_from.empty()) {
    const View fact = *find_view(facts, dataset, narrows.months_from);
    const std::int64_t months = require_kind(fact, View::Kind::integer).as_integer();
    if (months < 1) return NarrowingGap{"", "no month of validity is left"};
    const int bounded = static_cast<int>(std::min(months, k_months_max));
    result.months_max = std::min(bounded, result.months_max.value_or(bounded));
  }
  if (!narrows.users_from.empty()) {
    result.users.emplace();
    const View users = *find_view(facts, dataset, narrows.users_from);
    const std::span<const View> listed = require_kind(users, View::Kind::list).as_list();
    for (const View user : listed) {
      result.users->emplace_back(require_kind(user, View::Kind::text).as_text());
    }
    if (result.users->empty()) return NarrowingGap{"", "no user is left"};
  }
  return result;
}

}  // namespace octroi::rules
