// SPDX-License-Identifier: Apache-2.0
// dataset, provider and hierarchy: the same three verbs for all.
#include "gate/catalogue.hpp"

#include <fmt/format.h>

#include "commands.hpp"
#include "files.hpp"
#include "reply.hpp"
#include "session.hpp"

namespace octroi::app {
namespace {

/// What differs between them.
struct Catalogue {
  model::DocumentKind kind;
  decltype(&gate::add_dataset) add;
  decltype(&gate::list_datasets) list;
  decltype(&gate::show_dataset) show;
};

constexpr Catalogue k_datasets = {model::DocumentKind::dataset, gate::add_dataset,
                                  gate::list_datasets, gate::show_dataset};
constexpr Catalogue k_providers = {model::DocumentKind::provider, gate::add_provider,
                                   gate::list_providers, gate::show_provider};

constexpr Catalogue k_hierarchies = {model::DocumentKind::hierarchy, gate::add_hierarchy,
                                     gate::list_hierarchies, gate::show_hierarchy};

template <const Catalogue& catalogue>
ExitCode add_entry(const Arguments& arguments, Session& session, Reply& reply) {
  const model::Document document = read_document_file(catalogue.kind, arguments.required("FILE"));
  const auto registry = session.open_to_write();
  const gate::CatalogueRow row =
      catalogue.add(*registry, session.actor(), document, session.context());
  reply.say(row, fmt::format("{} {} version {} is added", model::name_of(catalogue.kind), row.id,
                             row.version));
  return ExitCode::yes;
}

template <const Catalogue& catalogue>
ExitCode list_entries(const Arguments&, Session& session, Reply& reply) {
  reply.show(catalogue.list(*session.open_to_read()));
  return ExitCode::yes;
}

template <const Catalogue& catalogue>
ExitCode show_entry(const Arguments& arguments, Session& session, Reply& reply) {
  print_document(catalogue.show(*session.open_to_read(), arguments.required("ID"),
                                arguments.number("--edition")),
                 session, reply);
  return ExitCode::yes;
}

const Option k_edition = {"--edition", "N", "that version instead of the latest"};

}  // namespace

std::vector<Command> dataset_commands() {
  return {
      {.name = "dataset add",
       .reader = Reader::secretary,
       .summary = "add a dataset, or its next version",
       .description = "Adds a dataset that requests may ask for. A file with an id that is known "
                      "becomes its next version; requests are assessed against the latest.",
       .positionals = {{"FILE",
                        "the dataset (schemas/dataset.schema.json); '-' is standard input"}},
       .examples = {{"octroi dataset add snds.json --as martin", ""}},
       .run = add_entry<k_datasets>},
      {.name = "dataset list",
       .reader = Reader::secretary,
       .summary = "the datasets of the registry",
       .examples = {{"octroi dataset list", ""}},
       .run = list_entries<k_datasets>},
      {.name = "dataset show",
       .reader = Reader::secretary,
       .summary = "one dataset's document",
       .positionals = {{"ID", "the dataset's short name"}},
       .options = {k_edition},
       .examples = {{"octroi dataset show snds-main-base", ""},
                    {"octroi dataset show snds-main-base --edition 1", "as it was first added"}},
       .run = show_entry<k_datasets>},
  };
}

std::vector<Command> provider_commands() {
  return {
      {.name = "provider add",
       .reader = Reader::secretary,
       .summary = "add a host, or its next version",
       .description = "Adds a provider that hosts and processes data, with its owners, suppliers, "
                      "places and certificates. A file with an id that is known becomes its next "
                      "version; requests are assessed against the latest.",
       .positionals = {{"FILE",
                        "the provider (schemas/provider.schema.json); '-' is standard input"}},
       .examples = {{"octroi provider add azure-hub.json --as martin", ""}},
       .run = add_entry<k_providers>},
      {.name = "provider list",
       .reader = Reader::secretary,
       .summary = "the providers of the registry",
       .examples = {{"octroi provider list", ""}},
       .run = list_entries<k_providers>},
      {.name = "provider show",
       .reader = Reader::secretary,
       .summary = "one provider's document",
       .positionals = {{"ID", "the provider's short name"}},
       .options = {k_edition},
       .examples = {{"octroi provider show azure-hub", ""},
                    {"octroi provider show azure-hub --edition 1", "as it was first added"}},
       .run = show_entry<k_providers>},
  };
}

std::vector<Command> hierarchy_commands() {
  return {
      {.name = "hierarchy add",
       .reader = Reader::secretary,
       .summary = "add which disease is a kind of which, or its next version",
       .description =
           "Adds the terms of one coding system (mondo or doid) with the terms above them, through "
           "which the consent terms of datasets are compared with what a study is about. A file of "
           "a system that is known becomes its next version; requests are assessed against the "
           "latest. ICD-10 needs none.",
       .positionals = {{"FILE",
                        "the hierarchy (schemas/hierarchy.schema.json); '-' is standard input"}},
       .examples = {{"octroi hierarchy add mondo.json --as martin", ""}},
       .run = add_entry<k_hierarchies>},
      {.name = "hierarchy list",
       .reader = Reader::secretary,
       .summary = "the hierarchies of the registry",
       .examples = {{"octroi hierarchy list", ""}},
       .run = list_entries<k_hierarchies>},
      {.name = "hierarchy show",
       .reader = Reader::secretary,
       .summary = "one hierarchy's document",
       .positionals = {{"ID", "the coding system"}},
       .options = {k_edition},
       .examples = {{"octroi hierarchy show mondo", ""},
                    {"octroi hierarchy show mondo --edition 1", "as it was first added"}},
       .run = show_entry<k_hierarchies>},
  };
}

}  // namespace octroi::app
