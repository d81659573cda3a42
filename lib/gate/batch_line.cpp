// SPDX-License-Identifier: Apache-2.0
#include "gate/batch_line.hpp"

#include <fmt/format.h>

#include "base/limits.hpp"
#include "json/write.hpp"

namespace octroi::gate {

json::Value answer_at(const BatchPlace& place) {
  if (!place.file.empty()) return json::object({{"file", place.file}});
  return json::object({{"line", static_cast<std::int64_t>(place.line)}});
}

std::string refused_at(const BatchPlace& place, std::string_view why) {
  json::Value value = answer_at(place);
  value.set("error", why);
  return json::one_line(value);
}

std::string within_line(std::string_view message) {
  constexpr std::string_view k_place = "line: line 1, column ";  // Source: json::read
  if (!message.starts_with(k_place)) return std::string(message);
  return fmt::format("line: column {}", message.substr(k_place.size()));
}

model::Document read_request(const BatchLine& line) {
  const std::string source = line.place.file.empty() ? "line" : line.place.file;
  if (!line.text) {
    if (!line.fault.empty()) throw Error(ErrorCode::bad_input, std::string(line.fault));
    throw Error(ErrorCode::bad_input, fmt::format("{}: expected at most {} bytes", source,
                                                  limits::k_batch_line_bytes_max));
  }
  if (!line.place.file.empty()) {
    return model::read_document(model::DocumentKind::request, std::string(*line.text), source);
  }
  std::string_view text = *line.text;
  if (text.ends_with('\r')) text.remove_suffix(1);
  if (text.find_first_not_of(" \t") == std::string_view::npos) {
    throw Error(ErrorCode::bad_input, "line: expected a request, got a blank line");
  }
  try {
    return model::read_document(model::DocumentKind::request, std::string(text), source);
  } catch (const Error& error) {
    throw Error(error.code(), within_line(error.what()));
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
