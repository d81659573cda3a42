// SPDX-License-Identifier: Apache-2.0
#include "cli/archive.hpp"

#include <algorithm>
#include <filesystem>
#include <optional>

#include "base/error.hpp"
#include "cli/lines.hpp"

namespace octroi::script {
namespace {

constexpr std::string_view k_before = "-- ";
constexpr std::string_view k_after = " --";

std::string_view trimmed(std::string_view text) {
  const std::size_t first = text.find_first_not_of(" \t");
  if (first == std::string_view::npos) return {};
  return text.substr(first, text.find_last_not_of(" \t") - first + 1);
}

/// The name in a marker line; nothing when the line is none.
std::optional<std::string> marker_name(std::string_view line) {
  if (!line.starts_with(k_before) || !line.ends_with(k_after)) return std::nullopt;
  if (line.size() < k_before.size() + k_after.size()) return std::nullopt;
  line.remove_prefix(k_before.size());
  line.remove_suffix(k_after.size());
  const std::string_view name = trimmed(line);
  if (name.empty()) return std::nullopt;
  return std::string(name);
}

void require_inside(const std::string& name) {
  const std::filesystem::path path(name);
  const bool is_inside =
      path.is_relative() && std::find(path.begin(), path.end(), "..") == path.end();
  if (is_inside) return;
  throw Error(ErrorCode::bad_input, "-- " + name + " --: leads out of the script's folder");
}

}  // namespace

ArchiveFile* Archive::find(std::string_view name) {
  const auto found = std::find_if(files.begin(), files.end(),
                                  [name](const ArchiveFile& file) { return file.name == name; });
  return found == files.end() ? nullptr : &*found;
}

Archive parse_archive(std::string_view text) {
  Archive archive;
  std::string* content = &archive.comment;
  for (const std::string_view line : lines_of(text)) {
    if (std::optional<std::string> name = marker_name(line)) {
      require_inside(*name);
      if (archive.find(*name) != nullptr) {
        throw Error(ErrorCode::bad_input, "-- " + *name + " --: occurs twice");
      }
      archive.files.push_back({std::move(*name), ""});
      content = &archive.files.back().content;
      continue;
    }
    content->append(line).append("\n");
  }
  return archive;
}

std::string to_text(const Archive& archive) {
  std::string text = archive.comment;
  for (const ArchiveFile& file : archive.files) {
    text.append(k_before).append(file.name).append(k_after).append("\n").append(file.content);
  }
  return text;
}

}  // namespace octroi::script
