// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>
#include <unistd.h>

#include <array>
#include <charconv>
#include <optional>

#include "base/error.hpp"
#include "cli/commands.hpp"
#include "cli/expression.hpp"

namespace octroi::script {
namespace {

namespace fs = std::filesystem;

[[noreturn]] void fail(const std::string& message) {
  throw Error(ErrorCode::bad_input, message);
}

/// A whole word as a number; "0x" before it makes it hexadecimal.
std::int64_t number_of(std::string_view word, int base = 10) {
  std::string_view digits = word;
  if (digits.starts_with("0x")) {
    digits.remove_prefix(2);
    base = 16;
  }
  std::int64_t number = 0;
  const auto [end, problem] =
      std::from_chars(digits.data(), digits.data() + digits.size(), number, base);
  if (problem != std::errc() || end != digits.data() + digits.size()) {
    fail(fmt::format("expected a number, got {}", word));
  }
  return number;
}

void require_existence(Session& session, const Call& call) {
  for (const std::string& name : call.words) {
    const bool is_there = fs::exists(fs::symlink_status(session.path(name)));
    if (is_there && call.is_denied) fail(name + ": is there");
    if (!is_there && !call.is_denied) fail(name + ": is not there");
  }
}

void copy(Session& session, const Call& call) {
  const fs::path target = session.path(call.words.back());
  if (call.words.front() == "stdout" || call.words.front() == "stderr") {
    session.write(call.words.back(), session.content_of(call.words.front()));
    return;
  }
  for (std::size_t i = 0; i + 1 < call.words.size(); ++i) {
    const fs::path source = session.path(call.words[i]);
    const fs::path place = fs::is_directory(target) ? target / source.filename() : target;
    fs::copy(source, place, fs::copy_options::recursive | fs::copy_options::overwrite_existing);
  }
}

void make_folders(Session& session, const Call& call) {
  for (const std::string& name : call.words) fs::create_directories(session.path(name));
}

void change_mode(Session& session, const Call& call) {
  test::set_mode(session.path(call.words[1]), static_cast<unsigned>(number_of(call.words[0], 8)));
}

void change_folder(Session& session, const Call& call) {
  session.enter(session.path(call.words.front()));
}

void set_environment(Session& session, const Call& call) {
  const std::string& assignment = call.words.front();
  const std::size_t equals = assignment.find('=');
  if (equals == 0 || equals == std::string::npos) fail("expected NAME=VALUE, got " + assignment);
  session.set_environment(assignment.substr(0, equals), assignment.substr(equals + 1));
}

void replace(Session& session, const Call& call) {
  std::string content = session.content_of(call.words[0]);
  if (Expression(call.words[1]).replace_in(content, call.words[2]) == 0) {
    fail("'" + call.words[1] + "' is not in " + call.words[0]);
  }
  session.write(call.words[0], content);
}

/// Changes bits of one byte; a negative offset counts from the end of the file.
void corrupt(Session& session, const Call& call) {
  std::string content = session.content_of(call.words[0]);
  const auto size = static_cast<std::int64_t>(content.size());
  std::int64_t offset = number_of(call.words[1]);
  if (offset < 0) offset += size;
  if (offset < 0 || offset >= size) fail(fmt::format("{} has {} bytes", call.words[0], size));
  const std::int64_t bits = number_of(call.words[2]);
  if (bits < 1 || bits > 255) fail("expected bits from 1 to 255 to change, got " + call.words[2]);
  char& byte = content[static_cast<std::size_t>(offset)];
  byte = static_cast<char>(byte ^ static_cast<char>(bits));
  session.write(call.words[0], content);
}

bool holds(const Session& session, std::span<const std::string> condition) {
  if (condition.size() == 1 && condition[0] == "root") return ::geteuid() == 0;
  if (condition.size() == 1 && condition[0] == "sanitizers") return OCTROI_HAS_SANITIZERS;
  if (condition.size() == 2 && condition[0] == "file") return fs::exists(condition[1]);
  if (condition.size() == 2 && condition[0] == "program") {
    return session.find_program(condition[1]).has_value();
  }
  fail("expected root, sanitizers, file PATH or program NAME");
}

void skip(Session& session, const Call& call) {
  const std::string& when = call.words[1];
  if (when != "if" && when != "unless") fail("expected if or unless, got " + when);
  if (holds(session, std::span(call.words).subspan(2)) == (when == "if")) {
    session.skip_reason = call.words[0];
  }
}

constexpr std::array k_commands = {
    Command{"[!] exists FILE…", 1, k_any_number, require_existence},
    Command{"cp stdout|stderr|FILE… FILE|FOLDER", 2, k_any_number, copy},
    Command{"mkdir FOLDER…", 1, k_any_number, make_folders},
    Command{"chmod MODE FILE", 2, 2, change_mode},
    Command{"cd FOLDER", 1, 1, change_folder},
    Command{"env NAME=VALUE", 1, 1, set_environment},
    Command{"replace FILE 'EXPRESSION' 'TEXT'", 3, 3, replace},
    Command{"corrupt FILE OFFSET BITS", 3, 3, corrupt},
    Command{"skip 'REASON' if|unless root|file PATH|program NAME", 3, 4, skip},
};

}  // namespace

std::span<const Command> file_commands() {
  return k_commands;
}

}  // namespace octroi::script
