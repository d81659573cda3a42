// SPDX-License-Identifier: Apache-2.0
#include "registry/replay.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <future>
#include <iterator>
#include <map>
#include <optional>
#include <set>
#include <utility>

#include "base/error.hpp"
#include "base/in_parts.hpp"
#include "base/safe_text.hpp"
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

/// The row that a statement is at, its cells told apart by type.
std::string text_of_row(const Statement& row) {
  std::string cells;
  for (int column = 0; column < row.columns(); ++column) {
    cells += (column == 0 ? "" : " | ") + row.cell(column);
  }
  return cells;
}

bool are_same_rows(const Statement& left, const Statement& right) {
  if (left.columns() != right.columns()) return false;
  for (int column = 0; column < left.columns(); ++column) {
    if (left.view(column) != right.view(column)) return false;
  }
  return true;
}

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
NextEvent checked_ahead(const NextEvent& next, const KeysById& keys) {
  NextEvent checked{next.seq, next.text};
  try {
    checked.event = verify_event(next.text, [&](const Event& event) {
      const auto known = keys.find(event.signer);
      if (known == keys.end()) throw Error(ErrorCode::damaged, "its key is not known yet");
      checked.key = known->second;
      return known->second;
    });
  } catch (const Error&) {
    checked.event = std::nullopt;
  }
  return checked;
}

std::vector<std::string> texts_of(Database& database, std::string_view sql) {
  std::vector<std::string> texts;
  const auto row = database.query(sql);
  while (row->step()) texts.push_back(row->text(0));
  return texts;
}

using Faults = std::vector<ReplayFault>;

/// What SQLite says of the file itself.
Faults faults_of_file(Database& registry) {
  Faults faults;
  for (const std::string& line : texts_of(registry, "PRAGMA integrity_check")) {
    if (line != "ok") faults.push_back({{}, "the file is damaged: " + printable(line)});
  }
  // A row of no log, or of nobody, is one that no other comparison looks at.
  const auto row =
      registry.query("SELECT DISTINCT \"table\", parent FROM pragma_foreign_key_check");
  while (row->step()) {
    faults.push_back({{},
                      fmt::format("table {} has a row that refers to none of {}",
                                  printable(row->text(0)), printable(row->text(1)))});
  }
  return faults;
}

class Replayer {
 public:
  Replayer(Database& registry, Database* beside, const Pace& pace)
      : registry_(registry),
        beside_(pace.threads > 1 ? beside : nullptr),
        pace_(pace),
        following_(read_head(registry).origin, EventTexts::left_out) {}

  Replay run(const std::function<void(std::int64_t, std::int64_t)>& progress) {
    auto of_file = check_file();
    try {
      compare("the schema", k_schema);
      // Without the whole log, every table would differ and say nothing.
      result_.is_log_whole = follow_log(progress);
    } catch (const Error&) {
      static_cast<void>(of_file.get());  // what is wrong with the file explains more
      throw;
    }
    Faults faults = of_file.get();
    std::move(result_.faults.begin(), result_.faults.end(), std::back_inserter(faults));
    result_.faults = std::move(faults);
    if (result_.is_log_whole) {
      compare_tables();
      result_.are_tables_sound = result_.faults.empty();
    }
    result_.events = following_.events();
    result_.tables = std::move(following_).take_tables();
    return std::move(result_);
  }

 private:
  /// On another connection and thread, beside the rest; where there is none, at once.
  std::future<Faults> check_file() {
    if (beside_ != nullptr) {
      return std::async(std::launch::async | std::launch::deferred,
                        [this] { return faults_of_file(*beside_); });
    }
    auto faults = std::async(std::launch::deferred, [this] { return faults_of_file(registry_); });
    faults.wait();
    return faults;
  }

  void fault(std::optional<std::int64_t> seq, std::string what) {
    result_.faults.push_back({seq, std::move(what)});
  }

  void compare_tables() {
    for (const std::string& table : texts_of(following_.tables(), k_tables)) {
      if (table == "events" && are_events_as_followed()) continue;
      // How many status entries there are is asked of their rows' numbers (statuses.cpp).
      const std::string cells = table == "status_entries" ? "rowid, *" : "*";
      compare("table " + table, "SELECT " + cells + " FROM " + table);
    }
  }

