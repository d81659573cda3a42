// SPDX-License-Identifier: Apache-2.0
#include "gate/catalogue_audit.hpp"

#include <fmt/format.h>

#include <optional>

#include "base/error.hpp"
#include "gate/acting.hpp"
#include "gate/board.hpp"
#include "json/write.hpp"
#include "registry/catalogue.hpp"
#include "registry/erasures.hpp"
#include "registry/log.hpp"
#include "registry/members.hpp"

namespace octroi::gate {
namespace {

using json::Value;
using model::DocumentKind;
using registry::Entry;

void require_same(bool is_same, const char* what) {
  if (is_same) return;
  throw Error(ErrorCode::damaged,
              fmt::format("its document says something else than its event: its {}", what));
}

void check_charter(Database& database) {
  const registry::Event founded = registry::read_event(registry::event_text(database, 0));
  const Digest digest = registry::read_charter(database).document;
  const Value charter = load(database, digest, DocumentKind::charter, "charter").value;
  require_same(charter.text("origin") == founded.log, "origin");
  const Value expected = founding_rule(charter);
  for (const char* name : {"majority", "seats", "present_min", "endorsements", "members"}) {
    const Value* said = founded.body.find(name);
    const Value* written = expected.find(name);
    const bool is_same = said == nullptr || written == nullptr
                             ? said == written
                             : json::canonical(*said) == json::canonical(*written);
    require_same(is_same, name);
  }
}

void check_entry(Database& database, const Entry& entry, DocumentKind kind) {
  if (registry::find_erasure(database, entry.document)) return;
  const Value document = load(database, entry.document, kind, entry.id).value;
  require_same(document.text("id") == entry.id, "id");
  if (kind != DocumentKind::dataset) return;
  require_same(document.at("holder").text("id") == entry.holder, "holder");
}

void check_adoption(Database& database, const registry::Adoption& adoption) {
  if (registry::find_erasure(database, adoption.document)) return;
  const model::Document rulebook =
      load(database, adoption.document, DocumentKind::rulebook, adoption.id);
  require_same(rulebook.value.text("id") == adoption.id, "id");
  require_same(rulebook.sha256.hex() == adoption.sha256, "SHA-256");
}

}  // namespace

void audit_catalogue(Database& database, AuditReport& report) {
  report.check("charter", [&] { check_charter(database); });
  const auto check_all = [&](DocumentKind kind, const std::vector<Entry>& latest, auto find) {
    for (const Entry& last : latest) {
      for (int version = 1; version <= last.version; ++version) {
        report.check(fmt::format("{} {} version {}", model::name_of(kind), last.id, version), [&] {
          if (const auto one = find(database, last.id, version)) check_entry(database, *one, kind);
        });
      }
    }
  };
  check_all(DocumentKind::dataset, registry::latest_datasets(database), registry::find_dataset);
  check_all(DocumentKind::provider, registry::latest_providers(database), registry::find_provider);
  check_all(DocumentKind::hierarchy, registry::latest_hierarchies(database),
            registry::find_hierarchy);
  for (const registry::Adoption& adoption : registry::all_adoptions(database)) {
    report.check("rulebook " + adoption.id, [&] { check_adoption(database, adoption); });
  }
}

}  // namespace octroi::gate
