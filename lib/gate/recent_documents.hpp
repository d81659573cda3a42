// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <map>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "gate/context.hpp"
#include "model/document.hpp"
#include "rules/assessment.hpp"

namespace octroi::gate {

/// Documents of a registry, read and validated once where they are asked for again soon: an audit
/// meets the request, decision and assessment of one case several times in a row. Not for several
/// threads.
class RecentDocuments {
 public:
  explicit RecentDocuments(Database& database) : database_(database) {}

  /// nullptr when the document was erased. Throws as load does.
  [[nodiscard]] std::shared_ptr<const model::Document> find(const Digest& digest,
                                                            model::DocumentKind kind,
                                                            const std::string& name);

  /// Takes note of a document that was loaded elsewhere (registry::load_document).
  void note_loaded(const Digest& digest) { loaded_.push_back(digest); }
  /// The documents that were loaded, so that their bytes are those that their digests are of; some
  /// maybe twice.
  [[nodiscard]] std::vector<Digest> take_loaded() { return std::exchange(loaded_, {}); }

  /// Takes note of what a recorded assessment says, its findings left out, as it was computed again
  /// and is the same.
  void note(const Digest& assessment, std::shared_ptr<const rules::Assessment> frame);

  /// What a recorded assessment says, maybe without its findings; nullptr when it was erased.
  /// Throws as load does.
  [[nodiscard]] std::shared_ptr<const rules::Assessment> assessment(const Digest& digest);

 private:
  Database& database_;
  std::map<std::pair<Digest, model::DocumentKind>, std::shared_ptr<const model::Document>> known_;
  std::size_t bytes_ = 0;  ///< of those that are known; bounded
  std::map<Digest, std::shared_ptr<const rules::Assessment>> frames_;
  std::vector<Digest> loaded_;
};

}  // namespace octroi::gate
