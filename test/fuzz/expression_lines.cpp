// SPDX-License-Identifier: Apache-2.0
// The lines of `rules eval --batch`.
#include "fuzz/target.hpp"
#include "json/read.hpp"
#include "json/write.hpp"
#include "rules/expression.hpp"

void octroi::fuzz::try_input(std::string_view text) {
  for (std::size_t at = 0; at < text.size();) {
    const std::string_view line = text.substr(at, text.find('\n', at) - at);
    at += line.size() + 1;
    const std::string answer = json::one_line(rules::answer_line(line));
    require(answer.find('\n') == answer.npos, "an answer is one line");
    require(json::read(answer, "answer").is_object(), "an answer is an object");
  }
}
