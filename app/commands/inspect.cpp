// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>

#include "base/error.hpp"
#include "base/safe_text.hpp"
#include "commands.hpp"
#include "files.hpp"
#include "gate/verifying.hpp"
#include "reply.hpp"
#include "session.hpp"

namespace octroi::app {
namespace {

ExitCode inspect(const Arguments& arguments, Session&, Reply& reply) {
  const std::string& file = arguments.required("TOKEN");
  const std::string text = read_token_file(file);
  if (!text.starts_with("v4.public.")) {
    const std::string_view line = std::string_view(text).substr(0, text.find('\n'));
    throw Error(
        ErrorCode::bad_input,
        fmt::format("{}: expected a v4.public token, got {}", file == "-" ? "standard input" : file,
                    text.empty() ? "nothing" : "text that begins " + in_quotes(line)));
  }
  reply.show(gate::inspect_token(text));
  return ExitCode::yes;
}

}  // namespace

std::vector<Command> inspect_commands() {
  return {{.name = "inspect",
           .reader = Reader::data_holder,
           .summary = "read a token without verifying it",
           .description =
               "Shows what a token says. NOTHING IS VERIFIED: anybody can write such a token. "
               "Before a release, 'octroi verify'.",
           .positionals = {{"TOKEN", "the token's file; '-' is standard input"}},
           .examples = {{"octroi inspect cnam.paseto", ""}},
           .run = inspect}};
}

}  // namespace octroi::app
