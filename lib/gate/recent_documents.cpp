// SPDX-License-Identifier: Apache-2.0
#include "gate/recent_documents.hpp"

#include "gate/acting.hpp"
#include "registry/erasures.hpp"

namespace octroi::gate {
namespace {

constexpr std::size_t k_recent_bytes_max = 4U << 20U;
constexpr std::size_t k_frames_max = 256;  // what is not noted is read when it is asked for

}  // namespace

std::shared_ptr<const model::Document> RecentDocuments::find(const Digest& digest,
                                                             model::DocumentKind kind,
                                                             const std::string& name) {
  const std::pair key(digest, kind);
  if (const auto known = known_.find(key); known != known_.end()) return known->second;
  if (registry::find_erasure(database_, digest)) return nullptr;
  auto document = std::make_shared<const model::Document>(load(database_, digest, kind, name));
  note_loaded(digest);
  bytes_ += document->bytes.size();
  if (bytes_ > k_recent_bytes_max) {
    known_.clear();
    bytes_ = document->bytes.size();
  }
  return known_.emplace(key, std::move(document)).first->second;
}

void RecentDocuments::note(const Digest& assessment,
                           std::shared_ptr<const rules::Assessment> frame) {
  if (frames_.size() < k_frames_max) frames_.insert_or_assign(assessment, std::move(frame));
}

std::shared_ptr<const rules::Assessment> RecentDocuments::assessment(const Digest& digest) {
  if (const auto known = frames_.find(digest); known != frames_.end()) return known->second;
  const auto document = find(digest, model::DocumentKind::assessment, "assessment");
  if (!document) return nullptr;
  return std::make_shared<const rules::Assessment>(rules::Assessment::from(*document));
}

}  // namespace octroi::gate
