// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <atomic>
#include <cstddef>
#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "arguments.hpp"
#include "exit_code.hpp"
#include "gate/batch_line.hpp"
#include "reply.hpp"
#include "session.hpp"

/// What batches have in common: many documents, each answered with one line on standard output, in
/// order. `verify --batch` shares how its lines are handed to threads.
namespace octroi::app {

/// The answer to one document.
struct BatchAnswer {
  std::string text;       ///< without its line feed
  std::string_view word;  ///< what is counted in the summary
  ExitCode code = ExitCode::yes;
};

/// Takes one document after another; false when it has enough.
using BatchVisitor = std::function<bool(const gate::BatchLine&)>;

/// What is done with a part of the documents. `read` is called for each of them, by several
/// threads at once; then `answer` once, with as many, in order. While one part is being answered,
/// which may have to wait for a disk, the next two are read.
template <typename Read>
struct BatchWork {
  std::function<Read(const gate::BatchLine&)> read;
  std::function<std::vector<BatchAnswer>(std::vector<Read>)> answer;
  std::string_view rest_if_interrupted;  ///< what is so of the others then
};

/// A part of the documents that are read before any is answered.
class BatchPart {
 public:
  explicit BatchPart(std::size_t documents_max = 1000, std::size_t held_bytes_max = 8 * 1024 * 1024)
      : documents_max_(documents_max), held_bytes_max_(held_bytes_max) {}

  void add(const gate::BatchLine& line);
  [[nodiscard]] bool is_full() const;
  [[nodiscard]] std::size_t size() const { return texts_.size(); }
  [[nodiscard]] gate::BatchLine line(std::size_t index) const;
  void clear();

 private:
  std::size_t documents_max_;
  std::size_t held_bytes_max_;  ///< and one document more
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

/// Does `work` for one index after another, on so many threads, each taking a few at a time.
void for_each_line(std::size_t count, std::size_t jobs,
                   const std::function<void(std::size_t)>& work);

/// Runs tasks beside the caller, one after another: while one runs another can wait for its turn,
/// and with both places taken `run` waits. Once a task has thrown, none of the later ones is run,
/// and `run` or `wait` throws the same.
class Beside {
 public:
  Beside();
  Beside(const Beside&) = delete;
  Beside& operator=(const Beside&) = delete;
  ~Beside();

  void run(std::function<void()> task);
  void wait();

 private:
  struct Running;
  std::unique_ptr<Running> running_;
};

/// Answers all of them; a bounded part is held at a time. A reader that leaves ends it, and so does
/// an interrupt, once the parts that were begun are answered.
template <typename Read>
ExitCode answer_batch(const std::string& path, std::size_t jobs, const BatchWork<Read>& work,
                      const Session& session, Reply& reply) {
  const Surroundings& world = session.world();
  bool is_interrupted = world.is_interrupted();  // begins to listen
  BatchReport report(session);
  BatchPart part;
  std::atomic<bool> is_read = true;  // by whoever reads the answers
  Beside beside;
  const auto take = [&] {
    const auto reads = std::make_shared<std::vector<Read>>(part.size());
    for_each_line(part.size(), jobs,
                  [&](std::size_t index) { (*reads)[index] = work.read(part.line(index)); });
    part.clear();
    beside.run([&work, &report, &is_read, reads] {
      if (is_read) is_read = report.write(work.answer(std::move(*reads)));
    });
    return is_read.load();
  };
  visit_batch(path, world, [&](const gate::BatchLine& line) {
    part.add(line);
    return !part.is_full() || take();
  });
  is_interrupted = world.is_interrupted();
  if (!is_interrupted && part.size() > 0) static_cast<void>(take());
  beside.wait();
  report.finish(reply, is_interrupted ? work.rest_if_interrupted : "");
  return report.code();
}

}  // namespace octroi::app
