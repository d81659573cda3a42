// SPDX-License-Identifier: Apache-2.0
#include "gate/rulebook_check.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <chrono>
#include <iterator>
#include <optional>
#include <variant>

#include "registry/catalogue.hpp"
#include "rules/review.hpp"

namespace octroi::gate {
namespace {

using json::Value;
using rules::DayRange;
using rules::RulebookProblem;

Value to_json(const RulebookProblem& problem) {
  return json::object({{"severity", problem.is_warning ? "warning" : "error"},
                       {"rule", problem.rule},
                       {"where", problem.where},
                       {"message", problem.message},
                       {"expression", problem.expression},
                       {"line", static_cast<std::int64_t>(problem.line)},
                       {"column", static_cast<std::int64_t>(problem.column)}});
}

/// A file that compiles.
struct Compiled {
  const RulebookFile* file;
  rules::CompiledRulebook rulebook;
};

void refuse_overlap(std::vector<RulebookProblem>& problems, const Compiled& own,
                    const std::vector<std::optional<Compiled>>& earlier) {
  for (const std::optional<Compiled>& other : earlier) {
    if (!other || other->rulebook.id() != own.rulebook.id()) continue;
    const std::optional<DayRange> days =
        rules::common_days(rules::validity_of(own.rulebook), rules::validity_of(other->rulebook));
    if (!days) continue;
    problems.push_back({"", "valid",
                        fmt::format("applies {} together with {}, which has the same id",
                                    rules::to_string(*days), other->file->name),
                        "", 0, 0});
  }
}

/// The days on which an adoption counts: until it ends, or a later one begins.
std::optional<DayRange> days_of(const registry::Adoption& adoption,
                                const std::vector<registry::Adoption>& all) {
  DayRange days{adoption.from, adoption.until};
  for (const registry::Adoption& later : all) {
    if (later.id != adoption.id || later.seq <= adoption.seq) continue;
    if (later.from <= adoption.from) return std::nullopt;
    const Date last = later.from - std::chrono::days(1);
    if (!days.through || last < *days.through) days.through = last;
  }
  return days;
}

void warn_of_adoptions(std::vector<RulebookProblem>& problems, const Compiled& own,
                       const std::vector<registry::Adoption>& adoptions) {
  for (const registry::Adoption& adoption : adoptions) {
    if (adoption.id != own.rulebook.id()) continue;
    if (adoption.sha256 == own.rulebook.sha256().hex()) continue;
    const std::optional<DayRange> counts = days_of(adoption, adoptions);
    if (!counts) continue;
    const std::optional<DayRange> days =
        rules::common_days(rules::validity_of(own.rulebook), *counts);
    if (!days) continue;
    problems.push_back({"", "valid",
                        fmt::format("the registry applies other bytes of the same id {}; once this "
                                    "is adopted, they no longer count from its first day on",
                                    rules::to_string(*days)),
                        "", 0, 0, true});
  }
}

}  // namespace

bool RulebookCheck::has_errors() const {
  return std::any_of(problems.begin(), problems.end(),
                     [](const RulebookProblem& one) { return !one.is_warning; });
}

Value to_json(const std::vector<RulebookCheck>& checks) {
  Value list = Value::Array{};
  for (const RulebookCheck& check : checks) {
    Value problems = Value::Array{};
    for (const RulebookProblem& problem : check.problems) problems.push(to_json(problem));
    list.push(json::object(
        {{"file", check.file}, {"rulebook", check.rulebook}, {"problems", std::move(problems)}}));
  }
  return list;
}

std::vector<RulebookCheck> check_rulebooks(const std::vector<RulebookFile>& files,
                                           Database* database) {
  std::vector<registry::Adoption> adoptions;
  if (database != nullptr) adoptions = registry::all_adoptions(*database);
  std::vector<RulebookCheck> checks;
  std::vector<std::optional<Compiled>> compiled_files;
  for (const RulebookFile& file : files) {
    RulebookCheck check{file.name, file.document.value.at("id").as_string(), {}};
    auto compiled = rules::CompiledRulebook::compile(file.document);
    if (auto* problems = std::get_if<std::vector<RulebookProblem>>(&compiled)) {
      check.problems = std::move(*problems);
    } else {
      Compiled own{&file, std::get<rules::CompiledRulebook>(std::move(compiled))};
      check.problems = rules::review(own.rulebook);
      refuse_overlap(check.problems, own, compiled_files);
      warn_of_adoptions(check.problems, own, adoptions);
      compiled_files.emplace_back(std::move(own));
    }
    checks.push_back(std::move(check));
  }
  return checks;
}

}  // namespace octroi::gate
