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

std::string source_of(const BatchLine& line) {
  return line.place.file.empty() ? "line" : line.place.file;
}

std::string_view bytes_of(const BatchLine& line) {
  if (!line.text) {
    throw Error(ErrorCode::bad_input, fmt::format("{}: expected at most {} bytes", source_of(line),
                                                  limits::k_batch_line_bytes_max));
  }
  std::string_view text = *line.text;
  if (line.place.file.empty() && text.ends_with('\r')) text.remove_suffix(1);
  return text;
}

model::Document read_request(const BatchLine& line) {
  return model::read_document(model::DocumentKind::request, std::string(bytes_of(line)),
                              source_of(line));
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
