// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>

#include "base/error.hpp"
#include "commands.hpp"
#include "gate/erasing.hpp"
#include "reply.hpp"
#include "session.hpp"

namespace octroi::app {
namespace {

ExitCode document_list(const Arguments& arguments, Session& session, Reply& reply) {
  reply.show(gate::list_documents(*session.open_to_read(), arguments.text("--request")));
  return ExitCode::yes;
}

gate::ErasureOrder read_order(const Arguments& arguments) {
  gate::ErasureOrder order{arguments.all("DOCUMENT"), arguments.text("--request"),
                           arguments.required("--reason"), arguments.required("--authority")};
  if (order.documents.empty() == !order.request) {
    throw Error(ErrorCode::usage,
                "say what to erase: documents by their digests, or --request NUMBER");
  }
  return order;
}

ExitCode document_erase(const Arguments& arguments, Session& session, Reply& reply) {
  const gate::ErasureOrder order = read_order(arguments);
  const bool is_dry_run = arguments.has("--dry-run");
  const auto registry = session.open_to_write();
  const gate::Actor actor = session.actor();
  if (!is_dry_run && !arguments.has("--yes")) {
    const gate::ErasedDocuments planned =
        gate::erase_documents(*registry, actor, order, true, session.context());
    const std::string question =
        fmt::format("Erase {} {} for good?", planned.documents.size(),
                    planned.documents.size() == 1 ? "document" : "documents");
    if (!session.confirm(question, "--yes")) {
      throw Error(ErrorCode::not_allowed, "nothing was erased");
    }
  }
  const gate::ErasedDocuments erased =
      gate::erase_documents(*registry, actor, order, is_dry_run, session.context());
  reply.show(erased);
  if (!is_dry_run) {
    reply.note("copies and backups of the registry still hold them: erase them there too");
  }
  return ExitCode::yes;
}

std::vector<Option> erase_options() {
  Option reason{.name = "--reason", .value = "REASON", .help = "why", .is_required = true};
  reason.choices = gate::erasure_reasons();
  return {{"--request", "NUMBER", "everything of that request"},
          reason,
          {.name = "--authority",
           .value = "NAME",
           .help = "who asked for it or what allows it, in short: cnil, gdpr-17",
           .is_required = true},
          {"--dry-run", "", "show what would be erased, erase nothing"},
          {"--yes", "", "do not ask"}};
}

}  // namespace

std::vector<Command> document_commands() {
  return {
      {.name = "document list",
       .reader = Reader::secretary,
       .summary = "the documents that the log names, and which are erased",
       .options = {{"--request", "NUMBER", "only those of that request"}},
       .examples = {{"octroi document list", ""},
                    {"octroi document list --request R-2026-0001", "what one request left behind"}},
       .run = document_list},
      {.name = "document erase",
       .reader = Reader::secretary,
       .summary = "erase documents for good",
       .description =
           "Takes a document's bytes and its salt out of the registry's files. The events that "
           "name it stay, every proof and token stays valid, and 'octroi show' says that it was "
           "erased. Reason and authority are recorded. Refused for what is still needed: the "
           "charter, a rulebook in force, a dataset or provider that an open request names, what "
           "belongs to an open request; a token that has neither ended nor been revoked, and all "
           "that it rests on: its request, assessments and decisions, and the versions of "
           "rulebooks, datasets and provider that it was assessed with. The texts of revocations "
           "and suspensions can always go. It cannot be undone.",
       .positionals = {{"DOCUMENT", "its digest, as 'octroi document list' shows it", true, true}},
       .options = erase_options(),
       .examples = {{"octroi document erase --request R-2026-0001 --reason data-subject "
                     "--authority gdpr-17 --dry-run --as martin",
                     "look first"}},
       .run = document_erase},
  };
}

}  // namespace octroi::app
