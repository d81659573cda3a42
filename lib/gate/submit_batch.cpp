// SPDX-License-Identifier: Apache-2.0
#include "gate/submit_batch.hpp"

#include <algorithm>

#include "gate/acting.hpp"
#include "gate/submitting.hpp"
#include "json/write.hpp"
#include "registry/log.hpp"
#include "registry/requests.hpp"

namespace octroi::gate {
namespace {

using registry::Transaction;

constexpr std::string_view k_salt_purpose = "octroi/batch-salt/1";

registry::Salt salt_for(const Actor& actor, std::string_view bytes) {
  const Digest secret = actor.key.derive(k_salt_purpose, as_bytes(bytes));
  registry::Salt salt{};
  std::copy_n(secret.bytes.begin(), salt.size(), salt.begin());
  return salt;
}

SubmitAnswer answered(const ReadLine& line, std::string_view word, const std::string& request,
                      int version) {
  json::Value value = answer_at(line.place);
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

SubmitBatch::SubmitBatch(Database& database, const Actor& actor, const Context& context, Mode mode)
    : database_(database), actor_(actor), context_(context), mode_(mode) {}

ReadLine SubmitBatch::read(const BatchLine& line) const {
  try {
    ReadLine result{line.place, read_request(line)};
    const std::string& bytes = result.request->bytes;
    result.salt = salt_for(actor_, bytes);
    result.document = registry::document_digest(result.salt, bytes);
    return result;
  } catch (const Error& error) {
    if (!is_about_the_line(error.code())) throw;
    return {line.place, std::nullopt, error.what()};
  }
}

std::vector<SubmitAnswer> SubmitBatch::submit(const std::vector<ReadLine>& lines) {
  const bool is_dry = mode_ == Mode::dry_run;
  Transaction transaction(database_, is_dry ? Transaction::Kind::read : Transaction::Kind::write);
  const Context fixed = at_one_moment(context_);
  require_role(database_, actor_, "researcher");
  head_ = registry::sound_head(database_);
  refresh_source();
  std::vector<SubmitAnswer> answers;
  answers.reserve(lines.size());
  for (const ReadLine& line : lines) answers.push_back(answer(line, fixed));
  source_size_ = head_.size;
  if (!is_dry) transaction.commit();
  return answers;
}

/// What was read of the catalogue holds as long as nobody else wrote.
void SubmitBatch::refresh_source() {
  if (source_ && source_size_ == head_.size) return;
  source_ = std::make_unique<CaseSource>(database_);
}

// Whatever can be wrong with a line is found before anything of it is written: there is nothing to
// undo for one line alone, and what fails in writing ends the transaction.
SubmitAnswer SubmitBatch::answer(const ReadLine& line, const Context& context) {
  if (!line.request) return refused(line, line.fault, ErrorCode::bad_input);
  if (const auto known = registry::find_submission(database_, line.document, actor_.member)) {
    return answered(line, "already-submitted", known->request, known->version);
  }
  try {
    static_cast<void>(source_->case_of(*line.request));
  } catch (const Error& error) {
    if (!is_about_the_line(error.code())) throw;
    return refused(line, error.what(), error.code());
  }
  if (mode_ == Mode::dry_run) return answered(line, "acceptable", "", 0);
  return answered(line, "submitted", record(line, context), 1);
}

std::string SubmitBatch::record(const ReadLine& line, const Context& context) {
  const std::string id = registry::next_id(database_, 'R', context.clock());
  registry::store_document(database_, model::name_of(line.request->kind), line.request->bytes,
                           line.salt, line.document);
  registry::append(database_, head_, registry::EventType::request_submitted,
                   submission_of(id, 1, line.document.hex()), actor_.key, context.clock(),
                   context.random);
  return id;
}

}  // namespace octroi::gate
