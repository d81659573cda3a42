// SPDX-License-Identifier: Apache-2.0
#include "registry/replay.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <optional>
#include <set>
#include <utility>

#include "base/error.hpp"
#include "base/safe_text.hpp"
#include "registry/documents.hpp"
#include "registry/erasures.hpp"
#include "registry/following.hpp"
#include "registry/keys.hpp"
#include "registry/log.hpp"
#include "registry/sqlite_database.hpp"
#include "registry/statuses.hpp"

namespace octroi::registry {
namespace {

// Exactly the tables of SQLite's own statistics, which only choose how a query is answered: whoever
// can write the schema (PRAGMA writable_schema) can give a trigger such a name too.
constexpr std::string_view k_schema =
    "SELECT type, name, tbl_name, coalesce(sql, '') FROM sqlite_schema "
    "WHERE NOT (type = 'table' AND name IN ('sqlite_stat1', 'sqlite_stat4')) ORDER BY type, name";

/// Every table that the log explains; documents are compared by their digests instead, and
/// checkpoints are for whoever knows the log's key.
constexpr std::string_view k_tables =
    "SELECT name FROM sqlite_schema WHERE type = 'table' "
    "AND name NOT IN ('documents', 'checkpoints') AND name NOT GLOB 'sqlite_*' ORDER BY name";

constexpr std::size_t k_faults_max = 100;  ///< per kind of comparison: enough to see what happened

/// Of the events, or documents, that are checked at once, about.
constexpr std::size_t k_bytes_ahead = 16U << 20U;

/// The kind of the document that an event of this type names.
std::string_view document_kind(EventType type) {
  switch (type) {
    case EventType::board_founded:
      return "charter";
    case EventType::dataset_added:
      return "dataset";
    case EventType::provider_added:
      return "provider";
    case EventType::hierarchy_added:
      return "hierarchy";
    case EventType::rulebook_adopted:
      return "rulebook";
    case EventType::request_submitted:
      return "request";
    case EventType::request_assessed:
      return "assessment";
    case EventType::decision_recorded:
      return "decision";
    case EventType::token_issued:
      return "token";
    case EventType::token_revoked:
    case EventType::token_suspended:
    case EventType::token_resumed:
      return k_status_text_kind;
    case EventType::status_published:
      return k_status_list_kind;
    case EventType::member_added:
    case EventType::member_retired:
    case EventType::request_withdrawn:
    case EventType::seal_rotated:
    case EventType::log_key_rotated:
    case EventType::member_rekeyed:
    case EventType::key_retired:
    case EventType::release_endorsed:
    case EventType::document_erased:
      break;
  }
  broken_invariant("a document in an event that names none");
}

/// The next row, its cells told apart by type; nothing after the last.
std::optional<std::string> next_row(Statement& row) {
  if (!row.step()) return std::nullopt;
  std::string cells;
  for (int column = 0; column < row.columns(); ++column) {
    cells += (column == 0 ? "" : " | ") + row.cell(column);
  }
  return cells;
}

/// An event of the registry and, where its signature is good, the event that it is.
struct EventAhead {
  std::int64_t seq;
  std::string text;
  std::optional<SignedEvent> event;
  std::optional<crypto::PublicKey> key;  ///< that signed it; whether it might is asked later
};

using KeysById = std::map<crypto::KeyId, crypto::PublicKey>;

/// Of the registry's own table, which nothing else believes: a key that is wrong or absent only
/// means that a signature is not checked ahead.
KeysById keys_of_members(Database& registry) {
  KeysById keys;
  try {
    for (const KeyRecord& record : keys_of(registry, KeyUse::member)) {
      keys.emplace(record.key.id(), record.key);
    }
  } catch (const Error&) {
    // The comparison of the tables says what is wrong with it.
  }
  return keys;
}

/// Checks a signature with the key of that id. What is not good is left for whoever follows the log
/// to name.
void check_ahead(EventAhead& ahead, const KeysById& keys) {
  try {
    ahead.event = verify_event(ahead.text, [&](const Event& event) {
      const auto known = keys.find(event.signer);
      if (known == keys.end()) throw Error(ErrorCode::damaged, "its key is not known yet");
      ahead.key = known->second;
      return known->second;
    });
  } catch (const Error&) {
    ahead.event = std::nullopt;
  }
}

/// A document of the registry, and whether it is the one that its digest names.
struct StoredDocument {
  Digest digest;
  std::string kind;
  Bytes salt;
  std::string bytes;
  bool is_unchanged = false;
};

bool is_unchanged(const StoredDocument& document) {
  return document_digest(document.salt, document.bytes) == document.digest;
}

std::vector<std::string> texts_of(Database& database, std::string_view sql) {
  std::vector<std::string> texts;
  const auto row = database.query(sql);
  while (row->step()) texts.push_back(row->text(0));
  return texts;
}

class Replayer {
 public:
  Replayer(Database& registry, const Pace& pace)
      : registry_(registry), pace_(pace), following_(read_head(registry).origin) {}

