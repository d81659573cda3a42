// SPDX-License-Identifier: Apache-2.0
#include "gate/submit_batch.hpp"

#include <algorithm>
#include <chrono>
#include <future>
#include <map>

#include "gate/acting.hpp"
#include "gate/submitting.hpp"
#include "json/write.hpp"
#include "registry/log.hpp"
#include "registry/requests.hpp"

namespace octroi::gate {
namespace {

using json::Value;
using registry::Transaction;

using SignedEvents = std::vector<registry::SignedEvent>;

constexpr model::DocumentKind k_request = model::DocumentKind::request;

constexpr std::size_t k_signed_at_once = 16;  // events that are handed to the writing together
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

SubmitBatch::SubmitBatch(Database& database, const Actor& actor, const Context& context, Mode mode)
    : database_(database), actor_(actor), context_(context), mode_(mode) {}

ReadLine SubmitBatch::read(const BatchLine& line) const {
  try {
    ReadLine result{line.place, "", std::string(bytes_of(line))};
    Value request = read_request_value(line);
    for (const char* member : {"datasets", "environment"}) {
      result.naming.set(member, std::move(request.as_object().at(member)));
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
std::vector<SubmitAnswer> SubmitBatch::submit(const std::vector<ReadLine>& lines) {
  const bool is_dry = mode_ == Mode::dry_run;
  Transaction transaction(database_, is_dry ? Transaction::Kind::read : Transaction::Kind::write);
  const Context fixed = at_one_moment(context_);
  require_role(database_, actor_, "researcher");
  registry::Head head = registry::sound_head(database_);
  refresh_naming(head.size);
  std::vector<std::optional<SubmitAnswer>> answers;
  std::vector<const ReadLine*> accepted;
  std::map<Digest, std::size_t> place_of;  // among those accepted
  for (const ReadLine& line : lines) {
    answers.push_back(answer_without(line));
    if (answers.back()) continue;
    if (place_of.emplace(line.document, accepted.size()).second) accepted.push_back(&line);
  }
  const std::vector<std::string> ids =
      registry::next_ids(database_, 'R', fixed.clock(), accepted.size());
  if (!is_dry) record(head, accepted, ids, fixed);
  std::vector<SubmitAnswer> result;
  result.reserve(lines.size());
  for (std::size_t i = 0; i < lines.size(); ++i) {
    if (answers[i]) {
      result.push_back(std::move(*answers[i]));
    } else if (is_dry) {
      result.push_back(answered(lines[i], "acceptable", "", 0));
    } else {
      const std::size_t place = place_of.at(lines[i].document);
      const bool is_first = accepted[place] == &lines[i];
      result.push_back(
          answered(lines[i], is_first ? "submitted" : "already-submitted", ids[place], 1));
    }
  }
  naming_size_ = head.size;
  if (!is_dry) transaction.commit();
  return result;
}

/// What was read of the catalogue holds as long as nobody else wrote.
void SubmitBatch::refresh_naming(std::int64_t size) {
  if (!naming_ || naming_size_ != size) naming_.emplace(database_);
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

void SubmitBatch::record(registry::Head& head, const std::vector<const ReadLine*>& lines,
                         const std::vector<std::string>& ids, const Context& context) {
  const auto sign = [&](std::size_t i) {
    return registry::sign_next(head, registry::EventType::request_submitted,
                               submission_of(ids[i], 1, lines[i]->document.hex()), actor_.key,
                               context.clock(), context.random);
  };
  std::vector<std::promise<SignedEvents>> signed_parts((lines.size() + k_signed_at_once - 1) /
                                                       k_signed_at_once);
  const auto sign_all = [&] {
    std::size_t next = 0;
    for (std::promise<SignedEvents>& part : signed_parts) {
      SignedEvents events;
      try {
        while (next < lines.size() && events.size() < k_signed_at_once) {
          events.push_back(sign(next++));
        }
      } catch (...) {  // carried to whoever waits for this part
        return part.set_exception(std::current_exception());
      }
      part.set_value(std::move(events));
    }
  };
  // Where the system gives no more threads, all are signed first.
  const auto signing = std::async(std::launch::async | std::launch::deferred, sign_all);
  if (signing.wait_for(std::chrono::seconds(0)) == std::future_status::deferred) signing.wait();
  std::size_t at = 0;
  for (std::promise<SignedEvents>& part : signed_parts) {
    const SignedEvents events = part.get_future().get();
    for (const registry::SignedEvent& event : events) {
      const ReadLine& line = *lines[at++];
      registry::store_document(database_, model::name_of(k_request), line.bytes, line.salt,
                               line.document);
      registry::record(database_, event);
    }
  }
}

}  // namespace octroi::gate
