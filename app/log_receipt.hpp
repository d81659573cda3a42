// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>
#include <vector>

#include "arguments.hpp"
#include "command.hpp"
#include "crypto/key.hpp"
#include "gate/context.hpp"
#include "reply.hpp"
#include "session.hpp"

namespace octroi::app {

/// --receipt, --log-key, --log-passphrase-file: for commands that write an event and can hand
/// their caller the proof of it.
[[nodiscard]] std::vector<Option> receipt_options();

/// --log-key and --log-passphrase-file alone.
[[nodiscard]] std::vector<Option> log_key_options();

/// The log key that the options name, or else the one in force if it is in the keys folder.
/// Throws Error(usage) when there is none, Error(not_allowed) when it is not the one in force.
[[nodiscard]] crypto::SecretKey open_log_key(const Arguments& arguments, Session& session,
                                             gate::Database& registry);

/// A receipt that was asked for. Made before the act, so that what is missing stops the act and not
/// only the receipt; written after it.
class Receipt {
 public:
  /// Opens the log key, and refuses a file that exists, when --receipt was given; else nothing.
  Receipt(const Arguments& arguments, Session& session, gate::Database& registry);

  /// Signs a checkpoint that covers the act that `id` stands for, and writes its event's proof.
  void write(gate::Database& registry, const std::string& id, Reply& reply) const;
  /// The same for the event at that position of the log.
  void write(gate::Database& registry, std::int64_t event, Reply& reply) const;

 private:
  std::optional<std::filesystem::path> path_;
  std::optional<crypto::SecretKey> log_key_;
};

/// The receipts of many acts, that were asked for with --receipts FOLDER. Made before the acts.
class Receipts {
 public:
  /// Opens the log key and makes the folder when --receipts was given; else nothing.
  Receipts(const Arguments& arguments, Session& session, gate::Database& registry);

  /// Signs a checkpoint that covers these requests' submission and writes each one's proof to
  /// FOLDER/REQUEST.tlog-proof; one that is there already stays. Throws Error(bad_input) when
  /// something else has that name, and leaves it.
  void write(gate::Database& registry, const std::vector<std::string>& requests) const;

 private:
  std::optional<std::filesystem::path> folder_;
  std::optional<crypto::SecretKey> log_key_;
};

}  // namespace octroi::app
