// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "json/value.hpp"

namespace octroi::model {

/// What kind of answer a question takes.
enum class AnswerKind {
  text,
  choice,   ///< one of `allowed`
  choices,  ///< some of `allowed`, with commas between
  texts,    ///< texts with commas between
  integer,
  yes_no,
  date,
  none,  ///< only "none" can be answered here; anything else is written into the file by hand
};

/// One question of `request new`, made from the request schema.
struct Question {
  std::string pointer;  ///< where the answer goes: "/controller/name"
  std::string text;     ///< what to answer, from the schema's description
  AnswerKind kind = AnswerKind::text;
  std::vector<std::string> allowed;  ///< for choice and choices
  bool is_required = true;           ///< otherwise an empty answer leaves the member out
  std::string when_pointer;          ///< only asked when there is a member at this pointer …
  std::vector<std::string> when;     ///< … that is one of these texts, if there are any,
  std::size_t when_items_min = 0;    ///< … or a list of so many items; "" pointer: always asked
  std::vector<std::string>
      instead;  ///< may be left out only when a member at one of these is there
};

/// True when the answers so far make the question one to ask.
[[nodiscard]] bool applies(const json::Value& request, const Question& question);

/// The questions whose answers make a valid request, in the order of the form.
[[nodiscard]] std::vector<Question> request_questions();

/// Puts an answer into the request, once it is valid under the schema and together with the answers
/// so far. What is wrong with the answer, or nothing; the request is changed only then.
[[nodiscard]] std::optional<std::string> set_answer(json::Value& request, const Question& question,
                                                    std::string_view answer);

/// The request once all questions are answered, as a file.
[[nodiscard]] std::string finished_request(const json::Value& request);

}  // namespace octroi::model
