// SPDX-License-Identifier: Apache-2.0
#include "gate/replaying.hpp"

#include <algorithm>
#include <mutex>
#include <set>
#include <variant>

#include <fmt/format.h>

#include "base/error.hpp"
#include "base/parallel.hpp"
#include "base/safe_text.hpp"
#include "crypto/hash.hpp"
#include "gate/acting.hpp"
#include "gate/assessment_event.hpp"
#include "gate/case_documents.hpp"
#include "json/pointer.hpp"
#include "json/write.hpp"
#include "registry/catalogue.hpp"
#include "registry/documents.hpp"
#include "registry/erasures.hpp"

namespace octroi::gate {
namespace {

using json::Value;
using model::Document;
using model::DocumentKind;
using registry::SharedDatabase;
using registry::Transaction;

/// The first place where two values are not the same, members by name before what they hold.
/// Nothing where they are.
std::optional<std::string> first_difference(const Value& left, const Value& right,
                                            const std::string& pointer) {
  if (left == right) return std::nullopt;
  if (left.is_object() && right.is_object()) {
    std::set<std::string> names;
    for (const auto& [name, value] : left.as_object()) names.insert(name);
    for (const auto& [name, value] : right.as_object()) names.insert(name);
    for (const std::string& name : names) {
      const std::string inner = json::pointer_to(pointer, name);
      const Value* one = left.find(name);
      const Value* other = right.find(name);
      if (one == nullptr || other == nullptr) return inner;
      if (auto found = first_difference(*one, *other, inner)) return found;
    }
  }
  if (left.is_array() && right.is_array()) {
    const std::size_t size = std::max(left.as_array().size(), right.as_array().size());
    for (std::size_t i = 0; i < size; ++i) {
      const std::string inner = pointer + "/" + std::to_string(i);
      if (i >= left.as_array().size() || i >= right.as_array().size()) return inner;
      if (auto found = first_difference(left.as_array()[i], right.as_array()[i], inner)) {
        return found;
      }
    }
  }
  return pointer;
}

std::optional<Value> copy_at(const Value& value, const std::string& pointer) {
  const Value* found = json::find_at(value, pointer);
  return found == nullptr ? std::nullopt : std::optional(*found);
}

}  // namespace

/// The documents of the catalogue, loaded once each and then not changed, so that references to
/// them stay good. Asked by several threads.
class AssessmentReplayer::Catalogue {
 public:
  explicit Catalogue(SharedDatabase& database) : database_(database) {}

  [[nodiscard]] Database& database() { return database_; }

  /// The version that has those bytes and was the latest when the assessment was recorded, or
  /// nullptr. Throws Error(not_allowed) when that one was erased, so that its bytes are not known.
  [[nodiscard]] const Document* find(DocumentKind kind, const std::string& id, const Digest& sha256,
                                     Instant at);

  /// The last version that was recorded by that time, or nullptr where there is none. Throws
  /// Error(not_allowed) when it was erased.
  [[nodiscard]] const Document* latest(DocumentKind kind, const std::string& id, Instant at);

  /// Whether a version was on record before that time for certain.
  [[nodiscard]] bool is_known(DocumentKind kind, const std::string& id, Instant at);

  /// The rulebooks that were in force on a day, as the log stood before an event.
  [[nodiscard]] std::vector<rules::CompiledRulebook> rulebooks(Date as_of, std::int64_t before);

  [[nodiscard]] std::shared_ptr<const rules::KnownHost> host(const Document& provider, Date as_of);

 private:
  struct Version {
    Instant added;
    std::optional<Document> document;  ///< nothing once it was erased
  };
  [[nodiscard]] const std::vector<Version>& versions(DocumentKind kind, const std::string& id);
  [[nodiscard]] std::optional<registry::Entry> entry(DocumentKind kind, const std::string& id,
                                                     int version);

