// SPDX-License-Identifier: Apache-2.0
#include "gate/witnessing.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <variant>

#include "base/error.hpp"
#include "base/file.hpp"
#include "crypto/hash.hpp"
#include "note/checkpoint.hpp"

namespace octroi::gate {
namespace {

namespace fs = std::filesystem;

constexpr std::size_t k_head_file_bytes_max = 4096;

void make_private_folder(const fs::path& folder) {
  std::error_code error;
  if (!fs::create_directories(folder, error)) {
    if (!error) return;
    throw Error(ErrorCode::could_not,
                fmt::format("{}: cannot be made: {}", folder.string(), error.message()));
  }
  fs::permissions(folder, fs::perms::owner_all, error);
  if (error) {
    throw Error(ErrorCode::could_not,
                fmt::format("{}: cannot be made private: {}", folder.string(), error.message()));
  }
}

/// Begins a memory. It tells an empty one from a folder that is only the place of one, such as the
/// mount point of a disk that is missing.
constexpr const char* k_memory_file = "witness";
constexpr std::string_view k_memory_text =
    "The last head of each log that this witness cosigned. Never lose it: a witness that forgets "
    "cosigns a fork.\n";

/// Heads alone are a memory too: they were kept without the file once.
bool is_memory(const fs::path& folder) {
  if (!fs::is_directory(folder)) return false;
  if (fs::exists(folder / k_memory_file)) return true;
  const fs::directory_iterator entries(folder);
  return std::any_of(begin(entries), end(entries), [](const fs::directory_entry& entry) {
    return entry.path().extension() == ".head";
  });
}

}  // namespace

FolderHeadStore::FolderHeadStore(fs::path folder, Memory memory) : folder_(std::move(folder)) {
  const bool is_known = is_memory(folder_);
  if (memory == Memory::known && !is_known) {
    throw Error(ErrorCode::bad_input,
                fmt::format("{}: expected what this witness remembers; name its folder with "
                            "--heads, or, if it never cosigned before, begin one with --new",
                            folder_.string()));
  }
  if (memory == Memory::known) return;
  if (is_known) {
    throw Error(
        ErrorCode::bad_input,
        fmt::format("{}: a witness remembers here already; leave --new away", folder_.string()));
  }
  make_private_folder(folder_);
  create_file(folder_ / k_memory_file, k_memory_text, FileMode::owner_only);
}

fs::path FolderHeadStore::path_of(const std::string& origin) const {
  return folder_ / (crypto::sha256(origin).hex() + ".head");
}

// A head file that cannot be read stops the witness: to forget is to cosign a fork.
std::optional<merkle::TreeHead> FolderHeadStore::last(const std::string& origin) {
  const fs::path path = path_of(origin);
  if (!fs::exists(path)) return std::nullopt;
  auto read = note::parse_checkpoint(read_input(path, k_head_file_bytes_max));
  const auto* head = std::get_if<note::Checkpoint>(&read);
  if (head == nullptr || head->origin != origin) {
    throw Error(ErrorCode::damaged,
                fmt::format("{}: expected the last head of {}; put the file back from a copy",
                            path.string(), origin));
  }
  return head->head;
}

bool FolderHeadStore::replace(const std::string& origin,
                              const std::optional<merkle::TreeHead>& from,
                              const merkle::TreeHead& to) {
  const FileLock lock(folder_ / "lock");
  if (last(origin) != from) return false;
  replace_file(path_of(origin), note::format(note::Checkpoint{origin, to, {}}),
               FileMode::owner_only);
  return true;
}

note::WitnessAnswer cosign(std::string_view request, const note::Policy& logs,
                           const std::string& witness_name, const crypto::SecretKey& witness_key,
                           note::HeadStore& heads, const Context& context) {
  std::vector<note::VerifierKey> keys;
  for (const note::Policy::Log& log : logs.logs()) keys.push_back(log.key);
  return note::answer_add_checkpoint(request, keys, witness_name, witness_key, context.clock(),
                                     heads);
}

json::Value to_json(const note::WitnessAnswer& answer) {
  return json::object({{"status", static_cast<int>(answer.status)},
                       {"content_type", answer.content_type},
                       {"body", answer.body}});
}

}  // namespace octroi::gate