  Replay run(const std::function<void(std::int64_t, std::int64_t)>& progress) {
    check_file();
    compare("the schema", k_schema);
    // Without the whole log, every table would differ and say nothing.
    result_.is_log_whole = follow_log(progress);
    if (result_.is_log_whole) {
      for (const std::string& table : texts_of(following_.tables(), k_tables)) {
        compare("table " + table, "SELECT * FROM " + table);
      }
      result_.are_tables_sound = result_.faults.empty();
      check_documents();
    }
    result_.events = following_.events();
    result_.tables = std::move(following_).take_tables();
    return std::move(result_);
  }

 private:
  void fault(std::optional<std::int64_t> seq, std::string what) {
    result_.faults.push_back({seq, std::move(what)});
  }

  // While the events of one round are followed, one after another, the signatures of the next one
  // are checked.
  bool follow_log(const std::function<void(std::int64_t, std::int64_t)>& progress) {
    const std::int64_t size = read_head(registry_).size;
    const KeysById keys = keys_of_members(registry_);
    std::vector<EventAhead> checked;
    std::vector<EventAhead> ahead;
    std::size_t bytes = 0;
    bool is_followed = true;
    const auto follow_checked = [&] {
      for (const EventAhead& one : checked) {
        if (!is_followed) break;
        is_followed = follow(one);
        progress(following_.events(), size);
      }
    };
    const auto take_round = [&] {
      for_each_of(1 + ahead.size(), pace_.threads, [&](std::size_t piece) {
        if (piece == 0) return follow_checked();
        check_ahead(ahead[piece - 1], keys);
      });
      checked = std::exchange(ahead, {});
      bytes = 0;
    };
    visit_events(registry_, [&](std::int64_t seq, const std::string& text) {
      if (!is_followed) return;
      ahead.push_back({seq, text, std::nullopt, std::nullopt});
      bytes += text.size();
      if (ahead.size() >= pace_.at_once || bytes > k_bytes_ahead) take_round();
    });
    take_round();
    follow_checked();
    if (is_followed && following_.events() == 0) fault(std::nullopt, "the log is empty");
    return is_followed && following_.events() > 0;
  }

  /// False when the event is not good; the log is not followed any further then, as every later
  /// event builds on it.
  bool follow(const EventAhead& one) {
    try {
      note_document(one.event ? following_.follow(one.seq, *one.event, *one.key)
                              : following_.follow(one.seq, one.text));
    } catch (const Error& error) {
      fault(one.seq, event_fault(one.seq, error));
      return false;
    }
    return true;
  }

  void note_document(const Event& event) {
    const json::Value* document = event.body.find("document");
    if (document != nullptr) named_.emplace(document->as_string(), document_kind(event.type));
  }

  void check_file() {
    for (const std::string& line : texts_of(registry_, "PRAGMA integrity_check")) {
      if (line != "ok") fault(std::nullopt, "the file is damaged: " + printable(line));
    }
    // A row of no log, or of nobody, is one that no other comparison looks at.
    const auto row =
        registry_.query("SELECT DISTINCT \"table\", parent FROM pragma_foreign_key_check");
    while (row->step()) {
      fault(std::nullopt, fmt::format("table {} has a row that refers to none of {}",
                                      printable(row->text(0)), printable(row->text(1))));
    }
  }

