// SPDX-License-Identifier: Apache-2.0
#include "note/tlog_proof.hpp"

#include <fmt/format.h>

#include <utility>

#include "base/error.hpp"
#include "crypto/encoding.hpp"

namespace octroi::note {
namespace {

constexpr std::string_view k_proof_header = "c2sp.org/tlog-proof@v1";
constexpr std::string_view k_extra_word = "extra ";
constexpr std::string_view k_index_word = "index ";

/// Reads an `extra` line into the proof.
bool read_extra(std::string_view line, TlogProof& proof) {
  const std::optional<Bytes> extra = crypto::from_base64(line.substr(k_extra_word.size()));
  if (!extra || extra->empty()) return false;
  proof.extra = as_text(*extra);
  return true;
}

}  // namespace

std::string format(const TlogProof& proof) {
  if (proof.extra.size() > k_extra_bytes_max) {
    throw Error(ErrorCode::bad_input, fmt::format("extra: expected at most {} bytes, got {}",
                                                  k_extra_bytes_max, proof.extra.size()));
  }
  std::string text = std::string(k_proof_header) + "\n";
  if (!proof.extra.empty()) {
    text += fmt::format("{}{}\n", k_extra_word, crypto::to_base64(as_bytes(proof.extra)));
  }
  text += fmt::format("{}{}\n", k_index_word, proof.index.value);
  for (const merkle::Hash& hash : proof.hashes) text += hash_text(hash) + "\n";
  return text + "\n" + format(proof.checkpoint.note);
}

Read<TlogProof> parse_tlog_proof(std::string_view text) {
  if (std::optional<Fault> fault = fault_in_text(text, k_tlog_proof_bytes_max)) return *fault;
  LineReader lines(text);
  TlogProof proof;
  if (lines.next() != k_proof_header) {
    return lines.fault(fmt::format("expected \"{}\"", k_proof_header));
  }
  std::string_view line = lines.next().value_or("");
  if (line.starts_with(k_extra_word)) {
    if (!read_extra(line, proof)) return lines.fault("expected extra bytes in base64");
    line = lines.next().value_or("");
  }
  if (!line.starts_with(k_index_word)) return lines.fault("expected \"index NUMBER\"");
  const auto index = parse_decimal(line.substr(k_index_word.size()));
  if (!index) return lines.fault("expected the index of a leaf, without leading zeros");
  proof.index = {*index};
  while (true) {
    const std::optional<std::string_view> next = lines.next();
    if (!next) return lines.fault("expected a blank line and a checkpoint");
    if (next->empty()) break;
    const std::optional<merkle::Hash> hash = parse_hash(*next);
    if (!hash) return lines.fault("expected a hash, 32 bytes in base64");
    if (proof.hashes.size() == k_proof_hashes_max) {
      return lines.fault(fmt::format("expected at most {} hashes", k_proof_hashes_max));
    }
    proof.hashes.push_back(*hash);
  }
  Read<SignedCheckpoint> checkpoint = parse_signed_checkpoint(lines.rest(), lines.line() + 1);
  if (auto* fault = std::get_if<Fault>(&checkpoint)) return std::move(*fault);
  proof.checkpoint = std::get<SignedCheckpoint>(std::move(checkpoint));
  return proof;
}

}  // namespace octroi::note
