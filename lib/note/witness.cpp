// SPDX-License-Identifier: Apache-2.0
#include "note/witness.hpp"

#include <fmt/format.h>

#include <utility>

#include "base/error.hpp"
#include "base/safe_text.hpp"
#include "merkle/proof.hpp"

namespace octroi::note {
namespace {

WitnessAnswer refusal(WitnessStatus status, const std::string& reason) {
  return {status, "text/plain; charset=utf-8", reason + "\n"};
}

// Source: C2SP tlog-witness, add-checkpoint: decimal size, line feed, and this type.
WitnessAnswer conflict(const std::optional<merkle::TreeHead>& last) {
  const std::uint64_t size = last ? last->size.value : 0;
  return {WitnessStatus::conflict, "text/x.tlog.size", std::to_string(size) + "\n"};
}

/// Why the checkpoint is not that of a trusted log; nothing when it is.
std::optional<WitnessAnswer> doubt_about_log(const SignedCheckpoint& checkpoint,
                                             std::span<const VerifierKey> logs) {
  const std::string& origin = checkpoint.checkpoint.origin;
  std::vector<VerifierKey> keys;
  for (const VerifierKey& log : logs) {
    if (log.name() == origin) keys.push_back(log);
  }
  if (keys.empty()) {
    return refusal(WitnessStatus::unknown_log, "log: " + in_quotes(origin) + " is not known");
  }
  const auto verified = verify_note(checkpoint.note, keys);
  const auto* doubt = std::get_if<NoteRefusal>(&verified);
  if (doubt == nullptr) return std::nullopt;
  if (*doubt == NoteRefusal::ambiguous_keys) {
    throw Error(ErrorCode::bad_input,
                "logs: two keys of " + in_quotes(origin) + " have the same key id");
  }
  return refusal(WitnessStatus::not_signed,
                 "checkpoint: no good signature of a known key of " + in_quotes(origin));
}

}  // namespace

WitnessAnswer answer_add_checkpoint(std::string_view request, std::span<const VerifierKey> logs,
                                    const std::string& witness_name,
                                    const crypto::SecretKey& witness_key, Instant now,
                                    HeadStore& heads) {
  const Read<AddCheckpoint> read = parse_add_checkpoint(request);
  if (const auto* fault = std::get_if<Fault>(&read)) {
    return refusal(WitnessStatus::malformed, fault->text());
  }
  const auto& asked = std::get<AddCheckpoint>(read);
  if (std::optional<WitnessAnswer> doubt = doubt_about_log(asked.checkpoint, logs)) return *doubt;
  const auto& [origin, head, extensions] = asked.checkpoint.checkpoint;
  if (asked.old_size > head.size) {
    return refusal(WitnessStatus::malformed,
                   fmt::format("old: expected at most the checkpoint's size {}, got {}",
                               head.size.value, asked.old_size.value));
  }
  const std::optional<merkle::TreeHead> last = heads.last(origin);
  const merkle::TreeHead from = last.value_or(merkle::TreeHead{{0}, merkle::empty_root()});
  if (asked.old_size != from.size) return conflict(last);
  if (!merkle::proves_growth(from, head, asked.proof)) {
    return refusal(
        WitnessStatus::not_consistent,
        fmt::format("proof: size {} with root {} is not shown to be the beginning of "
                    "size {} with root {}",
                    from.size.value, hash_text(from.root), head.size.value, hash_text(head.root)));
  }
  // Also when the head stays the same: it must still be the last one when it is signed.
  if (!heads.replace(origin, last, head)) return conflict(heads.last(origin));
  const SignatureLine line =
      cosign_note(asked.checkpoint.note.text, witness_name, witness_key, now);
  return {WitnessStatus::cosigned, "text/plain; charset=utf-8", format(line)};
}

std::optional<merkle::TreeSize> parse_conflict(std::string_view body) {
  if (!body.ends_with('\n')) return std::nullopt;
  const std::optional<std::uint64_t> size = parse_decimal(body.substr(0, body.size() - 1));
  if (!size) return std::nullopt;
  return merkle::TreeSize{*size};
}

}  // namespace octroi::note
