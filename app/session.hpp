// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <filesystem>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

#include "crypto/key.hpp"
#include "gate/context.hpp"
#include "global_options.hpp"
#include "surroundings.hpp"

namespace octroi::app {

/// One run of a command: which registry, which keys, who acts, and when. Owns the actor's key.
class Session {
 public:
  /// `world` must outlive this.
  Session(GlobalOptions options, const Surroundings& world)
      : options_(std::move(options)), world_(world) {}

  [[nodiscard]] const GlobalOptions& options() const { return options_; }
  [[nodiscard]] const Surroundings& world() const { return world_; }
  [[nodiscard]] const gate::Context& context() const { return world_.context; }
  /// The time that --at says, or the clock's.
  [[nodiscard]] Instant now() const { return options_.at ? *options_.at : world_.context.clock(); }

  [[nodiscard]] std::unique_ptr<gate::Database> open_to_read() const;
  [[nodiscard]] std::unique_ptr<gate::Database> open_to_write() const;
  /// nullptr when no registry was named and there is none in the default place.
  [[nodiscard]] std::unique_ptr<gate::Database> open_if_any() const;

  /// The member that --as names, with the key opened: the one of the folder that the registry knows
  /// as theirs now, else the one with the member's name. Valid as long as this.
  /// Throws Error(usage) when nobody is named.
  [[nodiscard]] gate::Actor actor();
  /// The same for a member that is known otherwise. Called once.
  [[nodiscard]] gate::Actor actor(const std::string& member);

  /// A key of the folder, its passphrase from the file, else from --passphrase-file, else asked
  /// for. Throws Error(bad_input) when there is no such key or the passphrase is wrong,
  /// Error(usage) when there is nobody to ask.
  [[nodiscard]] crypto::SecretKey open_key(
      const std::string& name, const std::optional<std::filesystem::path>& passphrase_file = {});
  /// A passphrase for a new key: asked for twice, or from --passphrase-file.
  [[nodiscard]] crypto::SecretBytes new_passphrase(
      const std::string& name, const std::optional<std::filesystem::path>& passphrase_file) const;
  [[nodiscard]] crypto::SecretBytes new_passphrase(const std::string& name) const {
    return new_passphrase(name, options_.passphrase_file);
  }
  /// The name of the key in the folder that is the seal ("seal") or log key ("log") in force.
  [[nodiscard]] std::optional<std::string> key_name_in_force(gate::Database& registry,
                                                             const std::string& use) const;
  /// True when a person at the terminal answers yes. Throws Error(usage) when there is nobody to
  /// ask; `option` is what says yes without being asked.
  [[nodiscard]] bool confirm(const std::string& question, std::string_view option) const;
  /// A public key of the folder.
  [[nodiscard]] crypto::PublicKey public_key(const std::string& name) const;

 private:
  [[nodiscard]] const crypto::SecretBytes& given_passphrase();

  GlobalOptions options_;
  const Surroundings& world_;
  std::optional<crypto::SecretKey> actor_key_;
  std::optional<crypto::SecretBytes> given_passphrase_;  // once: standard input has it once only
};

}  // namespace octroi::app
