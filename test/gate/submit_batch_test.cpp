// SPDX-License-Identifier: Apache-2.0
#include "gate/submit_batch.hpp"

#include <fmt/format.h>

#include <future>

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
#include "registry/sqlite_database.hpp"

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

SubmitBatch::Lines read_by(const SubmitBatch& batch, const Lines& lines) {
  SubmitBatch::Lines reads;
  for (std::size_t i = 0; i < lines.size(); ++i)
    reads.push_back(batch.read({{i + 1, ""}, lines[i]}));
  return reads;
}

/// The answers to a part of a batch, each valid under its schema, as "WORD REQUEST".
Lines submit_reads(SubmitBatch& batch, const SubmitBatch::Lines& reads,
                   const SubmitBatch::Lines* next = nullptr) {
  static const json::Schema schema = json::Schema::compile(
      json::read(model::schema_text("output/submit-line"), "schema"), "schema");
  Lines words;
  for (const SubmitAnswer& answer : batch.submit(reads, [next] { return next; })) {
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

Lines submit_to(SubmitBatch& batch, const Lines& lines) {
  return submit_reads(batch, read_by(batch, lines));
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

/// Of a batch that signs ahead: what tests have for randomness is of one thread.
Context context_of(Board& board) {
  return {board.context().clock, crypto::system_random()};
}

/// When the last event of the log was signed.
Instant last_signed(Board& board) {
  const std::int64_t size = registry::read_head(board.database()).size;
  return registry::read_event(registry::event_text(board.database(), size - 1)).at;
}

std::int64_t events(Board& board) {
  return registry::read_head(board.database()).size;
}

/// A registry that cannot be committed to, until it is willing.
class UnwillingDatabase final : public registry::Database {
 public:
  explicit UnwillingDatabase(Database& database) : database_(database) {}

  std::unique_ptr<registry::Statement> prepare(std::string_view sql) override {
    return database_.prepare(sql);
  }
  void run_script(std::string_view sql) override { database_.run_script(sql); }
  void begin_write() override { database_.begin_write(); }
  void begin_read() override { database_.begin_read(); }
  void commit() override {
    if (!is_willing) throw Error(ErrorCode::could_not, "disk full");
    database_.commit();
  }
  void roll_back() noexcept override { database_.roll_back(); }
  void forget_deleted() override { database_.forget_deleted(); }

  bool is_willing = true;

 private:
  Database& database_;
};

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

TEST_CASE("the next lines are signed ahead, and go in when nobody else wrote") {
  Board board;
  board.fill();
  const std::int64_t before = events(board);
  const Actor actor = board.as("researcher-1");
  const Context context = context_of(board);
  SubmitBatch batch(board.database(), actor, context, Mode::submit);
  std::string unknown = line(9);
  unknown.replace(unknown.find("azure-hub"), 9, "azure-hob");
  Lines many = {"[", line(1), unknown, line(3)};
  for (int i = 10; i < 60; ++i) many.push_back(line(i));
  const auto first = read_by(batch, {line(1), line(2)});
  const auto second = read_by(batch, many);
  const auto third = read_by(batch, {line(4)});
  const auto fourth = read_by(batch, {line(5)});
  const Instant began = board.now();
  CHECK(submit_reads(batch, first, &second) ==
        Lines{"submitted R-2026-0001", "submitted R-2026-0002"});
  CHECK(events(board) == before + 2);
  board.pass(std::chrono::seconds(10));
  const Lines answers = submit_reads(batch, second, &third);
  CHECK(answers[0].find("line: ") == 0);
  CHECK(answers[1] == "already-submitted R-2026-0001");
  CHECK(answers[2].find("did you mean azure-hub") != std::string::npos);
  CHECK(answers[3] == "submitted R-2026-0003");
  CHECK(answers.back() == "submitted R-2026-0053");
  CHECK(last_signed(board) == began);
  board.pass(std::chrono::seconds(11));  // too long ago
  CHECK(submit_reads(batch, third, &fourth) == Lines{"submitted R-2026-0054"});
  CHECK(last_signed(board) == board.now());
  // Other lines than those that were announced.
  CHECK(submit_to(batch, {line(6)}) == Lines{"submitted R-2026-0055"});
  CHECK(submit_reads(batch, fourth) == Lines{"submitted R-2026-0056"});
  CHECK(events(board) == before + 56);
  CHECK(is_sound(board));
}

TEST_CASE("what was signed ahead is thrown away when others wrote meanwhile") {
  Board board;
  board.fill();
  const Actor actor = board.as("researcher-1");
  const Context context = context_of(board);
  SubmitBatch batch(board.database(), actor, context, Mode::submit);
  const auto elsewhere = open_sqlite(board.path(), OpenMode::write);
  SubmitBatch other(*elsewhere, actor, context, Mode::submit);
  const auto first = read_by(batch, {line(1)});
  const auto second = read_by(batch, {line(2), line(3)});
  std::string another = line(4);  // names what is not there yet
  another.replace(another.find("azure-hub"), 9, "elsewhere");
  const auto third = read_by(batch, {another});
  CHECK(submit_reads(batch, first, &second) == Lines{"submitted R-2026-0001"});
  CHECK(submit_to(other, {line(3)}) == Lines{"submitted R-2026-0002"});
  CHECK(submit_reads(batch, second, &third) ==
        Lines{"submitted R-2026-0003", "already-submitted R-2026-0002"});
  json::Value provider = sample::example("cnam-2021/provider-azure-hub.json");
  provider.set("id", "elsewhere");
  static_cast<void>(add_provider(*elsewhere, board.as("secretary-1"),
                                 sample::document(model::DocumentKind::provider, provider),
                                 context));
  const auto fourth = read_by(batch, {line(5)});
  CHECK(submit_reads(batch, third, &fourth) == Lines{"submitted R-2026-0004"});
  static_cast<void>(retire_member(*elsewhere, board.as("secretary-1"), "researcher-1", context));
  sample::error_of(ErrorCode::not_allowed, [&] { (void)submit_reads(batch, fourth); });
  CHECK(is_sound(board));
}

TEST_CASE("a commit that fails takes what was signed upon it away") {
  Board board;
  board.fill();
  const std::int64_t before = events(board);
  const Actor actor = board.as("researcher-1");
  const Context context = context_of(board);
  UnwillingDatabase database(board.database());
  SubmitBatch batch(database, actor, context, Mode::submit);
  const auto first = read_by(batch, {line(1), line(2)});
  const auto second = read_by(batch, {line(3)});
  database.is_willing = false;
  CHECK(sample::error_of(ErrorCode::could_not,
                         [&] { (void)submit_reads(batch, first, &second); }) == "disk full");
  CHECK(events(board) == before);
  database.is_willing = true;
  CHECK(submit_reads(batch, second, &first) == Lines{"submitted R-2026-0001"});
  CHECK(submit_reads(batch, first) == Lines{"submitted R-2026-0002", "submitted R-2026-0003"});
  CHECK(events(board) == before + 3);
  CHECK(is_sound(board));
}

TEST_CASE("two who submit the same lines at once submit each of them once") {
  Board board;
  board.fill();
  const std::int64_t before = events(board);
  const Context context = context_of(board);
  const Actor actor = board.as("researcher-1");
  const auto submit_all = [&] {
    const auto database = open_sqlite(board.path(), OpenMode::write);
    SubmitBatch batch(*database, actor, context, Mode::submit);
    std::vector<SubmitBatch::Lines> parts;
    for (int i = 0; i < 12; ++i) {
      Lines part;
      for (int k = 0; k < 20; ++k) part.push_back(line(i * 20 + k));
      parts.push_back(read_by(batch, part));
    }
    Lines requests;
    for (std::size_t i = 0; i < parts.size(); ++i) {
      const auto* next = i + 1 < parts.size() ? &parts[i + 1] : nullptr;
      for (const SubmitAnswer& answer : batch.submit(parts[i], [next] { return next; })) {
        requests.push_back(answer.request);
      }
    }
    return requests;
  };
  auto other = std::async(std::launch::async, submit_all);
  const Lines requests = submit_all();
  CHECK(requests == other.get());
  CHECK(events(board) == before + 240);
  CHECK(is_sound(board));
}
