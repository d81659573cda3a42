// SPDX-License-Identifier: Apache-2.0
#include "note/policy.hpp"

#include <fmt/format.h>

#include "note/samples.hpp"
#include "support/refusal.hpp"

namespace octroi::note {
namespace {

using samples::log_key;
using samples::replaced;
using samples::witness_key;

std::string witness_line(const std::string& name) {
  return "witness " + name + " " + witness_key(name, "example.com/" + name).text() + "\n";
}

/// The example of the specification.
std::string two_levels() {
  std::string text = "log " + log_key().text() + "\n\n";
  for (const char* name : {"X1", "X2", "X3"}) text += witness_line(name);
  text += "group X-witnesses 2 X1 X2 X3\n\n";
  for (const char* name : {"Y1", "Y2", "Y3"}) text += witness_line(name);
  return text +
         "group Y-witnesses any Y1 Y2 Y3\n\n"
         "group X-and-Y all X-witnesses Y-witnesses\n"
         "quorum X-and-Y\n";
}

Policy read(const std::string& text) {
  return Policy::read(text, "p");
}

bool is_met(const Policy& policy, const std::vector<std::string>& names) {
  std::vector<bool> marks;
  for (const Policy::Witness& witness : policy.witnesses()) {
    marks.push_back(std::find(names.begin(), names.end(), witness.name) != names.end());
  }
  return policy.is_quorum(marks);
}

}  // namespace

TEST_CASE("the policy of the specification, with groups of two levels") {
  const Policy policy = read(two_levels());
  CHECK(policy.logs().size() == 1);
  CHECK(policy.logs()[0].key == log_key());
  CHECK(policy.witnesses().size() == 6);
  CHECK(policy.groups().size() == 3);
  CHECK(policy.quorum_name() == "X-and-Y");
  CHECK(is_met(policy, {"X1", "X2", "Y1"}));
  CHECK(is_met(policy, {"X1", "X2", "X3", "Y1", "Y2", "Y3"}));
  CHECK(is_met(policy, {"X2", "X3", "Y3"}));
  CHECK_FALSE(is_met(policy, {}));
  CHECK_FALSE(is_met(policy, {"X1", "X2", "X3"}));
  CHECK_FALSE(is_met(policy, {"X1", "Y1", "Y2", "Y3"}));
}

TEST_CASE("whatever the witnesses, the quorum is what its groups say") {
  const Policy policy = read(two_levels());
  for (unsigned bits = 0; bits < 64; ++bits) {
    const auto has = [bits](unsigned i) { return (bits >> i & 1) != 0; };
    const int x = has(0) + has(1) + has(2);
    const bool expected = x >= 2 && (has(3) || has(4) || has(5));
    CHECK(policy.is_quorum({has(0), has(1), has(2), has(3), has(4), has(5)}) == expected);
  }
}

TEST_CASE("a witness alone, and none, can be the quorum") {
  const Policy one = read(witness_line("w") + "quorum w\n");
  CHECK(one.logs().empty());
  CHECK(is_met(one, {"w"}));
  CHECK_FALSE(is_met(one, {}));
  const Policy none = read("quorum none\n");
  CHECK(none.is_quorum({}));
  CHECK(is_met(read(witness_line("w") + "quorum none\n"), {}));
  CHECK(Policy::of_log(log_key()).is_quorum({}));
}

TEST_CASE("blanks, comments, URLs and opaque names") {
  const Policy policy = read("# a comment, caf\xe9\n \t \n\t# another\n log\t" + log_key().text() +
                             "  https://octroi.example/log \nwitness w\xff " +
                             witness_key().text() + " https://w.example\nquorum \t w\xff\n");
  CHECK(policy.logs()[0].url == "https://octroi.example/log");
  CHECK(policy.witnesses()[0].url == "https://w.example");
  CHECK(policy.witnesses()[0].name == "w\xff");
}

TEST_CASE("two keys of one log, as when it changes its key") {
  const Policy policy =
      read("log " + log_key("old").text() + "\nlog " + log_key("new").text() + "\nquorum none\n");
  CHECK(policy.logs().size() == 2);
}

TEST_CASE("64 logs, witnesses and groups are read, and not 257") {
  std::string text;
  for (int i = 0; i < 64; ++i) {
    const std::string name = fmt::format("n{}", i);
    text += "log " + log_key("l" + name, "log.example/" + name).text() + "\n" + witness_line(name);
    text += fmt::format("group g{} all {}{}\n", i, name, i == 0 ? "" : fmt::format(" g{}", i - 1));
  }
  const Policy policy = read(text + "quorum g63\n");
  CHECK(policy.groups().size() == 64);
  CHECK(policy.is_quorum(std::vector<bool>(64, true)));
  std::vector<bool> all_but_first(64, true);
  all_but_first[0] = false;
  CHECK_FALSE(policy.is_quorum(all_but_first));
  std::string witnesses;
  for (int i = 0; i < 257; ++i) witnesses += witness_line(fmt::format("n{}", i));
  CHECK(test::refusal(ErrorCode::bad_input, [&] { (void)read(witnesses + "quorum none\n"); }) ==
        "p: line 257: expected at most 256 witnesses");
}

TEST_CASE("policies that are wrong, with the line") {
  const std::string w1 = witness_line("w1");
  const std::string w2 = witness_line("w2");
  const std::string log = "log " + log_key().text() + "\n";
  const std::string end = "quorum none\n";
  const std::string as_witness = witness_key("log").text();
  const std::vector<samples::Corruption> corruptions = {
      {"nothing", "", "expected a line \"quorum NAME\""},
      {"no quorum", log, "expected a line \"quorum NAME\""},
      {"quorum only in a comment", log + "# quorum none\n", "expected a line \"quorum NAME\""},
      {"two quorums", end + end, "line 2: expected one quorum, got another"},
      {"truncated", log + "quorum non", "line 2: expected a line feed at its end"},
      {"carriage return", log + "quorum none\r\n",
       "line 2: expected no control character, got \"quorum none\\u{d}\""},
      {"zero byte", std::string("quorum none\0\n", 13),
       "line 1: expected no control character, got \"quorum none\\u{0}\""},
      {"form feed", "\f\n" + end, "line 1: expected no control character, got \"\\u{c}\""},
      {"delete", "#\x7f\n" + end, "line 1: expected no control character, got \"#\\u{7f}\""},
      {"unknown word", "require w1\n",
       "line 1: expected log, witness, group or quorum, got \"require\""},
      {"word in capitals", "Quorum none\n",
       "line 1: expected log, witness, group or quorum, got \"Quorum\""},
      {"comment behind", "quorum none # none\n", "line 1: expected \"quorum NAME\""},
      {"quorum without a name", "quorum\n", "line 1: expected \"quorum NAME\""},
      {"quorum of nobody known", w1 + "quorum w2\n",
       "line 2: expected a witness or group of a line before, got \"w2\""},
      {"quorum before its witness", "quorum w1\n" + w1,
       "line 1: expected a witness or group of a line before, got \"w1\""},
      {"log without a key", "log\n" + end, "line 1: expected \"log VKEY [URL]\""},
      {"log with too much", replaced(log, "\n", " u v\n") + end,
       "line 1: expected \"log VKEY [URL]\""},
      {"witness without a key", "witness w1\n" + end,
       "line 1: expected \"witness NAME VKEY [URL]\""},
      {"witness with too much", replaced(w1, "\n", " u v\n") + end,
       "line 1: expected \"witness NAME VKEY [URL]\""},
      {"log twice", log + log + end,
       "line 2: expected another public key than that of " + log_key().text()},
      {"log's key under another name", log + "log " + log_key("log", "other").text() + "\n" + end,
       "line 2: expected another public key than that of " + log_key().text()},
      {"witness twice", w1 + replaced(w1, "w1 ", "w3 ") + end,
       "line 2: expected another public key than that of " +
           witness_key("w1", "example.com/w1").text()},
      {"log that witnesses itself", log + "witness w " + as_witness + "\n" + end,
       "line 2: expected another public key than that of " + log_key().text()},
      {"key of a witness for a log", "log " + witness_key().text() + "\n" + end,
       "line 1: expected a vkey NAME+ID+BASE64 of an Ed25519 key, type 01, got \"" +
           witness_key().text() + "\""},
      {"key of a log for a witness", "witness w " + log_key().text() + "\n" + end,
       "line 1: expected a vkey NAME+ID+BASE64 of an Ed25519 key, type 04, got \"" +
           log_key().text() + "\""},
      {"key that is none", "log a+b+c\n" + end,
       "line 1: expected a vkey NAME+ID+BASE64 of an Ed25519 key, type 01, got \"a+b+c\""},
      {"name twice", w1 + replaced(w2, "w2 ", "w1 ") + end,
       "line 2: expected a new name, got \"w1\" again"},
      {"group named as a witness", w1 + "group w1 all w1\n" + end,
       "line 2: expected a new name, got \"w1\" again"},
      {"witness named none", "witness none " + witness_key().text() + "\n" + end,
       "line 1: expected another name than \"none\""},
      {"group named none", w1 + "group none all w1\n" + end,
       "line 2: expected another name than \"none\""},
      {"none in a group", w1 + "group g all w1 none\n" + end,
       "line 2: expected a witness or group of a line before, got \"none\""},
      {"group without members", "group g all\n" + end,
       "line 1: expected \"group NAME all|any|NUMBER MEMBER...\""},
      {"group of itself", w1 + "group g all w1 g\n" + end,
       "line 2: expected a witness or group of a line before, got \"g\""},
      {"group of a later line", "group g all w1\n" + w1 + end,
       "line 1: expected a witness or group of a line before, got \"w1\""},
      {"member twice in a group", w1 + "group g all w1 w1\n" + end,
       "line 2: expected each member in one group, got \"w1\""},
      {"member of two groups", w1 + w2 + "group g all w1 w2\ngroup h any w1\n" + end,
       "line 4: expected each member in one group, got \"w1\""},
      {"threshold 0", w1 + "group g 0 w1\n" + end,
       "line 2: expected all, any or a number from 1 to 1, got \"0\""},
      {"threshold above the members", w1 + w2 + "group g 3 w1 w2\n" + end,
       "line 3: expected all, any or a number from 1 to 2, got \"3\""},
      {"threshold with a zero before", w1 + w2 + "group g 01 w1 w2\n" + end,
       "line 3: expected all, any or a number from 1 to 2, got \"01\""},
      {"threshold with a sign", w1 + "group g +1 w1\n" + end,
       "line 2: expected all, any or a number from 1 to 1, got \"+1\""},
      {"threshold too large to read", w1 + "group g 18446744073709551617 w1\n" + end,
       "line 2: expected all, any or a number from 1 to 1, got \"18446744073709551617\""},
      {"threshold in words", w1 + "group g most w1\n" + end,
       "line 2: expected all, any or a number from 1 to 1, got \"most\""},
      {"oversize", std::string(k_policy_bytes_max + 1, '\n'),
       "expected at most 262144 bytes, got 262145"},
  };
  for (const samples::Corruption& corruption : corruptions) {
    INFO(corruption.name);
    CHECK(test::refusal(ErrorCode::bad_input, [&] { (void)read(corruption.text); }) ==
          "p: " + corruption.fault);
  }
}

}  // namespace octroi::note
