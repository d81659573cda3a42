// SPDX-License-Identifier: Apache-2.0
#include "base/error.hpp"
#include "check_input.hpp"
#include "commands.hpp"
#include "files.hpp"
#include "gate/requests.hpp"
#include "reply.hpp"
#include "session.hpp"

namespace octroi::app {
namespace {

/// True for what reads as a request's number; a file of such a name is "./R-2026-0001".
bool is_request_number(std::string_view named) {
  return named.size() > 2 && named.starts_with("R-") &&
         named.find_first_not_of("0123456789-", 2) == std::string_view::npos;
}

model::Document document_on_record(gate::Database& registry, const std::string& number) {
  gate::RequestDetails details = gate::show_request(registry, number);
  if (details.document) return std::move(*details.document);
  throw Error(ErrorCode::not_allowed, number + " was erased: there is nothing left to explain");
}

ExitCode explain(const Arguments& arguments, Session& session, Reply& reply) {
  const std::string& named = arguments.required("REQUEST");
  const bool is_number = is_request_number(named);
  const auto registry = is_number ? session.open_to_read() : session.open_if_any();
  model::Document request = is_number ? document_on_record(*registry, named)
                                      : read_document_file(model::DocumentKind::request, named);
  const gate::Explained explained =
      gate::explain(registry.get(), {std::move(request), given_documents(arguments)},
                    date_of(session.now()), {arguments.has("--all"), arguments.has("--what-if")});
  reply.show(explained);
  return exit_code(explained.explanation.verdict);
}

std::vector<Option> explain_options() {
  std::vector<Option> options = check_options();
  options.push_back({"--all", "", "explain rules that are met or do not apply too"});
  options.push_back({"--what-if", "", "look for the smallest change that helps"});
  return options;
}

}  // namespace

std::vector<Command> explain_commands() {
  return {
      {.name = "explain",
       .reader = Reader::researcher,
       .summary = "what stands in a request's way, and what would help",
       .description =
           "Says of each rule that stands in the way which facts decided it, in which field of "
           "which document they are declared, who can change them, and what the rule's source "
           "is. With --what-if it looks for the fewest fields of the request whose change leads "
           "to the best verdict, with every --provider given and every one of the registry to "
           "choose from; a change is right only if it is true. Nothing is written. Ends as "
           "check does: 0 when clear, 4 when a rule refuses, 5 otherwise.",
       .positionals = {{"REQUEST", "a file, '-' for standard input, or its number: R-2026-0001"}},
       .options = explain_options(),
       .examples = {{"octroi explain request.json", "under the rulebooks of ./octroi.db"},
                    {"octroi explain R-2026-0001 --what-if", "a request that was submitted"},
                    {"octroi explain request.json --rulebook cnam-2021.json --dataset snds.json "
                     "--provider host.json --provider other-host.json --what-if --lang fr",
                     "from files alone, with another host to choose; in French"}},
       .looks_at_the_time = true,
       .run = explain}};
}

}  // namespace octroi::app
