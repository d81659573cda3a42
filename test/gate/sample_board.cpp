// SPDX-License-Identifier: Apache-2.0
#include "gate/sample_board.hpp"

#include <unistd.h>

#include <algorithm>

#include "base/file.hpp"
#include "base/limits.hpp"
#include "catch.hpp"
#include "crypto/hash.hpp"
#include "json/read.hpp"
#include "json/write.hpp"

namespace octroi::gate::sample {
namespace {

namespace fs = std::filesystem;
using model::DocumentKind;

const std::map<std::string, std::string> k_roles = {
    {"secretary-1", "secretary"},   {"secretary-2", "secretary"}, {"researcher-1", "researcher"},
    {"researcher-2", "researcher"}, {"secretary-3", "secretary"}, {"auditor-1", "auditor"}};

fs::path new_folder() {
  std::string name = (fs::temp_directory_path() / "octroi-test-XXXXXX").string();
  if (::mkdtemp(name.data()) == nullptr) throw std::runtime_error("no temporary folder");
  return name;
}

json::Value charter(const std::map<std::string, crypto::SecretKey>& keys, int endorsements) {
  json::Value value = example("cnam-2021/charter.json");
  json::Value members = json::Value::Array{};
  for (const auto& [id, key] : keys) {
    members.push(json::object({{"id", id},
                               {"name", "Name of " + id},
                               {"key", key.public_key().paserk()},
                               {"roles", json::strings({k_roles.at(id)})}}));
  }
  value.set("members", std::move(members));
  if (endorsements > 0) value.set("issuing", json::object({{"endorsements", endorsements}}));
  return value;
}

}  // namespace

crypto::SecretKey key_of(const std::string& word) {
  const Digest digest = crypto::sha256(word);
  crypto::SecretBytes seed(digest.bytes.size());
  std::copy(digest.bytes.begin(), digest.bytes.end(), seed.reveal().begin());
  return crypto::SecretKey::from_seed(seed);
}

json::Value example(const std::string& path) {
  const std::string file = std::string(OCTROI_SOURCE "/examples/") + path;
  return json::read(read_input(file, limits::k_document_bytes_max), file);
}

model::Document document(DocumentKind kind, const json::Value& value) {
  return model::read_document(kind, json::canonical(value), "sample");
}

Board::Board(int endorsements)
    : folder_(new_folder()),
      now_(parse_instant("2026-11-20T10:00:00Z").value()),
      seal_(key_of("seal")) {
  for (const auto& [id, role] : k_roles) {
    if (endorsements > 0 || id != "secretary-3") keys_.emplace(id, key_of(id));
  }
  static_cast<void>(found_board(path(),
                                document(DocumentKind::charter, charter(keys_, endorsements)),
                                seal_.public_key(), as("secretary-1"), context()));
  reopen();
}

Board::~Board() {
  database_.reset();
  std::error_code ignored;
  fs::remove_all(folder_, ignored);
}

Context Board::context() {
  return {[this] { return now_; },
          [this](std::span<std::uint8_t> buffer) {
            std::generate(buffer.begin(), buffer.end(),
                          [this] { return static_cast<std::uint8_t>(random_()); });
          }};
}

Actor Board::as(const std::string& member) {
  return {member, keys_.at(member)};
}

void Board::reopen() {
  database_.reset();
  database_ = open_sqlite(path(), OpenMode::write);
}

void Board::fill() {
  const Actor secretary = as("secretary-1");
  static_cast<void>(
      add_dataset(database(), secretary,
                  document(DocumentKind::dataset, example("cnam-2021/dataset-snds-main-base.json")),
                  context()));
  static_cast<void>(add_provider(
      database(), secretary,
      document(DocumentKind::provider, example("cnam-2021/provider-azure-hub.json")), context()));
  static_cast<void>(adopt_rulebook(
      database(), secretary, document(DocumentKind::rulebook, example("rulebooks/cnam-2021.json")),
      {}, {}, context()));
}

std::string Board::submit(const std::function<void(json::Value&)>& change) {
  json::Value request = example("cnam-2021/request-treatment.json");
  if (change) change(request);
  return gate::submit(database(), as("researcher-1"), document(DocumentKind::request, request), {},
                      context())
      .id;
}

DecisionDraft Board::grant(const std::string& request) {
  DecisionDraft draft;
  draft.request = request;
  draft.counts = BallotCounts{12, 0, 3, 5};
  draft.date = date_of(now_);
  draft.reference = "example-2026-1";
  draft.minutes_name = "minutes.txt";
  draft.minutes_sha256 = crypto::sha256("minutes");
  draft.minutes_bytes = 7;
  const RequestDetails details = show_request(database(), request);
  if (details.assessment) draft.resolves = details.assessment->referred({"snds-main-base"});
  return draft;
}

std::string Board::granted() {
  const std::string id = submit();
  static_cast<void>(assess(database(), as("secretary-1"), id, context()));
  static_cast<void>(decide(database(), as("secretary-1"), grant(id), false, context()));
  return id;
}

std::string error_of(ErrorCode code, const std::function<void()>& call) {
  try {
    call();
  } catch (const Error& error) {
    INFO(error.what());
    CHECK(error.code() == code);
    return error.what();
  }
  FAIL("expected an Error, got none");
  return {};
}

}  // namespace octroi::gate::sample
