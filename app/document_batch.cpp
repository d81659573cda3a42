// SPDX-License-Identifier: Apache-2.0
#include "document_batch.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <filesystem>
#include <system_error>

#include "base/error.hpp"
#include "base/file.hpp"
#include "base/limits.hpp"
#include "base/parallel.hpp"
#include "base/safe_text.hpp"

namespace octroi::app {
namespace {

namespace fs = std::filesystem;

constexpr std::size_t k_documents_of_part = 20;      // a round part of what is submitted together
constexpr std::size_t k_bytes_of_part = 512 * 1024;  // and one document more
constexpr int k_jobs_max_of_batch = 256;
constexpr const char* k_clear_batch_line = "\r\x1b[K";  // Source: ECMA-48 section 8.3.41

/// What is called NAME.json and is no folder; what it is else is found when it is read.
std::vector<fs::path> documents_in(const fs::path& folder) {
  std::vector<fs::path> files;
  std::error_code failure;
  for (fs::directory_iterator entry(folder, failure), end; !failure && entry != end;
       entry.increment(failure)) {
    std::error_code ignored;
    if (entry->path().extension() == ".json" && !entry->is_directory(ignored)) {
      files.push_back(entry->path());
    }
  }
  if (failure) {
    throw Error(ErrorCode::could_not,
                fmt::format("{}: cannot be read: {}", folder.string(), failure.message()));
  }
  if (files.empty()) {
    throw Error(ErrorCode::bad_input,
                fmt::format("{}: there is no file NAME.json in this folder", folder.string()));
  }
  std::sort(files.begin(), files.end());
  return files;
}

/// Reads one file of a folder; false when the visitor has enough.
bool visit_file(const fs::path& file, const BatchVisitor& visit) {
  gate::BatchLine line{{0, printable(file.filename().string())}, std::nullopt};
  std::string text;
  try {
    text = read_stored(file, limits::k_batch_line_bytes_max);
    line.text = text;
  } catch (const Error& error) {
    if (error.code() != ErrorCode::bad_input) throw;
    text = error.what();
    line.fault = text;
  }
  return visit(line);
}

}  // namespace

void BatchPart::add(const gate::BatchLine& line) {
  places_.push_back(line.place);
  texts_.emplace_back(line.text);
  faults_.emplace_back(line.fault);
  held_bytes_ += line.text ? line.text->size() : line.fault.size();
}

bool BatchPart::is_full() const {
  return texts_.size() >= k_documents_of_part || held_bytes_ >= k_bytes_of_part;
}

gate::BatchLine BatchPart::line(std::size_t index) const {
  return {places_[index], texts_[index], faults_[index]};
}

BatchReport::BatchReport(const Session& session)
    : session_(session),
      is_shown_(session.world().shows_progress && !session.world().is_answer_on_terminal &&
                !session.options().is_quiet) {}

bool BatchReport::write(const std::vector<BatchAnswer>& answers) {
  std::string text;
  for (const BatchAnswer& answer : answers) {
    text.append(answer.text).append("\n");
    ++counts_[std::string(answer.word)];
    code_ = worse_of(code_, answer.code);
  }
  count_ += answers.size();
  const bool is_read = session_.world().write_now(text);
  if (is_shown_) session_.world().messages << fmt::format("\r{} answered", count_) << std::flush;
  return is_read;
}

void BatchReport::finish(Reply& reply, std::string_view interrupted) {
  if (is_shown_) session_.world().messages << k_clear_batch_line << std::flush;
  if (!interrupted.empty()) say_interrupted(session_.world(), count_, interrupted);
  std::vector<std::string> parts;
  for (const auto& [word, count] : counts_) parts.push_back(fmt::format("{} {}", count, word));
  reply.note(fmt::format("{} {}{}{}", count_, count_ == 1 ? "document" : "documents",
                         parts.empty() ? "" : ": ", fmt::join(parts, ", ")));
}

void say_interrupted(const Surroundings& world, std::size_t answers, std::string_view rest) {
  world.messages << fmt::format("octroi: interrupted after {} {}; {}\n", answers,
                                answers == 1 ? "answer" : "answers", rest)
                 << std::flush;
}

void visit_batch(const std::string& path, const Surroundings& world, const BatchVisitor& visit) {
  const auto visit_unless_over = [&](const gate::BatchLine& line) {
    return !world.is_interrupted() && visit(line);
  };
  std::error_code ignored;  // reading it says what is wrong
  if (path != "-" && fs::is_directory(path, ignored)) {
    for (const fs::path& file : documents_in(path)) {
      if (!visit_file(file, visit_unless_over)) return;
    }
    return;
  }
  std::size_t number = 0;
  read_lines(
      path, limits::k_batch_line_bytes_max,
      [&](std::optional<std::string_view> line) {
        return visit_unless_over({{++number, ""}, line});
      },
      world.is_interrupted);
}

std::size_t jobs_asked_for(const Arguments& arguments) {
  const std::optional<int> jobs = arguments.number("--jobs");
  if (jobs && (*jobs == 0 || *jobs > k_jobs_max_of_batch)) {
    throw Error(ErrorCode::usage, fmt::format("--jobs: expected a number from 1 to {}, got {}",
                                              k_jobs_max_of_batch, *jobs));
  }
  return jobs ? static_cast<std::size_t>(*jobs) : machine_threads();
}

}  // namespace octroi::app
