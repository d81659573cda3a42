// SPDX-License-Identifier: Apache-2.0
#include "rules/compiled_rulebook.hpp"

#include <algorithm>
#include <set>

#include <fmt/format.h>

#include "base/error.hpp"
#include "base/safe_text.hpp"
#include "json/write.hpp"
#include "rules/rulebook_content.hpp"

namespace octroi::rules {
namespace {

using json::Value;

/// The text between two line feeds around a line number, from 1.
std::string_view line_of(std::string_view text, std::size_t line) {
  for (; line > 1; --line) {
    const std::size_t end = text.find('\n');
    if (end == std::string_view::npos) return {};
    text.remove_prefix(end + 1);
  }
  return text.substr(0, text.find('\n'));
}

/// True when one of two fact paths is the other or lies within it.
bool overlap(std::string_view left, std::string_view right) {
  return is_within(left, right) || is_within(right, left);
}

bool reads_dataset(const CompiledRule& rule) {
  const auto is_in_dataset = [](const std::string& path) { return overlap(path, "dataset"); };
  const auto reads = [&](const std::vector<std::string>& paths) {
    return std::any_of(paths.begin(), paths.end(), is_in_dataset);
  };
  return reads(rule.applies.reads()) || reads(rule.requirement.reads()) ||
         (rule.narrows && reads(rule.narrows->reads()));
}

/// Reads one rulebook and gathers what is wrong with it.
class Reader {
 public:
  CompiledRulebook::Content read(const model::Document& document);
  [[nodiscard]] std::vector<RulebookProblem>& problems() { return problems_; }

 private:
  void read_validity(const Value& valid);
  void read_disregards(const Value* list);
  void read_rule(const Value& rule);
  [[nodiscard]] std::optional<Condition> read_condition(const Value& rule, const std::string& id,
                                                        std::string_view where);
  [[nodiscard]] Text require_text(const Value& object, const std::string& id,
                                  std::string_view name);
  [[nodiscard]] std::vector<Citation> require_citations(const Value& object, const std::string& id);
  [[nodiscard]] Outcome require_otherwise(const Value& rule, const std::string& id);
  void refuse_disregarded(const CompiledRule& rule);
  void problem(const std::string& rule, std::string_view where, std::string message);

