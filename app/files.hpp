// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

#include "base/file.hpp"
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

/// Throws Error(bad_input) when there is something at `path`, which `option` can name another of: a
/// friendly early word, not a lock.
void require_absent(const std::filesystem::path& path, std::string_view option);

/// Writes a file that must not exist yet, or hold exactly this already.
/// Throws Error(bad_input) when it holds something else.
void write_file_once(const std::filesystem::path& path, std::string_view content, FileMode mode);

}  // namespace octroi::app
