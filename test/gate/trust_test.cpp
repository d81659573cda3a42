// SPDX-License-Identifier: Apache-2.0
#include "gate/trust.hpp"

#include "catch.hpp"
#include "gate/sample_board.hpp"
#include "gate/verifying.hpp"

using namespace octroi;
using namespace octroi::gate;
using sample::Board;
using sample::error_of;

TEST_CASE("a release token is no trust file, and a trust file no release token") {
  Board board;
  board.fill();
  const std::string token = issue(board.database(), board.as("secretary-1"), board.seal(),
                                  board.granted(), false, board.context())
                                .tokens.front()
                                .text;
  error_of(ErrorCode::bad_input, [&] { static_cast<void>(read_trust(token, "new")); });
  Use any;
  any.is_for_any = true;
  CHECK(verify_token(sign_trust(board.database(), board.seal()),
                     sample::document(model::DocumentKind::trust, export_trust(board.database())),
                     any, board.now())
            .answer == TokenAnswer::malformed);
}
