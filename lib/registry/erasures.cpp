// SPDX-License-Identifier: Apache-2.0
#include "registry/erasures.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "base/error.hpp"
#include "registry/assessments.hpp"
#include "registry/catalogue.hpp"
#include "registry/requests.hpp"
#include "registry/statuses.hpp"

namespace octroi::registry {
namespace {

constexpr std::string_view k_insert_erasure =
    "INSERT INTO erasures (document, kind, reason, authority, member, at, seq) "
    "VALUES ($1, $2, $3, $4, $5, $6, $7)";
constexpr std::string_view k_erasures =
    "SELECT document, kind, reason, authority, member, at FROM erasures ORDER BY document";
constexpr std::string_view k_erasure =
    "SELECT document, kind, reason, authority, member, at FROM erasures WHERE document = $1";
constexpr std::string_view k_board_documents =
    "SELECT document, 'charter', '', 0 FROM charters "
    "UNION ALL SELECT document, 'dataset', id, version FROM datasets "
    "UNION ALL SELECT document, 'provider', id, version FROM providers "
    "UNION ALL SELECT document, 'rulebook', id, 0 FROM rulebooks ORDER BY 2, 3, 4, 1";
constexpr std::string_view k_case_documents =
    "SELECT document, 'request', request, version FROM request_versions "
    "UNION ALL SELECT document, 'assessment', request, version FROM assessments "
    "UNION ALL SELECT document, 'decision', request, version FROM decisions "
    "UNION ALL SELECT document, 'token', request, 0 FROM tokens "
    "UNION SELECT a.document, 'status-text', t.request, 0 FROM token_acts AS a "
    "JOIN tokens AS t ON t.id = a.token WHERE a.document IS NOT NULL ORDER BY 3, 2, 4, 1";

Erasure read_erasure(const Statement& row) {
  return {row.digest(0), row.text(1), row.text(2), row.text(3), row.text(4), read_instant(row, 5)};
}

void append_documents(Database& database, std::string_view sql,
                      std::vector<NamedDocument>& documents) {
  const auto row = database.query(sql);
  while (row->step()) {
    documents.push_back(
        {row->digest(0), row->text(1), row->text(2), static_cast<int>(row->integer(3))});
  }
}

[[noreturn]] void refuse_needed(const NamedDocument& document, const std::string& why) {
  throw Error(ErrorCode::not_allowed, fmt::format("the {} {} is still needed: {}", document.kind,
                                                  document.digest.hex(), why));
}

void require_rulebook_unused(const NamedDocument& document, Date day, Database& database) {
  const auto is_it = [&document](const Adoption& one) { return one.document == document.digest; };
  const std::vector<Adoption> in_force = adoptions_in_force(database, day);
  const std::vector<Adoption> all = all_adoptions(database);
  const bool is_to_come = std::any_of(
      all.begin(), all.end(), [&](const Adoption& one) { return is_it(one) && one.from > day; });
  if (is_to_come || std::any_of(in_force.begin(), in_force.end(), is_it)) {
    refuse_needed(document, document.owner + " is in force, or will be");
  }
}

std::string who_keeps(const LivingToken& living) {
  return fmt::format("token {} of {} rests on it, and is valid until {} unless it is revoked",
                     living.token.id, living.token.request, format_instant(living.token.expires));
}

/// Any assessment of what was decided may be the one that a token was issued on.
bool rests_on(const LivingToken& living, const Adoption& adoption, Database& database) {
  const auto is_it = [&adoption](const Adoption& one) { return one.document == adoption.document; };
  return std::any_of(living.assessments.begin(), living.assessments.end(), [&](const auto& one) {
    const auto then = adoptions_in_force(database, one.row.as_of, one.row.seq);
    return std::any_of(then.begin(), then.end(), is_it);
  });
}

void require_no_token_under(const NamedDocument& document, Instant now, Database& database) {
  const std::vector<LivingToken> tokens = living_tokens(database, now);
  for (const Adoption& adoption : all_adoptions(database)) {
    if (adoption.document != document.digest) continue;
    for (const LivingToken& living : tokens) {
      if (rests_on(living, adoption, database)) refuse_needed(document, who_keeps(living));
    }
  }
}

void require_no_token_on(const NamedDocument& dataset, Instant now, Database& database) {
  for (const LivingToken& living : living_tokens(database, now)) {
    for (const RecordedAssessment& one : living.assessments) {
      const auto is_it = [&dataset](const auto& verdict) {
        return verdict.dataset == dataset.owner;
      };
      if (std::any_of(one.row.datasets.begin(), one.row.datasets.end(), is_it)) {
        require_not_looked_at(database, dataset, living);
      }
    }
  }
}

/// What the tables know of it. Which requests name a dataset or provider stands in the requests'
/// documents, which only the gate reads.
void require_not_needed(const NamedDocument& document, const Event& event, Database& database) {
  if (document.kind == "charter") refuse_needed(document, "the board rests on its charter");
  if (document.kind == "provider" || document.kind == k_status_text_kind) return;
  if (document.kind == "dataset") return require_no_token_on(document, event.at, database);
  if (document.kind == "rulebook") {
    require_rulebook_unused(document, date_of(event.at), database);
    return require_no_token_under(document, event.at, database);
  }
  const Request request = require_request(database, document.owner);
  if (is_open(request)) {
    refuse_needed(document, fmt::format("{} is {}; it has to be withdrawn, refused or issued first",
                                        request.id, request.state));
  }
  for (const LivingToken& living : living_tokens(database, event.at, request.id)) {
    refuse_needed(document, who_keeps(living));
  }
}

}  // namespace

void apply_document_erased(const Event& event, const Member& member, Database& database) {
  const std::vector<NamedDocument> known = named_documents(database);
  for (const json::Value& hex : event.body.at("erased").as_array()) {
    const Digest digest = read_digest(hex);
    if (const std::optional<Erasure> before = find_erasure(database, digest)) {
      throw Error(ErrorCode::not_allowed, fmt::format("document {} was erased on {}", digest.hex(),
                                                      format_instant(before->at)));
    }
    const auto found = std::find_if(
        known.begin(), known.end(),
        [&digest](const NamedDocument& document) { return document.digest == digest; });
    if (found == known.end()) {
      throw Error(
          ErrorCode::bad_input,
          fmt::format("there is no document {}; 'octroi document list' shows them", digest.hex()));
    }
    require_not_needed(*found, event, database);
    database.run(k_insert_erasure, digest, found->kind, event.body.at("reason").as_string(),
                 event.body.at("authority").as_string(), member.id, format_instant(event.at),
                 event.seq);
  }
}

bool is_short_name(std::string_view text) {
  const auto is_alphanumeric = [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9');
  };
  return !text.empty() && text.size() <= 64 && is_alphanumeric(text.front()) &&
         std::all_of(text.begin(), text.end(), [&](char c) {
           return is_alphanumeric(c) || c == '.' || c == '_' || c == '-';
         });
}

std::vector<Erasure> all_erasures(Database& database) {
  std::vector<Erasure> erasures;
  const auto row = database.query(k_erasures);
  while (row->step()) erasures.push_back(read_erasure(*row));
  return erasures;
}

std::optional<Erasure> find_erasure(Database& database, const Digest& document) {
  const auto row = database.query(k_erasure, document);
  if (!row->step()) return std::nullopt;
  return read_erasure(*row);
}

std::vector<LivingToken> living_tokens(Database& database, Instant now,
                                       const std::optional<std::string>& request) {
  std::vector<LivingToken> living;
  for (Token& token : request ? tokens_of(database, *request) : all_tokens(database)) {
    if (token.expires < now) continue;
    if (standing_of(acts_on(database, token.id), now).state == TokenState::revoked) continue;
    const auto decision = find_decision(database, token.request, token.decision);
    if (!decision) {
      throw Error(ErrorCode::damaged, fmt::format("token {} has no decision", token.id));
    }
    std::vector<RecordedAssessment> assessments = assessments_of(database, token.request);
    std::erase_if(assessments, [&decision](const RecordedAssessment& one) {
      return one.version != decision->version;
    });
    living.push_back({std::move(token), decision->version, std::move(assessments)});
  }
  return living;
}

// Times are whole seconds: a version that was added or superseded in an assessment's own second
// counts as looked at.
void require_not_looked_at(Database& database, const NamedDocument& document,
                           const LivingToken& living) {
  const auto find = document.kind == "dataset" ? find_dataset : find_provider;
  const std::optional<Entry> entry = find(database, document.owner, document.version);
  const std::optional<Entry> next = find(database, document.owner, document.version + 1);
  for (const RecordedAssessment& one : living.assessments) {
    if (entry && entry->added <= one.at && (!next || one.at <= next->added)) {
      refuse_needed(document, who_keeps(living));
    }
  }
}

std::vector<NamedDocument> named_documents(Database& database,
                                           const std::optional<std::string>& request) {
  std::vector<NamedDocument> documents;
  if (!request) append_documents(database, k_board_documents, documents);
  append_documents(database, k_case_documents, documents);
  if (request) {
    const auto is_other = [&request](const NamedDocument& one) { return one.owner != *request; };
    documents.erase(std::remove_if(documents.begin(), documents.end(), is_other), documents.end());
  }
  return documents;
}

}  // namespace octroi::registry
