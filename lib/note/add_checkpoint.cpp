// SPDX-License-Identifier: Apache-2.0
#include "note/add_checkpoint.hpp"

#include <fmt/format.h>

#include <utility>

namespace octroi::note {
namespace {

constexpr std::string_view k_old_word = "old ";
constexpr std::size_t k_growth_hashes_max = 63;  // Source: C2SP tlog-witness, add-checkpoint

}  // namespace

std::string format(const AddCheckpoint& request) {
  std::string text = fmt::format("{}{}\n", k_old_word, request.old_size.value);
  for (const merkle::Hash& hash : request.proof) text += hash_text(hash) + "\n";
  return text + "\n" + format(request.checkpoint.note);
}

Read<AddCheckpoint> parse_add_checkpoint(std::string_view text) {
  if (std::optional<Fault> fault = fault_in_text(text, k_add_checkpoint_bytes_max)) return *fault;
  LineReader lines(text);
  AddCheckpoint request;
  const std::string_view old = lines.next().value_or("");
  if (!old.starts_with(k_old_word)) return lines.fault("expected \"old SIZE\"");
  const auto old_size = parse_decimal(old.substr(k_old_word.size()));
  if (!old_size) return lines.fault("expected the size of a tree, without leading zeros");
  request.old_size = {*old_size};
  while (true) {
    const std::optional<std::string_view> line = lines.next();
    if (!line) return lines.fault("expected a blank line and a checkpoint");
    if (line->empty()) break;
    const std::optional<merkle::Hash> hash = parse_hash(*line);
    if (!hash) return lines.fault("expected a hash, 32 bytes in base64");
    if (request.proof.size() == k_growth_hashes_max) {
      return lines.fault(fmt::format("expected at most {} hashes", k_growth_hashes_max));
    }
    request.proof.push_back(*hash);
  }
  Read<SignedCheckpoint> checkpoint = parse_signed_checkpoint(lines.rest(), lines.line() + 1);
  if (auto* fault = std::get_if<Fault>(&checkpoint)) return std::move(*fault);
  request.checkpoint = std::get<SignedCheckpoint>(std::move(checkpoint));
  return request;
}

}  // namespace octroi::note
