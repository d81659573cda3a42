// SPDX-License-Identifier: Apache-2.0
#include "gate/pack_audit.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <functional>
#include <map>
#include <set>
#include <string_view>

#include "base/error.hpp"
#include "base/file.hpp"
#include "base/limits.hpp"
#include "base/safe_text.hpp"
#include "crypto/hash.hpp"
#include "gate/status_audit.hpp"
#include "gate/status_check.hpp"
#include "gate/status_publishing.hpp"
#include "registry/catalogue.hpp"
#include "registry/documents.hpp"
#include "registry/erasures.hpp"
#include "registry/log.hpp"
#include "registry/statuses.hpp"

namespace octroi::gate {
namespace {

namespace fs = std::filesystem;
using model::DocumentKind;

constexpr std::size_t k_salt_file_bytes_max = 64;
constexpr std::array<std::string_view, 7> k_known_names = {
    "checkpoint", "tile", "log", "trust.json", "README.txt", "documents", "status"};

/// A document of the catalogue that the log names.
struct PublicDocument {
  DocumentKind kind;
  std::string id;
  std::string name;    ///< "dataset snds version 1"
  std::string sha256;  ///< of its bytes, where its event says that too; or ""
  std::string holder;  ///< of a dataset, as its event says; else ""
};

/// The names in a folder, sorted; none where there is no such folder.
std::set<std::string> names_in(const fs::path& folder) {
  std::set<std::string> names;
  std::error_code error;
  for (const fs::directory_entry& entry : fs::directory_iterator(folder, error)) {
    names.insert(entry.path().filename().string());
  }
  return names;
}

std::map<Digest, PublicDocument> public_documents(Database& tables) {
  std::map<Digest, PublicDocument> known;
  const auto add_versions = [&](DocumentKind kind, const std::vector<registry::Entry>& latest,
                                const auto& find) {
    for (const registry::Entry& last : latest) {
      for (int version = 1; version <= last.version; ++version) {
        const auto entry = find(tables, last.id, version);
        if (!entry) continue;
        known.insert({entry->document,
                      {kind, last.id,
                       fmt::format("{} {} version {}", model::name_of(kind), last.id, version), "",
                       entry->holder}});
      }
    }
  };
  add_versions(DocumentKind::dataset, registry::latest_datasets(tables), registry::find_dataset);
  add_versions(DocumentKind::provider, registry::latest_providers(tables), registry::find_provider);
  add_versions(DocumentKind::hierarchy, registry::latest_hierarchies(tables),
               registry::find_hierarchy);
  for (const registry::Adoption& adoption : registry::all_adoptions(tables)) {
    known.insert(
        {adoption.document,
         {DocumentKind::rulebook, adoption.id,
          fmt::format("rulebook {} of event {}", adoption.id, adoption.seq), adoption.sha256, ""}});
  }
  return known;
}

class PackAudit {
 public:
  PackAudit(const fs::path& folder, Database& tables, const std::optional<model::Document>& trust,
            AuditReport& report)
      : folder_(folder), tables_(tables), trust_(trust), report_(report) {}

  void run() {
    check_documents();
    check_lists();
    for (const std::string& name : names_in(folder_)) {
      const bool is_known =
          std::find(k_known_names.begin(), k_known_names.end(), name) != k_known_names.end();
      if (!is_known) report_.leave_out(AuditGapKind::other_files, printable(name));
    }
  }

 private:
  static void require_that(bool holds, const std::string& what) {
    if (!holds) throw Error(ErrorCode::damaged, what);
  }

