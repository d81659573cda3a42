// SPDX-License-Identifier: Apache-2.0
#include "note/checkpoint.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <utility>

#include "base/error.hpp"
#include "base/safe_text.hpp"

namespace octroi::note {

std::string format(const Checkpoint& checkpoint) {
  std::string text = checkpoint.origin + "\n" + std::to_string(checkpoint.head.size.value) + "\n" +
                     hash_text(checkpoint.head.root) + "\n";
  for (const std::string& line : checkpoint.extensions) text += line + "\n";
  return text;
}

Read<Checkpoint> parse_checkpoint(std::string_view text, std::size_t line_first) {
  LineReader lines(text, line_first);
  Checkpoint checkpoint;
  const std::optional<std::string_view> origin = lines.next();
  if (!origin || origin->empty()) return lines.fault("expected the name of a log");
  checkpoint.origin = *origin;
  const std::optional<std::string_view> size_line = lines.next();
  const auto size = parse_decimal(size_line.value_or(""));
  if (!size) return lines.fault("expected the size of a tree, without leading zeros");
  checkpoint.head.size = {*size};
  const std::optional<std::string_view> root_line = lines.next();
  const auto root = parse_hash(root_line.value_or(""));
  if (!root) return lines.fault("expected a root, 32 bytes in base64");
  checkpoint.head.root = *root;
  while (!lines.rest().empty()) {
    const std::optional<std::string_view> line = lines.next();
    if (!line || line->empty()) return lines.fault("expected no blank line and no half one");
    checkpoint.extensions.emplace_back(*line);
  }
  return checkpoint;
}

Read<SignedCheckpoint> parse_signed_checkpoint(std::string_view text, std::size_t line_first) {
  Read<Note> note = parse_note(text, line_first);
  if (auto* fault = std::get_if<Fault>(&note)) return std::move(*fault);
  SignedCheckpoint result;
  result.note = std::get<Note>(std::move(note));
  Read<Checkpoint> checkpoint = parse_checkpoint(result.note.text, line_first);
  if (auto* fault = std::get_if<Fault>(&checkpoint)) return std::move(*fault);
  result.checkpoint = std::get<Checkpoint>(std::move(checkpoint));
  return result;
}

SignedCheckpoint sign_checkpoint(const Checkpoint& checkpoint, const crypto::SecretKey& log_key) {
  if (!checkpoint.extensions.empty()) broken_invariant("a checkpoint of octroi has no extensions");
  if (!is_own_key_name(checkpoint.origin)) {
    throw Error(ErrorCode::bad_input,
                fmt::format("a log cannot sign under the name {}", in_quotes(checkpoint.origin)));
  }
  Note note;
  note.text = format(checkpoint);
  note.signatures.push_back(sign_note(note.text, checkpoint.origin, log_key));
  return {std::move(note), checkpoint};
}

std::optional<std::size_t> add_cosignatures(SignedCheckpoint& checkpoint,
                                            std::span<const SignatureLine> lines,
                                            std::span<const VerifierKey> witnesses) {
  std::vector<SignatureLine>& present = checkpoint.note.signatures;
  std::vector<SignatureLine> added;
  for (const SignatureLine& line : lines) {
    const auto is_of_same_key = [&line](const SignatureLine& other) {
      return other.key_id == line.key_id && other.name == line.name;
    };
    const Note one{checkpoint.note.text, {line}};
    const auto verified = verify_note(one, witnesses);
    if (const auto* refusal = std::get_if<NoteRefusal>(&verified)) {
      if (*refusal == NoteRefusal::unknown_keys) continue;
      return std::nullopt;
    }
    const bool is_present = std::any_of(present.begin(), present.end(), is_of_same_key) ||
                            std::any_of(added.begin(), added.end(), is_of_same_key);
    if (!is_present) added.push_back(line);
  }
  present.insert(present.end(), added.begin(), added.end());
  return added.size();
}

}  // namespace octroi::note
