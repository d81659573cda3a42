// SPDX-License-Identifier: Apache-2.0
#include "cli/session.hpp"

#include <unistd.h>

#include <fstream>

#include "base/error.hpp"

namespace octroi::script {
namespace {

namespace fs = std::filesystem;

constexpr const char* k_system_path = "/usr/local/bin:/usr/bin:/bin";

/// A sanitizer's report must not pass for one of the program's own exit codes.
constexpr const char* k_sanitizer_options = "abort_on_error=1";

void unpack(const Archive& archive, const fs::path& folder) {
  for (const ArchiveFile& file : archive.files) {
    fs::create_directories((folder / file.name).parent_path());
    test::write(folder / file.name, file.content);
  }
}

}  // namespace

Session::Session(Archive archive, const std::vector<fs::path>& programs)
    : archive_(std::move(archive)), current_(folder_ / "work") {
  for (const char* name : {"work", "home", "bin"}) fs::create_directory(folder_ / name);
  unpack(archive_, current_);
  link_programs(programs);
  environment_ = {
      {"PATH", (folder_ / "bin").string() + ":" + k_system_path},
      {"HOME", (folder_ / "home").string()},
      {"LANG", "C.UTF-8"},
      {"TZ", "UTC"},
      {"ASAN_OPTIONS", k_sanitizer_options},
      {"TSAN_OPTIONS", std::string(k_sanitizer_options) + ":halt_on_error=1"},
      {"UBSAN_OPTIONS", std::string(k_sanitizer_options) + ":print_stacktrace=1"},
  };
  variables_ = {
      {"WORK", current_.string()},
      {"EXAMPLES", OCTROI_SOURCE "/examples"},
      {"SCHEMAS", OCTROI_SOURCE "/schemas"},
      {"VECTORS", OCTROI_VECTORS},
  };
}

Session::~Session() {
  // A folder that a script closed to its owner could not be removed.
  std::error_code ignored;
  const auto options = fs::directory_options::skip_permission_denied;
  for (auto entry = fs::recursive_directory_iterator(folder_.path(), options, ignored);
       entry != fs::recursive_directory_iterator(); entry.increment(ignored)) {
    if (entry->is_symlink(ignored) || !entry->is_directory(ignored)) continue;
    fs::permissions(entry->path(), fs::perms::owner_all, fs::perm_options::add, ignored);
  }
}

void Session::link_programs(const std::vector<fs::path>& programs) {
  for (const fs::path& program : programs) {
    fs::create_symlink(fs::absolute(program), folder_ / "bin" / program.filename());
  }
}

void Session::enter(const fs::path& folder) {
  if (!fs::is_directory(folder)) {
    throw Error(ErrorCode::bad_input, folder.string() + ": there is no such folder");
  }
  current_ = fs::canonical(folder);
}

std::string Session::content_of(std::string_view name) const {
  if (name == "stdout") return last().out;
  if (name == "stderr") return last().err;
  const fs::path file = path(name);
  if (!fs::is_regular_file(file)) {
    throw Error(ErrorCode::bad_input, std::string(name) + ": there is no such file");
  }
  return test::content_of(file);
}

const Output& Session::last() const {
  if (last_) return *last_;
  throw Error(ErrorCode::bad_input, "no program has run yet");
}

void Session::write(std::string_view name, std::string_view content) const {
  std::ofstream file(path(name), std::ios::binary);
  if (!(file << content << std::flush)) {
    throw Error(ErrorCode::could_not, std::string(name) + ": cannot be written");
  }
}

std::string Session::variable(std::string_view name) const {
  for (const auto* variables : {&variables_, &environment_}) {
    if (const auto found = variables->find(name); found != variables->end()) return found->second;
  }
  throw Error(ErrorCode::bad_input, "there is no variable $" + std::string(name));
}

void Session::set_variable(const std::string& name, std::string value) {
  variables_[name] = std::move(value);
}

void Session::set_environment(const std::string& name, std::string value) {
  environment_[name] = std::move(value);
}

std::optional<fs::path> Session::find_program(const std::string& name) const {
  if (name.find('/') != std::string::npos) return path(name);
  std::string folders = variable("PATH") + ":";
  for (std::size_t end = 0; (end = folders.find(':')) != std::string::npos;
       folders.erase(0, end + 1)) {
    fs::path candidate = fs::path(folders.substr(0, end)) / name;
    if (::access(candidate.c_str(), X_OK) == 0) return candidate;
  }
  return std::nullopt;
}

Launch Session::take_launch(const std::vector<std::string>& words) {
  const auto program = find_program(words.front());
  if (!program) throw Error(ErrorCode::bad_input, words.front() + ": there is no such program");
  Launch launch{*program, words, {}, current_, {}, {}};
  for (const auto& [name, value] : environment_) launch.environment.push_back(name + "=" + value);
  launch.input.swap(next_input_);
  launch.terminal.swap(next_terminal_);
  return launch;
}

Conversation& Session::next_terminal() {
  if (!next_terminal_) next_terminal_.emplace();
  return *next_terminal_;
}

ArchiveFile* Session::archive_file(std::string_view name) {
  const fs::path relative = path(name).lexically_relative(folder_ / "work");
  return archive_.find(relative.string());
}

}  // namespace octroi::script
