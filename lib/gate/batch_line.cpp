// SPDX-License-Identifier: Apache-2.0
#include "gate/batch_line.hpp"

#include <fmt/format.h>

#include "base/limits.hpp"
#include "json/within_line.hpp"
#include "json/write.hpp"
#include "model/document.hpp"

namespace octroi::gate {
namespace {

std::string source_of(const BatchLine& line) {
  return line.place.file.empty() ? "line" : line.place.file;
}

}  // namespace

json::Value answer_at(const BatchPlace& place) {
  if (!place.file.empty()) return json::object({{"file", place.file}});
  return json::object({{"line", static_cast<std::int64_t>(place.line)}});
}

std::string refused_at(const BatchPlace& place, std::string_view why) {
  json::Value value = answer_at(place);
  value.set("error", why);
  return json::one_line(value);
}

std::string_view bytes_of(const BatchLine& line) {
  if (!line.text) {
    if (!line.fault.empty()) throw Error(ErrorCode::bad_input, std::string(line.fault));
    throw Error(ErrorCode::bad_input, fmt::format("{}: expected at most {} bytes", source_of(line),
                                                  limits::k_batch_line_bytes_max));
  }
  std::string_view text = *line.text;
  if (line.place.file.empty() && text.ends_with('\r')) text.remove_suffix(1);
  return text;
}

json::Tape read_request(const BatchLine& line) {
  const auto read = [&line](std::string_view bytes) {
    return model::read_laid(model::DocumentKind::request, bytes, source_of(line));
  };
  const std::string_view bytes = bytes_of(line);
  if (!line.place.file.empty()) return read(bytes);
  if (bytes.find_first_not_of(" \t") == std::string_view::npos) {
    throw Error(ErrorCode::bad_input, "line: expected a request, got a blank line");
  }
  try {
    return read(bytes);
  } catch (const Error& error) {
    throw Error(error.code(), json::within_line(error.what()));
  }
}

bool is_about_the_line(ErrorCode code) {
  switch (code) {
    case ErrorCode::bad_input:
    case ErrorCode::not_allowed:
    case ErrorCode::not_yet:
      return true;
    case ErrorCode::usage:
    case ErrorCode::could_not:
    case ErrorCode::busy:
    case ErrorCode::damaged:
      return false;
  }
  broken_invariant("an error code that is none");
}

}  // namespace octroi::gate
