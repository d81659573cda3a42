// SPDX-License-Identifier: Apache-2.0
#include "registry/catalogue.hpp"

#include <fmt/format.h>

#include <map>

#include "base/error.hpp"
#include "base/safe_text.hpp"
#include "registry/members.hpp"

namespace octroi::registry {
namespace {

constexpr std::string_view k_insert_dataset =
    "INSERT INTO datasets (id, version, holder, document, added_at) VALUES ($1, $2, $3, $4, $5)";
constexpr std::string_view k_datasets =
    "SELECT id, version, holder, document, added_at FROM datasets AS d WHERE version = "
    "(SELECT max(version) FROM datasets WHERE id = d.id) ORDER BY id";
constexpr std::string_view k_dataset =
    "SELECT id, version, holder, document, added_at FROM datasets WHERE id = $1 "
    "ORDER BY version DESC LIMIT 1";
constexpr std::string_view k_dataset_version =
    "SELECT id, version, holder, document, added_at FROM datasets WHERE id = $1 AND version = $2";
constexpr std::string_view k_insert_provider =
    "INSERT INTO providers (id, version, document, added_at) VALUES ($1, $2, $3, $4)";
constexpr std::string_view k_providers =
    "SELECT id, version, '', document, added_at FROM providers AS p WHERE version = "
    "(SELECT max(version) FROM providers WHERE id = p.id) ORDER BY id";
constexpr std::string_view k_provider =
    "SELECT id, version, '', document, added_at FROM providers WHERE id = $1 "
    "ORDER BY version DESC LIMIT 1";
constexpr std::string_view k_provider_version =
    "SELECT id, version, '', document, added_at FROM providers WHERE id = $1 AND version = $2";
constexpr std::string_view k_insert_hierarchy =
    "INSERT INTO hierarchies (id, version, document, added_at) VALUES ($1, $2, $3, $4)";
constexpr std::string_view k_hierarchies =
    "SELECT id, version, '', document, added_at FROM hierarchies AS h WHERE version = "
    "(SELECT max(version) FROM hierarchies WHERE id = h.id) ORDER BY id";
constexpr std::string_view k_hierarchy =
    "SELECT id, version, '', document, added_at FROM hierarchies WHERE id = $1 "
    "ORDER BY version DESC LIMIT 1";
constexpr std::string_view k_hierarchy_version =
    "SELECT id, version, '', document, added_at FROM hierarchies WHERE id = $1 AND version = $2";
constexpr std::string_view k_insert_adoption =
    "INSERT INTO rulebooks (seq, id, sha256, document, applies_from, applies_until, adopted_at) "
    "VALUES ($1, $2, $3, $4, $5, $6, $7)";
constexpr std::string_view k_adoptions =
    "SELECT seq, id, sha256, document, applies_from, applies_until, adopted_at FROM rulebooks "
    "ORDER BY seq";

Digest document_of(const Event& event) {
  return read_digest(event.body.at("document"));
}

Date day_of(const json::Value& text) {
  const std::optional<Date> day = parse_date(text.as_string());
  if (!day) throw Error(ErrorCode::bad_input, "expected a day, got " + in_quotes(text.as_string()));
  return *day;
}

void require_next_version(const Event& event, const std::optional<Entry>& latest) {
  const std::int64_t expected = latest ? latest->version + 1 : 1;
  const std::int64_t version = event.body.at("version").as_integer();
  if (version != expected) {
    throw Error(ErrorCode::not_allowed,
                fmt::format("expected version {}, got {}", expected, version));
  }
}

Entry read_entry(const Statement& row) {
  return {row.text(0), static_cast<int>(row.integer(1)), row.text(2), row.digest(3),
          read_instant(row, 4)};
}

std::vector<Entry> read_entries(Database& database, std::string_view sql) {
  std::vector<Entry> entries;
  const auto row = database.query(sql);
  while (row->step()) entries.push_back(read_entry(*row));
  return entries;
}

std::optional<Entry> read_first(Statement& row) {
  if (!row.step()) return std::nullopt;
  return read_entry(row);
}

}  // namespace

void apply_dataset_added(const Event& event, Database& database) {
  const json::Value& body = event.body;
  const std::string& id = body.at("dataset").as_string();
  require_next_version(event, find_dataset(database, id));
  database.run(k_insert_dataset, id, body.at("version").as_integer(), body.at("holder").as_string(),
               document_of(event), format_instant(event.at));
}

void apply_provider_added(const Event& event, Database& database) {
  const json::Value& body = event.body;
  const std::string& id = body.at("provider").as_string();
  require_next_version(event, find_provider(database, id));
  database.run(k_insert_provider, id, body.at("version").as_integer(), document_of(event),
               format_instant(event.at));
}

void apply_hierarchy_added(const Event& event, Database& database) {
  const json::Value& body = event.body;
  const std::string& id = body.at("hierarchy").as_string();
  require_next_version(event, find_hierarchy(database, id));
  database.run(k_insert_hierarchy, id, body.at("version").as_integer(), document_of(event),
               format_instant(event.at));
}

void apply_rulebook_adopted(const Event& event, Database& database) {
  const json::Value& body = event.body;
  const Date from = day_of(body.at("from"));
  std::optional<std::string> until;
  if (const json::Value* last = body.find("until")) {
    if (day_of(*last) < from) {
      throw Error(ErrorCode::bad_input, fmt::format("the last day {} lies before the first day {}",
                                                    last->as_string(), format_date(from)));
    }
    until = last->as_string();
  }
  database.run(k_insert_adoption, event.seq, body.at("rulebook").as_string(),
               body.at("sha256").as_string(), document_of(event), format_date(from), until,
               format_instant(event.at));
}

std::vector<Entry> latest_datasets(Database& database) {
  return read_entries(database, k_datasets);
}

std::vector<Entry> latest_providers(Database& database) {
  return read_entries(database, k_providers);
}

std::vector<Entry> latest_hierarchies(Database& database) {
  return read_entries(database, k_hierarchies);
}

std::optional<Entry> find_dataset(Database& database, const std::string& id,
                                  std::optional<int> version) {
  return read_first(version ? *database.query(k_dataset_version, id, *version)
                            : *database.query(k_dataset, id));
}

std::optional<Entry> find_provider(Database& database, const std::string& id,
                                   std::optional<int> version) {
  return read_first(version ? *database.query(k_provider_version, id, *version)
                            : *database.query(k_provider, id));
}

std::optional<Entry> find_hierarchy(Database& database, const std::string& id,
                                    std::optional<int> version) {
  return read_first(version ? *database.query(k_hierarchy_version, id, *version)
                            : *database.query(k_hierarchy, id));
}

std::vector<Adoption> all_adoptions(Database& database) {
  std::vector<Adoption> adoptions;
  const auto row = database.query(k_adoptions);
  while (row->step()) {
    const std::optional<Date> from = read_date(*row, 4);
    adoptions.push_back({row->integer(0), row->text(1), row->text(2), row->digest(3), *from,
                         read_date(*row, 5), read_instant(*row, 6)});
  }
  return adoptions;
}

std::vector<Adoption> adoptions_in_force(Database& database, Date day,
                                         std::optional<std::int64_t> before) {
  std::map<std::string, Adoption> by_id;
  for (Adoption& adoption : all_adoptions(database)) {
    if (before && adoption.seq >= *before) break;  // they come in the order of the log
    if (adoption.from <= day) by_id.insert_or_assign(adoption.id, std::move(adoption));
  }
  std::vector<Adoption> result;
  for (auto& [id, adoption] : by_id) {
    if (!adoption.until || day <= *adoption.until) result.push_back(std::move(adoption));
  }
  return result;
}

}  // namespace octroi::registry
