// SPDX-License-Identifier: Apache-2.0
#include "gate/recent_documents.hpp"

#include "base/error.hpp"
#include "gate/acting.hpp"
#include "registry/documents.hpp"
#include "registry/erasures.hpp"

namespace octroi::gate {
namespace {

struct ReadAhead {
  const RecentDocuments::Wanted* wanted;
  std::string bytes;
  std::shared_ptr<const model::Document> document;
};

void read_one(ReadAhead& one) {
  try {
    one.document = std::make_shared<const model::Document>(
        model::read_document(one.wanted->kind, std::move(one.bytes), one.wanted->name));
  } catch (const Error&) {
    // Whoever asks for it is told.
  }
}

}  // namespace

// The database is asked by this thread alone; what takes time is reading and validating.
void RecentDocuments::read_ahead(const std::vector<Wanted>& wanted) {
  known_.clear();
  std::vector<ReadAhead> ahead;
  for (const Wanted& one : wanted) {
    if (!known_.emplace(std::pair(one.digest, one.kind), nullptr).second) continue;
    try {
      ahead.push_back(
          {&one, registry::load_document(database_, one.digest, model::name_of(one.kind)), {}});
    } catch (const Error&) {
      // Erased, missing or changed: the same.
    }
  }
  for_each_of(ahead.size(), pace_.threads, [&](std::size_t one) { read_one(ahead[one]); });
  known_.clear();
  for (ReadAhead& one : ahead) {
    if (!one.document) continue;
    known_.emplace(std::pair(one.wanted->digest, one.wanted->kind), std::move(one.document));
  }
}

std::shared_ptr<const model::Document> RecentDocuments::find(const Digest& digest,
                                                             model::DocumentKind kind,
                                                             const std::string& name) {
  const std::pair key(digest, kind);
  if (const auto known = known_.find(key); known != known_.end()) return known->second;
  if (registry::find_erasure(database_, digest)) return nullptr;
  auto document = std::make_shared<const model::Document>(load(database_, digest, kind, name));
  return known_.emplace(key, std::move(document)).first->second;
}

}  // namespace octroi::gate
