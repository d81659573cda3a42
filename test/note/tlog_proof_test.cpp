// SPDX-License-Identifier: Apache-2.0
#include "note/tlog_proof.hpp"

#include "note/samples.hpp"
#include "support/refusal.hpp"

namespace octroi::note {
namespace {

using samples::replaced;

TlogProof sample() {
  merkle::ReferenceTree tree(merkle::entries(40));
  return {"an event", {5}, tree.path(5, 0, 7), samples::cosigned(samples::checkpoint(7))};
}

Read<TlogProof> parse(const std::string& text) {
  return parse_tlog_proof(text);
}

std::string format_one(const TlogProof& proof) {
  return format(proof);
}

}  // namespace

TEST_CASE("a proof comes back byte for byte") {
  const std::string text = format(sample());
  CHECK(text.starts_with("c2sp.org/tlog-proof@v1\nextra YW4gZXZlbnQ=\nindex 5\n"));
  CHECK(std::get<TlogProof>(parse(text)) == sample());
  samples::check_truncations(text.substr(0, text.rfind("\u2014")), parse);
  samples::check_changes(text, parse, format_one);
}

TEST_CASE("a proof without extra bytes, and one without hashes") {
  TlogProof proof = sample();
  proof.extra.clear();
  proof.hashes.clear();
  proof.index = {0};
  const std::string text = format(proof);
  CHECK(text.starts_with("c2sp.org/tlog-proof@v1\nindex 0\n\noctroi.example/board\n"));
  CHECK(std::get<TlogProof>(parse(text)) == proof);
}

TEST_CASE("extra bytes may be any, and 48 000 at most") {
  TlogProof proof = sample();
  proof.extra = std::string("\0\n\n\xff", 4);
  CHECK(std::get<TlogProof>(parse(format(proof))) == proof);
  proof.extra = std::string(48'000, 'x');
  const std::string text = format(proof);
  CHECK(text.find("\nindex") < 64 * 1024);  // the Go reader takes no longer lines
  CHECK(std::get<TlogProof>(parse(text)) == proof);
  proof.extra += 'x';
  CHECK(test::refusal(ErrorCode::bad_input, [&] { (void)format(proof); }) ==
        "extra: expected at most 48000 bytes, got 48001");
}

TEST_CASE("texts that are no proofs") {
  const std::string good = format(sample());
  const std::string first = hash_text(sample().hashes[0]) + "\n";
  const std::string all = good.substr(good.find(first), good.find("\n\n") + 1 - good.find(first));
  const std::string header = "line 1: expected \"c2sp.org/tlog-proof@v1\"";
  const std::string extra = "line 2: expected extra bytes in base64";
  const std::string index = "line 3: expected the index of a leaf, without leading zeros";
  const std::string no_index = "line 3: expected \"index NUMBER\"";
  const std::string hash = "line 4: expected a hash, 32 bytes in base64";
  std::string many;
  for (int i = 0; i < 64; ++i) many += first;
  samples::check_faults(
      {
          {"nothing", "", header},
          {"checkpoint alone", format(sample().checkpoint.note), header},
          {"other version", replaced(good, "@v1", "@v2"), header},
          {"header in capitals", replaced(good, "c2sp", "C2SP"), header},
          {"space behind the header", replaced(good, "@v1\n", "@v1 \n"), header},
          {"blank line first", "\n" + good, header},
          {"byte-order mark", "\xef\xbb\xbf" + good, header},
          {"carriage returns", replaced(good, "@v1\n", "@v1\r\n"),
           "line 1: expected no control character, got 0x0d"},
          {"extra empty", replaced(good, "YW4gZXZlbnQ=", ""), extra},
          {"extra without padding", replaced(good, "YW4gZXZlbnQ=", "YW4gZXZlbnQ"), extra},
          {"extra with trailing bits", replaced(good, "YW4gZXZlbnQ=", "YW4gZXZlbnR="), extra},
          {"extra with two spaces", replaced(good, "extra YW", "extra  YW"), extra},
          {"extra in the other alphabet", replaced(good, "YW4gZXZlbnQ=", "_-8="), extra},
          {"extra without a space", replaced(good, "extra YW4gZXZlbnQ=", "extra"),
           "line 2: expected \"index NUMBER\""},
          {"extra twice", replaced(good, "index", "extra YQ==\nindex"), no_index},
          {"extra behind the index",
           replaced(replaced(good, "extra YW4gZXZlbnQ=\n", ""), "index 5\n",
                    "index 5\nextra YQ==\n"),
           "line 3: expected a hash, 32 bytes in base64"},
          {"no index", replaced(good, "index 5\n", ""), no_index},
          {"index twice", replaced(good, "index 5\n", "index 5\nindex 5\n"), hash},
          {"leading zero", replaced(good, "index 5", "index 05"), index},
          {"index with a sign", replaced(good, "index 5", "index +5"), index},
          {"index below 0", replaced(good, "index 5", "index -5"), index},
          {"index with two spaces", replaced(good, "index 5", "index  5"), index},
          {"index with a space behind", replaced(good, "index 5", "index 5 "), index},
          {"index empty", replaced(good, "index 5", "index "), index},
          {"index too large", replaced(good, "index 5", "index 9223372036854775808"), index},
          {"hash of 31 bytes",
           replaced(good, first, "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA==\n"), hash},
          {"hash without padding", replaced(good, first, first.substr(0, 43) + "\n"), hash},
          {"hash with a space behind", replaced(good, first, first.substr(0, 44) + " \n"), hash},
          {"64 hashes", replaced(good, all, many), "line 67: expected at most 63 hashes"},
          {"blank line among the hashes", replaced(good, first, first + "\n"),
           "line 7: expected the size of a tree, without leading zeros"},
          {"extra blank line before the checkpoint", replaced(good, "\n\noctroi", "\n\n\noctroi"),
           "line 8: expected the name of a log"},
          {"no blank line before the checkpoint", replaced(good, "\n\noctroi", "\noctroi"),
           "line 7: expected a hash, 32 bytes in base64"},
          {"no checkpoint", good.substr(0, good.find("\n\n") + 2),
           "line 8: expected a text, a blank line and signatures"},
          {"checkpoint with a leading zero", replaced(good, "\n7\n", "\n07\n"),
           "line 9: expected the size of a tree, without leading zeros"},
          {"checkpoint without signatures", good.substr(0, good.find("\u2014")),
           "line 12: expected a signature line that ends with a line feed"},
          {"trailing bytes", good + "x",
           "line 14: expected a signature line that ends with a line feed"},
          {"trailing blank line", good + "\n",
           "line 15: expected a signature line that ends with a line feed"},
          {"two proofs", good + good, "line 11: expected no blank line and no half one"},
          {"not UTF-8", replaced(good, "octroi.example", "octroi\xff.example"),
           "line 1: expected UTF-8"},
          {"oversize", std::string(k_tlog_proof_bytes_max + 1, 'x'),
           "line 1: expected at most 1100000 bytes, got 1100001"},
      },
      parse);
}

}  // namespace octroi::note
