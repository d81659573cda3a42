// SPDX-License-Identifier: Apache-2.0
#include "commands.hpp"
#include "files.hpp"
#include "gate/verifying.hpp"
#include "reply.hpp"
#include "session.hpp"

namespace octroi::app {
namespace {

ExitCode inspect(const Arguments& arguments, Session&, Reply& reply) {
  reply.show(gate::inspect_token(read_token_file(arguments.required("TOKEN"))));
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
