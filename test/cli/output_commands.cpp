// SPDX-License-Identifier: Apache-2.0
#include <array>

#include "base/error.hpp"
#include "cli/commands.hpp"
#include "cli/expression.hpp"
#include "cli/golden.hpp"
#include "json/read.hpp"
#include "json/schema.hpp"
#include "model/document.hpp"

namespace octroi::script {
namespace {

[[noreturn]] void fail(const std::string& message) {
  throw Error(ErrorCode::bad_input, message);
}

void require_match(const Session& session, const Call& call, const std::string& source) {
  const std::string& expression = call.words.front();
  const bool is_found = Expression(expression).find_in(session.content_of(source)).has_value();
  if (is_found && call.is_denied) fail("'" + expression + "' is in " + source);
  if (!is_found && !call.is_denied) fail("'" + expression + "' is not in " + source);
}

void match_stdout(Session& session, const Call& call) {
  require_match(session, call, "stdout");
}

void match_stderr(Session& session, const Call& call) {
  require_match(session, call, "stderr");
}

void match_file(Session& session, const Call& call) {
  require_match(session, call, call.words.back());
}

void compare(Session& session, const Call& call) {
  const std::string actual = session.content_of(call.words[0]);
  const std::string& golden_name = call.words[1];
  const std::string golden = session.content_of(golden_name);
  const auto difference_found = difference(golden, actual);
  if (!difference_found) return;
  ArchiveFile* file = session.archive_file(golden_name);
  if (!call.is_update || file == nullptr) {
    fail(call.words[0] + " differs from " + golden_name + " in " + *difference_found);
  }
  file->content = updated_golden(golden, actual);
}

json::Schema named_schema(const std::string& name) {
  const std::string_view text = model::schema_text(name);
  if (text.empty()) fail(name + ": there is no such schema");
  return json::Schema::compile(json::read(text, name), name);
}

void validate(Session& session, const Call& call) {
  const std::string& source = call.words[0];
  json::require_valid(named_schema(call.words[1]), json::read(session.content_of(source), source),
                      source);
}

void validate_lines(Session& session, const Call& call) {
  const json::Schema schema = named_schema(call.words[1]);
  const std::string& source = call.words[0];
  const std::string content = session.content_of(source);
  if (!content.ends_with('\n')) fail(source + ": expected lines, the last of them ended too");
  std::size_t number = 0;
  for (std::size_t at = 0; at < content.size();) {
    const std::size_t end = content.find('\n', at);
    const std::string place = source + " " + std::to_string(++number);
    json::require_valid(schema, json::read(content.substr(at, end - at), place), place);
    at = end + 1;
  }
}

void capture(Session& session, const Call& call) {
  const std::string& source = call.words[1];
  const Expression expression(call.words[2]);
  if (expression.groups() != 1) fail("expected one group in '" + call.words[2] + "'");
  const auto found = expression.find_in(session.content_of(source));
  if (!found) fail("'" + call.words[2] + "' is not in " + source);
  session.set_variable(call.words[0], found->group);
}

constexpr std::array k_commands = {
    Command{"[!] stdout 'EXPRESSION'", 1, 1, match_stdout},
    Command{"[!] stderr 'EXPRESSION'", 1, 1, match_stderr},
    Command{"[!] grep 'EXPRESSION' FILE", 2, 2, match_file},
    Command{"cmp stdout|stderr|FILE FILE", 2, 2, compare},
    Command{"json stdout|FILE SCHEMA", 2, 2, validate},
    Command{"jsonlines stdout|FILE SCHEMA", 2, 2, validate_lines},
    Command{"set NAME stdout|stderr|FILE 'EXPRESSION WITH ONE (GROUP)'", 3, 3, capture},
};

}  // namespace

std::span<const Command> output_commands() {
  return k_commands;
}

}  // namespace octroi::script
