// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <span>
#include <vector>

#include "note/lines.hpp"
#include "note/verifier_key.hpp"

/// Signed notes: a text, a blank line, and signature lines.
///
///     If you think cryptography is the answer to your problem,
///     then you don't know what your problem is.
///
///     — PeterNeumann x08go/ZJkuBS9UG/SffcvIAQxVBtiFupLLr8pAcElZInNIuGUgYN1FFYC2pZSNXgKvqfqdngotp…
///     — EnochRoot rwz+eBzmZa0SO3NbfRGzPCpDckykFXSdeX+MNtCOXm2/5n2tiOHp+vAF1aGrQ5ovTG01oOTGwnWLox…
///
/// The text ends with a line feed and is followed by the last blank line of the note. A signature
/// line is an em dash, the signer's name, and base64 of its key id (four bytes, the highest first)
/// with the signature. Source: C2SP signed-note (https://c2sp.org/signed-note), version 1.0.0.
namespace octroi::note {

/// Longer notes are not read. Source: golang.org/x/mod/sumdb/note reads as much.
constexpr std::size_t k_note_bytes_max = 1'000'000;
/// More signatures are not read; at least 16 must be. Source: C2SP signed-note, format.
constexpr std::size_t k_signatures_max = 100;

struct SignatureLine {
  std::string name;  ///< is_key_name
  std::uint32_t key_id = 0;
  Bytes signature;  ///< not empty; of any type, known or not
  friend bool operator==(const SignatureLine&, const SignatureLine&) = default;
};

/// A note taken apart; nothing verified.
struct Note {
  std::string text;  ///< not empty; ends with a line feed, which is signed too
  std::vector<SignatureLine> signatures;
  friend bool operator==(const Note&, const Note&) = default;
};

/// The note's bytes. What parse_note takes comes back byte for byte.
[[nodiscard]] std::string format(const Note& note);
/// One signature line, with its line feed.
[[nodiscard]] std::string format(const SignatureLine& line);

/// Takes a note apart. `line_first` is the number of its first line, in the fault.
[[nodiscard]] Read<Note> parse_note(std::string_view text, std::size_t line_first = 1);

/// Reads signature lines, each with its line feed, at least one and at most k_signatures_max.
[[nodiscard]] Read<std::vector<SignatureLine>> parse_signature_lines(std::string_view text,
                                                                     std::size_t line_first = 1);

/// Signs a text (as of Note) with a key of type ed25519.
[[nodiscard]] SignatureLine sign_note(std::string_view text, const std::string& name,
                                      const crypto::SecretKey& key);
/// Cosigns a text with a witness key, type cosignature_v1. `at` must be after 1970.
[[nodiscard]] SignatureLine cosign_note(std::string_view text, const std::string& name,
                                        const crypto::SecretKey& key, Instant at);

/// Who signed: a key of the list that was given, by its place there.
struct Signer {
  std::size_t key = 0;
  std::optional<Instant> at;  ///< of a cosignature
  friend bool operator==(const Signer&, const Signer&) = default;
};

enum class NoteRefusal {
  ambiguous_keys,  ///< two known keys have the same name and key id
  bad_signature,   ///< a line with the name and key id of a known key was not made by it
  unknown_keys,    ///< none of the known keys signed
};

/// Which of the known keys signed the note, each once, in the order of the lines. Lines of other
/// keys are passed over, also those that share only the name or only the key id with a known one.
/// Each line of a known key has to be good.
[[nodiscard]] std::variant<std::vector<Signer>, NoteRefusal> verify_note(
    const Note& note, std::span<const VerifierKey> known);

}  // namespace octroi::note
