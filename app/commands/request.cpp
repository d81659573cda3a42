// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>

#include "base/error.hpp"
#include "base/file.hpp"
#include "base/safe_text.hpp"
#include "commands.hpp"
#include "files.hpp"
#include "model/request_questions.hpp"
#include "model/request_template.hpp"
#include "reply.hpp"
#include "session.hpp"

namespace octroi::app {
namespace {

constexpr const char* k_file_default = "request.json";
constexpr std::size_t k_question_width_max = 100;

std::string expected_answer(const model::Question& question) {
  switch (question.kind) {
    case model::AnswerKind::text:
      return "";
    case model::AnswerKind::choice:
      return fmt::format("one of: {}", fmt::join(question.allowed, ", "));
    case model::AnswerKind::choices:
      return fmt::format("some of these, with commas between, or none: {}",
                         fmt::join(question.allowed, ", "));
    case model::AnswerKind::texts:
      return "with commas between";
    case model::AnswerKind::integer:
      return "a whole number";
    case model::AnswerKind::yes_no:
      return "yes or no";
    case model::AnswerKind::date:
      return "YYYY-MM-DD";
    case model::AnswerKind::none:
      return "none; anything else is written into the file afterwards";
  }
  broken_invariant("a kind of answer that is none");
}

std::string hint_of(const model::Question& question) {
  const std::string expected = expected_answer(question);
  const std::string optional = question.is_required ? "" : "empty to leave out";
  return expected + (expected.empty() || optional.empty() ? "" : "; ") + optional;
}

/// The person at the terminal.
class Dialogue {
 public:
  explicit Dialogue(const Surroundings& world) : world_(world) {}

  void say(std::string_view text, std::string_view indent = "") {
    const std::size_t width = std::min(world_.columns, k_question_width_max);
    world_.messages << wrap(printable(text, true), width, indent) << '\n';
  }

  /// Asks until the answer is good. Throws Error(bad_input) when the input ends.
  void ask(const model::Question& question, json::Value& request) {
    world_.messages << '\n';
    say(question.pointer.substr(1));
    say(question.text, "  ");
    if (const std::string hint = hint_of(question); !hint.empty()) say("(" + hint + ")", "  ");
    for (;;) {
      const auto fault = model::set_answer(request, question, read_line());
      if (!fault) return;
      say(*fault, "  ");
    }
  }

 private:
  std::string read_line() {
    world_.messages << "> " << std::flush;
    std::string line;
    if (std::getline(world_.input, line)) return line;
    world_.messages << '\n';
    throw Error(ErrorCode::bad_input,
                "the input ended before the last question; nothing was written");
  }

  const Surroundings& world_;
};

std::string ask_all(const Surroundings& world, const std::string& file) {
  Dialogue dialogue(world);
  dialogue.say(
      fmt::format("The answers go to {} after the last question. Ctrl-C ends without "
                  "writing anything; --template writes a form to fill in instead.",
                  file));
  json::Value request;
  for (const model::Question& question : model::request_questions()) {
    if (model::applies(request, question)) dialogue.ask(question, request);
  }
  return model::finished_request(request);
}

ExitCode request_new(const Arguments& arguments, Session& session, Reply& reply) {
  const Surroundings& world = session.world();
  const auto out = arguments.text("--out");
  const bool asks =
      !arguments.has("--template") && world.can_ask && (out || world.is_answer_on_terminal);
  if (!asks && !out) {
    reply.print(model::request_template());
    return ExitCode::yes;
  }
  const std::string file = out.value_or(k_file_default);
  require_absent(file, "--out");
  create_file(file, asks ? ask_all(world, file) : model::request_template(),
              FileMode::everybody_reads);
  reply.tell(fmt::format("{} is written", file));
  reply.next(fmt::format("{}octroi check {}", asks ? "" : "fill it in, then ", file));
  return ExitCode::yes;
}

}  // namespace

std::vector<Command> request_commands() {
  return {{.name = "request new",
           .reader = Reader::researcher,
           .summary = "start a request file",
           .description =
               "On a terminal, asks the questions of a request one by one, checks every answer, "
               "and writes the file after the last one. Elsewhere, or with --template, writes a "
               "form to fill in: every required member with a placeholder that does not pass, and "
               "in each object a $comment that says what to write.",
           .options = {{"--out", "PATH",
                        "the new file (default: request.json when asking, else standard output)"},
                       {"--template", "", "write the form, ask nothing"}},
           .examples = {{"octroi request new", "answer questions"},
                        {"octroi request new --template --out request.json", "a form to fill in"}},
           .run = request_new}};
}

}  // namespace octroi::app
