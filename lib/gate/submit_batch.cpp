// SPDX-License-Identifier: Apache-2.0
#include "gate/submit_batch.hpp"

#include <algorithm>
#include <chrono>
#include <map>

#include "gate/acting.hpp"
#include "gate/submit_signing.hpp"
#include "json/to_value.hpp"
#include "json/write.hpp"
#include "registry/log.hpp"
#include "registry/requests.hpp"

namespace octroi::gate {
namespace {

using json::Value;
using registry::Transaction;

constexpr model::DocumentKind k_request = model::DocumentKind::request;

// An event is dated when it is signed; later than that, when whoever reads the answers made us
// wait, it is signed anew.
constexpr std::chrono::seconds k_signed_ahead_max{10};
constexpr std::string_view k_salt_purpose = "octroi/batch-salt/1";

registry::Salt salt_for(const Actor& actor, std::string_view bytes) {
  const Digest secret = actor.key.derive(k_salt_purpose, as_bytes(bytes));
  registry::Salt salt{};
  std::copy_n(secret.bytes.begin(), salt.size(), salt.begin());
  return salt;
}

SubmitAnswer answered(const ReadLine& line, std::string_view word, const std::string& request,
                      int version) {
  Value value = answer_at(line.place);
  value.set("answer", word);
  if (!request.empty()) {
    value.set("request", request);
    value.set("version", version);
  }
  return {json::one_line(value), word, request};
}

SubmitAnswer refused(const ReadLine& line, std::string_view why, ErrorCode code) {
  return {refused_at(line.place, why), "error", "", code};
}

}  // namespace

/// What becomes of the lines of a transaction, as found in one state of the registry.
struct SubmitBatch::Plan {
  registry::Head head;  ///< of that state
  Instant at;
  std::vector<Digest> documents;                     ///< of all lines
  std::vector<std::optional<SubmitAnswer>> answers;  ///< of those that do not go in
  std::vector<std::size_t> accepted;                 ///< the lines that do, each document once
  std::map<Digest, std::size_t> place_of;            ///< of their documents, among the accepted
  std::vector<std::string> ids;                      ///< of the accepted
  std::optional<SubmitSigning> signing;              ///< their events; none in a dry run

