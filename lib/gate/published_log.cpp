// SPDX-License-Identifier: Apache-2.0
#include "gate/published_log.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <set>
#include <utility>
#include <variant>

#include "base/error.hpp"
#include "base/file.hpp"
#include "base/limits.hpp"
#include "base/safe_text.hpp"
#include "gate/checkpoint_audit.hpp"
#include "gate/checkpointing.hpp"
#include "gate/pack_audit.hpp"
#include "gate/proof_check.hpp"
#include "gate/trust.hpp"
#include "gate/trusted_keys.hpp"
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

constexpr const char* k_checkpoint_name = "checkpoint";
constexpr std::size_t k_faults_max = 100;  ///< enough to see what happened
constexpr std::size_t k_tile_bytes_max = merkle::k_tile_width * 32;

/// The folder of the log: this one, or the `log/` of a pack.
fs::path log_folder(const fs::path& folder) {
  const bool is_pack =
      !fs::exists(folder / k_checkpoint_name) && fs::exists(folder / "log" / k_checkpoint_name);
  return is_pack ? folder / "log" : folder;
}

class PublishedAudit {
 public:
  PublishedAudit(fs::path folder, const KeptElsewhere& kept,
                 const std::function<void(std::int64_t, std::int64_t)>& progress)
      : all_(std::move(folder)),
        folder_(log_folder(all_)),
        kept_(kept),
        progress_(progress),
        checkpoint_(
            read_checkpoint(read_stored(folder_ / k_checkpoint_name, note::k_note_bytes_max),
                            (folder_ / k_checkpoint_name).string())),
        following_(checkpoint_.checkpoint.origin) {
    report_.origin = checkpoint_.checkpoint.origin;
  }

  AuditReport run() {
    if (size().value == 0) {
      fault({}, "the checkpoint is of a log without events, and every board was founded by one");
      return std::move(report_);
    }
    read_trust_beside();
    read_all();
    if (frontier_.size() == size() && frontier_.root() != checkpoint_.checkpoint.head.root) {
      fault({}, "the events are not those of the checkpoint: their root is another");
    }
    if (is_followed_) {
      check_whole();
    } else {
      report_.leave_out(AuditGapKind::after_fault);
    }
    if (kept_.trust) {
      check_policy(kept_.trust->value);
    } else {
      report_.leave_out(AuditGapKind::no_trust_file);
      leave_out_cosignatures({});
    }
    if (trust_beside_ && is_followed_) check_keys(trust_beside_->value, "trust.json: ");
    if (kept_.checkpoint) {
      check_against(*kept_.checkpoint);
    } else {
      report_.leave_out(AuditGapKind::no_checkpoint);
    }
    report_.leave_out(AuditGapKind::no_documents);
    return std::move(report_);
  }

 private:
  [[nodiscard]] merkle::TreeSize size() const { return checkpoint_.checkpoint.head.size; }

  void fault(std::optional<std::int64_t> seq, std::string what) {
    if (report_.faults.size() < k_faults_max) report_.faults.push_back({seq, std::move(what)});
  }

  void check_whole() {
    merkle::visit_tiles({}, size(), [this](const merkle::Tile& tile) { compare(tile); });
    check_log_key();
    report_.head = registry::read_head(following_.tables()).digest.hex();
    report_.tokens = static_cast<std::int64_t>(registry::all_tokens(following_.tables()).size());
    audit_pack_files(all_, following_.tables(), kept_.trust, report_);
    const fs::path above = fs::absolute(folder_ / "..").lexically_normal();
    const bool is_part_of_pack =
        folder_ == all_ && (fs::exists(above / "documents") || fs::exists(above / "status")) &&
        log_folder(above) != above && fs::equivalent(log_folder(above), folder_);
    if (is_part_of_pack) report_.leave_out(AuditGapKind::pack_files);
  }

  /// A pack's own trust file says nothing for itself; whoever uses it should know that it says what
  /// the log does.
  void read_trust_beside() {
    const fs::path path = all_ / "trust.json";
    if (!fs::exists(path)) return;
    try {
      TrustFile file = read_trust(read_stored(path, limits::k_document_bytes_max), "trust.json");
      trust_beside_ = require_sound(std::move(file), "trust.json");
    } catch (const Error& error) {
      fault({}, error.what());
    }
  }

