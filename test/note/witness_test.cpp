// SPDX-License-Identifier: Apache-2.0
#include "note/witness.hpp"

#include <functional>
#include <map>

#include "note/samples.hpp"
#include "support/refusal.hpp"

namespace octroi::note {
namespace {

using merkle::TreeHead;

/// In memory. `meanwhile` runs once, before the next replacement: what another process did.
class Heads : public HeadStore {
 public:
  std::optional<TreeHead> last(const std::string& origin) override {
    const auto known = heads.find(origin);
    return known == heads.end() ? std::nullopt : std::optional(known->second);
  }

  bool replace(const std::string& origin, const std::optional<TreeHead>& from,
               const TreeHead& to) override {
    if (meanwhile) std::exchange(meanwhile, nullptr)();
    if (last(origin) != from) return false;
    heads[origin] = to;
    ++replacements;
    return true;
  }

  std::map<std::string, TreeHead> heads;
  int replacements = 0;
  std::function<void()> meanwhile;
};

merkle::ReferenceTree tree() {
  return merkle::ReferenceTree(merkle::entries(40));
}

/// From one size of the log to another, as the log would ask.
AddCheckpoint request(std::size_t from, std::size_t to) {
  return {
      {from}, from == 0 ? merkle::Hashes() : tree().consistency(from, to), samples::checkpoint(to)};
}

WitnessAnswer ask(const std::string& text, HeadStore& heads) {
  return answer_add_checkpoint(text, std::vector{samples::log_key()}, samples::k_witness,
                               test::key_of("witness"), samples::k_noon, heads);
}

WitnessAnswer ask(const AddCheckpoint& asked, HeadStore& heads) {
  return ask(format(asked), heads);
}

}  // namespace

TEST_CASE("statuses are those of HTTP") {
  CHECK(static_cast<int>(WitnessStatus::cosigned) == 200);
  CHECK(static_cast<int>(WitnessStatus::malformed) == 400);
  CHECK(static_cast<int>(WitnessStatus::not_signed) == 403);
  CHECK(static_cast<int>(WitnessStatus::unknown_log) == 404);
  CHECK(static_cast<int>(WitnessStatus::conflict) == 409);
  CHECK(static_cast<int>(WitnessStatus::not_consistent) == 422);
}

TEST_CASE("a witness follows a log, and its cosignature is good") {
  Heads heads;
  std::size_t from = 0;
  for (const std::size_t to : {1U, 7U, 7U, 8U, 20U, 40U}) {
    INFO(to);
    const AddCheckpoint asked = request(from, to);
    const WitnessAnswer answer = ask(asked, heads);
    REQUIRE(answer.status == WitnessStatus::cosigned);
    CHECK(heads.heads.at(samples::k_origin) == samples::head(to));
    const auto lines = parse_signature_lines(answer.body);
    SignedCheckpoint checkpoint = asked.checkpoint;
    const std::vector<VerifierKey> witnesses = {samples::witness_key()};
    CHECK(add_cosignatures(checkpoint, std::get<0>(lines), witnesses) == 1U);
    CHECK(checkpoint == samples::cosigned(samples::checkpoint(to)));
    from = to;
  }
}

TEST_CASE("the head is remembered before the signature is made") {
  struct Failing : Heads {
    bool replace(const std::string&, const std::optional<TreeHead>&, const TreeHead&) override {
      throw Error(ErrorCode::could_not, "the disk is full");
    }
  } heads;
  CHECK(test::refusal(ErrorCode::could_not, [&] { (void)ask(request(0, 7), heads); }) ==
        "the disk is full");
}

TEST_CASE("requests that a witness refuses, each with its status") {
  struct Case {
    const char* name;
    WitnessStatus status;
    std::string body;  ///< of a conflict
    std::function<void(AddCheckpoint&)> change;
  };
  const auto resigned = [](TreeHead head) {
    return sign_checkpoint({samples::k_origin, head, {}}, test::key_of("log"));
  };
  const merkle::Hash other = merkle::leaf_hash("other");
  const std::vector<Case> cases = {
      {"log of another name", WitnessStatus::unknown_log, "",
       [](AddCheckpoint& asked) { asked.checkpoint = samples::checkpoint(20, "log", "other"); }},
      {"unknown key with the known name", WitnessStatus::not_signed, "",
       [](AddCheckpoint& asked) { asked.checkpoint = samples::checkpoint(20, "forger"); }},
      {"bad signature", WitnessStatus::not_signed, "",
       [](AddCheckpoint& asked) { asked.checkpoint.note.signatures[0].signature[9] ^= 1; }},
      {"signature of another head", WitnessStatus::not_signed, "",
       [](AddCheckpoint& asked) {
         asked.checkpoint.note.signatures = samples::checkpoint(21).note.signatures;
       }},
      {"old larger than the checkpoint", WitnessStatus::malformed, "",
       [](AddCheckpoint& asked) { asked.old_size.value = 21; }},
      {"checkpoint smaller than the last one", WitnessStatus::malformed, "",
       [](AddCheckpoint& asked) {
         asked.proof.clear();
         asked.checkpoint = samples::checkpoint(5);
       }},
      {"old smaller than the last head", WitnessStatus::conflict, "7\n",
       [](AddCheckpoint& asked) { asked = request(6, 20); }},
      {"old larger than the last head", WitnessStatus::conflict, "7\n",
       [](AddCheckpoint& asked) { asked = request(8, 20); }},
      {"old 0", WitnessStatus::conflict, "7\n",
       [](AddCheckpoint& asked) { asked = request(0, 20); }},
      {"no proof", WitnessStatus::not_consistent, "",
       [](AddCheckpoint& asked) { asked.proof.clear(); }},
      {"siblings swapped", WitnessStatus::not_consistent, "",
       [](AddCheckpoint& asked) { std::swap(asked.proof[0], asked.proof[1]); }},
      {"truncated proof", WitnessStatus::not_consistent, "",
       [](AddCheckpoint& asked) { asked.proof.pop_back(); }},
      {"longer proof", WitnessStatus::not_consistent, "",
       [other](AddCheckpoint& asked) { asked.proof.push_back(other); }},
      {"proof from another size", WitnessStatus::not_consistent, "",
       [](AddCheckpoint& asked) { asked.proof = tree().consistency(6, 20); }},
      {"fork, signed by the log", WitnessStatus::not_consistent, "",
       [&](AddCheckpoint& asked) {
         asked.checkpoint = resigned({{20}, other});
       }},
      {"fork of the same size", WitnessStatus::not_consistent, "",
       [&](AddCheckpoint& asked) {
         asked = {{7}, {}, resigned({{7}, other})};
       }},
      {"same head with a proof", WitnessStatus::not_consistent, "",
       [&](AddCheckpoint& asked) {
         asked = {{7}, {other}, samples::checkpoint(7)};
       }},
  };
  for (const Case& one : cases) {
    INFO(one.name);
    Heads heads;
    heads.heads[samples::k_origin] = samples::head(7);
    AddCheckpoint asked = request(7, 20);
    one.change(asked);
    const WitnessAnswer answer = ask(asked, heads);
    CHECK(answer.status == one.status);
    if (one.status == WitnessStatus::conflict) {
      CHECK(answer.body == one.body);
      CHECK(answer.content_type == "text/x.tlog.size");
      CHECK(parse_conflict(answer.body) == merkle::TreeSize{7});
    }
    CHECK(answer.body.ends_with('\n'));
    CHECK(answer.body.find("\u2014") == std::string::npos);
    CHECK(heads.replacements == 0);
    CHECK(heads.heads.at(samples::k_origin) == samples::head(7));
  }
}

TEST_CASE("a log that the witness has not seen") {
  Heads heads;
  CHECK(ask(request(5, 20), heads) ==
        WitnessAnswer{WitnessStatus::conflict, "text/x.tlog.size", "0\n"});
  AddCheckpoint with_proof = request(0, 20);
  with_proof.proof = {merkle::leaf_hash("x")};
  CHECK(ask(with_proof, heads).status == WitnessStatus::not_consistent);
  const merkle::Hash other = merkle::leaf_hash("other");
  AddCheckpoint empty = request(0, 0);
  empty.checkpoint = sign_checkpoint({samples::k_origin, {{0}, other}, {}}, test::key_of("log"));
  CHECK(ask(empty, heads).status == WitnessStatus::not_consistent);
  CHECK(heads.replacements == 0);
  CHECK(ask(request(0, 0), heads).status == WitnessStatus::cosigned);
  CHECK(ask(request(0, 20), heads).status == WitnessStatus::cosigned);
}

TEST_CASE("what is no request is answered with its line") {
  Heads heads;
  const WitnessAnswer answer = ask("old 07\n", heads);
  CHECK(answer.status == WitnessStatus::malformed);
  CHECK(answer.body == "line 1: expected the size of a tree, without leading zeros\n");
  CHECK(ask("", heads).status == WitnessStatus::malformed);
}

// Two requests at once: the second to be stored is not cosigned, whatever it was checked against.
TEST_CASE("a head that another request replaced meanwhile is a conflict") {
  Heads heads;
  heads.heads[samples::k_origin] = samples::head(7);
  heads.meanwhile = [&] { heads.heads[samples::k_origin] = samples::head(30); };
  const WitnessAnswer answer = ask(request(7, 20), heads);
  CHECK(answer.status == WitnessStatus::conflict);
  CHECK(answer.body == "30\n");
  CHECK(heads.heads.at(samples::k_origin) == samples::head(30));
  heads.heads[samples::k_origin] = samples::head(7);
  heads.meanwhile = [&] { heads.heads[samples::k_origin] = samples::head(30); };
  CHECK(ask(request(7, 7), heads).status == WitnessStatus::conflict);
}

TEST_CASE(
    "a fork that is shown to one witness after the other is caught by the one that saw more") {
  std::vector<std::string> entries = merkle::entries(40);
  entries[10] = "rewritten";
  merkle::ReferenceTree fork(entries);
  Heads first;
  Heads second;
  CHECK(ask(request(0, 9), first).status == WitnessStatus::cosigned);
  CHECK(ask(request(0, 15), second).status == WitnessStatus::cosigned);
  const SignedCheckpoint forked =
      sign_checkpoint({samples::k_origin, fork.head(20), {}}, test::key_of("log"));
  CHECK(ask({{9}, fork.consistency(9, 20), forked}, first).status == WitnessStatus::cosigned);
  CHECK(ask({{15}, fork.consistency(15, 20), forked}, second).status ==
        WitnessStatus::not_consistent);
}

TEST_CASE("logs with keys that cannot be told apart are a fault of the witness's own files") {
  Heads heads;
  const std::vector<VerifierKey> twice = {samples::log_key(), samples::log_key()};
  CHECK(test::refusal(ErrorCode::bad_input, [&] {
          (void)answer_add_checkpoint(format(request(0, 7)), twice, samples::k_witness,
                                      test::key_of("witness"), samples::k_noon, heads);
        }) == "logs: two keys of \"octroi.example/board\" have the same key id");
}

TEST_CASE("the size in a conflict has one form") {
  CHECK(parse_conflict("0\n") == merkle::TreeSize{0});
  CHECK(parse_conflict("20852163\n") == merkle::TreeSize{20'852'163});
  for (const char* body : {"", "\n", "7", "07\n", "7\n\n", " 7\n", "7\r\n", "-1\n", "x\n"}) {
    INFO(body);
    CHECK_FALSE(parse_conflict(body).has_value());
  }
}

}  // namespace octroi::note
