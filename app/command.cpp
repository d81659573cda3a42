// SPDX-License-Identifier: Apache-2.0
#include "command.hpp"

#include <fmt/format.h>

#include <charconv>

#include "base/safe_text.hpp"

namespace octroi::app {
namespace {

std::vector<Command> all_commands() {
  std::vector<Command> all;
  for (const auto rows :
       {request_commands, check_commands, submit_commands, list_commands, init_commands,
        key_commands, member_commands, dataset_commands, provider_commands, rules_commands,
        assess_commands, decide_commands, issue_commands, verify_commands, audit_commands}) {
    for (Command& command : rows()) all.push_back(std::move(command));
  }
  return all;
}

}  // namespace

std::vector<std::string> Arguments::texts(const std::string& name) const {
  const auto found = values_.find(name);
  return found == values_.end() ? std::vector<std::string>{} : found->second;
}

std::optional<std::string> Arguments::find(const std::string& name) const {
  const auto found = values_.find(name);
  if (found == values_.end() || found->second.empty()) return std::nullopt;
  return found->second.front();
}

std::string Arguments::text(const std::string& name) const {
  const std::optional<std::string> value = find(name);
  if (!value) broken_invariant("an argument that the command table does not require");
  return *value;
}

std::optional<int> Arguments::number(const std::string& name) const {
  const std::optional<std::string> value = find(name);
  if (!value) return std::nullopt;
  int number = 0;
  const char* end = value->data() + value->size();
  const auto [read_end, failure] = std::from_chars(value->data(), end, number);
  if (failure != std::errc{} || read_end != end || number < 0 || value->front() == '-') {
    throw Error(ErrorCode::usage, fmt::format("{}: expected a whole number from 0 on, got {}", name,
                                              in_quotes(*value)));
  }
  return number;
}

std::optional<Date> Arguments::date(const std::string& name) const {
  const std::optional<std::string> value = find(name);
  if (!value) return std::nullopt;
  const std::optional<Date> date = parse_date(*value);
  if (!date) {
    throw Error(ErrorCode::usage,
                fmt::format("{}: expected a day YYYY-MM-DD, got {}", name, in_quotes(*value)));
  }
  return date;
}

const std::vector<Command>& commands() {
  static const std::vector<Command> all = all_commands();
  return all;
}

const std::vector<Option>& global_options() {
  static const std::vector<Option> options = {
      {"--registry", "PATH", "the registry file (OCTROI_REGISTRY; ./octroi.db)"},
      {"--as", "MEMBER", "who acts (OCTROI_AS)"},
      {"--keys", "FOLDER", "where keys are (OCTROI_KEYS; keys/ beside the registry)"},
      {"--passphrase-file", "FILE", "read the passphrase from a file instead of asking"},
      {"--json", "", "answer in JSON, under schemas/output/"},
      {"--lang", "LANGUAGE", "language of findings and labels", false, false, {"en", "fr"}},
      {"--quiet", "", "no hints"},
      {"--color", "WHEN", "colour (NO_COLOR)", false, false, {"auto", "always", "never"}},
      {"--at", "TIME", "a day or time instead of now, where nothing is written"},
      {"--help", "", "what a command does and takes"},
      {"--version", "", "the version"},
  };
  return options;
}

}  // namespace octroi::app
