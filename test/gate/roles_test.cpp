// SPDX-License-Identifier: Apache-2.0
// Who may do what: every act by every role, and nothing is written by a refused one.
#include <set>

#include "catch.hpp"
#include "gate/erasing.hpp"
#include "gate/key_changes.hpp"
#include "gate/sample_board.hpp"
#include "gate/status_publishing.hpp"
#include "gate/token_status.hpp"
#include "registry/log.hpp"

using namespace octroi;
using namespace octroi::gate;
using sample::Board;
using sample::error_of;

namespace {

struct Act {
  const char* name;
  const char* role;  ///< the only role that may
  std::function<void(Board&, const Actor&, const std::string& request)> run;
  bool needs_token = false;  ///< secretary-1 issues it first
};

model::Document provider_again() {
  json::Value value = sample::example("cnam-2021/provider-azure-hub.json");
  value.set("name", "another name");
  return sample::document(model::DocumentKind::provider, value);
}

model::Document dataset_again() {
  json::Value value = sample::example("cnam-2021/dataset-snds-main-base.json");
  value.set("whole_population", false);
  return sample::document(model::DocumentKind::dataset, value);
}

/// An act on the token of a request.
void change(Board& board, const Actor& actor, const std::string& request, registry::TokenAct act,
            const std::string& reason) {
  TokenSelection selection;
  selection.requests = {request};
  const TokenChange wanted{act, reason, "", {}};
  static_cast<void>(change_tokens(board.database(), actor,
                                  plan_changes(board.database(), selection, wanted, board.now()),
                                  wanted, board.context()));
}

const std::vector<Act>& acts() {
  static const std::vector<Act> k_acts = {
      {"member add", "secretary",
       [](Board& board, const Actor& actor, const std::string&) {
         static_cast<void>(add_member(board.database(), actor, "new-one",
                                      sample::key_of("new").public_key(), {"auditor"},
                                      board.context()));
       }},
      {"member retire", "secretary",
       [](Board& board, const Actor& actor, const std::string&) {
         static_cast<void>(retire_member(board.database(), actor, "auditor-1", board.context()));
       }},
      {"dataset add", "secretary",
       [](Board& board, const Actor& actor, const std::string&) {
         static_cast<void>(add_dataset(board.database(), actor, dataset_again(), board.context()));
       }},
      {"provider add", "secretary",
       [](Board& board, const Actor& actor, const std::string&) {
         static_cast<void>(
             add_provider(board.database(), actor, provider_again(), board.context()));
       }},
      {"rules adopt", "secretary",
       [](Board& board, const Actor& actor, const std::string&) {
         static_cast<void>(
             adopt_rulebook(board.database(), actor,
                            sample::document(model::DocumentKind::rulebook,
                                             sample::example("rulebooks/cnam-2021.json")),
                            {}, {}, board.context()));
       }},
      {"submit", "researcher",
       [](Board& board, const Actor& actor, const std::string&) {
         static_cast<void>(
             submit(board.database(), actor,
                    sample::document(model::DocumentKind::request,
                                     sample::example("cnam-2021/request-treatment.json")),
                    {}, board.context()));
       }},
      {"withdraw", "researcher",
       [](Board& board, const Actor& actor, const std::string& request) {
         static_cast<void>(withdraw(board.database(), actor, request, board.context()));
       }},
      {"assess", "secretary",
       [](Board& board, const Actor& actor, const std::string& request) {
         board.pass(std::chrono::hours(24));
         static_cast<void>(assess(board.database(), actor, request, board.context()));
       }},
      {"decide", "secretary",
       [](Board& board, const Actor& actor, const std::string& request) {
         static_cast<void>(
             decide(board.database(), actor, board.grant(request), false, board.context()));
       }},
      {"key rotate", "secretary",
       [](Board& board, const Actor& actor, const std::string&) {
         const crypto::SecretKey next = sample::key_of("next seal");
         static_cast<void>(
             rotate_seal(board.database(), actor, next, &board.seal(), board.context()));
       }},
      {"key retire", "secretary",
       [](Board& board, const Actor& actor, const std::string&) {
         static_cast<void>(retire_key(board.database(), actor, board.seal().public_key().id(),
                                      board.now(), board.context()));
       }},
      {"document erase", "secretary",
       [](Board& board, const Actor& actor, const std::string&) {
         const std::string withdrawn = board.submit();
         static_cast<void>(
             withdraw(board.database(), board.as("researcher-1"), withdrawn, board.context()));
         const registry::Head before = registry::read_head(board.database());
         try {
           static_cast<void>(erase_documents(board.database(), actor,
                                             {{}, withdrawn, "data-subject", "gdpr-17"}, false,
                                             board.context()));
         } catch (const Error&) {
           CHECK(registry::read_head(board.database()).digest == before.digest);
           throw;
         }
       }},
      {"issue", "secretary",
       [](Board& board, const Actor& actor, const std::string& request) {
         static_cast<void>(
             issue(board.database(), actor, board.seal(), request, false, board.context()));
       }},
      {"revoke", "secretary",
       [](Board& board, const Actor& actor, const std::string& request) {
         change(board, actor, request, registry::TokenAct::revoked, "superseded");
       },
       true},
      {"suspend", "secretary",
       [](Board& board, const Actor& actor, const std::string& request) {
         change(board, actor, request, registry::TokenAct::suspended, "under-inquiry");
       },
       true},
      {"status publish", "secretary",
       [](Board& board, const Actor& actor, const std::string&) {
         static_cast<void>(
             publish_status(board.database(), actor, board.seal(), {}, board.context()));
       }},
  };
  return k_acts;
}

}  // namespace