  // Events are followed in their order, by one thread at a time, while others check the signatures
  // of the next ones.
  bool follow_log(const std::function<void(std::int64_t, std::int64_t)>& progress) {
    const std::int64_t size = read_head(registry_).size;
    const KeysById keys = keys_of_members(registry_);
    bool is_followed = true;
    InParts<NextEvent, NextEvent> parts(
        pace_, [&keys](const NextEvent& next) { return checked_ahead(next, keys); },
        [&](const std::vector<NextEvent>& part) {
          return is_followed = follow(part, size, progress);
        });
    visit_events(registry_, [&](std::int64_t seq, const std::string& text) {
      parts.add({seq, text}, text.size());
    });
    parts.finish();
    if (is_followed && following_.events() == 0) fault(std::nullopt, "the log is empty");
    return is_followed && following_.events() > 0;
  }

  /// False when an event is not good; the log is not followed any further then, as every later one
  /// builds on it.
  bool follow(const std::vector<NextEvent>& part, std::int64_t size,
              const std::function<void(std::int64_t, std::int64_t)>& progress) {
    const std::int64_t before = following_.events();
    std::optional<Error> error;
    try {
      following_.follow_all(part);
    } catch (const Error& found) {
      error = found;
    }
    const auto count = static_cast<std::size_t>(following_.events() - before);
    for (std::size_t i = 0; i < count; ++i) {  // INVARIANT: what was followed is of its schema
      note_document(part[i].event ? part[i].event->content() : read_event(part[i].text));
      progress(before + static_cast<std::int64_t>(i) + 1, size);
    }
    if (error) {
      fault(part[count].seq, event_fault(part[count].seq, *error));
      progress(following_.events(), size);
    }
    return !error;
  }

  void note_document(const Event& event) {
    const json::Value* document = event.body.find("document");
    if (document != nullptr) {
      result_.named.push_back({read_digest(*document), document_kind(event.type)});
    }
  }

  /// The texts are those that were followed: whether each stands beside its own id and number, and
  /// nothing else there. Where that is not plain, they are compared as all tables are.
  bool are_events_as_followed() {
    if (result_.faults.empty() && has_same_rows("SELECT log, seq, id FROM events")) return true;
    Transaction transaction(following_.tables(), Transaction::Kind::write);
    visit_events(registry_, [this](std::int64_t seq, const std::string& text) {
      put_text(following_.tables(), seq, text);
    });
    transaction.commit();
    return false;
  }

  bool has_same_rows(std::string_view sql) {
    const auto stored = registry_.query(sql);
    const auto replayed = following_.tables().query(sql);
    for (;;) {
      const bool has_left = stored->step();
      if (has_left != replayed->step()) return false;
      if (!has_left) return true;
      if (!are_same_rows(*stored, *replayed)) return false;
    }
  }

  /// As sets of rows. The same rows in the same order need no memory: the sets are made of what
  /// stands in another place only.
  void compare(const std::string& what, std::string_view sql) {
    std::multiset<std::string> found;
    std::multiset<std::string> expected;
    const auto stored = registry_.query(sql);
    const auto replayed = following_.tables().query(sql);
    bool has_left = stored->step();
    bool has_right = replayed->step();
    while (has_left || has_right) {
      if (!has_left || !has_right || !are_same_rows(*stored, *replayed)) {
        if (has_left) put(text_of_row(*stored), found, expected);
        if (has_right) put(text_of_row(*replayed), expected, found);
      }
      has_left = has_left && stored->step();
      has_right = has_right && replayed->step();
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

  Database& registry_;
  Database* beside_;  ///< for another thread; may be nullptr
  const Pace& pace_;
  Following following_;
  Replay result_;
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

Replay replay(Database& registry, Database* beside,
              const std::function<void(std::int64_t, std::int64_t)>& progress, const Pace& pace) {
  return Replayer(registry, beside, pace).run(progress);
}

}  // namespace octroi::registry
