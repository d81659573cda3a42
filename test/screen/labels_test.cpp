// SPDX-License-Identifier: Apache-2.0
#include "screen/labels.hpp"

#include <algorithm>

#include "base/safe_text.hpp"
#include "catch.hpp"
#include "gate/erasing.hpp"
#include "registry/statuses.hpp"
#include "screen/samples.hpp"
#include "screen/values.hpp"

using namespace octroi;
using namespace octroi::screen;

TEST_CASE("every word is there in both languages, safe to show, with the same blanks") {
  const auto count_blanks = [](std::string_view text) {
    std::size_t count = 0;
    for (std::size_t at = text.find("{}"); at != std::string_view::npos;
         at = text.find("{}", at + 1)) {
      ++count;
    }
    return count;
  };
  for (int i = 0; i <= static_cast<int>(Word::event_number); ++i) {
    const std::string_view en = say(static_cast<Word>(i), sample::english());
    const std::string_view fr = say(static_cast<Word>(i), sample::french());
    INFO(i << ": " << en << " / " << fr);
    CHECK_FALSE(en.empty());
    CHECK_FALSE(fr.empty());
    CHECK(printable(en) == en);
    CHECK(printable(fr) == fr);
    CHECK(count_blanks(en) == count_blanks(fr));
  }
}

TEST_CASE("a language that is not known reads as English") {
  CHECK(say(Word::no_requests, {false, "de", 80}) == say(Word::no_requests, sample::english()));
}

TEST_CASE("one is said in words, more with their number") {
  const Style style = sample::english();
  CHECK(say_count(Word::damaged_one, Word::damaged_many, 1, style) == "one fault was found.");
  CHECK(say_count(Word::damaged_one, Word::damaged_many, 2, style) == "2 faults were found.");
}

TEST_CASE("every reason has French words beside its code, and English shows the code alone") {
  std::vector<std::string_view> codes = gate::erasure_reasons();
  for (const registry::StatusReason& reason : registry::status_reasons()) {
    codes.push_back(reason.code);
  }
  for (const std::string_view code : codes) {
    INFO(code);
    const std::string french = reason_word(code, sample::french());
    CHECK(french.size() > code.size() + 3);
    CHECK(french.ends_with("[" + std::string(code) + "]"));
    CHECK(reason_word(code, sample::english()) == code);
  }
  CHECK(reason_word("D-2026-0001", sample::french()) == "D-2026-0001");
  CHECK(act_word("token.revoked", sample::french()) == "jeton révoqué");
  CHECK(act_word("token.revoked", sample::english()) == "token.revoked");
}
