// SPDX-License-Identifier: Apache-2.0
#include "verify_batch.hpp"

#include <algorithm>
#include <vector>

#include "base/file.hpp"
#include "base/limits.hpp"
#include "document_batch.hpp"

namespace octroi::app {
namespace {

constexpr std::size_t k_lines_per_job = 1024;
constexpr std::size_t k_held_bytes_max = 8 * 1024 * 1024;  // and one line more

class Batch {
 public:
  Batch(const gate::TokenBatch& tokens, std::size_t jobs, const Surroundings& world)
      : tokens_(tokens), jobs_(jobs), world_(world) {}

  /// False when the reader of the answers has left.
  bool add(std::optional<std::string_view> line) {
    lines_.emplace_back(line);
    held_bytes_ += line ? line->size() : 0;
    const bool is_full =
        lines_.size() >= jobs_ * k_lines_per_job || held_bytes_ >= k_held_bytes_max;
    return !is_full || answer_held();
  }

  /// Answers the lines that are held.
  bool answer_held() {
    answers_.resize(lines_.size());
    for_each_line(lines_.size(), jobs_, [this](std::size_t i) {
      answers_[i] = tokens_.answer(lines_before_ + i + 1, lines_[i]);
    });
    std::string text;
    for (const gate::LineAnswer& answer : answers_) {
      text.append(answer.text).append("\n");
      code_ = worse_of(code_, answer.answer ? exit_code(*answer.answer) : ExitCode::bad_input);
    }
    lines_before_ += lines_.size();
    lines_.clear();
    held_bytes_ = 0;
    return world_.write_now(text);
  }

  [[nodiscard]] ExitCode code() const { return code_; }
  [[nodiscard]] std::size_t answered() const { return lines_before_; }

 private:
  const gate::TokenBatch& tokens_;
  std::size_t jobs_;
  const Surroundings& world_;
  std::vector<std::optional<std::string>> lines_;  ///< not answered yet
  std::vector<gate::LineAnswer> answers_;
  std::size_t held_bytes_ = 0;
  std::size_t lines_before_ = 0;
  ExitCode code_ = ExitCode::yes;
};

}  // namespace

ExitCode verify_batch(const std::string& path, const gate::TokenBatch& tokens, std::size_t jobs,
                      const Surroundings& world) {
  Batch batch(tokens, jobs, world);
  bool goes_on = !world.is_interrupted();
  read_lines(
      path, limits::k_batch_line_bytes_max,
      [&](std::optional<std::string_view> line) {
        return goes_on = !world.is_interrupted() && batch.add(line);
      },
      world.is_interrupted);
  if (world.is_interrupted()) {
    say_interrupted(world, batch.answered(), "the others were not verified");
  } else if (goes_on) {
    static_cast<void>(batch.answer_held());
  }
  return batch.code();
}

}  // namespace octroi::app
