// SPDX-License-Identifier: Apache-2.0
#include "verify_batch.hpp"

#include <utility>
#include <vector>

#include "base/file.hpp"
#include "base/in_order.hpp"
#include "base/limits.hpp"
#include "document_batch.hpp"

namespace octroi::app {
namespace {

constexpr std::size_t k_lines_of_part = 32;  // few enough that the last part keeps nobody waiting
constexpr std::size_t k_held_bytes_of_part = 256 * 1024;  // and one line more

/// Lines that are answered together.
class LinePart {
 public:
  LinePart() = default;
  explicit LinePart(std::size_t first) : first_(first) { text_.reserve(k_lines_of_part * 2048); }

  void add(std::optional<std::string_view> line) {
    if (line) text_.append(*line);
    lines_.push_back({text_.size(), !line});
  }
  [[nodiscard]] std::size_t size() const { return lines_.size(); }
  [[nodiscard]] bool is_full() const {
    return lines_.size() >= k_lines_of_part || text_.size() >= k_held_bytes_of_part;
  }

  /// Calls `visit(number, line)` with each; nothing stands for one that is too long.
  template <typename Visit>
  void for_each(Visit visit) const {
    std::size_t begin = 0;
    std::size_t number = first_;
    for (const Line& line : lines_) {
      const auto text = std::string_view(text_).substr(begin, line.end - begin);
      visit(number++, line.is_too_long ? std::nullopt : std::optional(text));
      begin = line.end;
    }
  }

 private:
  struct Line {
    std::size_t end;  ///< in the text
    bool is_too_long;
  };

  std::size_t first_ = 1;  ///< the number of its first line
  std::string text_;
  std::vector<Line> lines_;
};

/// The answers to the lines of a part.
struct PartAnswer {
  std::size_t lines = 0;
  std::string text = {};
  ExitCode code = ExitCode::yes;
};

PartAnswer answer_part(const gate::TokenBatch& tokens, const LinePart& part) {
  PartAnswer result{.lines = part.size()};
  part.for_each([&](std::size_t number, std::optional<std::string_view> line) {
    const gate::LineAnswer answer = tokens.answer(number, line);
    result.text.append(answer.text).append("\n");
    result.code =
        worse_of(result.code, answer.answer ? exit_code(*answer.answer) : ExitCode::bad_input);
  });
  return result;
}

}  // namespace

ExitCode verify_batch(const std::string& path, const gate::TokenBatch& tokens, std::size_t jobs,
                      const Surroundings& world) {
  ExitCode code = ExitCode::yes;
  std::size_t answered = 0;
  InOrder<LinePart, PartAnswer> parts(
      jobs, [&tokens](const LinePart& part) { return answer_part(tokens, part); },
      [&](const PartAnswer& answer) {
        code = worse_of(code, answer.code);
        answered += answer.lines;
        return world.write_now(answer.text);
      });
  LinePart part(1);
  std::size_t count = 0;
  if (!world.is_interrupted()) {  // begins to listen
    read_lines(
        path, limits::k_batch_line_bytes_max,
        [&](std::optional<std::string_view> line) {
          if (world.is_interrupted()) return false;
          part.add(line);
          ++count;
          if (!part.is_full()) return true;
          return parts.add(std::exchange(part, LinePart(count + 1)));
        },
        world.is_interrupted);
  }
  const bool is_interrupted = world.is_interrupted();
  if (!is_interrupted && part.size() > 0) static_cast<void>(parts.add(std::move(part)));
  parts.finish();
  if (is_interrupted) say_interrupted(world, answered, "the others were not verified");
  return code;
}

}  // namespace octroi::app
