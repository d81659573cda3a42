// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <map>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "base/parallel.hpp"
#include "gate/context.hpp"
#include "model/document.hpp"

namespace octroi::gate {

/// Documents of a registry, read and validated once where they are asked for again soon: an audit
/// meets the request, decision and assessment of one case several times in a row. Not for several
/// threads.
class RecentDocuments {
 public:
  /// A document that will be asked for. `name` is what messages call it.
  struct Wanted {
    Digest digest;
    model::DocumentKind kind;
    std::string name;
  };

  RecentDocuments(Database& database, const Pace& pace) : database_(database), pace_(pace) {}

  /// Forgets what it knows and reads these at its pace. What cannot be read is left for `find`.
  void read_ahead(const std::vector<Wanted>& wanted);

  /// nullptr when the document was erased. Throws as load does.
  [[nodiscard]] std::shared_ptr<const model::Document> find(const Digest& digest,
                                                            model::DocumentKind kind,
                                                            const std::string& name);

 private:
  Database& database_;
  const Pace& pace_;
  std::map<std::pair<Digest, model::DocumentKind>, std::shared_ptr<const model::Document>> known_;
};

}  // namespace octroi::gate