  void check_documents() {
    const std::map<Digest, PublicDocument> known = public_documents(tables_);
    const std::set<std::string> names = names_in(folder_ / "documents");
    std::set<Digest> found;
    for (const std::string& name : names) {
      const fs::path file(name);
      const auto digest = Digest::from_hex(file.stem().string());
      const bool is_document = digest && file.extension() == ".json";
      if (is_document) {
        found.insert(*digest);
        report_.check("documents/" + name, [&] { check_document(*digest, known); });
      } else if (!digest || file.extension() != ".salt" ||
                 !names.contains(file.stem().string() + ".json")) {
        report_.leave_out(AuditGapKind::other_files, "documents/" + printable(name));
      }
    }
    for (const auto& [digest, document] : known) {
      if (found.contains(digest)) continue;
      const bool is_erased = registry::find_erasure(tables_, digest).has_value();
      report_.leave_out(is_erased ? AuditGapKind::erased_documents : AuditGapKind::catalogue_files,
                        document.name);
    }
  }

  void check_document(const Digest& digest, const std::map<Digest, PublicDocument>& known) {
    const fs::path stem = folder_ / "documents" / digest.hex();
    std::string bytes = read_stored(stem.string() + ".json", limits::k_document_bytes_max);
    std::string salt_text = read_stored(stem.string() + ".salt", k_salt_file_bytes_max);
    while (salt_text.ends_with('\n')) salt_text.pop_back();
    const auto salt = from_hex(salt_text);
    require_that(salt.has_value(), "its salt is not in hexadecimal");
    require_that(registry::document_digest(*salt, bytes) == digest,
                 "with its salt, its bytes are not those that its name says");
    const auto named = known.find(digest);
    require_that(named != known.end(),
                 "no event names it as a dataset, provider, hierarchy or rulebook");
    const PublicDocument& document = named->second;
    require_that(document.sha256.empty() || crypto::sha256(bytes).hex() == document.sha256,
                 "its event gives another SHA-256 of the rulebook");
    const model::Document read = model::read_document(document.kind, std::move(bytes), "it");
    require_that(read.value.text("id") == document.id, "its event names " + document.id);
    const json::Value* holder = read.value.find("holder");
    require_that(document.kind != DocumentKind::dataset ||
                     (holder != nullptr && holder->text("id") == document.holder),
                 "its event names the data holder " + document.holder);
    ++report_.documents;
  }

  void check_lists() {
    std::map<int, registry::PublishedListRow> last;
    for (registry::PublishedListRow& row : registry::published_lists(tables_)) {
      last.insert_or_assign(row.list, std::move(row));
    }
    std::set<std::string> names = names_in(folder_ / "status");
    for (const auto& [list, row] : last) {
      const std::string name = fmt::format("{}.paseto", list);
      if (names.erase(name) == 0) {
        report_.leave_out(AuditGapKind::status_lists, fmt::format("status list {}", list));
        continue;
      }
      report_.check("status/" + name,
                    [&, &published = row] { check_list("status/" + name, published); });
    }
    for (const std::string& name : names) {
      report_.leave_out(AuditGapKind::other_files, "status/" + printable(name));
    }
  }

  void check_list(const std::string& name, const registry::PublishedListRow& row) {
    std::string text = read_stored(folder_ / name, limits::k_token_bytes_max);
    while (text.ends_with('\n') || text.ends_with('\r')) text.pop_back();
    require_that(
        crypto::sha256(text).hex() == row.sha256,
        fmt::format("is not the last list {} of the log, which event {} names", row.list, row.seq));
    require_as_logged(tables_, row, text);
    if (trust_) {
      const OpenedStatusList opened = open_status_list(trust_->value, text);
      require_that(opened.claims.has_value(), opened.fault);
    }
    if (build_status_list(tables_, row.list) != build_status_list(tables_, row.list, row.seq)) {
      report_.leave_out(AuditGapKind::later_acts, name);
    }
  }

  const fs::path& folder_;
  Database& tables_;
  const std::optional<model::Document>& trust_;
  AuditReport& report_;
};

}  // namespace

void audit_pack_files(const fs::path& folder, Database& tables,
                      const std::optional<model::Document>& trust, AuditReport& report) {
  PackAudit(folder, tables, trust, report).run();
}

}  // namespace octroi::gate
