// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <functional>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "arguments.hpp"
#include "base/in_order.hpp"
#include "exit_code.hpp"
#include "gate/batch_line.hpp"
#include "reply.hpp"
#include "session.hpp"

/// What batches have in common: many documents, each answered with one line on standard output, in
/// order.
namespace octroi::app {

/// The answer to one document.
struct BatchAnswer {
  std::string text;       ///< without its line feed
  std::string_view word;  ///< what is counted in the summary
  ExitCode code = ExitCode::yes;
};

/// Takes one document after another; false when it has enough.
using BatchVisitor = std::function<bool(const gate::BatchLine&)>;

/// The documents that a thread takes at a time: few, as several parts are held for each thread.
class BatchPart {
 public:
  void add(const gate::BatchLine& line);
  [[nodiscard]] bool is_full() const;
  [[nodiscard]] std::size_t size() const { return texts_.size(); }
  [[nodiscard]] gate::BatchLine line(std::size_t index) const;

 private:
  std::vector<gate::BatchPlace> places_;
  std::vector<std::optional<std::string>> texts_;
  std::vector<std::string> faults_;
  std::size_t held_bytes_ = 0;
};

/// Writes the answers, counts them, and shows how far it is on a terminal.
class BatchReport {
 public:
  explicit BatchReport(const Session& session);

  /// Writes the answers to standard output at once. False when the reader has left.
  [[nodiscard]] bool write(const std::vector<BatchAnswer>& answers);
  /// "3 documents: 2 clear, 1 error", in the reply's notes; takes the progress away. When it was
  /// interrupted, says so, and what is so of the others.
  void finish(Reply& reply, std::string_view interrupted);
  /// The worst of the answers' codes.
  [[nodiscard]] ExitCode code() const { return code_; }

 private:
  const Session& session_;
  bool is_shown_;
  std::size_t count_ = 0;
  std::map<std::string, std::size_t, std::less<>> counts_;
  ExitCode code_ = ExitCode::yes;
};

/// "octroi: interrupted after 2000 answers; …", on standard error.
void say_interrupted(const Surroundings& world, std::size_t answers, std::string_view rest);

/// Calls `visit` with every line of a file, or of standard input for "-", or with every file
/// NAME.json of a folder, by name, until it says false or somebody interrupts. Throws
/// Error(bad_input) when there is no such file in the folder.
void visit_batch(const std::string& path, const Surroundings& world, const BatchVisitor& visit);

/// How many threads --jobs asks for, or what the machine can. Throws Error(usage).
[[nodiscard]] std::size_t jobs_asked_for(const Arguments& arguments);

/// Works on the documents of a batch on so many threads, part by part, and gives the results in
/// order. Ends early when no more are wanted or somebody interrupts; true for the latter.
template <typename Result>
[[nodiscard]] bool work_on_batch(const std::string& path, std::size_t jobs,
                                 const Surroundings& world,
                                 typename InOrder<BatchPart, Result>::Work work,
                                 typename InOrder<BatchPart, Result>::Give give) {
  static_cast<void>(world.is_interrupted());  // begins to listen
  InOrder<BatchPart, Result> parts(jobs, std::move(work), std::move(give));
  BatchPart part;
  visit_batch(path, world, [&](const gate::BatchLine& line) {
    part.add(line);
    return !part.is_full() || parts.add(std::exchange(part, BatchPart()));
  });
  const bool is_interrupted = world.is_interrupted();
  if (!is_interrupted && part.size() > 0) static_cast<void>(parts.add(std::move(part)));
  parts.finish();
  return is_interrupted;
}

}  // namespace octroi::app
