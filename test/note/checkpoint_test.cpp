// SPDX-License-Identifier: Apache-2.0
#include "note/checkpoint.hpp"

#include "note/samples.hpp"

namespace octroi::note {
namespace {

using samples::replaced;

Read<SignedCheckpoint> parse(const std::string& text) {
  return parse_signed_checkpoint(text);
}

std::string format_one(const SignedCheckpoint& checkpoint) {
  return format(checkpoint.note);
}

std::vector<SignatureLine> lines_of(const std::string& word, const std::string& name) {
  return {samples::cosigned(samples::checkpoint(7), word, name).note.signatures.back()};
}

}  // namespace

TEST_CASE("a checkpoint comes back byte for byte") {
  const SignedCheckpoint checkpoint = samples::checkpoint(7);
  const std::string text = format(checkpoint.note);
  CHECK(text.starts_with("octroi.example/board\n7\n"));
  CHECK(std::get<SignedCheckpoint>(parse(text)) == checkpoint);
  CHECK(checkpoint.checkpoint == Checkpoint{samples::k_origin, samples::head(7), {}});
  samples::check_truncations(text, parse);
  samples::check_changes(text, parse, format_one);
}

TEST_CASE("the empty log has the root of nothing") {
  CHECK(format(samples::checkpoint(0).checkpoint) ==
        "octroi.example/board\n0\n47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=\n");
}

TEST_CASE("a log does not sign under a name that means something else, or is too long") {
  for (const std::string& origin : {std::string("cosignature/v1"), std::string(256, 'a')}) {
    CHECK_THROWS_AS(sign_checkpoint({origin, samples::head(7), {}}, test::key_of("log")), Error);
  }
}

TEST_CASE("signed notes that are no checkpoints") {
  const std::string good = format(samples::checkpoint(7).note);
  const std::string root = hash_text(samples::head(7).root);
  const std::string signature = good.substr(good.find("\n\n"));
  const std::string size = "line 2: expected the size of a tree, without leading zeros";
  const std::string hash = "line 3: expected a root, 32 bytes in base64";
  samples::check_faults(
      {
          {"blank line first", "\n" + good, "line 1: expected the name of a log"},
          {"no size", "origin" + signature, size},
          {"no root", "origin\n7" + signature, hash},
          {"leading zero", replaced(good, "\n7\n", "\n07\n"), size},
          {"size with a sign", replaced(good, "\n7\n", "\n+7\n"), size},
          {"size below 0", replaced(good, "\n7\n", "\n-7\n"), size},
          {"size in hexadecimal", replaced(good, "\n7\n", "\n0x7\n"), size},
          {"size with a space behind", replaced(good, "\n7\n", "\n7 \n"), size},
          {"size too large", replaced(good, "\n7\n", "\n9223372036854775808\n"), size},
          {"blank line for the size", replaced(good, "\n7\n", "\n\n"), size},
          {"root twice", replaced(good, root, root + root), hash},
          {"root with a space behind", replaced(good, root, root + " "), hash},
          {"root without padding", replaced(good, root, root.substr(0, 43)), hash},
          {"root of 31 bytes", replaced(good, root, "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=="),
           hash},
          {"root in hexadecimal", replaced(good, root, samples::head(7).root.hex()), hash},
          {"root and size swapped",
           replaced(replaced(good, root, "7"), "\n7\n", "\n" + root + "\n"), size},
          {"carriage return", replaced(good, "\n7\n", "\r\n7\n"),
           "line 1: expected no control character, got 0x0d"},
          {"blank line among the extensions", replaced(good, root + "\n", root + "\n\nmore\n"),
           "line 4: expected no blank line and no half one"},
          {"an extension", replaced(good, root + "\n", root + "\nmore\n"), "accepted"},
      },
      parse);
}

TEST_CASE("extension lines of others are kept and signed") {
  const Note note{
      "other.example\n0\n47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=\nTimestamp: 1\nx\n",
      {{"other.example", 1, Bytes(64)}}};
  const auto read = parse(format(note));
  REQUIRE(std::holds_alternative<SignedCheckpoint>(read));
  const Checkpoint& checkpoint = std::get<SignedCheckpoint>(read).checkpoint;
  CHECK(checkpoint.extensions == std::vector<std::string>{"Timestamp: 1", "x"});
  CHECK(format(checkpoint) == note.text);
}

TEST_CASE("cosignatures are added to a checkpoint when they are good and new") {
  const std::vector<VerifierKey> witnesses = {samples::witness_key(),
                                              samples::witness_key("second", "w2.example")};
  SignedCheckpoint checkpoint = samples::checkpoint(7);
  CHECK(add_cosignatures(checkpoint, lines_of("witness", samples::k_witness), witnesses) == 1U);
  CHECK(checkpoint == samples::cosigned(samples::checkpoint(7)));
  CHECK(add_cosignatures(checkpoint, lines_of("witness", samples::k_witness), witnesses) == 0U);
  CHECK(add_cosignatures(checkpoint, lines_of("third", "w3.example"), witnesses) == 0U);
  std::vector<SignatureLine> lines = lines_of("second", "w2.example");
  lines.push_back(lines[0]);
  CHECK(add_cosignatures(checkpoint, lines, witnesses) == 1U);
  CHECK(checkpoint.note.signatures.size() == 3);
}

TEST_CASE("one bad cosignature, and none of the answer is added") {
  const std::vector<VerifierKey> witnesses = {samples::witness_key(),
                                              samples::witness_key("second", "w2.example")};
  SignedCheckpoint checkpoint = samples::checkpoint(8);
  std::vector<SignatureLine> lines = {
      samples::cosigned(samples::checkpoint(8)).note.signatures.back(),
      lines_of("second", "w2.example")[0]};  // of size 7
  CHECK_FALSE(add_cosignatures(checkpoint, lines, witnesses).has_value());
  CHECK(checkpoint == samples::checkpoint(8));
}

}  // namespace octroi::note
