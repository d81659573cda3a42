// SPDX-License-Identifier: Apache-2.0
#include "note/add_checkpoint.hpp"

#include "note/samples.hpp"

namespace octroi::note {
namespace {

using samples::replaced;

AddCheckpoint sample() {
  return {
      {7}, merkle::ReferenceTree(merkle::entries(40)).consistency(7, 20), samples::checkpoint(20)};
}

Read<AddCheckpoint> parse(const std::string& text) {
  return parse_add_checkpoint(text);
}

std::string format_one(const AddCheckpoint& request) {
  return format(request);
}

}  // namespace

TEST_CASE("a request to a witness comes back byte for byte") {
  const std::string text = format(sample());
  CHECK(text.starts_with("old 7\n"));
  CHECK(std::get<AddCheckpoint>(parse(text)) == sample());
  samples::check_truncations(text, parse);
  samples::check_changes(text, parse, format_one);
  const AddCheckpoint first{{0}, {}, samples::checkpoint(20)};
  CHECK(format(first).starts_with("old 0\n\noctroi.example/board\n20\n"));
  CHECK(std::get<AddCheckpoint>(parse(format(first))) == first);
}

TEST_CASE("texts that are no requests") {
  const std::string good = format(sample());
  const std::string first = hash_text(sample().proof[0]) + "\n";
  const std::string all = good.substr(6, good.find("\n\n") + 1 - 6);
  const std::string old = "line 1: expected \"old SIZE\"";
  const std::string size = "line 1: expected the size of a tree, without leading zeros";
  const std::string hash = "line 2: expected a hash, 32 bytes in base64";
  std::string many;
  for (int i = 0; i < 64; ++i) many += first;
  samples::check_faults(
      {
          {"nothing", "", old},
          {"checkpoint alone", format(sample().checkpoint.note), old},
          {"no old size", replaced(good, "old 7\n", ""), old},
          {"old in capitals", replaced(good, "old", "OLD"), old},
          {"old without a size", replaced(good, "old 7", "old"), old},
          {"old with a leading zero", replaced(good, "old 7", "old 07"), size},
          {"old 00", replaced(good, "old 7", "old 00"), size},
          {"old with two spaces", replaced(good, "old 7", "old  7"), size},
          {"old with a space behind", replaced(good, "old 7", "old 7 "), size},
          {"old below 0", replaced(good, "old 7", "old -1"), size},
          {"old too large", replaced(good, "old 7", "old 9223372036854775808"), size},
          {"old twice", replaced(good, "old 7\n", "old 7\nold 7\n"), hash},
          {"carriage return", replaced(good, "old 7\n", "old 7\r\n"),
           "line 1: expected no control character, got 0x0d"},
          {"blank line first", "\n" + good, old},
          {"hash without padding", replaced(good, first, first.substr(0, 43) + "\n"), hash},
          {"hash of 33 bytes",
           replaced(good, first, "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA\n"), hash},
          {"64 hashes", replaced(good, all, many), "line 65: expected at most 63 hashes"},
          {"extra blank line before the checkpoint", replaced(good, "\n\noctroi", "\n\n\noctroi"),
           "line 9: expected the name of a log"},
          {"trailing bytes", good + "x",
           "line 14: expected a signature line that ends with a line feed"},
          {"checkpoint with a leading zero", replaced(good, "\n20\n", "\n020\n"),
           "line 10: expected the size of a tree, without leading zeros"},
          {"not UTF-8", replaced(good, "octroi.", "\xff."), "line 1: expected UTF-8"},
          {"oversize", std::string(k_add_checkpoint_bytes_max + 1, 'x'),
           "line 1: expected at most 1010000 bytes, got 1010001"},
      },
      parse);
}

}  // namespace octroi::note
