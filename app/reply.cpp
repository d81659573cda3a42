// SPDX-License-Identifier: Apache-2.0
#include "reply.hpp"

#include <fmt/format.h>

namespace octroi::app {

void Reply::print_line(std::string_view line) {
  answer_ += line;
  answer_ += '\n';
}

void Reply::tell(std::string_view sentence) {
  if (!is_json_) print_line(sentence);
}

void Reply::note(std::string_view text) {
  if (is_quiet_) return;
  notes_ += text;
  if (!text.ends_with('\n')) notes_ += '\n';
}

void Reply::next(std::string_view command) {
  note(fmt::format("next: {}", command));
}

}  // namespace octroi::app
