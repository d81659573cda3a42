// SPDX-License-Identifier: Apache-2.0
#include "gate/publishing.hpp"

#include <fmt/format.h>

#include <string_view>
#include <vector>

#include "base/error.hpp"
#include "base/file.hpp"
#include "gate/checkpointing.hpp"
#include "merkle/bundle.hpp"
#include "merkle/tile_reader.hpp"
#include "merkle/tree.hpp"
#include "note/note.hpp"
#include "registry/log.hpp"
#include "registry/tree.hpp"

namespace octroi::gate {
namespace {

namespace fs = std::filesystem;

constexpr const char* k_checkpoint_file = "checkpoint";
constexpr const char* k_tile_folder = "tile";

void make_folder(const fs::path& folder) {
  std::error_code error;
  fs::create_directories(folder, error);
  if (error) {
    throw Error(ErrorCode::could_not,
                fmt::format("{}: cannot be made: {}", folder.string(), error.message()));
  }
}

/// Nobody's other files are mixed with ours. A publication that was interrupted before its first
/// checkpoint left only tiles.
void require_ours_or_empty(const fs::path& folder) {
  for (const fs::directory_entry& entry : fs::directory_iterator(folder)) {
    if (entry.path().filename() == k_tile_folder) continue;
    throw Error(ErrorCode::bad_input,
                fmt::format("{}: expected a published log or an empty folder, and it holds {}",
                            folder.string(), entry.path().filename().string()));
  }
}

std::string entries_of(Database& database, const merkle::EntryBundle& bundle) {
  std::string bytes;
  const auto first = static_cast<std::int64_t>(bundle.index * merkle::k_tile_width);
  for (std::int64_t seq = first; seq < first + static_cast<std::int64_t>(bundle.width); ++seq) {
    bytes += merkle::bundled(registry::event_text(database, seq));
  }
  return bytes;
}

class Publisher {
 public:
  Publisher(Database& database, fs::path folder, const Progress& progress)
      : database_(database), folder_(std::move(folder)), progress_(progress) {}

  Publication run(bool is_whole) {
    const LogCheckpoint last = last_checkpoint(database_);
    const note::SignedCheckpoint head = read_checkpoint(last.note, "checkpoint");
    result_.origin = last.origin;
    result_.size = last.size;
    make_folder(folder_);
    const merkle::TreeSize before = published_size(head);
    result_.size_before = static_cast<std::int64_t>(before.value);
    visit_log_files(database_, is_whole ? merkle::TreeSize{} : before,
                    [this](const std::string& path, const std::string& bytes, std::int64_t files) {
                      write(path, bytes, files);
                    });
    for (const std::string& path : full_paths_) remove_partial(path);
    return result_;
  }

 private:
  /// The size of the log in the folder, which has to be of the same history.
  merkle::TreeSize published_size(const note::SignedCheckpoint& head) {
    const fs::path path = folder_ / k_checkpoint_file;
    if (!fs::exists(path)) {
      require_ours_or_empty(folder_);
      return {};
    }
    const note::SignedCheckpoint old =
        read_checkpoint(read_input(path, note::k_note_bytes_max), path.string());
    if (old.checkpoint.origin != head.checkpoint.origin ||
        !is_signed_by_any(old, log_keys(database_))) {
      throw Error(ErrorCode::bad_input,
                  fmt::format("{}: is not a checkpoint of {}", path.string(), result_.origin));
    }
    const merkle::TreeHead& theirs = old.checkpoint.head;
    if (theirs.size > head.checkpoint.head.size) {
      throw Error(ErrorCode::damaged,
                  fmt::format("{}: has {} events, and this registry's last checkpoint {}: an older "
                              "copy of the registry was put back, or a checkpoint is missing",
                              path.string(), theirs.size.value, result_.size));
    }
    if (merkle::root(theirs.size, registry::tree_reader(database_)) != theirs.root) {
      throw Error(ErrorCode::damaged,
                  fmt::format("{}: is of another history of {}: a fork", path.string(),
                              result_.origin));
    }
    return theirs.size;
  }

  void write(const std::string& path, const std::string& bytes, std::int64_t files) {
    const fs::path file = folder_ / path;
    make_folder(file.parent_path());
    replace_file(file, bytes, FileMode::everybody_reads);
    if (path != k_checkpoint_file && path.find(".p/") == std::string::npos) {
      full_paths_.push_back(path);
    }
    progress_(++result_.files, files);
  }

  /// Source: C2SP tlog-tiles, partial tiles may be deleted once the full one is there.
  void remove_partial(const std::string& full_path) {
    std::error_code ignored;  // what stays does no harm: it says the same
    fs::remove_all(folder_ / (full_path + ".p"), ignored);
  }

  Database& database_;
  fs::path folder_;
  const Progress& progress_;
  std::vector<std::string> full_paths_;
  Publication result_;
};

}  // namespace

void visit_log_files(Database& database, merkle::TreeSize from, const LogFileVisitor& visit) {
  const LogCheckpoint last = last_checkpoint(database);
  const merkle::TreeSize to{static_cast<std::uint64_t>(last.size)};
  std::int64_t files = 1;
  merkle::visit_bundles(from, to, [&](const merkle::EntryBundle&) { ++files; });
  merkle::visit_tiles(from, to, [&](const merkle::Tile&) { ++files; });
  merkle::visit_bundles(from, to, [&](const merkle::EntryBundle& bundle) {
    visit(merkle::path_of(bundle), entries_of(database, bundle), files);
  });
  const merkle::HashReader reader = registry::tree_reader(database);
  merkle::visit_tiles(from, to, [&](const merkle::Tile& tile) {
    visit(merkle::path_of(tile), merkle::tile_bytes(tile, reader), files);
  });
  visit(k_checkpoint_file, last.note, files);
}

json::Value to_json(const Publication& publication) {
  return json::object({{"origin", publication.origin},
                       {"size_before", publication.size_before},
                       {"size", publication.size},
                       {"files", publication.files}});
}

Publication publish(Database& database, const fs::path& folder, bool is_whole,
                    const Progress& progress) {
  registry::Transaction transaction(database, registry::Transaction::Kind::read);
  return Publisher(database, folder, progress).run(is_whole);
}

}  // namespace octroi::gate
