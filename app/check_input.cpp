// SPDX-License-Identifier: Apache-2.0
#include "check_input.hpp"

#include "files.hpp"

namespace octroi::app {

std::vector<Option> check_options() {
  return {{.name = "--rulebook",
           .value = "FILE",
           .help = "check against this; default: those that the registry has in force",
           .is_repeatable = true},
          {.name = "--dataset",
           .value = "FILE",
           .help = "a dataset that the request names",
           .is_repeatable = true},
          {.name = "--provider",
           .value = "FILE",
           .help = "the provider that the request names",
           .is_repeatable = true},
          {.name = "--hierarchy",
           .value = "FILE",
           .help = "which disease is a kind of which, to compare consent terms through",
           .is_repeatable = true}};
}

gate::GivenDocuments given_documents(const Arguments& arguments) {
  using model::DocumentKind;
  return {read_document_files(DocumentKind::dataset, arguments.all("--dataset")),
          read_document_files(DocumentKind::rulebook, arguments.all("--rulebook")),
          read_document_files(DocumentKind::provider, arguments.all("--provider")),
          read_document_files(DocumentKind::hierarchy, arguments.all("--hierarchy"))};
}

}  // namespace octroi::app