  /// Whether it is of these lines and of a registry with that head.
  // INVARIANT: the tables are what the log makes of them, so an equal head is an equal state; what
  // is given next is what was planned for, so documents tell it from anything else.
  [[nodiscard]] bool holds(const Lines& lines, const registry::Head& now, Instant time) const {
    const auto is_of = [](const ReadLine& line, const Digest& document) {
      return line.document == document;
    };
    return now.size == head.size && now.digest == head.digest && at <= time &&
           time - at <= k_signed_ahead_max && std::ranges::equal(lines, documents, is_of);
  }
};

SubmitBatch::SubmitBatch(Database& database, const Actor& actor, const Context& context, Mode mode)
    : database_(database), actor_(actor), context_(context), mode_(mode) {}

SubmitBatch::~SubmitBatch() = default;

ReadLine SubmitBatch::read(const BatchLine& line) const {
  try {
    ReadLine result{line.place, "", std::string(bytes_of(line))};
    const json::Tape request = read_request(line);
    for (const char* member : {"datasets", "environment"}) {
      result.naming.set(member, json::to_value(request.root().at(member)));
    }
    result.salt = salt_for(actor_, result.bytes);
    result.document = registry::document_digest(result.salt, result.bytes);
    return result;
  } catch (const Error& error) {
    if (!is_about_the_line(error.code())) throw;
    return {line.place, error.what()};
  }
}

// Whatever can be wrong with a line is found before anything is written: there is nothing to undo
// for one line alone, and what fails in writing ends the transaction.
std::vector<SubmitAnswer> SubmitBatch::submit(const Lines& lines, const Next& next) {
  const bool is_dry = mode_ == Mode::dry_run;
  std::unique_ptr<Plan> plan = std::move(ahead_);  // whatever fails, nothing stays signed
  Transaction transaction(database_, is_dry ? Transaction::Kind::read : Transaction::Kind::write);
  const Context fixed = at_one_moment(context_);
  require_role(database_, actor_, "researcher");
  const registry::Head head = registry::sound_head(database_);
  if (plan && !plan->holds(lines, head, fixed.clock())) plan.reset();
  if (!plan) plan = planned(lines, head, fixed);
  if (is_dry) return answers_of(lines, *plan);
  record(lines, *plan);
  std::unique_ptr<Plan> ahead = planned_ahead(next);
  std::vector<SubmitAnswer> answers = answers_of(lines, *plan);
  transaction.commit();
  ahead_ = std::move(ahead);
  return answers;
}

std::unique_ptr<SubmitBatch::Plan> SubmitBatch::planned(const Lines& lines,
                                                        const registry::Head& head,
                                                        const Context& context) {
  // What was read of the catalogue holds as long as nobody else wrote.
  if (!naming_ || naming_head_ != head.digest) naming_.emplace(database_);
  naming_head_ = head.digest;
  auto plan = std::make_unique<Plan>();
  plan->head = head;
  plan->at = context.clock();
  for (std::size_t i = 0; i < lines.size(); ++i) {
    plan->documents.push_back(lines[i].document);
    plan->answers.push_back(answer_without(lines[i]));
    if (plan->answers.back()) continue;
    const bool is_first = plan->place_of.emplace(lines[i].document, plan->accepted.size()).second;
    if (is_first) plan->accepted.push_back(i);
  }
  plan->ids = registry::next_ids(database_, 'R', plan->at, plan->accepted.size());
  if (mode_ == Mode::dry_run) return plan;
  std::vector<FirstVersion> versions;
  versions.reserve(plan->accepted.size());
  for (std::size_t i = 0; i < plan->accepted.size(); ++i) {
    versions.push_back({plan->ids[i], lines[plan->accepted[i]].document});
  }
  plan->signing.emplace(actor_, context, head, std::move(versions));
  return plan;
}

/// Once these lines are recorded, and before they are committed.
std::unique_ptr<SubmitBatch::Plan> SubmitBatch::planned_ahead(const Next& next) {
  const registry::Head head = registry::read_head(database_);
  naming_head_ = head.digest;  // requests change nothing of what requests name
  const Lines* lines = next ? next() : nullptr;
  if (lines == nullptr) return nullptr;
  const Context fixed = at_one_moment(context_);
  if (fixed.clock() < head.at) return nullptr;  // nothing is signed before what is there
  try {
    return planned(*lines, head, fixed);
  } catch (const Error&) {  // takes nothing with it that is recorded: it is said in its turn
    return nullptr;
  }
}

std::vector<SubmitAnswer> SubmitBatch::answers_of(const Lines& lines, Plan& plan) const {
  std::vector<SubmitAnswer> result;
  result.reserve(lines.size());
  for (std::size_t i = 0; i < lines.size(); ++i) {
    if (plan.answers[i]) {
      result.push_back(std::move(*plan.answers[i]));
    } else if (mode_ == Mode::dry_run) {
      result.push_back(answered(lines[i], "acceptable", "", 0));
    } else {
      const std::size_t place = plan.place_of.at(lines[i].document);
      const bool is_first = plan.accepted[place] == i;
      result.push_back(
          answered(lines[i], is_first ? "submitted" : "already-submitted", plan.ids[place], 1));
    }
  }
  return result;
}

std::optional<SubmitAnswer> SubmitBatch::answer_without(const ReadLine& line) {
  if (!line.fault.empty()) return refused(line, line.fault, ErrorCode::bad_input);
  if (const auto known = registry::find_submission(database_, line.document, actor_.member)) {
    return answered(line, "already-submitted", known->request, known->version);
  }
  try {
    naming_->require_known(line.naming);
  } catch (const Error& error) {
    if (!is_about_the_line(error.code())) throw;
    return refused(line, error.what(), error.code());
  }
  return std::nullopt;
}

void SubmitBatch::record(const Lines& lines, Plan& plan) {
  for (std::size_t at = 0; at < plan.accepted.size();) {
    for (const registry::SignedEvent& event : plan.signing->take()) {
      const ReadLine& line = lines[plan.accepted[at++]];
      registry::store_document(database_, model::name_of(k_request), line.bytes, line.salt,
                               line.document);
      registry::record(database_, event);
    }
  }
}

}  // namespace octroi::gate
