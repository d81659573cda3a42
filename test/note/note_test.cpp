// SPDX-License-Identifier: Apache-2.0
#include "note/note.hpp"

#include "note/samples.hpp"

namespace octroi::note {
namespace {

using samples::replaced;

const std::string k_text = "A text.\n\nWith a blank line.\n";

/// Signed by "one" and "two".
Note sample() {
  return {
      k_text,
      {sign_note(k_text, "one", test::key_of("1")), sign_note(k_text, "two", test::key_of("2"))}};
}

std::vector<VerifierKey> both() {
  return {samples::log_key("1", "one"), samples::log_key("2", "two")};
}

Read<Note> parse(const std::string& text) {
  return parse_note(text);
}

std::string format_one(const Note& note) {
  return format(note);
}

using Signers = std::vector<Signer>;

std::variant<Signers, NoteRefusal> refused(NoteRefusal refusal) {
  return refusal;
}

std::variant<Signers, NoteRefusal> accepted(Signers signers) {
  return signers;
}

}  // namespace

TEST_CASE("a note comes back byte for byte") {
  const std::string text = format(sample());
  CHECK(text.starts_with("A text.\n\nWith a blank line.\n\n\u2014 one "));
  CHECK(std::get<Note>(parse(text)) == sample());
  CHECK(verify_note(sample(), both()) == accepted({{0, {}}, {1, {}}}));
  samples::check_truncations(text.substr(0, text.find("\u2014 two")), parse);
  samples::check_changes(text, parse, format_one);
}

TEST_CASE("texts that are no notes") {
  const std::string good = format(sample());
  const std::string line = format(sample().signatures[0]);
  const std::string base64 = line.substr(line.rfind(' ') + 1);
  const std::string no_signature = "expected a signature line that ends with a line feed";
  const std::string form = "expected a signature line \"\u2014 NAME BASE64\"";
  const std::string encoding =
      "expected the signature in base64, with padding and nothing behind it";
  const std::string name = "expected the name of a key behind the dash";
  samples::check_faults(
      {
          {"nothing", "", "line 1: expected a text, a blank line and signatures"},
          {"text alone", "A text.\n", "line 1: expected a text, a blank line and signatures"},
          {"no text", "\n\n" + line, "line 1: expected a text, a blank line and signatures"},
          {"no blank line", "A text.\n" + line,
           "line 1: expected a text, a blank line and signatures"},
          {"no signature", k_text + "\n", "line 5: " + no_signature},
          {"extra blank line before the signatures", replaced(good, "line.\n\n", "line.\n\n\n"),
           "accepted"},
          {"extra blank line between the signatures",
           replaced(good, "\n\u2014 two", "\n\n\u2014 two"), "accepted"},
          {"extra blank line at the end", good + "\n", "line 8: " + no_signature},
          {"truncated", good.substr(0, good.size() - 1), "line 6: " + no_signature},
          {"trailing bytes", good + "x", "line 7: " + no_signature},
          {"trailing line", good + "x\n", "line 7: " + form},
          {"carriage returns", replaced(good, "A text.\n", "A text.\r\n"),
           "line 1: expected no control character, got 0x0d"},
          {"carriage return in a signature", good.substr(0, good.size() - 1) + "\r\n",
           "line 6: expected no control character, got 0x0d"},
          {"tab", replaced(good, "A text", "A\ttext"),
           "line 1: expected no control character, got 0x09"},
          {"zero byte", replaced(good, "A text", std::string("A\0text", 6)),
           "line 1: expected no control character, got 0x00"},
          {"not UTF-8", replaced(good, "A text", "A\xfftext"), "line 1: expected UTF-8"},
          {"hyphen for the dash", replaced(good, "\u2014 one", "- one"), "line 5: " + form},
          {"en dash for the dash", replaced(good, "\u2014 one", "\u2013 one"), "line 5: " + form},
          {"no space behind the dash", replaced(good, "\u2014 one", "\u2014one"),
           "line 5: " + form},
          {"two spaces behind the dash", replaced(good, "\u2014 one", "\u2014  one"),
           "line 5: " + name},
          {"no name", replaced(good, "\u2014 one ", "\u2014 "),
           "line 5: expected a name and a signature behind the dash"},
          {"plus in the name", replaced(good, "\u2014 one", "\u2014 on+e"), "line 5: " + name},
          {"no-break space in the name", replaced(good, "\u2014 one", "\u2014 on\u00a0e"),
           "line 5: " + name},
          {"two spaces before the signature", replaced(good, " one ", " one  "),
           "line 5: " + encoding},
          {"space behind the signature", replaced(good, "=\n", "= \n"), "line 5: " + encoding},
          {"no padding", replaced(good, "=\n", "\n"), "line 5: " + encoding},
          {"padding twice", replaced(good, "=\n", "==\n"), "line 5: " + encoding},
          {"no signature behind the key id", replaced(good, base64, "AAAAAA==\n"),
           "line 5: expected a key id and a signature"},
          {"no key id", replaced(good, base64, "AAA=\n"),
           "line 5: expected a key id and a signature"},
          {"trailing bits", replaced(good, base64, "AAAAAAB=\n"), "line 5: " + encoding},
          {"other alphabet", replaced(good, base64, "AAAAAAA-\n"), "line 5: " + encoding},
          {"oversize", std::string(k_note_bytes_max + 1, 'x'),
           "line 1: expected at most 1000000 bytes, got 1000001"},
      },
      parse);
}

// A blank line moves the place where the text ends, and so what is signed.
TEST_CASE("extra blank lines leave no signature good") {
  const std::string good = format(sample());
  for (const std::string& text : {replaced(good, "line.\n\n", "line.\n\n\n"),
                                  replaced(good, "\n\u2014 two", "\n\n\u2014 two")}) {
    CHECK(verify_note(std::get<Note>(parse(text)), both()) == refused(NoteRefusal::bad_signature));
  }
}

TEST_CASE("a hundred signatures are read, and not one more") {
  Note note = sample();
  note.signatures.resize(1);
  while (note.signatures.size() < k_signatures_max) {
    note.signatures.push_back({"w" + std::to_string(note.signatures.size()), 7, Bytes(100, 1)});
  }
  CHECK(std::get<Note>(parse(format(note))) == note);
  CHECK(verify_note(note, both()) == accepted({{0, {}}}));
  note.signatures.push_back({"more", 7, Bytes(100, 1)});
  CHECK(std::get<Fault>(parse(format(note))).text() == "line 105: expected at most 100 signatures");
}

TEST_CASE("sixteen signatures of the largest kind are read") {
  Note note = sample();
  for (int i = 0; i < 16; ++i) note.signatures.push_back({"pq", 7, Bytes(5000, 1)});
  CHECK(std::get<Note>(parse(format(note))) == note);
}

TEST_CASE("who signed") {
  const Note note = sample();
  const VerifierKey one = both()[0];
  const VerifierKey two = both()[1];
  const std::vector<VerifierKey> reversed = {two, one};
  CHECK(verify_note(note, reversed) == accepted({{1, {}}, {0, {}}}));
  CHECK(verify_note(note, std::vector{two}) == accepted({{0, {}}}));
  CHECK(verify_note(note, {}) == refused(NoteRefusal::unknown_keys));
  CHECK(verify_note(note, std::vector{samples::log_key("3", "three")}) ==
        refused(NoteRefusal::unknown_keys));
}

TEST_CASE("a known name with another key, and a known key id with another name, are passed over") {
  const Note note = sample();
  CHECK(verify_note(note, std::vector{samples::log_key("other", "one")}) ==
        refused(NoteRefusal::unknown_keys));
  CHECK(verify_note(note, std::vector{samples::log_key("1", "uno")}) ==
        refused(NoteRefusal::unknown_keys));
  Note renamed = note;
  renamed.signatures[0].name = "three";
  CHECK(verify_note(renamed, both()) == accepted({{1, {}}}));
  Note other_id = note;
  other_id.signatures[0].key_id ^= 1;
  CHECK(verify_note(other_id, both()) == accepted({{1, {}}}));
}

TEST_CASE("one bad line of a known key spoils the note") {
  const std::vector<std::pair<const char*, std::function<void(Note&)>>> corruptions = {
      {"other text", [](Note& note) { note.text += "More.\n"; }},
      {"text without its last line", [](Note& note) { note.text = "A text.\n"; }},
      {"one bit of a signature", [](Note& note) { note.signatures[1].signature[5] ^= 1; }},
      {"truncated signature", [](Note& note) { note.signatures[1].signature.pop_back(); }},
      {"longer signature", [](Note& note) { note.signatures[1].signature.push_back(0); }},
      {"signatures swapped",
       [](Note& note) { std::swap(note.signatures[0].signature, note.signatures[1].signature); }},
      {"signature of another key",
       [](Note& note) {
         note.signatures[1].signature = sign_note(note.text, "two", test::key_of("9")).signature;
       }},
      {"good line, then a bad one of the same key",
       [](Note& note) {
         note.signatures.push_back(note.signatures[0]);
         note.signatures.back().signature[0] ^= 1;
       }},
      {"bad line, then the good one of the same key",
       [](Note& note) {
         note.signatures.insert(note.signatures.begin(), note.signatures[0]);
         note.signatures.front().signature[0] ^= 1;
       }},
  };
  for (const auto& [name, corrupt] : corruptions) {
    INFO(name);
    Note note = sample();
    corrupt(note);
    CHECK(verify_note(note, both()) == refused(NoteRefusal::bad_signature));
  }
}

TEST_CASE("a line that is repeated counts once") {
  Note note = sample();
  note.signatures.push_back(note.signatures[0]);
  note.signatures.push_back(note.signatures[0]);
  CHECK(verify_note(note, both()) == accepted({{0, {}}, {1, {}}}));
}

TEST_CASE("known keys that cannot be told apart are refused") {
  const VerifierKey one = both()[0];
  const std::vector<VerifierKey> twice = {one, both()[1], one};
  CHECK(verify_note(sample(), twice) == refused(NoteRefusal::ambiguous_keys));
}

TEST_CASE("signature lines alone, as a witness answers") {
  const std::string lines = format(sample().signatures[0]) + format(sample().signatures[1]);
  CHECK(std::get<0>(parse_signature_lines(lines)) == sample().signatures);
  samples::check_faults(
      {{"nothing", "", "line 1: expected a signature line that ends with a line feed"},
       {"blank line", "\n" + lines, "line 1: expected a signature line \"\u2014 NAME BASE64\""},
       {"blank line behind", lines + "\n",
        "line 3: expected a signature line \"\u2014 NAME BASE64\""},
       {"a size", "12\n", "line 1: expected a signature line \"\u2014 NAME BASE64\""}},
      [](const std::string& text) { return parse_signature_lines(text); });
}

}  // namespace octroi::note
