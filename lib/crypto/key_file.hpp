// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "crypto/key.hpp"
#include "crypto/paserk.hpp"

/// A folder of keys. Each key NAME is two files: NAME.k4.secret-pw (mode 0600, exactly one PASERK
/// and a line feed) and NAME.k4.public.
namespace octroi::crypto {

/// Letters, digits, '-', '_' and '.', not starting with '.' or '-', at most 64: what can name a key
/// file.
[[nodiscard]] bool is_key_name(std::string_view name);

/// The shortest passphrase for a new key, in Unicode code points.
/// Source: NIST SP 800-63B section 5.1.1.2.
constexpr std::size_t k_passphrase_characters_min = 8;

/// Writes both files, exclusively; makes the folder, and those above it, when missing (mode 0700).
/// Throws Error(bad_input) when either file exists (a key is never overwritten), or the
/// passphrase is too short or longer than limits::k_passphrase_bytes_max. On failure nothing is
/// left behind; killed in between, the secret file alone is, which complete_key_files mends.
void create_key_files(const std::filesystem::path& folder, const std::string& name,
                      const SecretKey& key, const SecretBytes& passphrase,
                      const PassphraseCost& cost = k_passphrase_cost);

/// Whether only the secret half is there: what a killed create_key_files leaves.
[[nodiscard]] bool lacks_public_half(const std::filesystem::path& folder, const std::string& name);

/// Writes NAME's public file again, of the secret key, where it is missing or the same already.
/// Throws Error(bad_input) when it holds another key.
void complete_key_files(const std::filesystem::path& folder, const std::string& name,
                        const SecretKey& key);

/// Writes NAME's secret key under another passphrase, in the place of the file that holds it now,
/// as one step; on failure that file stands. Throws Error(bad_input) when NAME's public key is
/// another one, or the passphrase is too short or too long.
void replace_passphrase(const std::filesystem::path& folder, const std::string& name,
                        const SecretKey& key, const SecretBytes& passphrase,
                        const PassphraseCost& cost = k_passphrase_cost);

/// Opens NAME's secret key. Throws Error(bad_input) when the file is missing, can be read or
/// written by group or others, is malformed, or the passphrase is wrong; never with a byte of the
/// secret.
[[nodiscard]] SecretKey open_key(const std::filesystem::path& folder, const std::string& name,
                                 const SecretBytes& passphrase);

/// NAME's public key. Throws Error(bad_input) when the file is missing or malformed.
[[nodiscard]] PublicKey read_public_key(const std::filesystem::path& folder,
                                        const std::string& name);

/// The public key in a file that holds exactly one `k4.public.…` line.
[[nodiscard]] PublicKey read_public_key_file(const std::filesystem::path& path);

/// The names of the keys in a folder, sorted. A folder that does not exist holds none.
[[nodiscard]] std::vector<std::string> key_names(const std::filesystem::path& folder);

/// A passphrase from a file: its content less one trailing line feed, in secret memory. Refused
/// when group or others may read it, or when it is empty. "-" is standard input.
[[nodiscard]] SecretBytes read_passphrase_file(const std::filesystem::path& path);

}  // namespace octroi::crypto