  CompiledRulebook::Content content_;
  std::vector<RulebookProblem> problems_;
  std::set<std::string> ids_;
};

void Reader::problem(const std::string& rule, std::string_view where, std::string message) {
  problems_.push_back({rule, std::string(where), std::move(message), "", 0, 0});
}

Text Reader::require_text(const Value& object, const std::string& id, std::string_view name) {
  Text text = read_text(object.find(name));
  for (const auto& [language, part] : {std::pair{"en", &text.en}, std::pair{"fr", &text.fr}}) {
    if (part->find_first_not_of(" \t\n") == std::string::npos) {
      problem(id, fmt::format("{}.{}", name, language), "expected a text, got none");
    }
  }
  return text;
}

std::vector<Citation> Reader::require_citations(const Value& object, const std::string& id) {
  std::vector<Citation> cites = read_citations(object.find("cites"));
  const bool is_cited =
      !cites.empty() && std::none_of(cites.begin(), cites.end(), [](const auto& one) {
        return one.source.empty() || one.provision.empty();
      });
  if (!is_cited) problem(id, "cites", "expected a citation with source and provision, got none");
  return cites;
}

Outcome Reader::require_otherwise(const Value& rule, const std::string& id) {
  const std::string name = rule.text("otherwise");
  const std::optional<Outcome> outcome = parse_outcome(name);
  if (outcome && verdict_of(*outcome) != Verdict::clear) return *outcome;
  problem(id, "otherwise",
          fmt::format("expected \"refer\", \"incomplete\" or \"refuse\", got {}", in_quotes(name)));
  return Outcome::refuse;
}

std::optional<Condition> Reader::read_condition(const Value& rule, const std::string& id,
                                                std::string_view where) {
  auto compiled = Condition::compile(rule.text(where, "true"), id, where);
  if (auto* condition = std::get_if<Condition>(&compiled)) return std::move(*condition);
  for (RulebookProblem& one : std::get<std::vector<RulebookProblem>>(compiled)) {
    problems_.push_back(std::move(one));
  }
  return std::nullopt;
}

void Reader::read_validity(const Value& valid) {
  for (const auto& [name, day] :
       {std::pair{"from", &content_.valid_from}, std::pair{"to", &content_.valid_through}}) {
    const Value* text = valid.find(name);
    if (text == nullptr) continue;
    *day = parse_date(text->as_string());
    if (!*day) {
      problem("", fmt::format("valid.{}", name),
              fmt::format("expected a day that exists, got {}", in_quotes(text->as_string())));
    }
  }
  if (content_.valid_from && content_.valid_through &&
      *content_.valid_through < *content_.valid_from) {
    problem("", "valid", "expected a last day not before the first");
  }
}

void Reader::read_disregards(const Value* list) {
  if (list == nullptr) return;
  for (const Value& entry : list->as_array()) {
    DisregardedFact fact;
    fact.path = entry.text("fact");
    const std::string where = fmt::format("disregards {}", fact.path);
    if (auto wrong = problems_of_fact_path(fact.path, where); !wrong.empty()) {
      problems_.insert(problems_.end(), wrong.begin(), wrong.end());
    }
    fact.because = require_text(entry, where, "because");
    fact.cites = require_citations(entry, where);
    content_.disregards.push_back(std::move(fact));
  }
}

void Reader::refuse_disregarded(const CompiledRule& rule) {
  const std::vector<std::string> narrows =
      rule.narrows ? rule.narrows->paths : std::vector<std::string>{};
  for (const auto& [where, paths] :
       {std::pair{"applies", &rule.applies.reads()},
        std::pair{"requires", &rule.requirement.reads()}, std::pair{"narrows", &narrows}}) {
    for (const std::string& path : *paths) {
      for (const DisregardedFact& fact : content_.disregards) {
        if (!overlap(path, fact.path)) continue;
        problem(
            rule.id, where,
            fmt::format("reads {}, but the rulebook says that it disregards {}", path, fact.path));
      }
    }
  }
}

bool applies_as_before(const CompiledRule& rule, const std::vector<CompiledRule>& before) {
  const auto last = std::find_if(before.rbegin(), before.rend(), [&rule](const CompiledRule& one) {
    return one.is_about_datasets == rule.is_about_datasets;
  });
  return last != before.rend() && last->applies.source() == rule.applies.source();
}

FindingParts parts_of(const CompiledRule& rule, const std::string& rulebook) {
  const auto member = [](std::string_view name, const Value& value) {
    return fmt::format("\"{}\":{}", name, json::canonical(value));
  };
  const auto because = [&](Outcome outcome) {
    return member("because", to_json(rule.reason(outcome))) + ',' +
           member("cites", to_json(rule.cites));
  };
  return {because(Outcome::pass), because(Outcome::not_applicable),
          member("remedy", to_json(rule.remedy)),
          member("rule", rule.id) + ',' + member("rulebook", rulebook) + ',' +
              member("title", to_json(rule.title))};
}

void Reader::read_rule(const Value& rule) {
  const std::string id = rule.text("id");
  if (!ids_.insert(id).second) problem(id, "id", "expected an id of its own, got one given twice");
  Text title = require_text(rule, id, "title");
  Text because = require_text(rule, id, "because");
  Text not_applicable;  // a rule without a condition of application always applies
  if (rule.find("applies") != nullptr) not_applicable = require_text(rule, id, "not_applicable");
  Text remedy = require_text(rule, id, "remedy");
  std::vector<Citation> cites = require_citations(rule, id);
  const Outcome otherwise = require_otherwise(rule, id);
  std::optional<Condition> applies = read_condition(rule, id, "applies");
  std::optional<Condition> requirement = read_condition(rule, id, "requires");
  if (!applies || !requirement) return;
  CompiledRule compiled{id,
                        std::move(title),
                        std::move(*applies),
                        std::move(*requirement),
                        otherwise,
                        std::move(because),
                        std::move(not_applicable),
                        std::move(remedy),
                        std::move(cites),
                        read_narrows(rule.find("narrows"))};
  compiled.is_about_datasets = reads_dataset(compiled);
  compiled.applies_as_before = applies_as_before(compiled, content_.rules);
  compiled.parts = parts_of(compiled, content_.id);
  if (compiled.narrows) {
    for (RulebookProblem& one : problems_of(*compiled.narrows, id, otherwise)) {
      problems_.push_back(std::move(one));
    }
  }
  refuse_disregarded(compiled);
  content_.rules.push_back(std::move(compiled));
}

CompiledRulebook::Content Reader::read(const model::Document& document) {
  const Value& value = document.value;
  content_.id = value.text("id");
  content_.sha256 = document.sha256;
  static_cast<void>(require_text(value, "", "title"));
  read_validity(value.at("valid"));
  read_disregards(value.find("disregards"));
  const Value::Array& rules = value.at("rules").as_array();
  // A rulebook without rules would find everything clear.
  if (rules.empty()) problem("", "rules", "expected at least one rule, got none");
  for (const Value& rule : rules) read_rule(rule);
  return std::move(content_);
}

}  // namespace

std::string describe(const RulebookProblem& problem) {
  std::string result = problem.is_warning ? "warning: " : "";
  if (!problem.rule.empty()) result += printable(problem.rule) + ": ";
  result += problem.where;
  if (problem.line == 0) return fmt::format("{}: {}", result, problem.message);
  const std::string line(line_of(problem.expression, problem.line));
  const std::string before = printable(std::string_view(line).substr(0, problem.column - 1));
  const std::string caret(display_width(before), ' ');
  return fmt::format("{} {}:{}: {}\n    {}\n    {}^", result, problem.line, problem.column,
                     problem.message, printable(line), caret);
}

std::variant<CompiledRulebook, std::vector<RulebookProblem>> CompiledRulebook::compile(
    const model::Document& document) {
  // INVARIANT: read_document has validated the value under the schema of its kind.
  if (document.kind != model::DocumentKind::rulebook) {
    broken_invariant("a rulebook is compiled from another kind of document");
  }
  Reader reader;
  Content content = reader.read(document);
  if (!reader.problems().empty()) return std::move(reader.problems());
  return CompiledRulebook(std::make_shared<const Content>(std::move(content)));
}

CompiledRulebook CompiledRulebook::require(const model::Document& document,
                                           std::string_view source) {
  auto compiled = compile(document);
  if (auto* rulebook = std::get_if<CompiledRulebook>(&compiled)) return std::move(*rulebook);
  std::string message;
  for (const RulebookProblem& problem : std::get<std::vector<RulebookProblem>>(compiled)) {
    if (!message.empty()) message += '\n';
    message += fmt::format("{}: {}", source, describe(problem));
  }
  throw Error(ErrorCode::bad_input, message);
}

const std::string& CompiledRulebook::id() const {
  return content_->id;
}

const Digest& CompiledRulebook::sha256() const {
  return content_->sha256;
}

bool CompiledRulebook::is_in_force(Date as_of) const {
  return (!content_->valid_from || *content_->valid_from <= as_of) &&
         (!content_->valid_through || as_of <= *content_->valid_through);
}

}  // namespace octroi::rules
