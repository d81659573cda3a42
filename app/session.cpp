// SPDX-License-Identifier: Apache-2.0
#include "session.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>

#include "base/error.hpp"
#include "base/safe_text.hpp"
#include "crypto/key_file.hpp"
#include "gate/key_changes.hpp"

namespace octroi::app {
namespace {

namespace fs = std::filesystem;

crypto::SecretBytes ask(const Surroundings& world, const std::string& question) {
  std::optional<crypto::SecretBytes> passphrase = world.ask_passphrase(question);
  if (!passphrase) {
    throw Error(ErrorCode::usage,
                "there is no terminal to ask for the passphrase on; give it with "
                "--passphrase-file FILE");
  }
  if (passphrase->size() == 0) throw Error(ErrorCode::bad_input, "the passphrase is empty");
  return std::move(*passphrase);
}

bool is_same(const crypto::SecretBytes& left, const crypto::SecretBytes& right) {
  const ByteView a = left.reveal();
  const ByteView b = right.reveal();
  return std::equal(a.begin(), a.end(), b.begin(), b.end());
}

/// Which keys there are, for whoever named none or another.
std::string keys_in(const fs::path& folder) {
  const std::vector<std::string> names = crypto::key_names(folder);
  if (names.empty()) return fmt::format("there are no keys in {}", folder.string());
  return fmt::format("keys in {}: {}", folder.string(), fmt::join(names, ", "));
}

void require_key(const fs::path& folder, const std::string& name) {
  const std::vector<std::string> names = crypto::key_names(folder);
  if (std::find(names.begin(), names.end(), name) != names.end()) return;
  if (crypto::lacks_public_half(folder, name)) {
    throw Error(
        ErrorCode::bad_input,
        fmt::format("the public half of key {} is missing; 'octroi key public {}' writes it", name,
                    name));
  }
  throw Error(
      ErrorCode::bad_input,
      fmt::format("there is no key {}; {}\nname another folder with --keys, or make the key "
                  "with 'octroi key new NAME'",
                  in_quotes(name), keys_in(folder)));
}

}  // namespace

std::unique_ptr<gate::Database> Session::open_to_read() const {
  return gate::open_sqlite(options_.registry, gate::OpenMode::read);
}

std::unique_ptr<gate::Database> Session::open_to_write() const {
  return gate::open_sqlite(options_.registry, gate::OpenMode::write);
}

std::unique_ptr<gate::Database> Session::open_if_any() const {
  std::error_code ignored;  // opening it says what is wrong
  if (!options_.is_registry_named && !fs::exists(options_.registry, ignored)) return nullptr;
  return open_to_read();
}

gate::Actor Session::actor() {
  if (options_.member) return actor(*options_.member);
  throw Error(ErrorCode::usage,
              "say who you are with --as MEMBER or OCTROI_AS; " + keys_in(options_.keys));
}

gate::Actor Session::actor(const std::string& member) {
  std::error_code ignored;  // opening it says what is wrong
  std::optional<std::string> name;
  if (fs::exists(options_.registry, ignored)) {
    name = gate::key_name_of_member(*open_to_read(), options_.keys, member);
  }
  actor_key_ = open_key(name.value_or(member));
  return {member, *actor_key_};
}

crypto::SecretKey Session::open_key(const std::string& name,
                                    const std::optional<fs::path>& passphrase_file) {
  if (!crypto::lacks_public_half(options_.keys, name)) require_key(options_.keys, name);
  if (passphrase_file) {
    return crypto::open_key(options_.keys, name, crypto::read_passphrase_file(*passphrase_file));
  }
  if (options_.passphrase_file) return crypto::open_key(options_.keys, name, given_passphrase());
  return crypto::open_key(options_.keys, name,
                          ask(world_, fmt::format("Passphrase of key {}: ", name)));
}

std::optional<std::string> Session::key_name_in_force(gate::Database& registry,
                                                      const std::string& use) const {
  return gate::key_name_in_force(registry, options_.keys, use);
}

bool Session::confirm(const std::string& question, std::string_view option) const {
  if (!world_.can_ask) {
    throw Error(ErrorCode::usage,
                fmt::format("this cannot be undone, and there is no terminal to ask on; look with "
                            "--dry-run, then say {}",
                            option));
  }
  world_.messages << question << " [yes/no] " << std::flush;
  std::string answer;
  std::getline(world_.input, answer);
  return answer == "yes";
}

crypto::SecretBytes Session::new_passphrase(const std::string& name,
                                            const std::optional<fs::path>& passphrase_file) const {
  if (passphrase_file) return crypto::read_passphrase_file(*passphrase_file);
  crypto::SecretBytes first = ask(world_, fmt::format("New passphrase of key {}: ", name));
  if (!is_same(first, ask(world_, "The same again: "))) {
    throw Error(ErrorCode::bad_input, "the two passphrases are not the same; nothing was written");
  }
  return first;
}

crypto::PublicKey Session::public_key(const std::string& name) const {
  require_key(options_.keys, name);
  return crypto::read_public_key(options_.keys, name);
}

const crypto::SecretBytes& Session::given_passphrase() {
  if (!given_passphrase_) {
    given_passphrase_ = crypto::read_passphrase_file(*options_.passphrase_file);
  }
  return *given_passphrase_;
}

}  // namespace octroi::app
