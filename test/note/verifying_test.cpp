// SPDX-License-Identifier: Apache-2.0
#include "note/verifying.hpp"

#include <functional>
#include <set>

#include "note/samples.hpp"

namespace octroi::note {
namespace {

using samples::cosigned;

/// The log, and two witnesses of which one is enough.
Policy policy() {
  return Policy::read("log " + samples::log_key().text() + "\nwitness w1 " +
                          samples::witness_key().text() + "\nwitness w2 " +
                          samples::witness_key("second", "w2.example").text() +
                          "\ngroup any-witness any w1 w2\nquorum any-witness\n",
                      "policy");
}

std::string entry() {
  return merkle::entries(40)[5];
}

TlogProof sample() {
  merkle::ReferenceTree tree(merkle::entries(40));
  return {"", {5}, tree.path(5, 0, 20), cosigned(samples::checkpoint(20))};
}

/// The refusal; nothing when it is trusted.
template <typename Verified>
std::optional<ProofRefusal> refusal_of(const Verified& verified) {
  const auto* refusal = std::get_if<ProofRefusal>(&verified);
  return refusal == nullptr ? std::nullopt : std::optional(*refusal);
}

/// Signs whatever text with the log's key and the witness's.
SignedCheckpoint signed_text(const Checkpoint& checkpoint) {
  Note note{format(checkpoint), {}};
  note.signatures.push_back(sign_note(note.text, checkpoint.origin, test::key_of("log")));
  return cosigned({note, checkpoint});
}

}  // namespace

TEST_CASE("a proof is trusted when log, quorum and hashes are right") {
  const auto verified = verify_proof(sample(), entry(), policy());
  REQUIRE(std::holds_alternative<TrustedCheckpoint>(verified));
  const auto& trusted = std::get<TrustedCheckpoint>(verified);
  CHECK(trusted.checkpoint() == sample().checkpoint.checkpoint);
  CHECK(trusted.cosignatures() ==
        std::vector<TrustedCheckpoint::Cosignature>{{0, samples::k_noon}});
}

TEST_CASE("every entry of a log is proved, and no entry by another's proof") {
  merkle::ReferenceTree tree(merkle::entries(40));
  const std::vector<std::string> entries = merkle::entries(40);
  for (std::size_t i = 0; i < 20; ++i) {
    TlogProof proof = sample();
    proof.index = {i};
    proof.hashes = tree.path(i, 0, 20);
    for (std::size_t j = 0; j < 40; j += 3) {
      const auto refusal = refusal_of(verify_proof(proof, entries[j], policy()));
      CHECK(refusal.has_value() == (i != j));
    }
  }
}

TEST_CASE("proofs that are not believed, and why") {
  struct Case {
    const char* name;
    ProofRefusal refusal;
    std::function<void(TlogProof&)> corrupt;
  };
  const std::vector<Case> cases = {
      {"log of another name", ProofRefusal::unknown_log,
       [](TlogProof& proof) {
         proof.checkpoint = cosigned(samples::checkpoint(20, "log", "octroi.example/other"));
       }},
      {"unknown key with the known name", ProofRefusal::unsigned_log,
       [](TlogProof& proof) { proof.checkpoint = cosigned(samples::checkpoint(20, "forger")); }},
      {"known key with another name", ProofRefusal::unsigned_log,
       [](TlogProof& proof) { proof.checkpoint.note.signatures[0].name = "octroi.example/x"; }},
      {"known name with another key id", ProofRefusal::unsigned_log,
       [](TlogProof& proof) { proof.checkpoint.note.signatures[0].key_id ^= 0x80; }},
      {"forged under the log's name and key id", ProofRefusal::bad_signature,
       [](TlogProof& proof) {
         const std::uint32_t id = proof.checkpoint.note.signatures[0].key_id;
         proof.checkpoint = cosigned(samples::checkpoint(20, "forger"));
         proof.checkpoint.note.signatures[0].key_id = id;
       }},
      {"log's signature of another head", ProofRefusal::bad_signature,
       [](TlogProof& proof) {
         proof.checkpoint.note.signatures[0] = samples::checkpoint(21).note.signatures[0];
       }},
      {"not signed by the log, only by the witness", ProofRefusal::unsigned_log,
       [](TlogProof& proof) {
         auto& lines = proof.checkpoint.note.signatures;
         lines.erase(lines.begin());
       }},
      {"no witness", ProofRefusal::no_quorum,
       [](TlogProof& proof) { proof.checkpoint = samples::checkpoint(20); }},
      {"unknown witness", ProofRefusal::no_quorum,
       [](TlogProof& proof) {
         proof.checkpoint = cosigned(samples::checkpoint(20), "third", "w3.example");
       }},
      {"unknown key with the witness's name", ProofRefusal::no_quorum,
       [](TlogProof& proof) { proof.checkpoint = cosigned(samples::checkpoint(20), "third"); }},
      {"log that cosigns under the witness's name", ProofRefusal::no_quorum,
       [](TlogProof& proof) { proof.checkpoint = cosigned(samples::checkpoint(20), "log"); }},
      {"cosignature of another head", ProofRefusal::bad_signature,
       [](TlogProof& proof) {
         proof.checkpoint.note.signatures[1] = cosigned(samples::checkpoint(21)).note.signatures[1];
       }},
      {"other time in the cosignature", ProofRefusal::bad_signature,
       [](TlogProof& proof) { proof.checkpoint.note.signatures[1].signature[7] ^= 1; }},
      {"one good witness, one bad", ProofRefusal::bad_signature,
       [](TlogProof& proof) {
         proof.checkpoint = cosigned(proof.checkpoint, "second", "w2.example");
         proof.checkpoint.note.signatures[2].signature[20] ^= 1;
       }},
      {"tree of size 0 with a root of its own", ProofRefusal::impossible,
       [](TlogProof& proof) {
         proof.checkpoint = signed_text({samples::k_origin, {{0}, samples::head(20).root}, {}});
       }},
      {"siblings swapped", ProofRefusal::not_included,
       [](TlogProof& proof) { std::swap(proof.hashes[0], proof.hashes[1]); }},
      {"one hash fewer", ProofRefusal::not_included,
       [](TlogProof& proof) { proof.hashes.pop_back(); }},
      {"one hash more", ProofRefusal::not_included,
       [](TlogProof& proof) { proof.hashes.push_back(proof.hashes[0]); }},
      {"other index", ProofRefusal::not_included, [](TlogProof& proof) { proof.index.value = 4; }},
      {"index behind the tree", ProofRefusal::not_included,
       [](TlogProof& proof) { proof.index.value = 20; }},
      {"checkpoint of another size", ProofRefusal::not_included,
       [](TlogProof& proof) { proof.checkpoint = cosigned(samples::checkpoint(21)); }},
      {"hashes of another size", ProofRefusal::not_included,
       [](TlogProof& proof) {
         proof.hashes = merkle::ReferenceTree(merkle::entries(40)).path(5, 0, 21);
       }},
  };
  for (const Case& one : cases) {
    INFO(one.name);
    TlogProof proof = sample();
    one.corrupt(proof);
    CHECK(refusal_of(verify_proof(proof, entry(), policy())) == one.refusal);
  }
  CHECK(refusal_of(verify_proof(sample(), entry() + "\n", policy())) == ProofRefusal::not_included);
  CHECK(refusal_of(verify_proof(sample(), "", policy())) == ProofRefusal::not_included);
}

TEST_CASE("one witness that cosigns twice is one witness") {
  const Policy both = Policy::read("log " + samples::log_key().text() + "\nwitness w1 " +
                                       samples::witness_key().text() + "\nwitness w2 " +
                                       samples::witness_key("second", "w2.example").text() +
                                       "\ngroup both all w1 w2\nquorum both\n",
                                   "policy");
  const Instant later = samples::k_noon + std::chrono::hours(1);
  SignedCheckpoint twice =
      cosigned(cosigned(samples::checkpoint(20)), "witness", samples::k_witness, later);
  CHECK(refusal_of(verify_checkpoint(twice, both)) == ProofRefusal::no_quorum);
  CHECK_FALSE(refusal_of(verify_checkpoint(cosigned(twice, "second", "w2.example"), both)));
}

TEST_CASE("a log that changed its key is trusted with either") {
  const Policy either = Policy::read("log " + samples::log_key("old").text() + "\nlog " +
                                         samples::log_key("new").text() + "\nquorum none\n",
                                     "policy");
  CHECK_FALSE(refusal_of(verify_checkpoint(samples::checkpoint(3, "old"), either)));
  CHECK_FALSE(refusal_of(verify_checkpoint(samples::checkpoint(3, "new"), either)));
  CHECK(refusal_of(verify_checkpoint(samples::checkpoint(3, "log"), either)) ==
        ProofRefusal::unsigned_log);
}

TEST_CASE("no text of a proof with one byte changed is trusted") {
  const std::string text = format(sample());
  int read = 0;
  for (std::size_t at = 0; at < text.size(); ++at) {
    for (const int by : {0x01, 0x20}) {
      std::string changed = text;
      changed[at] = static_cast<char>(changed[at] ^ by);
      const Read<TlogProof> proof = parse_tlog_proof(changed);
      if (std::holds_alternative<Fault>(proof)) continue;
      ++read;
      if (!refusal_of(verify_proof(std::get<TlogProof>(proof), entry(), policy()))) {
        FAIL_CHECK("trusted when changed at " << at);
      }
    }
  }
  CHECK(read > 300);
}

TEST_CASE("each refusal has words of its own") {
  std::set<std::string_view> texts;
  for (const ProofRefusal refusal :
       {ProofRefusal::unknown_log, ProofRefusal::unsigned_log, ProofRefusal::bad_signature,
        ProofRefusal::no_quorum, ProofRefusal::impossible, ProofRefusal::not_included}) {
    CHECK_FALSE(to_text(refusal).empty());
    texts.insert(to_text(refusal));
  }
  CHECK(texts.size() == 6);
}

}  // namespace octroi::note
