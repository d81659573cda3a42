// SPDX-License-Identifier: Apache-2.0
#include <filesystem>

#include <fmt/format.h>

#include "base/error.hpp"
#include "commands.hpp"
#include "files.hpp"
#include "reply.hpp"
#include "rules/rule_test.hpp"
#include "screen/rule_tests.hpp"

namespace octroi::app {
namespace {

using model::DocumentKind;
using Path = std::filesystem::path;

constexpr std::string_view k_extension = ".json";
constexpr std::string_view k_tests_extension = ".tests.json";

/// The file of tests that is meant: itself, or the one beside a rulebook.
Path tests_path(const std::string& file) {
  if (file.ends_with(k_tests_extension) || !file.ends_with(k_extension)) return file;
  return file.substr(0, file.size() - k_extension.size()) + std::string(k_tests_extension);
}

json::Value read_value(DocumentKind kind, const Path& path) {
  return read_document_file(kind, path.string()).value;
}

std::optional<rules::TestedCase> read_case(const json::Value& tests, const Path& folder) {
  const json::Value* documents = tests.find("documents");
  if (documents == nullptr) return std::nullopt;
  rules::TestedCase result{read_value(DocumentKind::request, folder / documents->text("request")),
                           read_value(DocumentKind::provider, folder / documents->text("provider")),
                           {},
                           {}};
  for (const std::string& file : json::to_strings(documents->find("datasets"))) {
    result.datasets.push_back(read_value(DocumentKind::dataset, folder / file));
  }
  for (const std::string& file : json::to_strings(documents->find("hierarchies"))) {
    const std::string path = (folder / file).string();
    result.hierarchies.push_back(read_document_file(DocumentKind::hierarchy, path));
  }
  return result;
}

rules::RuleTestReport run(const std::string& file, std::string_view filter) {
  const Path path = tests_path(file);
  // A rulebook that is missing or broken is the fault to tell of, not that of its tests.
  if (path != file) static_cast<void>(read_value(DocumentKind::rulebook, file));
  const model::Document tests = read_document_file(DocumentKind::rule_tests, path.string());
  const Path folder = path.parent_path();
  const Path rulebook_path = folder / tests.value.text("rulebook");
  const rules::CompiledRulebook rulebook = rules::CompiledRulebook::require(
      read_document_file(DocumentKind::rulebook, rulebook_path.string()), rulebook_path.string());
  try {
    return rules::run_rule_tests(tests, rulebook, read_case(tests.value, folder), filter);
  } catch (const Error& error) {
    throw Error(error.code(), fmt::format("{}: {}", path.string(), error.what()));
  }
}

bool has_coverage(const rules::RuleTestReport& report, int percent) {
  return report.outcomes_reached() * 100 >= report.outcomes() * static_cast<std::size_t>(percent);
}

ExitCode rules_test(const Arguments& arguments, Session&, Reply& reply) {
  const int coverage_min = arguments.number("--coverage-min").value_or(0);
  if (coverage_min > 100) {
    throw Error(ErrorCode::usage,
                fmt::format("--coverage-min: expected 0 to 100, got {}", coverage_min));
  }
  std::vector<rules::RuleTestReport> reports;
  bool is_good = true;
  std::size_t count = 0;
  for (const std::string& file : arguments.all("FILE")) {
    reports.push_back(run(file, arguments.text("--filter").value_or("")));
    count += reports.back().results.size();
    is_good = is_good && reports.back().failed() == 0 && has_coverage(reports.back(), coverage_min);
  }
  if (const auto path = arguments.text("--junit")) {
    replace_file(*path, screen::junit_xml(reports), FileMode::everybody_reads);
  }
  reply.show(reports);
  if (!reply.is_json() && (arguments.has("--coverage") || arguments.has("--coverage-min"))) {
    reply.print(screen::render_coverage(reports, reply.style()));
  }
  if (count == 0) reply.note("no test was run, which counts as a failure");
  return is_good && count > 0 ? ExitCode::yes : ExitCode::no;
}

}  // namespace

std::vector<Command> rules_test_commands() {
  return {
      {.name = "rules test",
       .reader = Reader::secretary,
       .summary = "run the tests of rulebooks",
       .description =
           "Runs table tests (schemas/rule-tests.schema.json): facts, or a case, with changes, and "
           "the findings and verdict that are expected. A rulebook stands for the tests beside it, "
           "NAME.tests.json. Coverage counts which outcomes of which rules some test reached. Ends "
           "with 4 when a test failed, too little was reached, or no test was run.",
       .positionals = {{"FILE", "a file of tests, or a rulebook", true}},
       .options = {{"--filter", "TEXT", "only tests whose name holds this"},
                   {"--coverage", "", "show which outcomes of which rules no test reached"},
                   {"--coverage-min", "PERCENT", "the part of them that has to be reached"},
                   {"--junit", "FILE", "write the results as JUnit XML too, over older ones"}},
       .examples = {{"octroi rules test cnam-2021.json", ""},
                    {"octroi rules test cnam-2021.tests.json --coverage-min 100", ""}},
       .run = rules_test},
  };
}

}  // namespace octroi::app
