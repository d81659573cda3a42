// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <map>
#include <optional>
#include <set>
#include <sstream>

#include "style/rules.hpp"

namespace octroi::style {
namespace {

using Names = std::set<std::string, std::less<>>;

/// The modules of lib/, and which others each may use; what these use, it may include too.
const std::map<std::string, Names, std::less<>>& modules() {
  static const std::map<std::string, Names, std::less<>> table = {
      {"base", {}},
      {"crypto", {"base"}},
      {"json", {"base"}},
      {"cel", {"base"}},
      {"paseto", {"crypto", "json"}},
      {"merkle", {"crypto"}},
      {"note", {"crypto", "merkle"}},
      {"status", {"crypto", "json"}},
      {"model", {"crypto", "json"}},
      {"law", {"model"}},
      {"rules", {"cel", "law"}},
      {"registry", {"model", "paseto", "note"}},
      {"gate", {"rules", "registry", "status"}},
  };
  return table;
}

/// Where the libraries of others may be included, by the start of the header's name.
struct Home {
  std::string_view header;
  std::vector<std::string_view> paths;
};

const std::vector<Home>& homes() {
  static const std::vector<Home> table = {
      {"CLI/", {"app/"}},
      {"SQLiteCpp/", {"lib/registry/"}},
      {"sqlite3.h", {"lib/registry/", "test/bench/"}},
      {"sodium", {"lib/crypto/"}},
      {"openssl/", {"lib/crypto/"}},
      {"zlib.h", {"lib/status/"}},
      {"nlohmann/", {"lib/json/"}},
      {"rapidjson/", {"lib/json/"}},
      {"re2/", {"lib/cel/", "test/cli/"}},
      {"absl/", {"lib/cel/"}},
      {"catch2/", {"test/catch.hpp"}},
      {"fmt/", {""}},
      {"sys/", {""}},  // the operating system
  };
  return table;
}

struct Include {
  std::size_t line;
  std::string_view name;
  bool is_own;  ///< in quotes, not in angle brackets
};

std::vector<Include> includes_of(const File& file) {
  constexpr std::string_view k_word = "#include ";
  std::vector<Include> includes;
  std::size_t number = 0;
  for (std::string_view line : file.lines()) {
    ++number;
    if (!line.starts_with(k_word)) continue;
    line.remove_prefix(k_word.size());
    const std::size_t end = line.find_first_of("\">", 1);
    if (end == std::string_view::npos) continue;
    includes.push_back({number, line.substr(1, end - 1), line.front() == '"'});
  }
  return includes;
}

/// The module whose folder a file lies in; nothing outside lib/ and for lib/CMakeLists.txt.
std::optional<std::string_view> module_of(const File& file) {
  constexpr std::string_view k_folder = "lib/";
  if (!file.is_in(k_folder)) return std::nullopt;
  const std::string_view rest = std::string_view(file.path).substr(k_folder.size());
  const std::size_t end = rest.find('/');
  if (end == std::string_view::npos) return std::nullopt;
  return rest.substr(0, end);
}

bool may_include(std::string_view module, std::string_view other) {
  if (module == other) return true;
  const auto row = modules().find(module);
  return row != modules().end() &&
         std::any_of(row->second.begin(), row->second.end(),
                     [other](const std::string& used) { return may_include(used, other); });
}

bool is_at_home(const File& file, std::string_view header) {
  for (const Home& home : homes()) {
    if (!header.starts_with(home.header)) continue;
    return std::any_of(home.paths.begin(), home.paths.end(),
                       [&file](std::string_view path) { return file.is_in(path); });
  }
  return header.find('/') == std::string_view::npos;  // the standard library, POSIX
}

/// The words behind USES in a module's CMakeLists.txt.
std::vector<std::string> used_modules(const std::string& text) {
  std::vector<std::string> used;
  std::string spaced = text;
  std::replace(spaced.begin(), spaced.end(), ')', ' ');
  std::istringstream words(spaced);
  bool is_in_list = false;
  for (std::string word; words >> word;) {
    const bool is_keyword = word == "SOURCES" || word == "USES" || word == "LIBRARIES";
    if (is_keyword || !modules().contains(word)) {
      is_in_list = word == "USES";
    } else if (is_in_list) {
      used.push_back(word);
    }
  }
  return used;
}

}  // namespace

Faults wrong_includes(const Tree& tree) {
  Faults faults;
  for (const File& file : tree) {
    const auto module = module_of(file);
    if (!module || !file.is_cpp()) continue;
    for (const Include& include : includes_of(file)) {
      const std::string_view other = include.name.substr(0, include.name.find('/'));
      if (!include.is_own || may_include(*module, other)) continue;
      faults.push_back({file.path, include.line,
                        std::string(*module) + " may not include " + std::string(include.name)});
    }
  }
  return faults;
}

Faults wrong_uses(const Tree& tree) {
  Faults faults;
  for (const File& file : tree) {
    const auto module = module_of(file);
    if (!module || !file.has_ending("/CMakeLists.txt")) continue;
    const auto row = modules().find(*module);
    if (row == modules().end()) {
      faults.push_back({file.path, 0, "is no module of the list"});
      continue;
    }
    for (const std::string& used : used_modules(file.text)) {
      if (row->second.contains(used)) continue;
      faults.push_back({file.path, 0, std::string(*module) + " may not use " + used});
    }
  }
  return faults;
}

Faults strayed_libraries(const Tree& tree) {
  Faults faults;
  for (const File& file : tree) {
    if (!file.is_cpp()) continue;
    for (const Include& include : includes_of(file)) {
      if (include.is_own || is_at_home(file, include.name)) continue;
      faults.push_back(
          {file.path, include.line, "<" + std::string(include.name) + "> does not belong here"});
    }
  }
  return faults;
}

}  // namespace octroi::style
