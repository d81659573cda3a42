// SPDX-License-Identifier: Apache-2.0
#include "note/note.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <utility>

#include "base/error.hpp"
#include "crypto/encoding.hpp"

namespace octroi::note {
namespace {

constexpr std::string_view k_dash = "\xe2\x80\x94 ";  // U+2014 EM DASH and a space
constexpr std::size_t k_key_id_bytes = 4;

void append_big_endian(Bytes& bytes, std::uint64_t number, std::size_t size) {
  for (std::size_t i = size; i > 0; --i) {
    bytes.push_back(static_cast<std::uint8_t>(number >> (8 * (i - 1))));
  }
}

std::variant<SignatureLine, std::string> parse_signature_line(std::string_view line) {
  if (!line.starts_with(k_dash)) return "expected a signature line \"\u2014 NAME BASE64\"";
  line.remove_prefix(k_dash.size());
  const std::size_t space = line.find(' ');
  if (space == line.npos) return "expected a name and a signature behind the dash";
  SignatureLine result;
  result.name = line.substr(0, space);
  if (!is_key_name(result.name)) return "expected the name of a key behind the dash";
  const std::optional<Bytes> bytes = crypto::from_base64(line.substr(space + 1));
  if (!bytes) return "expected the signature in base64, with padding and nothing behind it";
  if (bytes->size() <= k_key_id_bytes) return "expected a key id and a signature";
  for (std::size_t i = 0; i < k_key_id_bytes; ++i) {
    result.key_id = result.key_id << 8 | (*bytes)[i];
  }
  result.signature.assign(bytes->begin() + k_key_id_bytes, bytes->end());
  return result;
}

SignatureLine signature_line(const VerifierKey& key, Bytes signature) {
  return {key.name(), key.id(), std::move(signature)};
}

bool is_line_of(const SignatureLine& line, const VerifierKey& key) {
  return line.key_id == key.id() && line.name == key.name();
}

bool is_ambiguous(std::span<const VerifierKey> keys) {
  for (std::size_t i = 0; i < keys.size(); ++i) {
    for (std::size_t j = 0; j < i; ++j) {
      if (keys[i].id() == keys[j].id() && keys[i].name() == keys[j].name()) return true;
    }
  }
  return false;
}

}  // namespace

std::string format(const SignatureLine& line) {
  Bytes bytes;
  append_big_endian(bytes, line.key_id, k_key_id_bytes);
  bytes.insert(bytes.end(), line.signature.begin(), line.signature.end());
  return fmt::format("{}{} {}\n", k_dash, line.name, crypto::to_base64(bytes));
}

std::string format(const Note& note) {
  std::string text = note.text + "\n";
  for (const SignatureLine& line : note.signatures) text += format(line);
  return text;
}

Read<std::vector<SignatureLine>> parse_signature_lines(std::string_view text,
                                                       std::size_t line_first) {
  LineReader lines(text, line_first);
  std::vector<SignatureLine> signatures;
  while (!lines.rest().empty() || signatures.empty()) {
    const std::optional<std::string_view> line = lines.next();
    if (!line) return lines.fault("expected a signature line that ends with a line feed");
    if (signatures.size() == k_signatures_max) {
      return lines.fault(fmt::format("expected at most {} signatures", k_signatures_max));
    }
    auto read = parse_signature_line(*line);
    if (const auto* message = std::get_if<std::string>(&read)) return lines.fault(*message);
    signatures.push_back(std::get<SignatureLine>(std::move(read)));
  }
  return signatures;
}

Read<Note> parse_note(std::string_view text, std::size_t line_first) {
  if (std::optional<Fault> fault = fault_in_text(text, k_note_bytes_max)) {
    fault->line += line_first - 1;
    return *fault;
  }
  const std::size_t split = text.rfind("\n\n");
  if (split == text.npos || split == 0) {
    return Fault{line_first, "expected a text, a blank line and signatures"};
  }
  Note note;
  note.text = text.substr(0, split + 1);
  const auto text_lines =
      static_cast<std::size_t>(std::count(note.text.begin(), note.text.end(), '\n'));
  auto signatures = parse_signature_lines(text.substr(split + 2), line_first + text_lines + 1);
  if (auto* fault = std::get_if<Fault>(&signatures)) return std::move(*fault);
  note.signatures = std::get<std::vector<SignatureLine>>(std::move(signatures));
  return note;
}

SignatureLine sign_note(std::string_view text, const std::string& name,
                        const crypto::SecretKey& key) {
  if (!text.ends_with('\n')) broken_invariant("the text of a note ends with a line feed");
  const crypto::Signature signature = key.sign(as_bytes(text));
  return signature_line({name, KeyType::ed25519, key.public_key()},
                        {signature.bytes.begin(), signature.bytes.end()});
}

// The signature is the time, eight bytes with the highest first, and Ed25519 over the message.
// Source: C2SP tlog-cosignature, format.
SignatureLine cosign_note(std::string_view text, const std::string& name,
                          const crypto::SecretKey& key, Instant at) {
  const auto seconds = at.time_since_epoch().count();
  if (seconds <= 0) broken_invariant("a cosignature is made after 1970");
  if (!text.ends_with('\n')) broken_invariant("the text of a note ends with a line feed");
  const crypto::Signature signature = key.sign(as_bytes(cosigned_message(text, at)));
  Bytes bytes;
  append_big_endian(bytes, static_cast<std::uint64_t>(seconds), 8);
  bytes.insert(bytes.end(), signature.bytes.begin(), signature.bytes.end());
  return signature_line({name, KeyType::cosignature_v1, key.public_key()}, std::move(bytes));
}

std::variant<std::vector<Signer>, NoteRefusal> verify_note(const Note& note,
                                                           std::span<const VerifierKey> known) {
  if (is_ambiguous(known)) return NoteRefusal::ambiguous_keys;
  std::vector<Signer> signers;
  for (const SignatureLine& line : note.signatures) {
    const auto key = std::find_if(known.begin(), known.end(), [&line](const VerifierKey& one) {
      return is_line_of(line, one);
    });
    if (key == known.end()) continue;
    const std::optional<GoodSignature> good = key->check(note.text, line.signature);
    if (!good) return NoteRefusal::bad_signature;
    const auto place = static_cast<std::size_t>(key - known.begin());
    const bool is_repeated = std::any_of(signers.begin(), signers.end(),
                                         [place](const Signer& one) { return one.key == place; });
    if (!is_repeated) signers.push_back({place, good->at});
  }
  if (signers.empty()) return NoteRefusal::unknown_keys;
  return signers;
}

}  // namespace octroi::note
