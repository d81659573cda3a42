// SPDX-License-Identifier: Apache-2.0
#include "crypto/key_file.hpp"

#include <fmt/format.h>
#include <sys/stat.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <cstdio>
#include <cstring>
#include <system_error>
#include <utility>

#include "base/characters.hpp"
#include "base/error.hpp"
#include "base/file.hpp"
#include "base/limits.hpp"
#include "base/safe_text.hpp"

namespace octroi::crypto {
namespace {

namespace fs = std::filesystem;

constexpr std::string_view k_secret_suffix = ".k4.secret-pw";
constexpr std::string_view k_public_suffix = ".k4.public";

fs::path secret_path(const fs::path& folder, const std::string& name) {
  return folder / (name + std::string(k_secret_suffix));
}

fs::path public_path(const fs::path& folder, const std::string& name) {
  return folder / (name + std::string(k_public_suffix));
}

void require_name(const std::string& name) {
  if (is_key_name(name)) return;
  throw Error(
      ErrorCode::bad_input,
      fmt::format("key name: expected letters, digits, '-', '_' and '.', at most 64, got {}",
                  in_quotes(name)));
}

void require_short_enough(std::size_t passphrase_bytes) {
  if (passphrase_bytes <= limits::k_passphrase_bytes_max) return;
  throw Error(ErrorCode::bad_input,
              fmt::format("passphrase: expected at most {} bytes", limits::k_passphrase_bytes_max));
}

void require_good_length(const SecretBytes& passphrase) {
  const ByteView bytes = passphrase.reveal();
  if (count_characters(bytes) < k_passphrase_characters_min) {
    throw Error(ErrorCode::bad_input, fmt::format("passphrase: expected at least {} characters",
                                                  k_passphrase_characters_min));
  }
  require_short_enough(bytes.size());
}

std::string_view without_line_feed(std::string_view text) {
  if (text.ends_with('\n')) text.remove_suffix(1);
  return text;
}

/// What was made on the way, taken away again in reverse order unless it is all kept.
class Rollback {
 public:
  Rollback() = default;
  Rollback(const Rollback&) = delete;
  Rollback& operator=(const Rollback&) = delete;
  ~Rollback() {
    for (auto path = made_.rbegin(); path != made_.rend(); ++path) std::remove(path->c_str());
  }
  void add(const fs::path& path) { made_.push_back(path); }
  void keep() { made_.clear(); }