TEST_CASE("each role is refused each act it may not do, and nothing is written") {
  const std::map<std::string, std::string> members = {
      {"secretary-1", "secretary"}, {"researcher-1", "researcher"}, {"auditor-1", "auditor"}};
  for (const Act& act : acts()) {
    for (const auto& [member, role] : members) {
      INFO(act.name << " by " << member);
      Board board;
      board.fill();
      const std::string request = board.granted();
      if (act.needs_token) {
        static_cast<void>(issue(board.database(), board.as("secretary-1"), board.seal(), request,
                                false, board.context()));
      }
      const registry::Head before = registry::read_head(board.database());
      if (role == act.role) {
        act.run(board, board.as(member), request);
        CHECK(registry::read_head(board.database()).size > before.size);
      } else {
        error_of(ErrorCode::not_allowed, [&] { act.run(board, board.as(member), request); });
        // An act that prepares something looks itself at what was written since.
        const bool is_prepared = std::string_view(act.name) == "document erase";
        if (!is_prepared) CHECK(registry::read_head(board.database()).digest == before.digest);
      }
    }
  }
}

TEST_CASE("an actor is a key: another's key, no member's key and a retired member's are refused") {
  Board board;
  board.fill();
  const crypto::SecretKey stranger = sample::key_of("stranger");
  const auto add = [&](const Actor& actor) {
    static_cast<void>(add_member(board.database(), actor, "new-one",
                                 sample::key_of("new").public_key(), {"auditor"}, board.context()));
  };
  error_of(ErrorCode::not_allowed, [&] { add({"secretary-1", stranger}); });
  error_of(ErrorCode::not_allowed, [&] { add({"nobody", stranger}); });
  error_of(ErrorCode::not_allowed, [&] { add({"secretary-1", board.as("secretary-2").key}); });
  error_of(ErrorCode::not_allowed, [&] { add({"secretary-1", board.seal()}); });
  static_cast<void>(
      retire_member(board.database(), board.as("secretary-1"), "secretary-2", board.context()));
  error_of(ErrorCode::not_allowed, [&] { add(board.as("secretary-2")); });
}

TEST_CASE("ids and keys are used once, the last secretary stays") {
  Board board;
  const Actor secretary = board.as("secretary-1");
  const auto add = [&](const char* id, const char* word) {
    return add_member(board.database(), secretary, id, sample::key_of(word).public_key(),
                      {"auditor"}, board.context());
  };
  CHECK(add("auditor-2", "auditor-2").roles == std::vector<std::string>{"auditor"});
  error_of(ErrorCode::not_allowed, [&] { add("auditor-2", "other"); });
  error_of(ErrorCode::not_allowed, [&] { add("auditor-3", "auditor-2"); });
  error_of(ErrorCode::not_allowed, [&] { add("auditor-3", "seal"); });
  const auto retire = [&](const char* id) {
    static_cast<void>(retire_member(board.database(), secretary, id, board.context()));
  };
  retire("auditor-2");
  error_of(ErrorCode::not_allowed, [&] { retire("auditor-2"); });
  error_of(ErrorCode::not_allowed, [&] { add("auditor-2", "other"); });
  error_of(ErrorCode::bad_input, [&] { retire("nobody"); });
  retire("secretary-2");
  error_of(ErrorCode::not_allowed, [&] { retire("secretary-1"); });
}

TEST_CASE("only a researcher's own request can be withdrawn or amended") {
  Board board;
  board.fill();
  const std::string id = board.submit();
  const model::Document again = sample::document(
      model::DocumentKind::request, sample::example("cnam-2021/request-treatment.json"));
  error_of(ErrorCode::not_allowed, [&] {
    static_cast<void>(withdraw(board.database(), board.as("researcher-2"), id, board.context()));
  });
  error_of(ErrorCode::not_allowed, [&] {
    static_cast<void>(
        submit(board.database(), board.as("researcher-2"), again, id, board.context()));
  });
  CHECK(submit(board.database(), board.as("researcher-1"), again, id, board.context()).version ==
        2);
  CHECK(withdraw(board.database(), board.as("researcher-1"), id, board.context()).state ==
        "withdrawn");
  error_of(ErrorCode::not_allowed, [&] {
    static_cast<void>(
        submit(board.database(), board.as("researcher-1"), again, id, board.context()));
  });
}
