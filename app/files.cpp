// SPDX-License-Identifier: Apache-2.0
#include "files.hpp"

#include <fmt/format.h>

#include "base/error.hpp"
#include "base/limits.hpp"
#include "gate/trust.hpp"
#include "reply.hpp"
#include "session.hpp"

namespace octroi::app {
namespace {

constexpr std::size_t k_line_end_bytes = 2;

bool holds(const std::filesystem::path& path, std::string_view content) {
  std::error_code ignored;  // a file that cannot be looked at does not hold it
  return std::filesystem::is_regular_file(path, ignored) &&
         std::filesystem::file_size(path, ignored) == content.size() &&
         read_input(path, content.size()) == content;
}

[[noreturn]] void refuse_existing(const std::filesystem::path& path) {
  throw Error(ErrorCode::bad_input,
              fmt::format("{}: exists already and holds something else; name another file, or say "
                          "--replace",
                          path.string()));
}

}  // namespace

model::Document read_document_file(model::DocumentKind kind, const std::string& path) {
  const std::string source = path == "-" ? "standard input" : path;
  return model::read_document(kind, read_input(path, limits::k_document_bytes_max), source);
}

std::vector<model::Document> read_document_files(model::DocumentKind kind,
                                                 const std::vector<std::string>& paths) {
  std::vector<model::Document> documents;
  for (const std::string& path : paths) documents.push_back(read_document_file(kind, path));
  return documents;
}

std::string read_token_file(const std::string& path) {
  if (path.starts_with("v4.public.")) {
    throw Error(ErrorCode::usage,
                "expected a file that holds the token, or '-' for standard input, got the token "
                "itself");
  }
  return read_input(path, limits::k_token_bytes_max + k_line_end_bytes);
}

model::Document read_trust_file(const std::string& path) {
  const std::string source = path == "-" ? "standard input" : path;
  return gate::require_sound(
      gate::read_trust(read_input(path, limits::k_document_bytes_max), source), source);
}

void print_document(const model::Document& document, const Session& session, Reply& reply) {
  const bool is_for_eyes = session.world().is_answer_on_terminal || reply.is_json();
  reply.print(is_for_eyes ? json::pretty(document.value) : document.bytes);
}

void write_file_once(const std::filesystem::path& path, std::string_view content, FileMode mode) {
  std::error_code ignored;  // creating it says what is wrong
  if (!std::filesystem::exists(path, ignored)) return create_file(path, content, mode);
  if (!holds(path, content)) refuse_existing(path);
}

std::vector<Option> out_options(std::string_view help) {
  return {{"--out", "FILE", help}, {"--replace", "", "with --out: in the place of what is there"}};
}

void write_out(const Arguments& arguments, const std::filesystem::path& path,
               std::string_view content, FileMode mode) {
  if (arguments.has("--replace")) return replace_file(path, content, mode);
  write_file_once(path, content, mode);
}

void answer_file(const Arguments& arguments, Reply& reply, const std::string& text,
                 const json::Value* value, std::string_view said) {
  const auto path = arguments.text("--out");
  if (path) {
    write_out(arguments, *path, text);
    reply.note(fmt::format("{}: {}", *path, said));
  }
  if (reply.is_json() && value != nullptr) {
    reply.print(json::pretty(*value));
  } else if (!path) {
    reply.print(text);
  }
}

void require_out_free(const Arguments& arguments) {
  const auto path = arguments.text("--out");
  std::error_code ignored;  // writing it says what is wrong
  if (!path || arguments.has("--replace") || !std::filesystem::exists(*path, ignored)) return;
  refuse_existing(*path);
}

std::string counted(std::int64_t count, std::string_view thing) {
  return fmt::format("{} {}{}", count, thing, count == 1 ? "" : "s");
}

void require_absent(const std::filesystem::path& path, std::string_view option) {
  std::error_code ignored;  // creating it says what is wrong
  if (!std::filesystem::exists(path, ignored)) return;
  throw Error(ErrorCode::bad_input,
              fmt::format("{}: exists already; name another file with {}", path.string(), option));
}

}  // namespace octroi::app
