// SPDX-License-Identifier: Apache-2.0
#include "crypto/key_file.hpp"

#include <fcntl.h>
#include <fmt/format.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstring>

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

/// A file only its owner may reach. Others who can write it could replace the key; others who can
/// read it could try passphrases at leisure.
void require_private(const fs::path& path) {
  struct stat status {};
  if (::stat(path.c_str(), &status) != 0) return;  // reading it says why
  if ((status.st_mode & 077) != 0) {
    throw Error(ErrorCode::bad_input,
                fmt::format("{}: others can read or write this file (mode {:04o}); make it yours "
                            "alone with 'chmod 600 {}'",
                            path.string(), status.st_mode & 07777, path.string()));
  }
}

void require_long_enough(const SecretBytes& passphrase) {
  const ByteView bytes = passphrase.reveal();
  const auto characters = static_cast<std::size_t>(std::count_if(
      bytes.begin(), bytes.end(), [](std::uint8_t byte) { return (byte & 0xc0) != 0x80; }));
  if (characters < k_passphrase_characters_min) {
    throw Error(ErrorCode::bad_input, fmt::format("passphrase: expected at least {} characters",
                                                  k_passphrase_characters_min));
  }
}

std::string_view without_line_feed(std::string_view text) {
  if (text.ends_with('\n')) text.remove_suffix(1);
  return text;
}

void make_folder(const fs::path& folder) {
  if (folder.empty() || ::mkdir(folder.c_str(), 0700) == 0 || errno == EEXIST) return;
  throw Error(ErrorCode::could_not,
              fmt::format("{}: cannot be made: {}", folder.string(), std::strerror(errno)));
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

/// Reads a descriptor to its end into secret memory.
std::size_t read_secret(int descriptor, const fs::path& path, SecretBytes& buffer) {
  std::size_t size = 0;
  while (size < buffer.size()) {
    const ssize_t count = ::read(descriptor, buffer.reveal().data() + size, buffer.size() - size);
    if (count < 0 && errno == EINTR) continue;
    if (count < 0) {
      throw Error(ErrorCode::could_not,
                  fmt::format("{}: cannot be read: {}", path.string(), std::strerror(errno)));
    }
    if (count == 0) return size;
    size += static_cast<std::size_t>(count);
  }
  throw Error(ErrorCode::bad_input, fmt::format("{}: a passphrase has at most {} bytes",
                                                path.string(), limits::k_passphrase_bytes_max));
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
  require_long_enough(passphrase);
  const std::string wrapped = wrap_with_passphrase(key, passphrase, cost);
  make_folder(folder);
  const fs::path secret = secret_path(folder, name);
  create_file(secret, wrapped + "\n", FileMode::owner_only);
  try {
    create_file(public_path(folder, name), key.public_key().paserk() + "\n",
                FileMode::everybody_reads);
  } catch (const Error&) {
    std::error_code ignored;
    fs::remove(secret, ignored);  // made a moment ago, by us
    throw;
  }
}

SecretKey open_key(const fs::path& folder, const std::string& name, const SecretBytes& passphrase) {
  require_name(name);
  const fs::path path = secret_path(folder, name);
  require_private(path);
  const std::string text = read_input(path, limits::k_key_file_bytes_max);
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
  for (const fs::directory_entry& entry : fs::directory_iterator(folder, failure)) {
    const std::string file = entry.path().filename().string();
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
  const bool is_standard_input = path == "-";
  if (!is_standard_input) require_private(path);
  const int descriptor =
      is_standard_input ? STDIN_FILENO : ::open(path.c_str(), O_RDONLY | O_CLOEXEC);
  if (descriptor < 0) {
    throw Error(ErrorCode::bad_input,
                fmt::format("{}: cannot be opened: {}", path.string(), std::strerror(errno)));
  }
  SecretBytes passphrase(limits::k_passphrase_bytes_max + 2);  // one too many, and a line feed
  const std::size_t size = read_secret(descriptor, path, passphrase);
  if (!is_standard_input) ::close(descriptor);
  const bool ends_line = size > 0 && passphrase.reveal()[size - 1] == '\n';
  passphrase.truncate(ends_line ? size - 1 : size);
  if (passphrase.size() == 0) {
    throw Error(ErrorCode::bad_input, path.string() + ": the passphrase is empty");
  }
  return passphrase;
}

}  // namespace octroi::crypto