  /// A file of the published log. A partial tile may have gone once the full one was there.
  std::optional<std::string> file_at(const std::string& path, std::size_t bytes_max) {
    if (fs::exists(folder_ / path)) return read_stored(folder_ / path, bytes_max);
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
      following_.follow({seq, event});
      ++report_.events;
      const Instant at = registry::read_head(following_.tables()).at;
      if (kept_.now && !is_after_now_) is_after_now_ = is_after_now(seq, at, *kept_.now, report_);
      for (const auto* trust : {&kept_.trust, &std::as_const(trust_beside_)}) {
        const auto events = *trust ? events_of((*trust)->value) : std::nullopt;
        if (events == report_.events)
          keys_as_of_.insert({*events, named_keys(following_.tables())});
      }
    } catch (const Error& error) {
      fault(seq, registry::event_fault(seq, error));
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

  /// The lines of others than the log and these witnesses.
  void leave_out_cosignatures(const std::set<std::string>& verified) {
    for (const note::SignatureLine& line : checkpoint_.note.signatures) {
      if (line.name == report_.origin || verified.contains(line.name)) continue;
      report_.leave_out(AuditGapKind::cosignatures,
                        fmt::format("{} events: {}", size().value, line.name));
    }
  }

  void check_policy(const json::Value& trust) {
    const std::string origin = trust.text("origin");
    if (origin != report_.origin) {
      throw Error(ErrorCode::bad_input,
                  fmt::format("the trust file is of another board: of {}, and this log is of {}",
                              printable(origin), printable(report_.origin)));
    }
    const std::optional<note::Policy> policy = policy_of(trust);
    if (!policy) return fault({}, "the trust file says nothing of a log");
    const auto verified = note::verify_checkpoint(checkpoint_, *policy);
    if (const auto* refusal = std::get_if<note::ProofRefusal>(&verified)) {
      return fault({}, fmt::format("the checkpoint is not trusted: {}", note::to_text(*refusal)));
    }
    const auto& trusted = std::get<note::TrustedCheckpoint>(verified);
    const std::string of_key = log_key_fault(trust, *policy, checkpoint_, trusted);
    if (!of_key.empty()) fault({}, "the checkpoint is not trusted: " + of_key);
    std::set<std::string> witnesses;
    for (const auto& cosignature : trusted.cosignatures()) {
      witnesses.insert(policy->witnesses().at(cosignature.witness).name);
    }
    leave_out_cosignatures(witnesses);
    check_keys(trust, "");
  }

  static std::optional<std::int64_t> events_of(const json::Value& trust) {
    const json::Value* events = trust.find("events");
    if (events == nullptr) return std::nullopt;
    return events->as_integer();
  }

  /// The keys of the trust file are those that this log named, each when the log says, as of the
  /// events that the file knows. A log that has fewer is older than the file, or was cut.
  void check_keys(const json::Value& trust, const std::string& source) {
    const std::optional<std::int64_t> events = events_of(trust);
    if (events && static_cast<std::uint64_t>(*events) > size().value) {
      return fault({}, fmt::format("{}the trust file is of {} events, and this log has {}: an "
                                   "older publication was put back, or its end was cut off; or the "
                                   "board has not published since",
                                   source, *events, size().value));
    }
    const auto as_of = events ? keys_as_of_.find(*events) : keys_as_of_.end();
    if (events ? as_of == keys_as_of_.end() : !is_followed_) return;  // after the first bad event
    if (!events) report_.leave_out(AuditGapKind::undated_trust);
    const NamedKeys& keys = events ? as_of->second : named_keys(following_.tables());
    for (std::string& what : faults_of_trusted_keys(trust, keys)) fault({}, source + what);
  }

  /// A checkpoint that was kept elsewhere: this log is what it was then, and maybe more.
  void check_against(const note::SignedCheckpoint& kept) {
    if (kept.checkpoint.origin != report_.origin) {
      throw Error(ErrorCode::bad_input,
                  fmt::format("the checkpoint is of {}, and this log is of {}",
                              in_quotes(kept.checkpoint.origin), printable(report_.origin)));
    }
    if (!is_followed_) return;  // nothing to compare with
    Database& tables = following_.tables();
    if (const auto found = fault_against(tables, kept)) {
      fault({}, "of the checkpoint that was kept: " + *found);
    } else {
      report_.against = compared(tables, kept);
      if (!is_signed_here(tables, kept)) report_.leave_out(AuditGapKind::unknown_log_key);
    }
  }

  fs::path all_;     ///< the pack, or the log itself
  fs::path folder_;  ///< the log
  const KeptElsewhere& kept_;
  const std::function<void(std::int64_t, std::int64_t)>& progress_;
  note::SignedCheckpoint checkpoint_;
  registry::Following following_;
  merkle::Frontier frontier_;
  AuditReport report_;
  std::optional<model::Document> trust_beside_;
  std::map<std::int64_t, NamedKeys> keys_as_of_;  ///< by as many events as a trust file knows
  bool is_after_now_ = false;                     ///< an event is, and was named
  bool is_followed_ = true;                       ///< every event so far was good
  bool is_cut_ = false;                           ///< the next events are not there
};

}  // namespace

AuditReport audit_published(const fs::path& folder, const KeptElsewhere& kept,
                            const std::function<void(std::int64_t, std::int64_t)>& progress) {
  return PublishedAudit(folder, kept, progress).run();
}

}  // namespace octroi::gate
