// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>

#include <charconv>
#include <filesystem>
#include <iostream>
#include <random>

#include "base/error.hpp"
#include "base/file.hpp"
#include "base/limits.hpp"
#include "bench/one_transaction.hpp"
#include "crypto/key_file.hpp"
#include "gate/assessing.hpp"
#include "gate/board.hpp"
#include "gate/catalogue.hpp"
#include "gate/deciding.hpp"
#include "gate/issuing.hpp"
#include "gate/requests.hpp"
#include "json/read.hpp"
#include "json/write.hpp"
#include "support/secret.hpp"

/// bench_generate FOLDER EVENTS
///   Makes a registry of about that many events in FOLDER, as the commands would have: the board of
///   examples/cnam-2021, and requests of which one in ten waits for its assessment, one for its
///   decision, one was refused, one withdrawn, one granted, and the others issued. Beside it the
///   members' keys, the passphrase file, the trust file, every token (tokens.txt, one a line), the
///   first of them alone (token.paseto), and the numbers of the requests that were granted and
///   not issued (granted.txt). Always the same keys, times and bytes.
namespace octroi::bench {
namespace {

namespace fs = std::filesystem;
using model::DocumentKind;

constexpr std::string_view k_passphrase = "a passphrase";
constexpr int k_acts_per_commit = 20'000;
constexpr std::array<std::string_view, 3> k_members = {"secretary-1", "researcher-1", "auditor-1"};

json::Value example(const std::string& path) {
  const std::string file = std::string(OCTROI_SOURCE "/examples/") + path;
  return json::read(read_input(file, limits::k_document_bytes_max), file);
}

model::Document document(DocumentKind kind, const json::Value& value) {
  return model::read_document(kind, json::canonical(value), "generated");
}

model::Document charter() {
  json::Value value = example("cnam-2021/charter.json");
  json::Value members = json::Value::Array{};
  for (const std::string_view id : k_members) {
    members.push(
        json::object({{"id", std::string(id)},
                      {"name", "Name of " + std::string(id)},
                      {"key", test::key_of(id).public_key().paserk()},
                      {"roles", json::strings({std::string(id.substr(0, id.find('-')))})}}));
  }
  value.set("members", std::move(members));
  return document(DocumentKind::charter, value);
}

class Generator {
 public:
  explicit Generator(const fs::path& folder) : folder_(folder) {}

  void found() {
    for (const std::string_view name : k_members) write_key(std::string(name));
    write_key("seal");
    create_file(folder_ / "passphrase", std::string(k_passphrase) + "\n", FileMode::owner_only);
    create_file(folder_ / "minutes.txt", "minutes\n", FileMode::everybody_reads);
    static_cast<void>(gate::found_board(folder_ / "octroi.db", charter(), seal_.public_key(),
                                        secretary(), context()));
    file_ = gate::open_sqlite(folder_ / "octroi.db", gate::OpenMode::write);
    all_ = std::make_unique<OneTransaction>(*file_);
    static_cast<void>(gate::add_dataset(
        *all_, secretary(),
        document(DocumentKind::dataset, example("cnam-2021/dataset-snds-main-base.json")),
        context()));
    static_cast<void>(gate::add_provider(
        *all_, secretary(),
        document(DocumentKind::provider, example("cnam-2021/provider-azure-hub.json")), context()));
    static_cast<void>(gate::adopt_rulebook(
        *all_, secretary(), document(DocumentKind::rulebook, example("rulebooks/cnam-2021.json")),
        {}, {}, context()));
    events_ = 4;
  }

  /// One request and what comes of it; `number` says what.
  void add_case(int number) {
    json::Value request = request_;
    request.set("title", fmt::format("{} {}", request_.text("title"), number + 1));
    const std::string id =
        gate::submit(*all_, researcher(), document(DocumentKind::request, request), {}, context())
            .id;
    next_act();
    const int fate = number % 10;
    if (fate == 0) return;
    if (fate == 1) {
      static_cast<void>(gate::withdraw(*all_, researcher(), id, context()));
      return next_act();
    }
    static_cast<void>(gate::assess(*all_, secretary(), id, context()));
    next_act();
    if (fate == 2) return;
    decide(id, fate != 3);
    if (fate == 3) return;
    if (fate == 4) {
      granted_ += id + "\n";
      return;
    }
    const gate::Issue issue = gate::issue(*all_, secretary(), seal_, id, false, context());
    for (const gate::IssuedToken& token : issue.tokens) tokens_ += token.text + "\n";
    next_act();
  }

