// SPDX-License-Identifier: Apache-2.0
#include "gate/erasing.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>

#include "base/error.hpp"
#include "base/safe_text.hpp"
#include "gate/acting.hpp"
#include "registry/catalogue.hpp"
#include "registry/documents.hpp"
#include "registry/erasures.hpp"
#include "registry/requests.hpp"

namespace octroi::gate {
namespace {

using json::Value;
using registry::EventType;
using registry::NamedDocument;
using registry::Transaction;

constexpr std::size_t k_erased_at_once_max = 300;  // as schemas/event.schema.json

DocumentRow document_row(Database& database, const NamedDocument& document) {
  DocumentRow row{
      document.digest.hex(), document.kind, document.owner, document.version, {}, "", ""};
  if (const auto erasure = registry::find_erasure(database, document.digest)) {
    row.erased = erasure->at;
    row.reason = erasure->reason;
    row.authority = erasure->authority;
  }
  return row;
}

/// Every digest that the order means, each once.
std::vector<std::string> ordered_digests(Database& database, const ErasureOrder& order) {
  std::vector<std::string> digests = order.documents;
  for (const std::string& hex : digests) {
    if (Digest::from_hex(hex)) continue;
    throw Error(ErrorCode::bad_input,
                fmt::format("document: expected a digest of 64 digits and letters a to f, got {}",
                            in_quotes(hex)));
  }
  if (order.request) {
    static_cast<void>(registry::require_request(database, *order.request));
    for (const DocumentRow& row : list_documents(database, order.request)) {
      if (!row.erased) digests.push_back(row.digest);
    }
  }
  std::sort(digests.begin(), digests.end());
  digests.erase(std::unique(digests.begin(), digests.end()), digests.end());
  if (digests.empty()) {
    throw Error(ErrorCode::not_allowed,
                order.request ? "everything of " + *order.request + " is erased already"
                              : "there is nothing to erase");
  }
  if (digests.size() > k_erased_at_once_max) {
    throw Error(ErrorCode::bad_input, fmt::format("expected at most {} documents at once, got {}",
                                                  k_erased_at_once_max, digests.size()));
  }
  return digests;
}

/// Events hold no free text: a reason of the list, and a short name.
void require_reasons(const ErasureOrder& order) {
  const auto& reasons = erasure_reasons();
  if (std::find(reasons.begin(), reasons.end(), order.reason) == reasons.end()) {
    throw Error(ErrorCode::bad_input,
                fmt::format("reason: expected one of {}, got {}", fmt::join(reasons, ", "),
                            in_quotes(order.reason)));
  }
  if (!registry::is_short_name(order.authority)) {
    throw Error(ErrorCode::bad_input,
                fmt::format("authority: expected a short name such as cnil or gdpr-17 (small "
                            "letters, digits, '.', '_' and '-', at most 64), got {}",
                            in_quotes(order.authority)));
  }
}

bool request_names(const Value& request, const NamedDocument& document) {
  if (document.kind == "provider") {
    return request.at("environment").text("provider") == document.owner;
  }
  const Value::Array& uses = request.at("datasets").as_array();
  return std::any_of(uses.begin(), uses.end(), [&document](const Value& use) {
    return use.text("dataset") == document.owner;
  });
}

/// Which provider a token rests on stands in the request that was granted; it cannot be erased
/// before the token has ended.
void require_no_token_on(Database& database, const NamedDocument& provider, Instant now) {
  for (const registry::LivingToken& living : registry::living_tokens(database, now)) {
    const model::Document granted =
        load(database, registry::request_document(database, living.token.request, living.version),
             model::DocumentKind::request, living.token.request);
    if (!request_names(granted.value, provider)) continue;
    registry::require_not_looked_at(database, provider, living);
  }
}

/// Requests are assessed against the latest version of a dataset or provider.
void require_unused(Database& database, const NamedDocument& document, Instant now) {
  const bool is_dataset = document.kind == "dataset";
  if (!is_dataset && document.kind != "provider") return;
  if (!is_dataset) require_no_token_on(database, document, now);
  const auto latest = is_dataset ? registry::find_dataset(database, document.owner)
                                 : registry::find_provider(database, document.owner);
  if (latest && latest->document != document.digest) return;
  for (const registry::Request& request : registry::all_requests(database)) {
    if (!registry::is_open(request)) continue;
    const model::Document asked =
        load(database, request.document, model::DocumentKind::request, request.id);
    if (!request_names(asked.value, document)) continue;
    throw Error(ErrorCode::not_allowed,
                fmt::format("the {} {} is still needed: {}, which is {}, names {}; add the next "
                            "version of it first",
                            document.kind, document.digest.hex(), request.id, request.state,
                            document.owner));
  }
}

}  // namespace

const std::vector<std::string_view>& erasure_reasons() {
  static const std::vector<std::string_view> k_reasons = {
      "data-subject", "retention-ended", "court-order", "supervisory-authority", "mistake"};
  return k_reasons;
}

Value to_json(const DocumentRow& row) {
  Value value = json::object({{"document", row.digest}, {"kind", row.kind}});
  if (!row.owner.empty()) value.set("of", row.owner);
  if (row.version > 0) value.set("version", row.version);
  if (row.erased) {
    value.set("erased", json::object({{"at", format_instant(*row.erased)},
                                      {"reason", row.reason},
                                      {"authority", row.authority}}));
  }
  return value;
}

Value to_json(const std::vector<DocumentRow>& rows) {
  Value list = Value::Array{};
  for (const DocumentRow& row : rows) list.push(to_json(row));
  return list;
}

Value to_json(const ErasedDocuments& erased) {
  return json::object(
      {{"is_dry_run", erased.is_dry_run}, {"documents", to_json(erased.documents)}});
}

std::vector<DocumentRow> list_documents(Database& database,
                                        const std::optional<std::string>& request) {
  std::vector<DocumentRow> rows;
  for (const NamedDocument& document : registry::named_documents(database, request)) {
    rows.push_back(document_row(database, document));
  }
  return rows;
}

ErasedDocuments erase_documents(Database& database, const Actor& actor, const ErasureOrder& order,
                                bool is_dry_run, const Context& context) {
  ErasedDocuments result{{}, is_dry_run};
  {
    Transaction transaction(database, Transaction::Kind::write);
    const Context fixed = at_one_moment(context);
    require_role(database, actor, "secretary");
    const std::vector<std::string> digests = ordered_digests(database, order);
    std::vector<NamedDocument> meant;
    const std::vector<NamedDocument> known = registry::named_documents(database);
    for (const NamedDocument& document : known) {
      if (!std::binary_search(digests.begin(), digests.end(), document.digest.hex())) continue;
      const auto is_it = [&document](const NamedDocument& one) {
        return one.digest == document.digest;  // one text may be of tokens of several requests
      };
      if (std::any_of(meant.begin(), meant.end(), is_it)) continue;
      require_unused(database, document, fixed.clock());
      meant.push_back(document);
    }
    require_reasons(order);
    act(database, actor, EventType::document_erased,
        json::object({{"erased", json::strings(digests)},
                      {"reason", order.reason},
                      {"authority", order.authority}}),
        fixed);
    for (const NamedDocument& document : meant) {
      registry::remove_document(database, document.digest);
      result.documents.push_back(document_row(database, document));
    }
    if (is_dry_run) return result;
    transaction.commit();
  }
  database.forget_deleted();
  return result;
}

}  // namespace octroi::gate
