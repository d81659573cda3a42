// SPDX-License-Identifier: Apache-2.0
#include "base/file.hpp"
#include "base/limits.hpp"
#include "commands.hpp"
#include "gate/trust_check.hpp"
#include "reply.hpp"
#include "session.hpp"

namespace octroi::app {
namespace {

gate::TrustFile read_either(const std::string& path) {
  return gate::read_trust(read_input(path, limits::k_document_bytes_max),
                          path == "-" ? "standard input" : path);
}

ExitCode trust_check(const Arguments& arguments, Session&, Reply& reply) {
  const std::string& older = arguments.required("--against");
  const gate::TrustCheck check = gate::check_trust(read_either(arguments.required("NEW")),
                                                   gate::require_sound(read_either(older), older));
  reply.show(check);
  return check.is_trusted() ? ExitCode::yes : ExitCode::bad_signature;
}

}  // namespace

std::vector<Command> trust_commands() {
  return {
      {.name = "trust check",
       .reader = Reader::data_holder,
       .summary = "whether a newer trust file follows from the one you hold",
       .description =
           "Checks a signed trust file (key trust --sign) against one that you trust already: "
           "the same board, not older, every key and every demand kept, the same account of the "
           "same "
           "events, and every new seal handed over by the one before it, from the seal in force "
           "in your file on. No registry, no network. "
           "Ends with 0 when it can be trusted, 11 when not: then get it from the board itself.",
       .positionals = {{"NEW", "the newer trust file, signed; '-' is standard input"}},
       .options = {{.name = "--against",
                    .value = "OLD",
                    .help = "the trust file that you hold, plain or signed",
                    .is_required = true}},
       .examples = {{"octroi trust check new.paseto --against trust.json", ""}},
       .run = trust_check}};
}

}  // namespace octroi::app
