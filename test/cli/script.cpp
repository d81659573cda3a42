// SPDX-License-Identifier: Apache-2.0
#include "cli/script.hpp"

#include <fmt/format.h>

#include "base/error.hpp"
#include "base/file.hpp"
#include "cli/commands.hpp"
#include "cli/words.hpp"

namespace octroi::script {
namespace {

namespace fs = std::filesystem;

constexpr std::size_t k_script_bytes_max = 1024 * 1024;

std::string section(const char* name, const std::string& text) {
  const bool is_open = !text.empty() && text.back() != '\n';
  return fmt::format("-- {} --\n{}{}", name, text, is_open ? "\n" : "");
}

/// Why a line failed, under the line itself, with all there is to find the cause.
std::string report_of(const fs::path& file, const Line& line, const std::string& reason,
                      const Session& session) {
  std::string report =
      fmt::format("{}:{}: {}\n{}\n", file.string(), line.number, line.text, reason);
  if (session.has_last()) {
    report += section("stdout", session.last().out) + section("stderr", session.last().err);
  }
  return report;
}

void run_line(Session& session, const Line& line, bool is_update) {
  const auto lookup = [&session](std::string_view name) { return session.variable(name); };
  try {
    run_command(session, words_of(line.text, lookup), is_update);
  } catch (const fs::filesystem_error& error) {
    throw Error(ErrorCode::could_not, error.what());
  }
}

Result run_lines(Session& session, const fs::path& file, bool is_update) {
  const std::vector<Line> lines = command_lines(session.archive().comment);
  for (const Line& line : lines) {
    try {
      run_line(session, line, is_update);
    } catch (const Error& error) {
      return {Result::Kind::failed, report_of(file, line, error.what(), session)};
    }
    if (session.skip_reason) return {Result::Kind::skipped, "skipped: " + *session.skip_reason};
  }
  if (lines.empty()) return {Result::Kind::failed, file.string() + ": holds no command"};
  if (!session.background.empty()) {
    const std::string reason = session.background.begin()->first + ": runs still, add a wait";
    return {Result::Kind::failed, report_of(file, lines.back(), reason, session)};
  }
  return {};
}

}  // namespace

Result run_script(const fs::path& file, const std::vector<fs::path>& programs, bool is_update) {
  const std::string text = read_input(file, k_script_bytes_max);
  Session session(parse_archive(text), programs);
  Result result = run_lines(session, file, is_update);
  const std::string updated = to_text(session.archive());
  if (is_update && updated != text) replace_file(file, updated, FileMode::everybody_reads);
  return result;
}

}  // namespace octroi::script
