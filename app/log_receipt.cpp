// SPDX-License-Identifier: Apache-2.0
#include "log_receipt.hpp"

#include <fmt/format.h>

#include "base/error.hpp"
#include "base/file.hpp"
#include "base/safe_text.hpp"
#include "files.hpp"
#include "gate/checkpointing.hpp"
#include "gate/key_changes.hpp"
#include "gate/proving.hpp"
#include "note/tlog_proof.hpp"

namespace octroi::app {
namespace {

/// A file that is there is kept when it is what would be written, or its like of an older
/// checkpoint; what else somebody keeps under that name is theirs.
void require_receipt(gate::Database& registry, const std::string& request,
                     const std::filesystem::path& path) {
  const std::string fault =
      gate::receipt_fault(registry, request, read_stored(path, note::k_tlog_proof_bytes_max));
  if (fault.empty()) return;
  throw Error(ErrorCode::bad_input,
              fmt::format("{}: is there already, and is no receipt of {}: {}; it is not "
                          "overwritten\n{} is submitted: move the file away and run the same "
                          "command again",
                          path.string(), request, fault, request));
}

/// A number comes from the registry, which may be another's: it must not lead out of the folder.
std::string file_of(const std::string& request) {
  if (request.find('/') == std::string::npos) return request + ".tlog-proof";
  throw Error(ErrorCode::damaged, in_quotes(request) + ": expected the number of a request");
}

}  // namespace

std::vector<Option> log_key_options() {
  return {{"--log-key", "NAME", "the key that signs checkpoints (default: the log key in force)"},
          {"--log-passphrase-file", "FILE", "its passphrase, if not that of --passphrase-file"}};
}

std::vector<Option> receipt_options() {
  std::vector<Option> options = log_key_options();
  options.insert(options.begin(),
                 {"--receipt", "FILE",
                  "write the proof that this is in the log (.tlog-proof); needs the log key"});
  return options;
}

crypto::SecretKey open_log_key(const Arguments& arguments, Session& session,
                               gate::Database& registry) {
  if (gate::is_without_log_key(registry)) {
    throw Error(ErrorCode::not_yet,
                "this board has no log key, so that nothing signs its log; a secretary makes one "
                "with 'octroi key new log' and gives it to the board with 'octroi key rotate log "
                "--use log'");
  }
  std::optional<std::string> name = arguments.text("--log-key");
  if (!name) name = session.key_name_in_force(registry, "log");
  if (!name) {
    throw Error(ErrorCode::usage,
                "the log key in force is not in the keys folder; name it with --log-key, or the "
                "folder with --keys");
  }
  crypto::SecretKey key = session.open_key(*name, arguments.text("--log-passphrase-file"));
  gate::require_log_key_in_force(registry, key);
  return key;
}

Receipt::Receipt(const Arguments& arguments, Session& session, gate::Database& registry)
    : path_(arguments.text("--receipt")) {
  if (!path_) return;
  require_absent(*path_, "--receipt");
  log_key_ = open_log_key(arguments, session, registry);
}

void Receipt::write(gate::Database& registry, const std::string& id, Reply& reply) const {
  if (path_) write(registry, gate::event_of(registry, id), reply);
}

void Receipt::write(gate::Database& registry, std::int64_t event, Reply& reply) const {
  if (!path_) return;
  static_cast<void>(gate::sign_head(registry, *log_key_));
  const gate::EventProof proof = gate::prove_event(registry, event);
  create_file(*path_, proof.text, FileMode::everybody_reads);
  reply.note(fmt::format("{}: the proof of event {} ({})", path_->string(), proof.seq, proof.type));
}

Receipts::Receipts(const Arguments& arguments, Session& session, gate::Database& registry)
    : folder_(arguments.text("--receipts")) {
  if (!folder_) return;
  log_key_ = open_log_key(arguments, session, registry);
  std::error_code failure;
  std::filesystem::create_directories(*folder_, failure);
  if (std::filesystem::is_directory(*folder_)) return;
  throw Error(ErrorCode::could_not,
              fmt::format("{}: cannot be made: {}", folder_->string(), failure.message()));
}

void Receipts::write(gate::Database& registry, const std::vector<std::string>& requests) const {
  if (!folder_ || requests.empty()) return;
  static_cast<void>(gate::sign_head(registry, *log_key_));
  for (const std::string& request : requests) {
    const std::filesystem::path path = *folder_ / file_of(request);
    if (std::filesystem::exists(std::filesystem::symlink_status(path))) {
      require_receipt(registry, request, path);
      continue;
    }
    const std::int64_t event = gate::event_of(registry, request);
    create_file(path, gate::prove_event(registry, event).text, FileMode::everybody_reads);
  }
}

}  // namespace octroi::app
