// SPDX-License-Identifier: Apache-2.0
#include "submit_batch.hpp"

#include <fmt/format.h>

#include <filesystem>
#include <memory>

#include "base/error.hpp"
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

BatchAnswer answer_of(const gate::SubmitAnswer& answer) {
  return {answer.text, answer.word, answer.error ? exit_code(*answer.error) : ExitCode::yes};
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
  const BatchWork<gate::ReadLine> work{
      [&batch](const gate::BatchLine& line) { return batch.read(line); },
      [&](const std::vector<gate::ReadLine>& lines) {
        std::vector<std::string> submitted;
        std::vector<BatchAnswer> answers;
        for (const gate::SubmitAnswer& answer : batch.submit(lines)) {
          if (!answer.request.empty()) submitted.push_back(answer.request);
          answers.push_back(answer_of(answer));
        }
        receipts.write(*registry, submitted);
        return answers;
      },
      is_dry ? "the others were not looked at"
             : "what is answered is submitted, and the same command again goes on with the rest"};
  return answer_batch(arguments.required("--batch"), jobs, work, session, reply);
}

}  // namespace octroi::app