 private:
  std::vector<fs::path> made_;
};

/// Makes a folder for its owner alone, and the folders above it that are missing.
void make_folder(const fs::path& folder, Rollback& rollback) {
  std::error_code ignored;  // then making it says why
  if (folder.empty() || fs::is_directory(folder, ignored)) return;
  make_folder(folder.parent_path(), rollback);
  if (::mkdir(folder.c_str(), S_IRWXU) == 0) {
    rollback.add(folder);
  } else if (errno != EEXIST) {
    throw Error(ErrorCode::could_not,
                fmt::format("{}: cannot be made: {}", folder.string(), std::strerror(errno)));
  }
}

/// What a `key new` that was cut off has left is not made again, but completed.
void require_new(const fs::path& folder, const std::string& name) {
  if (!lacks_public_half(folder, name)) return;
  throw Error(ErrorCode::bad_input,
              fmt::format("{}: exists already, but its public half does not; 'octroi key public "
                          "{}' writes it",
                          secret_path(folder, name).string(), name));
}

[[noreturn]] void refuse_unwrap(const fs::path& path, UnwrapFailure failure) {
  switch (failure) {
    case UnwrapFailure::malformed:
      throw Error(ErrorCode::bad_input, path.string() + ": this is no k4.secret-pw key file");
    case UnwrapFailure::too_expensive:
      throw Error(ErrorCode::bad_input,
                  path.string() + ": asks for more memory or time than octroi spends on a key");
    case UnwrapFailure::wrong_passphrase:
      throw Error(ErrorCode::bad_input,
                  path.string() + ": wrong passphrase (or the file was changed)");
  }
  broken_invariant("an unwrap failure without a message");
}

}  // namespace

bool is_key_name(std::string_view name) {
  const auto is_allowed = [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-' ||
           c == '_' || c == '.';
  };
  return !name.empty() && name.size() <= 64 && name.front() != '.' && name.front() != '-' &&
         std::all_of(name.begin(), name.end(), is_allowed);
}

void create_key_files(const fs::path& folder, const std::string& name, const SecretKey& key,
                      const SecretBytes& passphrase, const PassphraseCost& cost) {
  require_name(name);
  require_good_length(passphrase);
  require_new(folder, name);
  const std::string wrapped = wrap_with_passphrase(key, passphrase, cost);
  Rollback rollback;
  make_folder(folder, rollback);
  const fs::path secret = secret_path(folder, name);
  create_file(secret, wrapped + "\n", FileMode::owner_only);
  rollback.add(secret);
  create_file(public_path(folder, name), key.public_key().paserk() + "\n",
              FileMode::everybody_reads);
  rollback.keep();
}

bool lacks_public_half(const fs::path& folder, const std::string& name) {
  std::error_code ignored;  // whoever reads or creates them says what is wrong
  return is_key_name(name) && fs::exists(secret_path(folder, name), ignored) &&
         !fs::exists(public_path(folder, name), ignored);
}

void complete_key_files(const fs::path& folder, const std::string& name, const SecretKey& key) {
  const fs::path path = public_path(folder, name);
  std::error_code ignored;  // creating it says what is wrong
  if (!fs::exists(path, ignored)) {
    return create_file(path, key.public_key().paserk() + "\n", FileMode::everybody_reads);
  }
  if (read_public_key(folder, name) == key.public_key()) return;
  throw Error(ErrorCode::bad_input, path.string() + ": is not the public half of this key");
}

void replace_passphrase(const fs::path& folder, const std::string& name, const SecretKey& key,
                        const SecretBytes& passphrase, const PassphraseCost& cost) {
  if (read_public_key(folder, name) != key.public_key()) {
    throw Error(ErrorCode::bad_input,
                public_path(folder, name).string() + ": is not the public half of this key");
  }
  require_good_length(passphrase);
  replace_file(secret_path(folder, name), wrap_with_passphrase(key, passphrase, cost) + "\n",
               FileMode::owner_only);
}

SecretKey open_key(const fs::path& folder, const std::string& name, const SecretBytes& passphrase) {
  require_name(name);
  const fs::path path = secret_path(folder, name);
  std::array<std::uint8_t, limits::k_key_file_bytes_max> buffer;
  const std::size_t size = read_private_input(path, buffer);
  const std::string_view text = as_text(ByteView(buffer).first(size));
  auto opened = unwrap_with_passphrase(without_line_feed(text), passphrase);
  if (auto* key = std::get_if<SecretKey>(&opened)) return std::move(*key);
  refuse_unwrap(path, std::get<UnwrapFailure>(opened));
}

PublicKey read_public_key(const fs::path& folder, const std::string& name) {
  require_name(name);
  return read_public_key_file(public_path(folder, name));
}

PublicKey read_public_key_file(const fs::path& path) {
  const std::string text = read_input(path, limits::k_key_file_bytes_max);
  const std::optional<PublicKey> key = PublicKey::from_paserk(without_line_feed(text));
  if (key) return *key;
  // The text is not repeated: it may be a secret key, given by mistake.
  throw Error(ErrorCode::bad_input,
              path.string() + ": expected one line k4.public.… with a key that is not weak");
}

std::vector<std::string> key_names(const fs::path& folder) {
  std::vector<std::string> names;
  std::error_code failure;
  const fs::directory_iterator end;
  for (fs::directory_iterator entry(folder, failure); !failure && entry != end;
       entry.increment(failure)) {
    const std::string file = entry->path().filename().string();
    if (!file.ends_with(k_public_suffix)) continue;
    std::string name = file.substr(0, file.size() - k_public_suffix.size());
    if (is_key_name(name)) names.push_back(std::move(name));
  }
  if (failure && failure != std::errc::no_such_file_or_directory) {
    throw Error(ErrorCode::could_not,
                fmt::format("{}: cannot be read: {}", folder.string(), failure.message()));
  }
  std::sort(names.begin(), names.end());
  return names;
}

SecretBytes read_passphrase_file(const fs::path& path) {
  SecretBytes passphrase(limits::k_passphrase_bytes_max + 1);  // the line feed
  const std::size_t size = read_private_input(path, passphrase.reveal());
  const bool ends_line = size > 0 && passphrase.reveal()[size - 1] == '\n';
  passphrase.truncate(ends_line ? size - 1 : size);
  require_short_enough(passphrase.size());
  if (passphrase.size() == 0) {
    throw Error(ErrorCode::bad_input, path.string() + ": the passphrase is empty");
  }
  return passphrase;
}

}  // namespace octroi::crypto
