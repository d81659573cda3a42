// SPDX-License-Identifier: Apache-2.0
#include "gate/submit_batch.hpp"

#include <fmt/format.h>

#include "catch.hpp"
#include "gate/audit.hpp"
#include "gate/erasing.hpp"
#include "gate/forged_log.hpp"
#include "gate/sample_board.hpp"
#include "json/read.hpp"
#include "json/schema.hpp"
#include "json/write.hpp"
#include "registry/catalogue.hpp"
#include "registry/log.hpp"

using namespace octroi;
using namespace octroi::gate;
using sample::Board;
using Mode = SubmitBatch::Mode;
using Lines = std::vector<std::string>;

namespace {

std::string line(int number) {
  json::Value value = sample::example("cnam-2021/request-treatment.json");
  value.set("title", "Study " + std::to_string(number));
  return json::canonical(value);
}

/// The answers to a part of a batch, each valid under its schema, as "WORD REQUEST".
Lines submit_to(SubmitBatch& batch, const Lines& lines) {
  static const json::Schema schema = json::Schema::compile(
      json::read(model::schema_text("output/submit-line"), "schema"), "schema");
  std::vector<ReadLine> reads;
  for (std::size_t i = 0; i < lines.size(); ++i)
    reads.push_back(batch.read({{i + 1, ""}, lines[i]}));
  Lines words;
  for (const SubmitAnswer& answer : batch.submit(reads)) {
    const json::Value value = json::read(answer.text, "answer");
    json::require_valid(schema, value, answer.text);
    CHECK(value.at("line").as_integer() == static_cast<std::int64_t>(words.size() + 1));
    CHECK(value.text("request") == answer.request);
    CHECK(answer.error.has_value() == (value.find("error") != nullptr));
    words.push_back(answer.error ? value.text("error")
                                 : value.text("answer") + " " + value.text("request"));
  }
  return words;
}

Lines submit_as(Board& board, const std::string& member, const Lines& lines,
                Mode mode = Mode::submit) {
  const Actor actor = board.as(member);
  const Context context = board.context();
  SubmitBatch batch(board.database(), actor, context, mode);
  return submit_to(batch, lines);
}

bool is_sound(Board& board) {
  return audit(board.database(), board.now(), [](std::int64_t, std::int64_t) {}).is_sound();
}

std::int64_t events(Board& board) {
  return registry::read_head(board.database()).size;
}

}  // namespace

TEST_CASE("a batch makes an event for each request, and is known again") {
  Board board;
  board.fill();
  const std::int64_t before = events(board);
  CHECK(submit_as(board, "researcher-1", {line(1), line(2), line(1)}) ==
        Lines{"submitted R-2026-0001", "submitted R-2026-0002", "already-submitted R-2026-0001"});
  CHECK(events(board) == before + 2);
  board.reopen();
  board.pass(std::chrono::hours(24));
  CHECK(submit_as(board, "researcher-1", {line(1), line(2), line(3)}) ==
        Lines{"already-submitted R-2026-0001", "already-submitted R-2026-0002",
              "submitted R-2026-0003"});
  const RequestDetails details = show_request(board.database(), "R-2026-0003");
  CHECK(details.document->bytes == line(3));
  CHECK(details.row.submitter == "researcher-1");
  CHECK(details.row.state == "submitted");
  CHECK(sample::error_of(ErrorCode::bad_input,
                         [&] { (void)show_request(board.database(), "R-2026-0004"); }) != "");
  CHECK(is_sound(board));
}

TEST_CASE("a part of many lines is signed and written in order, each line once") {
  Board board;
  board.fill();
  const std::int64_t before = events(board);
  Lines lines;
  for (int i = 0; i < 150; ++i) {
    const int number = i % 10 == 9 ? i - 9 : i;
    lines.push_back(i == 70 ? "[" : line(number));
  }
  const Lines answers = submit_as(board, "researcher-1", lines);
  int submitted = 0;
  for (int i = 0; i < 150; ++i) {
    const std::string& answer = answers[static_cast<std::size_t>(i)];
    if (i == 70) {
      CHECK(answer.find("line: ") == 0);
    } else if (i % 10 != 9 || i == 79) {
      CHECK(answer == fmt::format("submitted R-2026-{:04}", ++submitted));
    } else {
      CHECK(answer == "already-submitted " + answers[static_cast<std::size_t>(i - 9)].substr(10));
    }
  }
  CHECK(events(board) == before + submitted);
  CHECK(is_sound(board));
}

