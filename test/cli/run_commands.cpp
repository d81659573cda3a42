// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>

#include <array>
#include <charconv>

#include "base/error.hpp"
#include "cli/commands.hpp"

namespace octroi::script {
namespace {

using Words = std::vector<std::string>;

[[noreturn]] void fail(const std::string& message) {
  throw Error(ErrorCode::bad_input, message);
}

Words without_first(const Words& words) {
  return {words.begin() + 1, words.end()};
}

/// A number from 0 to 255, as exit codes are.
int small_number_of(const std::string& word) {
  int number = 0;
  const char* word_end = word.data() + word.size();
  const auto [end, problem] = std::from_chars(word.data(), word_end, number);
  if (problem == std::errc() && end == word_end && number >= 0 && number < 256) return number;
  fail("expected a number from 0 to 255, got " + word);
}

/// What an ending must be: a certain exit code, or any but zero.
struct Expectation {
  bool is_any_failure = false;
  int code = 0;
};

/// A program that was killed, or that ran out of time, never did what was expected.
void require(const Session& session, Expectation expected) {
  const Output& output = session.last();
  if (output.end == Output::End::timed_out) {
    fail(fmt::format("still running after {} s", session.limit.count()));
  }
  if (output.end == Output::End::killed) fail(fmt::format("killed by signal {}", output.code));
  if (!output.unanswered.empty()) {
    fail(fmt::format("the prompt '{}' never came", output.unanswered.front()));
  }
  if (expected.is_any_failure && output.code == 0) fail("expected an exit code above 0, got 0");
  if (!expected.is_any_failure && output.code != expected.code) {
    fail(fmt::format("expected exit code {}, got {}", expected.code, output.code));
  }
}

void run(Session& session, const Words& words, Expectation expected) {
  session.set_last(Process(session.take_launch(words)).wait(session.limit));
  require(session, expected);
}

void run_exec(Session& session, const Call& call) {
  run(session, call.words, {.is_any_failure = call.is_denied});
}

void run_exit(Session& session, const Call& call) {
  run(session, without_first(call.words), {.code = small_number_of(call.words.front())});
}

void run_sh(Session& session, const Call& call) {
  run(session, {"sh", "-c", call.words.front()}, {.is_any_failure = call.is_denied});
}

void run_stdin(Session& session, const Call& call) {
  session.set_input(session.content_of(call.words.front()));
}

void run_tty(Session& session, const Call& call) {
  Conversation& terminal = session.next_terminal();
  if (call.words.size() == 2) terminal.answers.push_back({call.words[0], call.words[1]});
  if (call.words.size() != 1) return;
  if (call.words.front() != "stdout") fail("expected 'stdout', or a prompt and its answer");
  terminal.shows_stdout = true;
}

void run_limit(Session& session, const Call& call) {
  session.limit = std::chrono::seconds(small_number_of(call.words.front()));
}

void run_background(Session& session, const Call& call) {
  const std::string& name = call.words.front();
  if (session.background.contains(name)) fail(name + ": runs already");
  session.background.emplace(name, session.take_launch(without_first(call.words)));
}

void run_wait(Session& session, const Call& call) {
  const auto program = session.background.find(call.words.front());
  if (program == session.background.end()) fail(call.words.front() + ": was not started");
  const int code = call.words.size() == 2 ? small_number_of(call.words[1]) : 0;
  session.set_last(program->second.wait(session.limit));
  session.background.erase(program);
  require(session, {.is_any_failure = call.is_denied, .code = code});
}

constexpr std::array k_commands = {
    Command{"[!] exec PROGRAM ARGUMENT…", 1, k_any_number, run_exec},
    Command{"exit CODE PROGRAM ARGUMENT…", 2, k_any_number, run_exit},
    Command{"[!] sh 'COMMAND'", 1, 1, run_sh},
    Command{"stdin FILE", 1, 1, run_stdin},
    Command{"tty ['PROMPT' 'ANSWER' | stdout]", 0, 2, run_tty},
    Command{"limit SECONDS", 1, 1, run_limit},
    Command{"background NAME PROGRAM ARGUMENT…", 2, k_any_number, run_background},
    Command{"[!] wait NAME [CODE]", 1, 2, run_wait},
};

}  // namespace

std::span<const Command> run_commands() {
  return k_commands;
}

}  // namespace octroi::script
