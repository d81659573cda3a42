// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <utility>
#include <vector>

#include "catch.hpp"
#include "merkle/reference_tree.hpp"
#include "note/checkpoint.hpp"
#include "support/secret.hpp"

/// A log and its witnesses, the same in each test.
namespace octroi::note::samples {

inline const std::string k_origin = "octroi.example/board";
inline const std::string k_witness = "witness.example/w1";
inline const Instant k_noon = parse_instant("2026-11-28T12:00:00Z").value();

inline VerifierKey log_key(const std::string& word = "log", const std::string& name = k_origin) {
  return {name, KeyType::ed25519, test::key_of(word).public_key()};
}

inline VerifierKey witness_key(const std::string& word = "witness",
                               const std::string& name = k_witness) {
  return {name, KeyType::cosignature_v1, test::key_of(word).public_key()};
}

/// The first `size` of the same 40 entries.
inline merkle::TreeHead head(std::size_t size) {
  return merkle::ReferenceTree(merkle::entries(40)).head(size);
}

inline SignedCheckpoint checkpoint(std::size_t size, const std::string& word = "log",
                                   const std::string& origin = k_origin) {
  return sign_checkpoint({origin, head(size), {}}, test::key_of(word));
}

/// With a cosignature of the key of that word.
inline SignedCheckpoint cosigned(SignedCheckpoint checkpoint, const std::string& word = "witness",
                                 const std::string& name = k_witness, Instant at = k_noon) {
  checkpoint.note.signatures.push_back(
      cosign_note(checkpoint.note.text, name, test::key_of(word), at));
  return checkpoint;
}

/// The text with the first `part` replaced, which must be there.
inline std::string replaced(std::string text, const std::string& part, const std::string& by) {
  const std::size_t at = text.find(part);
  INFO(part);
  REQUIRE(at != text.npos);
  return text.replace(at, part.size(), by);
}

/// A text that is wrong in one way, and what the reader says of it.
struct Corruption {
  std::string name;
  std::string text;
  std::string fault;
};

/// Each text has to be refused, with exactly that fault.
template <typename Parse>
void check_faults(const std::vector<Corruption>& corruptions, const Parse& parse) {
  for (const Corruption& corruption : corruptions) {
    INFO(corruption.name);
    const auto read = parse(corruption.text);
    const auto* fault = std::get_if<Fault>(&read);
    CHECK((fault == nullptr ? "accepted" : fault->text()) == corruption.fault);
  }
}

/// Each beginning of the text has to be refused.
template <typename Parse>
void check_truncations(const std::string& text, const Parse& parse) {
  for (std::size_t size = 0; size < text.size(); ++size) {
    const auto read = parse(text.substr(0, size));
    if (!std::holds_alternative<Fault>(read)) FAIL_CHECK("accepted when cut to " << size);
  }
}

/// Whatever byte is changed to whatever: refused, or read and written back as it is.
template <typename Parse, typename Format>
void check_changes(const std::string& text, const Parse& parse, const Format& format_one) {
  for (std::size_t at = 0; at < text.size(); ++at) {
    for (const char c : {'\0', '\n', '\r', ' ', '+', '0', '=', 'A', 'z', '\x7f', '\x80', '\xff'}) {
      std::string changed = text;
      changed[at] = c;
      const auto read = parse(changed);
      if (std::holds_alternative<Fault>(read)) continue;
      if (format_one(std::get<0>(read)) != changed) FAIL_CHECK("other bytes, changed at " << at);
    }
  }
}

}  // namespace octroi::note::samples
