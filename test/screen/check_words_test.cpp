// SPDX-License-Identifier: Apache-2.0
#include "screen/check_words.hpp"

#include "catch.hpp"
#include "screen/samples.hpp"

using namespace octroi;
using namespace octroi::screen;

namespace {

std::string french(const std::string& detail) {
  return check_sentence(detail, sample::french());
}

}  // namespace

TEST_CASE("a detail is said in French, with what it names; in English it stays") {
  const std::pair<const char*, const char*> rows[] = {
      {"not asked for", "non demandé"},
      {"signed by k4.pid.A, which the trust file does not have",
       "signé par k4.pid.A, qui ne figure pas dans le fichier de confiance"},
      {"issued 2026-01-01T00:00:00Z, seal from 2025-01-01T00:00:00Z until 2025-12-31T00:00:00Z, "
       "compromised from 2025-06-01T00:00:00Z",
       "délivré le 2026-01-01T00:00:00Z, sceau du 2025-01-01T00:00:00Z au 2025-12-31T00:00:00Z, "
       "compromis à partir du 2025-06-01T00:00:00Z"},
      {"issued 2026-01-01T00:00:00Z, seal from 2025-01-01T00:00:00Z",
       "délivré le 2026-01-01T00:00:00Z, sceau à partir du 2025-01-01T00:00:00Z"},
      {"of a.example, expected b.example", "de a.example, au lieu de b.example"},
      {"the status list is of a.example, expected b.example",
       "la liste de statuts est de a.example, au lieu de b.example"},
      {"revoked: status list of 2026-01-01T00:00:00Z; a newer one was due 2026-01-02T00:00:00Z",
       "révoqué\u00a0: liste de statuts du 2026-01-01T00:00:00Z\u00a0; une plus récente était due "
       "le 2026-01-02T00:00:00Z"},
      {"status list of 2026-01-01T00:00:00Z, logged: event 9 of a log of 10, witnessed by one, two",
       "liste de statuts du 2026-01-01T00:00:00Z, au journal\u00a0: événement 9 d'un journal de "
       "10 événements, attesté par one, two"},
      {"event 8 of a log of 9, no witness asked for",
       "événement 8 d'un journal de 9 événements, aucun témoin demandé"},
      {"event of 2026-01-01T00:00:00Z, log key from 2025-01-01T00:00:00Z",
       "événement du 2026-01-01T00:00:00Z, clé de journal à partir du 2025-01-01T00:00:00Z"},
      {"9 events at 2026-01-01T00:00:00Z, before 8 at 2025-01-01T00:00:00Z",
       "9 événements le 2026-01-01T00:00:00Z, contre 8 le 2025-01-01T00:00:00Z auparavant"},
      {"the trust file has no log_keys, so nobody can tell when a log key signs",
       "le fichier de confiance n'a pas de log_keys\u00a0: nul ne peut dire quand une clé de "
       "journal signe"},
      {"requires_proof is gone", "requires_proof a disparu"},
      {"k4.pid.A was not handed over by a seal in good standing",
       "k4.pid.A ne succède pas à un sceau digne de foi"},
      {"user-2 is not in: user-1, user-3", "user-2 ne figure pas parmi\u00a0: user-1, user-3"},
      // Neither identifiers nor what is like a sentence only in part.
      {"k4.pid.KKKK", "k4.pid.KKKK"},
      {"2026-01-01T00:00:00Z", "2026-01-01T00:00:00Z"},
      {"from ", "from "},
      {"event of , log key ", "event of , log key "},
      {"", ""}};
  for (const auto& [en, fr] : rows) {
    CHECK(french(en) == fr);
    CHECK(check_sentence(en, sample::english()) == en);
  }
}

TEST_CASE("an identifier that reads like a sentence stays what it is") {
  const gate::TokenCheck dataset{"dataset", gate::CheckOutcome::passed, "signed"};
  CHECK(check_detail(dataset, sample::french()) == "signed");
  CHECK(check_detail({"form", gate::CheckOutcome::passed, "signed"}, sample::french()) == "signé");
}

TEST_CASE("a check has a name in both languages; one that is not known keeps its own") {
  CHECK(check_name("log", sample::french()) == "journal");
  CHECK(check_name("same account", sample::french()) == "récit concordant");
  CHECK(check_name("seal in force", sample::english()) == "seal in force");
  CHECK(check_name("another", sample::french()) == "another");
}
