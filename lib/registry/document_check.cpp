// SPDX-License-Identifier: Apache-2.0
#include "registry/document_check.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <optional>
#include <set>
#include <string>
#include <utility>

#include "base/in_parts.hpp"
#include "base/safe_text.hpp"
#include "registry/documents.hpp"
#include "registry/erasures.hpp"

namespace octroi::registry {
namespace {

bool is_before(const NamedByEvent& left, const NamedByEvent& right) {
  return left.digest < right.digest;
}

class DocumentCheck {
 public:
  DocumentCheck(Database& registry, const Replay& replay, std::vector<Digest> loaded)
      : registry_(registry),
        loaded_(std::move(loaded)),
        named_(replay.named),
        erasures_(all_erasures(*replay.tables)) {
    std::sort(loaded_.begin(), loaded_.end());
    // What an event names first is what it is.
    std::stable_sort(named_.begin(), named_.end(), is_before);
    const auto same = [](const auto& left, const auto& right) {
      return left.digest == right.digest;
    };
    named_.erase(std::unique(named_.begin(), named_.end(), same), named_.end());
  }

  std::vector<ReplayFault> run(const Pace& pace) {
    visit_kinds(registry_, [this](const Digest& digest, std::string kind) {
      stored_.push_back({digest, &*kinds_.insert(std::move(kind)).first});
    });
    std::sort(stored_.begin(), stored_.end(),
              [](const auto& left, const auto& right) { return left.digest < right.digest; });
    check_stored(find_changed(pace));
    check_erased();
    check_named();
    return std::move(faults_);
  }

 private:
  struct Stored {
    Digest digest;
    const std::string* kind;
  };

  void fault(std::string what) { faults_.push_back({std::nullopt, std::move(what)}); }

  /// Of those that nobody has loaded: the ones whose bytes are not those that their digest is of.
  std::set<Digest> find_changed(const Pace& pace) {
    std::set<Digest> changed;
    using Piece = std::pair<Digest, std::optional<StoredDocument>>;
    using Changed = std::optional<Digest>;
    InParts<Piece, Changed> parts(
        pace,
        [](const Piece& one) {
          const auto& [digest, document] = one;
          const bool is_same =
              document && document_digest(document->salt, document->bytes) == digest;
          return is_same ? Changed() : Changed(digest);
        },
        [&changed](const std::vector<Changed>& part) {
          for (const Changed& one : part) {
            if (one) changed.insert(*one);
          }
          return true;
        });
    for (const Stored& one : stored_) {
      if (std::binary_search(loaded_.begin(), loaded_.end(), one.digest)) continue;
      auto document = find_stored(registry_, one.digest);
      const std::size_t bytes = document ? document->bytes.size() : 0;
      parts.add({one.digest, std::move(document)}, bytes);
    }
    parts.finish();
    return changed;
  }

  void check_stored(const std::set<Digest>& changed) {
    for (const Stored& one : stored_) {
      const std::string& kind = *one.kind;
      if (changed.contains(one.digest)) {
        fault(fmt::format("document {} ({}) was changed", one.digest.hex(), kind));
      }
      const NamedByEvent* named = find_named(one.digest);
      if (named == nullptr || named->kind == kind) continue;
      fault(fmt::format("document {}: expected a {}, got {}", one.digest.hex(), named->kind,
                        in_quotes(kind)));
    }
  }

  void check_erased() {
    for (const Erasure& erasure : erasures_) {
      erased_.insert(erasure.document);
      if (!is_stored(erasure.document)) continue;
      fault(fmt::format("document {} was erased, and is still there", erasure.document.hex()));
    }
  }

  void check_named() {
    for (const NamedByEvent& one : named_) {
      if (is_stored(one.digest) || erased_.contains(one.digest)) continue;
      fault(fmt::format("document {} is missing", one.digest.hex()));
    }
    for (const Stored& one : stored_) {
      if (find_named(one.digest) != nullptr || erased_.contains(one.digest)) continue;
      fault(fmt::format("document {} is named by no event", one.digest.hex()));
    }
  }

  bool is_stored(const Digest& digest) const {
    const auto found = std::lower_bound(
        stored_.begin(), stored_.end(), digest,
        [](const Stored& stored, const Digest& wanted) { return stored.digest < wanted; });
    return found != stored_.end() && found->digest == digest;
  }

  const NamedByEvent* find_named(const Digest& digest) const {
    const auto found =
        std::lower_bound(named_.begin(), named_.end(), NamedByEvent{digest, {}}, is_before);
    return found == named_.end() || found->digest != digest ? nullptr : &*found;
  }

  Database& registry_;
  std::vector<Digest> loaded_;       ///< sorted
  std::vector<NamedByEvent> named_;  ///< by digest, each once
  std::vector<Erasure> erasures_;    ///< in the order of the log
  std::set<Digest> erased_;
  std::set<std::string> kinds_;
  std::vector<Stored> stored_;  ///< by digest
  std::vector<ReplayFault> faults_;
};

}  // namespace

std::vector<ReplayFault> faults_of_documents(Database& registry, const Replay& replay,
                                             std::vector<Digest> loaded, const Pace& pace) {
  return DocumentCheck(registry, replay, std::move(loaded)).run(pace);
}

}  // namespace octroi::registry
