// SPDX-License-Identifier: Apache-2.0
#include "note/note.hpp"

#include "fuzz/target.hpp"
#include "note/verifier_key.hpp"

namespace {

using namespace octroi;

/// Every line of the text that is a verifier key reads as itself.
void try_vkey(std::string_view text) {
  const auto key = note::VerifierKey::parse(text.substr(0, text.find('\n')));
  if (!key) return;
  fuzz::require(text.starts_with(key->text()), "one key has one text");
  fuzz::require(note::is_key_name(key->name()), "a verifier key has the name of a key");
}

}  // namespace

void octroi::fuzz::try_input(std::string_view text) {
  try_vkey(text);
  const auto lines = note::parse_signature_lines(text);
  if (const auto* fault = std::get_if<note::Fault>(&lines)) {
    require(fault->line >= 1, "a fault names a line");
  }
  const auto read = note::parse_note(text);
  const auto* note = std::get_if<note::Note>(&read);
  if (note == nullptr) return;
  require(note::format(*note) == text, "a note that is read comes back byte for byte");
  const auto verified = note::verify_note(*note, {});
  require(std::holds_alternative<note::NoteRefusal>(verified), "nobody's note is believed");
}
