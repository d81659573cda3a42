// SPDX-License-Identifier: Apache-2.0
#include "gate/published_log.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <set>
#include <variant>

#include "base/error.hpp"
#include "base/file.hpp"
#include "base/safe_text.hpp"
#include "gate/checkpointing.hpp"
#include "gate/proof_check.hpp"
#include "merkle/bundle.hpp"
#include "merkle/tile_reader.hpp"
#include "merkle/tree.hpp"
#include "note/note.hpp"
#include "note/verifying.hpp"
#include "registry/decisions.hpp"
#include "registry/following.hpp"
#include "registry/keys.hpp"
#include "registry/log.hpp"
#include "registry/tree.hpp"

namespace octroi::gate {
namespace {

namespace fs = std::filesystem;

constexpr std::size_t k_faults_max = 100;  ///< enough to see what happened
constexpr std::size_t k_tile_bytes_max = merkle::k_tile_width * 32;

class PublishedAudit {
 public:
  PublishedAudit(fs::path folder, const std::function<void(std::int64_t, std::int64_t)>& progress)
      : folder_(std::move(folder)),
        progress_(progress),
        checkpoint_(read_checkpoint(read_input(folder_ / "checkpoint", note::k_note_bytes_max),
                                    (folder_ / "checkpoint").string())),
        following_(checkpoint_.checkpoint.origin) {
    report_.origin = checkpoint_.checkpoint.origin;
  }

  AuditReport run(const std::optional<model::Document>& trust) {
    if (size().value == 0) {
      fault({}, "the checkpoint is of a log without events, and every board was founded by one");
      return std::move(report_);
    }
    read_all();
    if (frontier_.size() == size() && frontier_.root() != checkpoint_.checkpoint.head.root) {
      fault({}, "the events are not those of the checkpoint: their root is another");
    }
    if (is_followed_) {
      merkle::visit_tiles({}, size(), [this](const merkle::Tile& tile) { compare(tile); });
      check_log_key();
      report_.head = registry::read_head(following_.tables()).digest.hex();
      report_.tokens = static_cast<std::int64_t>(registry::all_tokens(following_.tables()).size());
    }
    if (trust) check_policy(*trust);
    return std::move(report_);
  }

 private:
  [[nodiscard]] merkle::TreeSize size() const { return checkpoint_.checkpoint.head.size; }

  void fault(std::optional<std::int64_t> seq, std::string what) {
    if (report_.faults.size() < k_faults_max) report_.faults.push_back({seq, std::move(what)});
  }

  /// A file of the published log. A partial tile may have gone once the full one was there.
  std::optional<std::string> file_at(const std::string& path, std::size_t bytes_max) {
    if (fs::exists(folder_ / path)) return read_input(folder_ / path, bytes_max);
    return std::nullopt;
  }

  /// Ends at the first bundle that is not there: the size is only what a file says, and could have
  /// us look for files without end.
  void read_all() {
    const std::uint64_t bundles = (size().value - 1) / merkle::k_tile_width + 1;
    for (std::uint64_t index = 0; index < bundles && !is_cut_; ++index) {
      const std::uint64_t left = size().value - index * merkle::k_tile_width;
      read({index, static_cast<unsigned>(std::min<std::uint64_t>(left, merkle::k_tile_width))});
    }
  }

  void read(const merkle::EntryBundle& bundle) {
    const std::string path = merkle::path_of(bundle);
    auto bytes = file_at(path, merkle::k_bundle_bytes_max);
    merkle::EntryBundle found = bundle;
    if (!bytes && bundle.width != merkle::k_tile_width) {
      found.width = merkle::k_tile_width;
      bytes = file_at(merkle::path_of(found), merkle::k_bundle_bytes_max);
    }
    if (!bytes) return stop(path + ": is missing");
    const auto entries = merkle::parse_bundle(found, *bytes);
    if (!entries)
      return stop(path + ": is no bundle of " + std::to_string(found.width) + " events");
    for (unsigned i = 0; i < bundle.width; ++i) add(std::string((*entries)[i]));
  }

  void stop(std::string what) {
    fault({}, std::move(what));
    is_followed_ = false;
    is_cut_ = true;
  }

