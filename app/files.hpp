// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

#include "arguments.hpp"
#include "base/file.hpp"
#include "command.hpp"
#include "model/document.hpp"

namespace octroi::app {

class Session;
class Reply;

/// A document in a file, or on standard input for "-".
[[nodiscard]] model::Document read_document_file(model::DocumentKind kind, const std::string& path);
[[nodiscard]] std::vector<model::Document> read_document_files(
    model::DocumentKind kind, const std::vector<std::string>& paths);

/// The token in a file, or on standard input for "-".
[[nodiscard]] std::string read_token_file(const std::string& path);

/// The trust document in a file, plain or signed, or on standard input for "-".
[[nodiscard]] model::Document read_trust_file(const std::string& path);

/// Answers with a document: its exact bytes, or on a terminal and for --json in a form that is safe
/// to look at.
void print_document(const model::Document& document, const Session& session, Reply& reply);

/// Writes a file that must not exist yet, or hold exactly this already.
/// Throws Error(bad_input) when it holds something else.
void write_file_once(const std::filesystem::path& path, std::string_view content, FileMode mode);

/// --out and --replace, for a command that answers with a file or on standard output.
[[nodiscard]] std::vector<Option> out_options(std::string_view help);

/// Writes a file of an answer: a new one; with --replace also in the place of what is there.
void write_out(const Arguments& arguments, const std::filesystem::path& path,
               std::string_view content, FileMode mode = FileMode::everybody_reads);

/// Answers with `text`: in the file of --out, of which `said` is then noted, else on standard
/// output; for --json with `value` there, whether or not a file is written too. Without a value the
/// text is the whole answer, in every form.
void answer_file(const Arguments& arguments, Reply& reply, const std::string& text,
                 const json::Value* value, std::string_view said);

/// Throws Error(bad_input) when there is something at --out that may not be replaced: for an act
/// that is recorded before its answer is written. A friendly early word, not a lock.
void require_out_free(const Arguments& arguments);

/// "1 file", "3 files".
[[nodiscard]] std::string counted(std::int64_t count, std::string_view thing);

/// Throws Error(bad_input) when there is something at `path`, which `option` can name another of: a
/// friendly early word, not a lock.
void require_absent(const std::filesystem::path& path, std::string_view option);

}  // namespace octroi::app
