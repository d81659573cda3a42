// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <filesystem>
#include <functional>
#include <map>
#include <memory>
#include <random>
#include <string>

#include "base/error.hpp"
#include "gate/assessing.hpp"
#include "gate/board.hpp"
#include "gate/catalogue.hpp"
#include "gate/deciding.hpp"
#include "gate/issuing.hpp"
#include "gate/requests.hpp"
#include "model/document.hpp"

/// A board in a folder of its own, for tests: the example's charter rule (20 seats, 11 present,
/// unanimity of positions), dataset, provider and rulebook, and members whose keys come from words.
namespace octroi::gate::sample {

/// The key of a word: the same word gives the same key.
[[nodiscard]] crypto::SecretKey key_of(const std::string& word);

/// An example document, changed or not.
[[nodiscard]] json::Value example(const std::string& path);
[[nodiscard]] model::Document document(model::DocumentKind kind, const json::Value& value);

class Board {
 public:
  /// Members: secretary-1, secretary-2, researcher-1, researcher-2, auditor-1; and secretary-3
  /// where the charter asks for endorsements.
  explicit Board(int endorsements = 0);
  Board(const Board&) = delete;
  Board& operator=(const Board&) = delete;
  ~Board();

  [[nodiscard]] Database& database() { return *database_; }
  [[nodiscard]] std::filesystem::path path() const { return folder_ / "octroi.db"; }
  [[nodiscard]] Context context();
  [[nodiscard]] Actor as(const std::string& member);
  [[nodiscard]] const crypto::SecretKey& seal() const { return seal_; }
  [[nodiscard]] Instant now() const { return now_; }
  void pass(std::chrono::seconds time) { now_ += time; }
  /// Closes and opens the file again.
  void reopen();

  /// Adds the example's dataset and provider and adopts its rulebook.
  void fill();
  /// Submits the example study as researcher-1, with changes; its id.
  std::string submit(const std::function<void(json::Value&)>& change = {});
  /// Ballots that carry it, every referred finding of it resolved.
  [[nodiscard]] DecisionDraft grant(const std::string& request);
  /// Submitted, assessed and granted; its id.
  std::string granted();

 private:
  std::filesystem::path folder_;
  Instant now_;
  std::mt19937 random_;  // the same sequence in every run
  std::map<std::string, crypto::SecretKey> keys_;
  crypto::SecretKey seal_;
  std::unique_ptr<Database> database_;
};

/// The message of the Error(code) that the call throws; anything else fails the test.
std::string error_of(ErrorCode code, const std::function<void()>& call);

}  // namespace octroi::gate::sample
