// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <iostream>
#include <string>

#include "base/error.hpp"
#include "base/file.hpp"
#include "crypto/key.hpp"
#include "merkle/bundle.hpp"
#include "merkle/tile.hpp"
#include "merkle/tree.hpp"
#include "note/policy.hpp"
#include "note/tlog_proof.hpp"
#include "note/verifying.hpp"

/// octroi-interop-reader proof FILE ENTRY POLICY
/// octroi-interop-reader log FOLDER POLICY
///   Reads with octroi's modules what other logs wrote: octroi itself reads proofs and published
///   logs of its own events only. Ends with 0 for yes, 1 for no with the reason, 2 for wrong usage.
namespace octroi::interop {
namespace {

namespace fs = std::filesystem;

template <typename Content>
Content taken(note::Read<Content> read, const std::string& source) {
  if (auto* fault = std::get_if<note::Fault>(&read)) {
    throw Error(ErrorCode::bad_input, source + ": " + fault->text());
  }
  return std::get<Content>(std::move(read));
}

note::Policy policy_in(const std::string& file) {
  return note::Policy::read(read_input(file, note::k_policy_bytes_max), file);
}

note::TrustedCheckpoint believed(
    std::variant<note::TrustedCheckpoint, note::ProofRefusal> verified) {
  if (const auto* refusal = std::get_if<note::ProofRefusal>(&verified)) {
    throw Error(ErrorCode::bad_input, std::string(note::to_text(*refusal)));
  }
  return std::get<note::TrustedCheckpoint>(std::move(verified));
}

void read_proof(const std::string& file, const std::string& entry_file,
                const std::string& policy_file) {
  const auto proof =
      taken(note::parse_tlog_proof(read_input(file, note::k_tlog_proof_bytes_max)), file);
  const std::string entry = read_input(entry_file, merkle::k_entry_bytes_max);
  const auto trusted = believed(note::verify_proof(proof, entry, policy_in(policy_file)));
  std::cout << "entry " << proof.index.value << " of " << trusted.checkpoint().head.size.value
            << "\n";
}

void read_log(const fs::path& folder, const std::string& policy_file) {
  const auto checkpoint = taken(
      note::parse_signed_checkpoint(read_input(folder / "checkpoint", note::k_note_bytes_max)),
      "checkpoint");
  const auto trusted = believed(note::verify_checkpoint(checkpoint, policy_in(policy_file)));
  const merkle::TreeSize size = trusted.checkpoint().head.size;
  merkle::Frontier frontier;
  merkle::Hashes leaves;
  merkle::visit_bundles({}, size, [&](const merkle::EntryBundle& bundle) {
    const std::string path = merkle::path_of(bundle);
    const std::string bytes = read_input(folder / path, merkle::k_bundle_bytes_max);
    const auto entries = merkle::parse_bundle(bundle, bytes);
    if (!entries) throw Error(ErrorCode::bad_input, path + ": is no bundle of its width");
    for (const std::string_view entry : *entries) {
      leaves.push_back(merkle::leaf_hash(entry));
      frontier.append(leaves.back());
    }
  });
  if (frontier.head() != trusted.checkpoint().head) {
    throw Error(ErrorCode::bad_input, "the entries give another root");
  }
  merkle::visit_tiles({}, size, [&](const merkle::Tile& tile) {
    std::string expected;
    const std::size_t leaves_each = std::size_t{1} << (8 * tile.level);
    for (std::size_t i = 0; i < tile.width; ++i) {
      const std::size_t first = (tile.index * merkle::k_tile_width + i) * leaves_each;
      merkle::Frontier below;
      for (std::size_t leaf = first; leaf < first + leaves_each; ++leaf) {
        below.append(leaves.at(leaf));
      }
      const merkle::Hash node = below.root();
      expected.append(node.bytes.begin(), node.bytes.end());
    }
    const std::string path = merkle::path_of(tile);
    if (read_input(folder / path, merkle::k_tile_width * 32) != expected) {
      throw Error(ErrorCode::bad_input, path + ": has other hashes");
    }
  });
  std::cout << size.value << " entries\n";
}

int run(int count, char** arguments) {
  const std::string command = count > 1 ? arguments[1] : "";
  if (command == "proof" && count == 5) {
    read_proof(arguments[2], arguments[3], arguments[4]);
  } else if (command == "log" && count == 4) {
    read_log(arguments[2], arguments[3]);
  } else {
    std::cerr << "usage: octroi-interop-reader proof FILE ENTRY POLICY | log FOLDER POLICY\n";
    return 2;
  }
  return 0;
}

}  // namespace
}  // namespace octroi::interop

int main(int count, char** arguments) {
  try {
    octroi::crypto::initialize();
    return octroi::interop::run(count, arguments);
  } catch (const octroi::Error& error) {
    std::cerr << "octroi-interop-reader: " << error.what() << "\n";
    return 1;
  }
}
