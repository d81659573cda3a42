// SPDX-License-Identifier: Apache-2.0
#include "submit_batch.hpp"

#include <fmt/format.h>

#include <cstddef>
#include <utility>

#include "base/error.hpp"
#include "base/hand_over.hpp"
#include "document_batch.hpp"
#include "gate/submit_batch.hpp"
#include "log_receipt.hpp"
#include "reply.hpp"
#include "session.hpp"

namespace octroi::app {
namespace {

[[noreturn]] void refuse_together(std::string_view option, std::string_view why) {
  throw Error(ErrorCode::usage, fmt::format("submit: {} {}", option, why));
}

BatchAnswer answer_of(gate::SubmitAnswer answer) {
  return {std::move(answer.text), answer.word,
          answer.error ? exit_code(*answer.error) : ExitCode::yes};
}

// What is submitted together, in one transaction.
constexpr std::size_t k_lines_of_transaction = 1000;
constexpr std::size_t k_bytes_of_transaction = 8 * 1024 * 1024;  // and one line more

/// Gathers the lines that are submitted together, and has them submitted on a thread of its own:
/// while these wait for the disk, the next ones are read and their events signed.
class Submitting {
 public:
  using Lines = gate::SubmitBatch::Lines;

  /// `submit` submits lines; false when no more are wanted.
  explicit Submitting(HandOver<Lines>::Work submit) : submit_(std::move(submit)) {}

  /// Called by one thread at a time. False when no more are wanted. Throws what submitting threw.
  bool add(Lines lines) {
    bool is_wanted = true;
    for (gate::ReadLine& line : lines) {
      held_bytes_ += line.bytes.size();
      lines_.push_back(std::move(line));
      const bool is_full =
          lines_.size() >= k_lines_of_transaction || held_bytes_ >= k_bytes_of_transaction;
      if (is_full) is_wanted = hand_over();
    }
    return is_wanted;
  }

  /// Has the rest submitted, and waits until all are. Throws what submitting threw.
  void finish() {
    if (!lines_.empty()) static_cast<void>(hand_over());
    wait();
  }

  /// Waits until those are submitted that were handed over.
  void wait() { submit_.wait(); }

 private:
  bool hand_over() {
    held_bytes_ = 0;
    return submit_.add(std::exchange(lines_, {}));
  }

  Lines lines_;  ///< too few yet
  std::size_t held_bytes_ = 0;
  HandOver<Lines> submit_;
};

gate::SubmitBatch::Lines read_all(const gate::SubmitBatch& batch, const BatchPart& part) {
  gate::SubmitBatch::Lines lines;
  lines.reserve(part.size());
  for (std::size_t i = 0; i < part.size(); ++i) lines.push_back(batch.read(part.line(i)));
  return lines;
}

}  // namespace

std::vector<Option> submit_batch_options() {
  return {{"--batch", "FILE",
           "submit each line of this, or each file NAME.json of a folder; '-' is standard input"},
          {"--receipts", "FOLDER",
           "with --batch: write the proof that each is in the log to FOLDER/REQUEST.tlog-proof; "
           "needs the log key"},
          {"--dry-run", "", "with --batch: say what would be submitted, write nothing"},
          {"--jobs", "N", "how many of a batch are read at a time; default: what the machine can"}};
}

void require_request_or_batch(const Arguments& arguments) {
  if (arguments.has("--batch") == arguments.has("FILE")) {
    throw Error(ErrorCode::usage, "submit: expected either FILE or --batch FILE");
  }
  if (!arguments.has("--batch")) {
    for (const char* option : {"--receipts", "--dry-run", "--jobs"}) {
      if (arguments.has(option)) refuse_together(option, "is for --batch");
    }
    return;
  }
  if (arguments.has("--amends")) refuse_together("--amends", "is of one request, not of a batch");
  if (arguments.has("--receipt")) {
    refuse_together("--receipt", "is of one request; a batch has --receipts FOLDER");
  }
  if (arguments.has("--receipts") && arguments.has("--dry-run")) {
    refuse_together("--receipts", "is of what was submitted; --dry-run submits nothing");
  }
}

ExitCode submit_batch(const Arguments& arguments, Session& session, Reply& reply) {
  const std::size_t jobs = jobs_asked_for(arguments);
  const bool is_dry = arguments.has("--dry-run");
  const auto registry = is_dry ? session.open_to_read() : session.open_to_write();
  const Receipts receipts(arguments, session, *registry);
  const gate::Actor actor = session.actor();
  gate::SubmitBatch batch(
      *registry, actor, session.context(),
      is_dry ? gate::SubmitBatch::Mode::dry_run : gate::SubmitBatch::Mode::submit);
  BatchReport report(session);
  Submitting submitting([&](const auto& lines, const auto& next) {
    std::vector<std::string> submitted;
    std::vector<BatchAnswer> answers;
    for (gate::SubmitAnswer& answer : batch.submit(lines, next)) {
      if (!answer.request.empty()) submitted.push_back(answer.request);
      answers.push_back(answer_of(std::move(answer)));
    }
    receipts.write(*registry, submitted);
    return report.write(answers);
  });
  const bool is_interrupted = work_on_batch<gate::SubmitBatch::Lines>(
      arguments.required("--batch"), jobs, session.world(),
      [&batch](const BatchPart& part) { return read_all(batch, part); },
      [&submitting](auto lines) { return submitting.add(std::move(lines)); });
  if (is_interrupted) {
    submitting.wait();
  } else {
    submitting.finish();
  }
  const char* rest = is_dry ? "the others were not looked at"
                            : "what is answered is submitted, and the same command again goes on "
                              "with the rest";
  report.finish(reply, is_interrupted ? rest : "");
  return report.code();
}

}  // namespace octroi::app