  void finish() {
    all_->commit_all();
    create_file(folder_ / "tokens.txt", tokens_, FileMode::everybody_reads);
    create_file(folder_ / "token.paseto", tokens_.substr(0, tokens_.find('\n') + 1),
                FileMode::everybody_reads);
    create_file(folder_ / "granted.txt", granted_, FileMode::everybody_reads);
    create_file(folder_ / "trust.json", json::pretty(gate::export_trust(*file_)),
                FileMode::everybody_reads);
    create_file(folder_ / "request.json", json::pretty(request_), FileMode::everybody_reads);
  }

  [[nodiscard]] int events() const { return events_; }

 private:
  void write_key(const std::string& name) {
    crypto::create_key_files(folder_ / "keys", name, test::key_of(name), test::secret(k_passphrase),
                             test::k_cheap);
  }

  void next_act() {
    now_ += std::chrono::seconds(7);
    ++events_;
    if (events_ % k_acts_per_commit == 0) all_->commit_all();
  }

  void decide(const std::string& id, bool is_granted) {
    gate::DecisionDraft draft;
    draft.request = id;
    draft.counts = is_granted ? gate::BallotCounts{12, 0, 3, 5} : gate::BallotCounts{2, 10, 3, 5};
    draft.date = date_of(now_);
    draft.reference = "session of the day";
    draft.minutes_name = "minutes.txt";
    draft.minutes_sha256 = crypto::sha256("minutes\n");
    draft.minutes_bytes = 8;
    if (is_granted)
      draft.resolves = {"snds-main-base/cnam-2021.case-by-case"};
    else
      draft.reason = "The purpose is not shown.";
    static_cast<void>(gate::decide(*all_, secretary(), draft, false, context()));
    next_act();
  }

  gate::Actor secretary() { return {"secretary-1", secretary_}; }
  gate::Actor researcher() { return {"researcher-1", researcher_}; }
  gate::Context context() {
    return {[this] { return now_; },
            [this](std::span<std::uint8_t> buffer) {
              for (std::uint8_t& byte : buffer) byte = static_cast<std::uint8_t>(random_());
            }};
  }

  fs::path folder_;
  Instant now_ = parse_instant("2026-03-02T08:00:00Z").value();
  std::mt19937 random_;  // the same sequence in every run
  json::Value request_ = example("cnam-2021/request-treatment.json");
  crypto::SecretKey secretary_ = test::key_of("secretary-1");
  crypto::SecretKey researcher_ = test::key_of("researcher-1");
  crypto::SecretKey seal_ = test::key_of("seal");
  std::unique_ptr<gate::Database> file_;
  std::unique_ptr<OneTransaction> all_;
  std::string tokens_;
  std::string granted_;
  int events_ = 0;
};

int run(const std::string& folder, const std::string& count) {
  int events = 0;
  const auto [end, fault] = std::from_chars(count.data(), count.data() + count.size(), events);
  if (fault != std::errc() || *end != '\0' || events < 50) {
    throw Error(ErrorCode::usage, "expected a number of events, at least 50");
  }
  crypto::initialize();
  fs::create_directories(folder);
  Generator generator(folder);
  generator.found();
  for (int number = 0; generator.events() < events; ++number) generator.add_case(number);
  generator.finish();
  std::cout << fmt::format("{} events in {}/octroi.db\n", generator.events(), folder);
  return 0;
}

}  // namespace
}  // namespace octroi::bench

int main(int count, char** arguments) {
  if (count != 3) {
    std::cerr << "usage: bench_generate FOLDER EVENTS\n";
    return 2;
  }
  try {
    return octroi::bench::run(arguments[1], arguments[2]);
  } catch (const octroi::Error& error) {
    std::cerr << "bench_generate: " << error.what() << "\n";
    return 1;
  }
}