TEST_CASE("what a line names must be there, and not be erased") {
  Board board;
  board.fill();
  const std::string provider =
      registry::find_provider(board.database(), "azure-hub")->document.hex();
  static_cast<void>(erase_documents(board.database(), board.as("secretary-1"),
                                    {{provider}, {}, "mistake", "board"}, false, board.context()));
  CHECK(submit_as(board, "researcher-1", {line(1)}).front().find("was erased") !=
        std::string::npos);
}

TEST_CASE("a line is read without its carriage return") {
  Board board;
  board.fill();
  CHECK(submit_as(board, "researcher-1", {line(1) + "\r", line(1)}) ==
        Lines{"submitted R-2026-0001", "already-submitted R-2026-0001"});
}

TEST_CASE("a line that is wrong takes nothing with it") {
  Board board;
  board.fill();
  const std::int64_t before = events(board);
  std::string unknown = line(9);
  unknown.replace(unknown.find("azure-hub"), 9, "azure-hob");
  const Lines answers = submit_as(board, "researcher-1", {unknown, line(1), "{", line(2)});
  CHECK(answers[0].find("did you mean azure-hub") != std::string::npos);
  CHECK(answers[1] == "submitted R-2026-0001");
  CHECK(answers[2].find("line: column 2") == 0);
  CHECK(answers[3] == "submitted R-2026-0002");
  CHECK(events(board) == before + 2);
}

TEST_CASE("a line cannot say who submits, under which number or as which version") {
  Board board;
  board.fill();
  for (const char* member : {"submitter", "as", "member", "request", "version", "amends", "kid"}) {
    json::Value value = json::read(line(1), "line");
    value.set(member, "researcher-2");
    INFO(member);
    CHECK(submit_as(board, "researcher-1", {json::canonical(value)})
              .front()
              .find(std::string("/") + member) != std::string::npos);
  }
}

TEST_CASE("only a researcher with their own key submits, and sees nothing otherwise") {
  Board board;
  board.fill();
  const std::int64_t before = events(board);
  const Lines lines = {line(1)};
  for (const Mode mode : {Mode::submit, Mode::dry_run}) {
    for (const char* member : {"secretary-1", "auditor-1"}) {
      CHECK(sample::error_of(ErrorCode::not_allowed, [&] {
              (void)submit_as(board, member, lines, mode);
            }).find("role researcher") != std::string::npos);
    }
    const crypto::SecretKey other = sample::key_of("researcher-2");
    const Actor thief{"researcher-1", other};
    const Context context = board.context();
    SubmitBatch batch(board.database(), thief, context, mode);
    CHECK(sample::error_of(ErrorCode::not_allowed, [&] {
            (void)submit_to(batch, lines);
          }).find("is not that of member researcher-1") != std::string::npos);
  }
  CHECK(events(board) == before);
}

TEST_CASE("the same bytes of another researcher are another request under another digest") {
  Board board;
  board.fill();
  CHECK(submit_as(board, "researcher-1", {line(1)}).front() == "submitted R-2026-0001");
  CHECK(submit_as(board, "researcher-2", {line(1)}).front() == "submitted R-2026-0002");
  const Actor one = board.as("researcher-1");
  const Actor two = board.as("researcher-2");
  const Context context = board.context();
  const SubmitBatch first(board.database(), one, context, Mode::dry_run);
  const SubmitBatch second(board.database(), two, context, Mode::dry_run);
  const std::string text = line(1);
  CHECK(first.read({{1, ""}, text}).salt != second.read({{1, ""}, text}).salt);
  CHECK(first.read({{1, ""}, text}).document == first.read({{2, ""}, text}).document);
}

