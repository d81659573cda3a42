// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <chrono>
#include <filesystem>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "cli/archive.hpp"
#include "cli/process.hpp"
#include "support/temporary_folder.hpp"

namespace octroi::script {

/// What the commands of one script share: its folder, its variables, and what the last program
/// said. Everything is gone with this object.
class Session {
 public:
  /// Unpacks the files into a new folder, which becomes the current one.
  /// `programs` are reached by their file names, before the machine's own.
  Session(Archive archive, const std::vector<std::filesystem::path>& programs);
  ~Session();

  /// A path as a script names it: from the current folder.
  [[nodiscard]] std::filesystem::path path(std::string_view name) const { return current_ / name; }
  void enter(const std::filesystem::path& folder);

  /// What a word of a script stands for: "stdout" and "stderr" are what the last program said,
  /// every other word is a file. Throws Error(bad_input) when there is no such thing.
  [[nodiscard]] std::string content_of(std::string_view name) const;
  /// Throws Error(bad_input) when no program has run yet.
  [[nodiscard]] const Output& last() const;
  [[nodiscard]] bool has_last() const noexcept { return last_.has_value(); }
  void set_last(Output output) { last_ = std::move(output); }

  /// A variable of the script or of the environment. Throws Error(bad_input) when there is none.
  [[nodiscard]] std::string variable(std::string_view name) const;
  void set_variable(const std::string& name, std::string value);
  /// Sets a variable that programs see too.
  void set_environment(const std::string& name, std::string value);

  /// Writes a file. Throws Error(could_not) when it cannot.
  void write(std::string_view name, std::string_view content) const;

  /// The program that a script's word means, if there is one.
  [[nodiscard]] std::optional<std::filesystem::path> find_program(const std::string& name) const;
  /// What `words` start now; uses up the input and the terminal made ready for the next program.
  /// Throws Error(bad_input) when there is no such program.
  [[nodiscard]] Launch take_launch(const std::vector<std::string>& words);
  void set_input(std::string input) { next_input_ = std::move(input); }
  /// The terminal of the next program, which has one once this was called.
  [[nodiscard]] Conversation& next_terminal();

  /// How long a program may take; one that takes longer is killed, and the script fails.
  std::chrono::seconds limit{60};
  /// Programs that run beside the script, by the names it gave them.
  std::map<std::string, Process> background;
  /// Why the script does not apply here; it stops once this is set.
  std::optional<std::string> skip_reason;

  /// The file of the script's archive that a word names, or nullptr.
  [[nodiscard]] ArchiveFile* archive_file(std::string_view name);
  [[nodiscard]] const Archive& archive() const noexcept { return archive_; }

 private:
  void link_programs(const std::vector<std::filesystem::path>& programs);

  Archive archive_;
  test::TemporaryFolder folder_;
  std::filesystem::path current_;
  std::map<std::string, std::string, std::less<>> variables_;
  std::map<std::string, std::string, std::less<>> environment_;
  std::optional<Output> last_;
  std::optional<std::string> next_input_;
  std::optional<Conversation> next_terminal_;
};

}  // namespace octroi::script