  void add(const std::string& event) {
    const auto seq = static_cast<std::int64_t>(frontier_.size().value);
    frontier_.append(merkle::leaf_hash(event));
    if (is_followed_) follow(seq, event);
    progress_(seq + 1, static_cast<std::int64_t>(size().value));
  }

  void follow(std::int64_t seq, const std::string& event) {
    try {
      following_.follow(seq, event);
      ++report_.events;
    } catch (const Error& error) {
      fault(seq, fmt::format("event {} is not good: {}", seq, error.what()));
      is_followed_ = false;
    }
  }

  void compare(const merkle::Tile& tile) {
    const std::string path = merkle::path_of(tile);
    auto bytes = file_at(path, k_tile_bytes_max);
    if (!bytes && tile.width != merkle::k_tile_width) {
      bytes = file_at(merkle::path_of(merkle::Tile{tile.level, tile.index}), k_tile_bytes_max);
      if (bytes) bytes->resize(std::min<std::size_t>(bytes->size(), tile.width * 32));
    }
    if (!bytes) return fault({}, path + ": is missing");
    if (*bytes != merkle::tile_bytes(tile, registry::tree_reader(following_.tables()))) {
      fault({}, path + ": is not what the events give");
    }
  }

  void check_log_key() {
    const auto key = registry::key_in_force(following_.tables(), registry::KeyUse::log);
    if (key &&
        is_signed_by_any(checkpoint_, {{report_.origin, note::KeyType::ed25519, key->key}})) {
      return;
    }
    fault({}, "the log key in force at its last event did not sign the checkpoint");
  }

  void check_policy(const model::Document& trust) {
    const std::string origin = trust.value.text("origin");
    if (origin != report_.origin) {
      throw Error(ErrorCode::bad_input,
                  fmt::format("the trust file is of another board: of {}, and this log is of {}",
                              printable(origin), printable(report_.origin)));
    }
    const std::optional<note::Policy> policy = policy_of(trust.value);
    if (!policy) return fault({}, "the trust file says nothing of a log");
    const auto verified = note::verify_checkpoint(checkpoint_, *policy);
    if (const auto* refusal = std::get_if<note::ProofRefusal>(&verified)) {
      return fault({}, fmt::format("the checkpoint is not trusted: {}", note::to_text(*refusal)));
    }
    const std::string of_key = log_key_fault(trust.value, *policy, checkpoint_,
                                             std::get<note::TrustedCheckpoint>(verified));
    if (!of_key.empty()) fault({}, "the checkpoint is not trusted: " + of_key);
    if (is_followed_) check_keys(trust.value);
  }

  /// Every key of the trust file is one that this log named, where it has as many events as that
  /// file knows.
  void check_keys(const json::Value& trust) {
    const json::Value* events = trust.find("events");
    if (events == nullptr || events->as_integer() > report_.events) return;
    for (const registry::KeyUse use : {registry::KeyUse::seal, registry::KeyUse::log}) {
      const bool is_seal = use == registry::KeyUse::seal;
      std::set<std::string> named;
      for (const registry::KeyRecord& key : registry::keys_of(following_.tables(), use)) {
        named.insert(is_seal ? key.key.paserk() : registry::vkey_of(following_.tables(), key));
      }
      const json::Value* keys = trust.find(is_seal ? "seals" : "log_keys");
      if (keys == nullptr) continue;
      for (const json::Value& one : keys->as_array()) {
        const std::string text = one.text(is_seal ? "key" : "vkey");
        if (named.contains(text)) continue;
        fault({}, fmt::format("the log never named the key {} of the trust file", printable(text)));
      }
    }
  }

  fs::path folder_;
  const std::function<void(std::int64_t, std::int64_t)>& progress_;
  note::SignedCheckpoint checkpoint_;
  registry::Following following_;
  merkle::Frontier frontier_;
  AuditReport report_;
  bool is_followed_ = true;  ///< every event so far was good
  bool is_cut_ = false;      ///< the next events are not there
};

}  // namespace

AuditReport audit_published(const fs::path& folder, const std::optional<model::Document>& trust,
                            const std::function<void(std::int64_t, std::int64_t)>& progress) {
  return PublishedAudit(folder, progress).run(trust);
}

}  // namespace octroi::gate
