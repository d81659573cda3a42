// SPDX-License-Identifier: Apache-2.0
#include "gate/catalogue.hpp"

#include <fmt/format.h>

#include "base/error.hpp"
#include "base/safe_text.hpp"
#include "gate/acting.hpp"
#include "registry/erasures.hpp"
#include "rules/compiled_rulebook.hpp"

namespace octroi::gate {
namespace {

using json::Value;
using model::DocumentKind;
using registry::Adoption;
using registry::Entry;
using registry::EventType;
using registry::Transaction;

/// The document of an entry, which must be that of what it says to be.
model::Document load_entry(Database& database, const Entry& entry, DocumentKind kind) {
  model::Document document = load(database, entry.document, kind, entry.id);
  require_document_of(entry, document.value, kind);
  return document;
}

CatalogueRow row_of(const Entry& entry, const model::Document& document) {
  const Value* title = document.value.find("title");
  return {entry.id,
          entry.version,
          title == nullptr ? document.value.text("name") : title->text("en"),
          entry.holder,
          entry.added,
          document.sha256.hex(),
          false};
}

std::vector<CatalogueRow> rows_of(Database& database, const std::vector<Entry>& entries,
                                  DocumentKind kind) {
  std::vector<CatalogueRow> rows;
  for (const Entry& entry : entries) {
    if (registry::find_erasure(database, entry.document)) {
      rows.push_back({entry.id, entry.version, "", entry.holder, entry.added, "", true});
    } else {
      rows.push_back(row_of(entry, load(database, entry.document, kind, entry.id)));
    }
  }
  return rows;
}

/// The version that these bytes become; the very bytes that are in force already are refused.
int next_version(Database& database, const std::optional<Entry>& latest,
                 const model::Document& document) {
  if (!latest) return 1;
  if (registry::find_erasure(database, latest->document)) return latest->version + 1;
  const model::Document known = load(database, latest->document, document.kind, latest->id);
  if (known.bytes == document.bytes) {
    throw Error(ErrorCode::not_allowed,
                fmt::format("{} {} has these very bytes already, as version {}",
                            model::name_of(document.kind), latest->id, latest->version));
  }
  return latest->version + 1;
}

[[noreturn]] void refuse_unknown(DocumentKind kind, const std::string& id,
                                 std::optional<int> version, const std::vector<Entry>& known) {
  std::vector<std::string> ids;
  for (const Entry& entry : known) ids.push_back(entry.id);
  const std::string which = version ? fmt::format(" version {}", *version) : "";
  const std::string_view noun = model::name_of(kind);
  const std::string near = hint(id, ids);
  throw Error(ErrorCode::bad_input,
              fmt::format("there is no {} {}{} in the registry{}; 'octroi {} list' shows them, and "
                          "a secretary adds one with 'octroi {} add'",
                          noun, in_quotes(id), which, near, noun, noun));
}

AdoptionRow row_of(Database& database, const Adoption& adoption) {
  if (registry::find_erasure(database, adoption.document)) {
    return {adoption.id,    adoption.sha256,  "",    "",  adoption.from,
            adoption.until, adoption.adopted, false, true};
  }
  const model::Document document =
      load(database, adoption.document, DocumentKind::rulebook, adoption.id);
  const Value& title = document.value.at("title");
  return {adoption.id,      adoption.sha256, title.text("en"),
          title.text("fr"), adoption.from,   adoption.until,
          adoption.adopted, false,           false};
}

/// The last day: the rulebook's own, or an earlier one that was asked for.
std::optional<Date> last_day(const model::Document& rulebook, std::optional<Date> until) {
  const Value* valid = rulebook.value.find("valid");
  const Value* to = valid == nullptr ? nullptr : valid->find("to");
  if (to == nullptr) return until;
  const std::optional<Date> own = parse_date(to->as_string());
  return until && (!own || *until < *own) ? until : own;
}

Date first_day(const model::Document& rulebook, std::optional<Date> from, const Context& context) {
  const Date asked = from.value_or(date_of(context.clock()));
  const Value* valid = rulebook.value.find("valid");
  const Value* own_text = valid == nullptr ? nullptr : valid->find("from");
  if (own_text == nullptr) return asked;
  const std::optional<Date> own = parse_date(own_text->as_string());
  return own && asked < *own ? *own : asked;
}

}  // namespace

CatalogueRow add_dataset(Database& database, const Actor& actor, const model::Document& document,
                         const Context& context) {
  Transaction transaction(database, Transaction::Kind::write);
  const std::string& id = document.value.at("id").as_string();
  const int version = next_version(database, registry::find_dataset(database, id), document);
  act(database, actor, EventType::dataset_added,
      json::object({{"dataset", id},
                    {"version", version},
                    {"holder", document.value.at("holder").at("id")},
                    {"document", keep(database, document, context)}}),
      context);
  CatalogueRow row = row_of(registry::find_dataset(database, id).value(), document);
  transaction.commit();
  return row;
}

CatalogueRow add_provider(Database& database, const Actor& actor, const model::Document& document,
                          const Context& context) {
  Transaction transaction(database, Transaction::Kind::write);
  const std::string& id = document.value.at("id").as_string();
  const int version = next_version(database, registry::find_provider(database, id), document);
  act(database, actor, EventType::provider_added,
      json::object({{"provider", id},
                    {"version", version},
                    {"document", keep(database, document, context)}}),
      context);
  CatalogueRow row = row_of(registry::find_provider(database, id).value(), document);
  transaction.commit();
  return row;
}

CatalogueRow add_hierarchy(Database& database, const Actor& actor, const model::Document& document,
                           const Context& context) {
  Transaction transaction(database, Transaction::Kind::write);
  const std::string& id = document.value.at("id").as_string();
  const int version = next_version(database, registry::find_hierarchy(database, id), document);
  act(database, actor, EventType::hierarchy_added,
      json::object({{"hierarchy", id},
                    {"version", version},
                    {"document", keep(database, document, context)}}),
      context);
  CatalogueRow row = row_of(registry::find_hierarchy(database, id).value(), document);
  transaction.commit();
  return row;
}

void require_document_of(const Entry& entry, const Value& document, DocumentKind kind) {
  const std::string id = document.text("id");
  if (id == entry.id) return;
  throw Error(ErrorCode::damaged, fmt::format("the registry has for {} {} the document of {}",
                                              model::name_of(kind), printable(entry.id),
                                              id.empty() ? "nothing" : printable(id)));
}

std::vector<CatalogueRow> list_datasets(Database& database) {
  return rows_of(database, registry::latest_datasets(database), DocumentKind::dataset);
}

std::vector<CatalogueRow> list_providers(Database& database) {
  return rows_of(database, registry::latest_providers(database), DocumentKind::provider);
}

std::vector<CatalogueRow> list_hierarchies(Database& database) {
  return rows_of(database, registry::latest_hierarchies(database), DocumentKind::hierarchy);
}

model::Document show_dataset(Database& database, const std::string& id,
                             std::optional<int> version) {
  const std::optional<Entry> entry = registry::find_dataset(database, id, version);
  if (!entry) {
    refuse_unknown(DocumentKind::dataset, id, version, registry::latest_datasets(database));
  }
  return load_entry(database, *entry, DocumentKind::dataset);
}

model::Document show_provider(Database& database, const std::string& id,
                              std::optional<int> version) {
  const std::optional<Entry> entry = registry::find_provider(database, id, version);
  if (!entry) {
    refuse_unknown(DocumentKind::provider, id, version, registry::latest_providers(database));
  }
  return load_entry(database, *entry, DocumentKind::provider);
}

model::Document show_hierarchy(Database& database, const std::string& id,
                               std::optional<int> version) {
  const std::optional<Entry> entry = registry::find_hierarchy(database, id, version);
  if (!entry) {
    refuse_unknown(DocumentKind::hierarchy, id, version, registry::latest_hierarchies(database));
  }
  return load_entry(database, *entry, DocumentKind::hierarchy);
}

AdoptionRow adopt_rulebook(Database& database, const Actor& actor, const model::Document& document,
                           std::optional<Date> from, std::optional<Date> until,
                           const Context& context) {
  const rules::CompiledRulebook rulebook =
      rules::CompiledRulebook::require(document, document.value.at("id").as_string());
  Transaction transaction(database, Transaction::Kind::write);
  Value body = json::object({{"rulebook", rulebook.id()},
                             {"sha256", document.sha256.hex()},
                             {"document", keep(database, document, context)},
                             {"from", format_date(first_day(document, from, context))}});
  if (const std::optional<Date> last = last_day(document, until)) {
    body.set("until", format_date(*last));
  }
  act(database, actor, EventType::rulebook_adopted, std::move(body), context);
  AdoptionRow row = list_rulebooks(database, date_of(context.clock())).back();
  transaction.commit();
  return row;
}

std::vector<AdoptionRow> list_rulebooks(Database& database, Date as_of) {
  const std::vector<Adoption> in_force = registry::adoptions_in_force(database, as_of);
  std::vector<AdoptionRow> rows;
  for (const Adoption& adoption : registry::all_adoptions(database)) {
    rows.push_back(row_of(database, adoption));
    for (const Adoption& one : in_force) {
      if (one.seq == adoption.seq) rows.back().is_in_force = true;
    }
  }
  return rows;
}

model::Document show_rulebook(Database& database, const std::string& id) {
  std::vector<std::string> ids;
  std::optional<Adoption> last;
  for (Adoption& adoption : registry::all_adoptions(database)) {
    ids.push_back(adoption.id);
    if (adoption.id == id) last = std::move(adoption);
  }
  if (!last) {
    throw Error(ErrorCode::bad_input, fmt::format("there is no rulebook {} in the registry{}",
                                                  in_quotes(id), hint(id, ids)));
  }
  return load(database, last->document, DocumentKind::rulebook, id);
}

}  // namespace octroi::gate
