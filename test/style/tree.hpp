// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

namespace octroi::style {

/// One text file of the project.
struct File {
  std::string path;  ///< from the project's top folder, with "/" between names
  std::string text;

  [[nodiscard]] std::vector<std::string_view> lines() const;
  [[nodiscard]] bool is_in(std::string_view folder) const { return path.starts_with(folder); }
  [[nodiscard]] bool has_ending(std::string_view ending) const { return path.ends_with(ending); }
  [[nodiscard]] bool is_cpp() const;  ///< also a template of such a file
  [[nodiscard]] bool is_header() const;
  [[nodiscard]] bool is_shell() const;
  [[nodiscard]] bool is_code() const;  ///< C++, shell, CMake or SQL
};

using Tree = std::vector<File>;

/// All text files under a folder, sorted by path; hidden folders other than .ci, and folders that
/// .gitignore leaves out (build*), are not looked into.
[[nodiscard]] Tree read_tree(const std::filesystem::path& folder);

/// The file of that path, or nullptr.
[[nodiscard]] const File* find(const Tree& tree, std::string_view path);

/// One place where a rule does not hold.
struct Fault {
  std::string path;
  std::size_t line;  ///< from 1; 0 for the whole file
  std::string rule;

  friend bool operator==(const Fault&, const Fault&) = default;
};

/// "PATH:LINE: RULE", as compilers and editors write it.
[[nodiscard]] std::string to_text(const Fault& fault);

}  // namespace octroi::style
