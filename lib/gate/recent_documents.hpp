// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <array>
#include <memory>
#include <string_view>

#include "gate/context.hpp"
#include "model/document.hpp"

namespace octroi::gate {

/// Documents of a registry, read and validated once where they are asked for again soon: an audit
/// meets the request, decision and assessment of one case several times in a row. Holds a few. Not
/// for several threads.
class RecentDocuments {
 public:
  explicit RecentDocuments(Database& database) : database_(database) {}

  /// nullptr when the document was erased. `name` is what messages call it. Throws as load does.
  [[nodiscard]] std::shared_ptr<const model::Document> find(const Digest& digest,
                                                            model::DocumentKind kind,
                                                            std::string_view name);

 private:
  struct Known {
    Digest digest;
    std::shared_ptr<const model::Document> document;
  };
  Database& database_;
  std::array<Known, 8> known_;
  std::size_t next_ = 0;  ///< where the next one goes
};

}  // namespace octroi::gate