  SharedDatabase& database_;
  std::mutex mutex_;  ///< of all that follows
  std::map<std::pair<DocumentKind, std::string>, std::vector<Version>> versions_;
  std::map<Digest, rules::CompiledRulebook> rulebooks_;
  std::map<std::pair<Digest, Date>, std::shared_ptr<const rules::KnownHost>> hosts_;
};

std::optional<registry::Entry> AssessmentReplayer::Catalogue::entry(DocumentKind kind,
                                                                    const std::string& id,
                                                                    int version) {
  if (kind == DocumentKind::dataset) return registry::find_dataset(database_, id, version);
  if (kind == DocumentKind::hierarchy) return registry::find_hierarchy(database_, id, version);
  return registry::find_provider(database_, id, version);
}

const std::vector<AssessmentReplayer::Catalogue::Version>& AssessmentReplayer::Catalogue::versions(
    DocumentKind kind, const std::string& id) {
  const std::lock_guard lock(mutex_);
  const auto known = versions_.find({kind, id});
  if (known != versions_.end()) return known->second;
  std::vector<Version> result;
  for (int version = 1;; ++version) {
    const std::optional<registry::Entry> found = entry(kind, id, version);
    if (!found) break;
    const bool is_erased = registry::find_erasure(database_, found->document).has_value();
    result.push_back(
        {found->added,
         is_erased ? std::nullopt : std::optional(load(database_, found->document, kind, id))});
  }
  return versions_.emplace(std::pair(kind, id), std::move(result)).first->second;
}

const Document* AssessmentReplayer::Catalogue::find(DocumentKind kind, const std::string& id,
                                                    const Digest& sha256, Instant at) {
  const std::vector<Version>& all = versions(kind, id);
  bool may_be_erased = false;
  for (std::size_t i = 0; i < all.size(); ++i) {
    if (all[i].document && all[i].document->sha256 != sha256) continue;
    // Versions of the same second as the event may have come before or after it.
    const bool is_added = all[i].added <= at;
    const bool is_latest = i + 1 == all.size() || all[i + 1].added >= at;
    if (!is_added || !is_latest) continue;
    if (all[i].document) return &*all[i].document;
    may_be_erased = true;
  }
  if (may_be_erased) {
    throw Error(ErrorCode::not_allowed, fmt::format("the {} {} of that time was erased",
                                                    model::name_of(kind), printable(id)));
  }
  return nullptr;
}

const Document* AssessmentReplayer::Catalogue::latest(DocumentKind kind, const std::string& id,
                                                      Instant at) {
  const std::vector<Version>& all = versions(kind, id);
  const auto last = std::find_if(all.rbegin(), all.rend(),
                                 [at](const Version& version) { return version.added <= at; });
  if (last == all.rend()) return nullptr;
  if (last->document) return &*last->document;
  throw Error(ErrorCode::not_allowed, fmt::format("the {} {} of that time was erased",
                                                  model::name_of(kind), printable(id)));
}

bool AssessmentReplayer::Catalogue::is_known(DocumentKind kind, const std::string& id, Instant at) {
  const std::vector<Version>& all = versions(kind, id);
  return !all.empty() && all.front().added < at;
}

std::vector<rules::CompiledRulebook> AssessmentReplayer::Catalogue::rulebooks(Date as_of,
                                                                              std::int64_t before) {
  const std::lock_guard lock(mutex_);
  std::vector<rules::CompiledRulebook> result;
  for (const auto& adoption : registry::adoptions_in_force(database_, as_of, before)) {
    auto known = rulebooks_.find(adoption.document);
    if (known == rulebooks_.end()) {
      known =
          rulebooks_
              .emplace(adoption.document,
                       rules::CompiledRulebook::require(
                           load(database_, adoption.document, DocumentKind::rulebook, adoption.id),
                           adoption.id))
              .first;
    }
    if (known->second.is_in_force(as_of)) result.push_back(known->second);
  }
  return result;
}

// Assessments come in the order of their days: what was computed long ago is not asked for again.
std::shared_ptr<const rules::KnownHost> AssessmentReplayer::Catalogue::host(
    const Document& provider, Date as_of) {
  constexpr std::size_t k_hosts_max = 256;
  const std::pair key(provider.sha256, as_of);
  const std::lock_guard lock(mutex_);
  if (const auto known = hosts_.find(key); known != hosts_.end()) return known->second;
  if (hosts_.size() == k_hosts_max) hosts_.clear();
  auto host = std::make_shared<const rules::KnownHost>(provider, as_of);
  return hosts_.emplace(key, std::move(host)).first->second;
}

AssessmentReplayer::AssessmentReplayer(SharedDatabase& database)
    : catalogue_(std::make_unique<Catalogue>(database)) {}
AssessmentReplayer::~AssessmentReplayer() = default;

namespace {

/// What was computed, or why the record names other documents than it should.
using Computed = std::variant<rules::Assessment, std::string>;

Computed other_document(DocumentKind kind, const std::string& id) {
  return fmt::format("the {} {} that it names was not the registry's at that time",
                     model::name_of(kind), printable(id));
}

std::map<std::string, Digest> digests_of(const std::vector<rules::CompiledRulebook>& rulebooks) {
  std::map<std::string, Digest> result;
  for (const rules::CompiledRulebook& one : rulebooks) result.emplace(one.id(), one.sha256());
  return result;
}

using RequestDocument = std::shared_ptr<const Document>;

/// Throws Error(not_allowed) when it was erased.
RequestDocument load_request(Database& database, const registry::RecordedAssessment& record,
                             RecentDocuments& recent) {
  const Digest digest = registry::request_document(database, record.request, record.version);
  if (auto found = recent.find(digest, DocumentKind::request, record.request)) return found;
  return std::make_shared<const Document>(
      load(database, digest, DocumentKind::request, record.request));
}

/// What this program computes of the same documents on the same day.
template <typename Catalogue>
Computed computed_now(Catalogue& catalogue, const registry::RecordedAssessment& record,
                      const Document& request, const rules::Assessment& assessment) {
  const rules::AssessedDocuments& named = assessment.documents;
  if (request.sha256 != named.request) return "the assessment is of other bytes of the request";
  const std::string host = request.value.at("environment").at("provider").as_string();
  const Document* provider =
      catalogue.find(DocumentKind::provider, host, named.provider, record.at);
  if (provider == nullptr) return other_document(DocumentKind::provider, host);
  rules::Case documents{request, {}, *provider};
  for (const auto& [id, sha256] : named.datasets) {
    const Document* dataset = catalogue.find(DocumentKind::dataset, id, sha256, record.at);
    if (dataset == nullptr) return other_document(DocumentKind::dataset, id);
    documents.datasets.push_back(dataset);
  }
  if (auto fault = fault_of_holders(record.row, documents.datasets)) return std::move(*fault);
  for (const auto& [system, sha256] : named.hierarchies) {
    const Document* one = catalogue.find(DocumentKind::hierarchy, system, sha256, record.at);
    if (one == nullptr) return other_document(DocumentKind::hierarchy, system);
    documents.hierarchies.push_back(one);
  }
  for (const std::string& system : systems_named(documents.datasets)) {
    if (named.hierarchies.contains(system)) continue;
    if (!catalogue.is_known(DocumentKind::hierarchy, system, record.at)) continue;
    return fmt::format("it names no hierarchy {}, which the registry had at that time",
                       printable(system));
  }
  const auto rulebooks = catalogue.rulebooks(assessment.as_of, record.row.seq);
  if (digests_of(rulebooks) != named.rulebooks) {
    return "the rulebooks that it names are not those that were in force";
  }
  const rules::Facts facts = rules::compute_facts(
      documents, *catalogue.host(*provider, assessment.as_of), assessment.as_of);
  return rules::assess(documents, facts, rulebooks);
}

using Frame = std::shared_ptr<const rules::Assessment>;

/// The frame of what this program computes of the documents that were the registry's latest when an
/// assessment was recorded, without asking which ones it names; nullptr unless it comes to these
/// bytes and is what the event says.
template <typename Catalogue>
Frame computed_of_latest(Catalogue& catalogue, const registry::RecordedAssessment& record,
                         const Document& request, const std::string& bytes) {
  const Document* provider =
      catalogue.latest(DocumentKind::provider,
                       request.value.at("environment").at("provider").as_string(), record.at);
  if (provider == nullptr) return nullptr;
  rules::Case documents{request, {}, *provider};
  std::set<std::string> ids;
  for (const Value& use : request.value.at("datasets").as_array()) ids.insert(use.text("dataset"));
  for (const std::string& id : ids) {
    documents.datasets.push_back(catalogue.latest(DocumentKind::dataset, id, record.at));
    if (documents.datasets.back() == nullptr) return nullptr;
  }
  if (fault_of_holders(record.row, documents.datasets)) return nullptr;
  for (const std::string& system : systems_named(documents.datasets)) {
    const Document* one = catalogue.latest(DocumentKind::hierarchy, system, record.at);
    if (one != nullptr) documents.hierarchies.push_back(one);
  }
  const Date as_of = record.row.as_of;
  const auto rulebooks = catalogue.rulebooks(as_of, record.row.seq);
  const rules::Facts facts =
      rules::compute_facts(documents, *catalogue.host(*provider, as_of), as_of);
  const rules::Judgement judgement = rules::judge(facts, rulebooks);
  if (fault_of_event(record.row, gist_of(judgement, as_of))) return nullptr;
  auto frame =
      std::make_shared<const rules::Assessment>(rules::frame_of(documents, facts, judgement));
  return rules::assessment_bytes(*frame, facts, judgement) == bytes ? frame : nullptr;
}

/// The same of the bytes in the registry, which must be those that the event names by its digests.
/// So it is with nearly every assessment, which then need not be read. Where this is nullptr, the
/// assessment is read, and what is wrong with it is looked for.
template <typename Catalogue>
Frame computed_alike(Catalogue& catalogue, const registry::RecordedAssessment& record,
                     RecentDocuments& recent) {
  try {
    const std::string bytes = registry::load_document(catalogue.database(), record.row.document,
                                                      model::name_of(DocumentKind::assessment));
    recent.note_loaded(record.row.document);
    if (crypto::sha256(bytes).hex() != record.row.sha256) return nullptr;
    const RequestDocument request = load_request(catalogue.database(), record, recent);
    return computed_of_latest(catalogue, record, *request, bytes);
  } catch (const Error&) {
    return nullptr;
  }
}

void fail(ReplayedAssessment& replayed, ReplayResult result, std::string what) {
  replayed.result = result;
  replayed.what = std::move(what);
}

void compare(ReplayedAssessment& replayed, const Document& recorded, rules::Assessment computed) {
  // Who computed it is said apart; only what was computed is compared.
  computed.engine = replayed.engine;
  const Value now = computed.to_json();
  if (json::canonical(now) == recorded.bytes) return;
  fail(replayed, ReplayResult::differs, "this program computes another assessment");
  const auto pointer = first_difference(recorded.value, now, "");
  if (!pointer) {
    replayed.what = "its bytes are not in canonical form";
    return;
  }
  replayed.pointer = *pointer;
  replayed.recorded = copy_at(recorded.value, *pointer);
  replayed.computed = copy_at(now, *pointer);
}

void judge_computed(ReplayedAssessment& replayed, const Document& recorded,
                    const Computed& computed) {
  if (const auto* fault = std::get_if<std::string>(&computed)) {
    fail(replayed, ReplayResult::differs, *fault);
  } else {
    compare(replayed, recorded, std::get<rules::Assessment>(computed));
  }
}

template <typename Catalogue>
void judge(ReplayedAssessment& replayed, Catalogue& catalogue,
           const registry::RecordedAssessment& record, RecentDocuments& recent,
           const Document& recorded, const rules::Assessment& assessment) {
  if (recorded.sha256.hex() != record.row.sha256) {
    fail(replayed, ReplayResult::differs, "the assessment is not the one that its event names");
  } else if (const auto fault = fault_of_event(record.row, gist_of(assessment))) {
    fail(replayed, ReplayResult::differs, *fault);
  } else {
    const RequestDocument request = load_request(catalogue.database(), record, recent);
    judge_computed(replayed, recorded, computed_now(catalogue, record, *request, assessment));
  }
}

}  // namespace

ReplayedAssessment AssessmentReplayer::replay(const registry::RecordedAssessment& record,
                                              RecentDocuments& recent) {
  ReplayedAssessment replayed;
  replayed.request = record.request;
  replayed.version = record.version;
  replayed.seq = record.row.seq;
  replayed.as_of = record.row.as_of;
  replayed.verdict = record.row.verdict;
  replayed.sha256 = record.row.sha256;
  try {
    replayed.frame = computed_alike(*catalogue_, record, recent);
    if (replayed.frame) {
      replayed.engine = rules::this_engine();
      return replayed;
    }
    const Document recorded =
        load(catalogue_->database(), record.row.document, DocumentKind::assessment, "assessment");
    const auto assessment = rules::Assessment::from(recorded);
    replayed.engine = assessment.engine;
    replayed.is_same_engine = !assessment.engine || *assessment.engine == rules::this_engine();
    judge(replayed, *catalogue_, record, recent, recorded, assessment);
  } catch (const Error& error) {
    // Only what the log says was erased is refused so; what is missing otherwise is damage.
    const bool is_erased = error.code() == ErrorCode::not_allowed;
    fail(replayed, is_erased ? ReplayResult::erased : ReplayResult::unavailable, error.what());
  }
  return replayed;
}

std::vector<ReplayedAssessment> replay_assessments(Database& database, const ReplayWishes& wishes) {
  Transaction transaction(database, Transaction::Kind::read);
  std::vector<registry::RecordedAssessment> records;
  if (wishes.event) {
    const auto found = registry::find_assessment(database, *wishes.event);
    const bool is_of_request = found && (!wishes.request || found->request == *wishes.request);
    if (!is_of_request) {
      throw Error(ErrorCode::bad_input,
                  fmt::format("event {} recorded no assessment{}", *wishes.event,
                              wishes.request ? " of " + printable(*wishes.request) : ""));
    }
    records.push_back(*found);
  } else if (wishes.request) {
    const std::string id = registry::require_request(database, *wishes.request).id;
    records = registry::assessments_of(database, id);
  } else {
    records = registry::all_assessments(database);
  }
  if (records.empty()) {
    throw Error(ErrorCode::not_yet, "there is no assessment on record to replay");
  }
  SharedDatabase shared(database);
  AssessmentReplayer replayer(shared);
  std::vector<ReplayedAssessment> result(records.size());
  for_each_of(records.size(), machine_threads(), [&](std::size_t one) {
    RecentDocuments recent(shared);
    result[one] = replayer.replay(records[one], recent);
    result[one].frame.reset();  // nobody asks for it again
  });
  return result;
}

}  // namespace octroi::gate