  /// As sets of rows. The same rows in the same order need no memory: the sets are made of what
  /// stands in another place only.
  void compare(const std::string& what, std::string_view sql) {
    std::multiset<std::string> found;
    std::multiset<std::string> expected;
    const auto stored = registry_.query(sql);
    const auto replayed = following_.tables().query(sql);
    std::optional<std::string> left = next_row(*stored);
    std::optional<std::string> right = next_row(*replayed);
    while (left || right) {
      if (left != right) {
        if (left) put(*left, found, expected);
        if (right) put(*right, expected, found);
      }
      if (left) left = next_row(*stored);
      if (right) right = next_row(*replayed);
    }
    report(what + " has a row that the log does not explain: ", found);
    report(what + " lacks a row that the log gives: ", expected);
  }

  /// Puts a row into one side, or takes its like out of the other.
  static void put(const std::string& row, std::multiset<std::string>& side,
                  std::multiset<std::string>& other) {
    if (const auto same = other.find(row); same != other.end()) {
      other.erase(same);
    } else {
      side.insert(row);
    }
  }

  void report(const std::string& what, const std::multiset<std::string>& rows) {
    std::size_t count = 0;
    for (const std::string& row : rows) {
      if (++count > k_faults_max) return fault(std::nullopt, what + "and more");
      fault(std::nullopt, what + in_quotes(row, 160));
    }
  }

  void check_documents() {
    std::set<std::string> stored;
    std::vector<StoredDocument> round;
    std::size_t bytes = 0;
    const auto take_round = [&] {
      for_each_of(round.size(), pace_.threads,
                  [&](std::size_t one) { round[one].is_unchanged = is_unchanged(round[one]); });
      for (const StoredDocument& one : round) {
        const std::string name = one.digest.hex();
        if (!one.is_unchanged) {
          fault(std::nullopt, fmt::format("document {} ({}) was changed", name, one.kind));
        }
        check_kind(name, one.kind);
        stored.insert(name);
      }
      round.clear();
      bytes = 0;
    };
    visit_documents(registry_, [&](const Digest& digest, const std::string& kind, ByteView salt,
                                   std::string content) {
      bytes += content.size();
      round.push_back({digest, kind, {salt.begin(), salt.end()}, std::move(content)});
      if (round.size() >= pace_.at_once || bytes > k_bytes_ahead) take_round();
    });
    take_round();
    for (const Erasure& erasure : all_erasures(following_.tables())) {
      const std::string name = erasure.document.hex();
      named_.erase(name);
      if (stored.erase(name) > 0) {
        fault(std::nullopt, fmt::format("document {} was erased, and is still there", name));
      }
    }
    for (const auto& [name, kind] : named_) {
      if (!stored.contains(name)) fault(std::nullopt, fmt::format("document {} is missing", name));
    }
    for (const std::string& name : stored) {
      if (!named_.contains(name)) {
        fault(std::nullopt, fmt::format("document {} is named by no event", name));
      }
    }
  }

  void check_kind(const std::string& name, const std::string& kind) {
    const auto named = named_.find(name);
    if (named == named_.end() || named->second == kind) return;
    fault(std::nullopt,
          fmt::format("document {}: expected a {}, got {}", name, named->second, in_quotes(kind)));
  }

  Database& registry_;
  const Pace& pace_;
  Following following_;
  Replay result_;
  std::map<std::string, std::string_view> named_;  ///< documents that events name, with their kind
};

}  // namespace

std::vector<std::string> missing_tables(Database& registry) {
  constexpr std::string_view k_names =
      "SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT GLOB 'sqlite_*' "
      "ORDER BY name";
  const std::vector<std::string> found = texts_of(registry, k_names);
  std::vector<std::string> missing = texts_of(*open_sqlite_in_memory(), k_names);
  std::erase_if(missing, [&found](const std::string& name) {
    return std::find(found.begin(), found.end(), name) != found.end();
  });
  return missing;
}

Replay replay(Database& registry, const std::function<void(std::int64_t, std::int64_t)>& progress,
              const Pace& pace) {
  return Replayer(registry, pace).run(progress);
}

}  // namespace octroi::registry