TEST_CASE("a request that was withdrawn, amended or erased since is still known") {
  Board board;
  board.fill();
  const Lines lines = {line(1), line(2), line(3)};
  static_cast<void>(submit_as(board, "researcher-1", lines));
  static_cast<void>(
      withdraw(board.database(), board.as("researcher-1"), "R-2026-0001", board.context()));
  json::Value other = json::read(line(2), "line");
  other.set("title", "Other");
  static_cast<void>(submit(board.database(), board.as("researcher-1"),
                           sample::document(model::DocumentKind::request, other), "R-2026-0002",
                           board.context()));
  static_cast<void>(erase_documents(board.database(), board.as("secretary-1"),
                                    {{}, "R-2026-0001", "data-subject", "gdpr-17"}, false,
                                    board.context()));
  CHECK(submit_as(board, "researcher-1", lines) == Lines{"already-submitted R-2026-0001",
                                                         "already-submitted R-2026-0002",
                                                         "already-submitted R-2026-0003"});
  CHECK(is_sound(board));
}

TEST_CASE("what others say of a document in their events is nothing to its submitter") {
  Board board;
  board.fill();
  const Actor actor = board.as("researcher-1");
  const Context context = board.context();
  SubmitBatch batch(board.database(), actor, context, Mode::submit);
  const std::string text = line(1);
  const std::string document = batch.read({{1, ""}, text}).document.hex();
  const auto name_it = [&](const char* member, const char* request) {
    sample::log_event(board, member, registry::EventType::request_submitted,
                      json::object({{"request", request}, {"version", 1}, {"document", document}}));
  };
  name_it("researcher-2", "R-2026-0001");
  CHECK(submit_to(batch, {text}).front() == "submitted R-2026-0002");
  name_it("researcher-2", "R-2026-0003");
  name_it("researcher-1", "R-2026-0004");
  for (int i = 0; i < 2; ++i) {
    CHECK(submit_to(batch, {text}).front() == "already-submitted R-2026-0002");
  }
}

TEST_CASE("a dry run says what would be, and writes nothing") {
  Board board;
  board.fill();
  static_cast<void>(submit_as(board, "researcher-1", {line(1)}));
  const std::int64_t before = events(board);
  const Lines answers = submit_as(board, "researcher-1", {line(1), line(2), "["}, Mode::dry_run);
  CHECK(answers[0] == "already-submitted R-2026-0001");
  CHECK(answers[1] == "acceptable ");
  CHECK(answers[2].find("line: ") == 0);
  CHECK(events(board) == before);
}

TEST_CASE("a part that cannot be written leaves nothing, also of its first lines") {
  Board board;
  board.fill();
  const std::int64_t before = events(board);
  board.pass(std::chrono::hours(-48));
  sample::error_of(ErrorCode::could_not, [&] {
    (void)submit_as(board, "researcher-1", {line(1), line(2)});
  });
  board.pass(std::chrono::hours(48));
  CHECK(events(board) == before);
  CHECK(submit_as(board, "researcher-1", {line(1)}).front() == "submitted R-2026-0001");
}

TEST_CASE("what others write between two parts of a batch is seen") {
  Board board;
  board.fill();
  const Actor actor = board.as("researcher-1");
  const Context context = board.context();
  SubmitBatch batch(board.database(), actor, context, Mode::submit);
  CHECK(submit_to(batch, {line(1)}).front() == "submitted R-2026-0001");
  std::string another = line(2);
  another.replace(another.find("azure-hub"), 9, "elsewhere");
  CHECK(submit_to(batch, {another}).front().find("elsewhere") != std::string::npos);
  json::Value provider = sample::example("cnam-2021/provider-azure-hub.json");
  provider.set("id", "elsewhere");
  static_cast<void>(add_provider(board.database(), board.as("secretary-1"),
                                 sample::document(model::DocumentKind::provider, provider),
                                 board.context()));
  CHECK(submit_to(batch, {another}).front() == "submitted R-2026-0002");
  static_cast<void>(
      retire_member(board.database(), board.as("secretary-1"), "researcher-1", board.context()));
  sample::error_of(ErrorCode::not_allowed, [&] { (void)submit_to(batch, {line(3)}); });
  CHECK(is_sound(board));
}
