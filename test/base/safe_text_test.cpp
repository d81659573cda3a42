// SPDX-License-Identifier: Apache-2.0
#include "base/safe_text.hpp"

#include <algorithm>
#include <array>
#include <vector>

#include "catch.hpp"

namespace octroi {
namespace {

/// Well-formed UTF-8 as the table of the standard has it: row by row, byte by byte.
/// Source: RFC 3629 section 4.
bool is_utf8_by_the_table(const std::string& text) {
  struct Row {
    std::array<unsigned char, 2> first, second;
    std::size_t bytes;
  };
  constexpr std::array<Row, 9> k_rows = {{{{0x00, 0x7f}, {0x00, 0x00}, 1},
                                          {{0xc2, 0xdf}, {0x80, 0xbf}, 2},
                                          {{0xe0, 0xe0}, {0xa0, 0xbf}, 3},
                                          {{0xe1, 0xec}, {0x80, 0xbf}, 3},
                                          {{0xed, 0xed}, {0x80, 0x9f}, 3},
                                          {{0xee, 0xef}, {0x80, 0xbf}, 3},
                                          {{0xf0, 0xf0}, {0x90, 0xbf}, 4},
                                          {{0xf1, 0xf3}, {0x80, 0xbf}, 4},
                                          {{0xf4, 0xf4}, {0x80, 0x8f}, 4}}};
  const auto byte = [&](std::size_t i) { return static_cast<unsigned char>(text[i]); };
  const auto is_within = [](unsigned char value, const std::array<unsigned char, 2>& range) {
    return range[0] <= value && value <= range[1];
  };
  for (std::size_t at = 0; at < text.size();) {
    const auto* row = std::find_if(k_rows.begin(), k_rows.end(),
                                   [&](const Row& r) { return is_within(byte(at), r.first); });
    if (row == k_rows.end() || at + row->bytes > text.size()) return false;
    if (row->bytes > 1 && !is_within(byte(at + 1), row->second)) return false;
    for (std::size_t i = 2; i < row->bytes; ++i) {
      if (!is_within(byte(at + i), {0x80, 0xbf})) return false;
    }
    at += row->bytes;
  }
  return true;
}

/// Optimal string alignment by its definition, without a table.
std::size_t distance_by_definition(std::string_view left, std::string_view right) {
  if (left.empty() || right.empty()) return left.size() + right.size();
  const std::string_view left_rest = left.substr(1);
  const std::string_view right_rest = right.substr(1);
  const std::size_t replaced = left[0] == right[0] ? 0 : 1;
  std::size_t best = std::min({distance_by_definition(left_rest, right) + 1,
                               distance_by_definition(left, right_rest) + 1,
                               distance_by_definition(left_rest, right_rest) + replaced});
  if (left.size() > 1 && right.size() > 1 && left[0] == right[1] && left[1] == right[0]) {
    best = std::min(best, distance_by_definition(left.substr(2), right.substr(2)) + 1);
  }
  return best;
}

std::vector<std::string> words_up_to(std::size_t size, const std::string& letters) {
  std::vector<std::string> words = {""};
  for (std::size_t i = 0; i < words.size(); ++i) {
    if (words[i].size() == size) break;
    for (const char letter : letters) words.push_back(words[i] + letter);
  }
  return words;
}

}  // namespace

TEST_CASE("UTF-8 is what the table of the standard says, around every edge of it") {
  constexpr std::array<unsigned char, 24> k_edges = {
      0x00, 0x7f, 0x80, 0x8f, 0x90, 0x9f, 0xa0, 0xbf, 0xc0, 0xc1, 0xc2, 0xdf,
      0xe0, 0xe1, 0xec, 0xed, 0xee, 0xef, 0xf0, 0xf1, 0xf3, 0xf4, 0xf5, 0xff};
  std::size_t accepted = 0;
  const auto check = [&](const std::string& text) {
    accepted += is_utf8(text) ? 1 : 0;
    if (is_utf8(text) != is_utf8_by_the_table(text)) FAIL_CHECK(printable(text));
  };
  std::string text(4, '\0');
  for (std::size_t i = 0; i < 24 * 24 * 24 * 24; ++i) {
    std::size_t rest = i;
    for (char& c : text) {
      c = static_cast<char>(k_edges[rest % 24]);
      rest /= 24;
    }
    check(text);
  }
  for (int i = 0; i < 65'536; ++i) {
    check({static_cast<char>(i >> 8), static_cast<char>(i & 0xff)});
  }
  CHECK(accepted > 1000);
}

TEST_CASE("corrupt UTF-8 is refused, by name") {
  const std::array<std::pair<const char*, const char*>, 12> corruptions = {{
      {"a continuation byte alone", "\x80"},
      {"two bytes cut to one", "\xc3"},
      {"four bytes cut to three", "\xf0\x9f\x98"},
      {"an overlong slash", "\xc0\xaf"},
      {"an overlong slash of three bytes", "\xe0\x80\xaf"},
      {"an overlong slash of four bytes", "\xf0\x80\x80\xaf"},
      {"the high surrogate U+D800", "\xed\xa0\x80"},
      {"the low surrogate U+DFFF", "\xed\xbf\xbf"},
      {"U+110000, after the last", "\xf4\x90\x80\x80"},
      {"a lead of five bytes", "\xf8\x88\x80\x80\x80"},
      {"a byte that never occurs", "\xff"},
      {"Latin-1", "caf\xe9 noir"},
  }};
  for (const auto& [name, text] : corruptions) {
    INFO(name);
    CHECK_FALSE(is_utf8(text));
    CHECK_FALSE(is_utf8(std::string("eight at once, seven") + text + "and more"));
    CHECK(is_utf8(printable(text)));
    CHECK(printable(text).find("\\x") != std::string::npos);
  }
  CHECK(is_utf8(""));
  CHECK(is_utf8("né à Besançon, 東京, 😀"));
  CHECK(is_utf8("\xed\x9f\xbf\xee\x80\x80\xf4\x8f\xbf\xbf"));  // the edges that are allowed
}

TEST_CASE("ordinary text is printed as it is") {
  const std::string text = "Besançon: \"50 %\" \\ ’ — 東京 😀 e\u0301";
  CHECK(printable(text) == text);
  CHECK(printable("") == "");
}

TEST_CASE("what steers a terminal or reorders text is printed as an escape") {
  const std::array<std::pair<std::string, const char*>, 20> escapes = {{
      {"\x1b[2J", "\\u{1b}[2J"},                      // clears the screen
      {"\x1b]0;title\x07", "\\u{1b}]0;title\\u{7}"},  // sets the title
      {"\r", "\\u{d}"},
      {"\n", "\\u{a}"},
      {"\t", "\\u{9}"},
      {"\b", "\\u{8}"},
      {std::string("\0", 1), "\\u{0}"},
      {"\x7f", "\\u{7f}"},
      {"\u0080", "\\u{80}"},
      {"\u009b2J", "\\u{9b}2J"},  // CSI as one C1 character
      {"\u009f", "\\u{9f}"},
      {"\u202egpj.exe", "\\u{202e}gpj.exe"},     // right-to-left override
      {"\u2066x\u2069", "\\u{2066}x\\u{2069}"},  // isolates
      {"\u200f", "\\u{200f}"},
      {"\u061c", "\\u{61c}"},
      {"\u2028", "\\u{2028}"},
      {"\u2029", "\\u{2029}"},
      {"\u200b", "\\u{200b}"},  // invisible
      {"\ufeff", "\\u{feff}"},
      {"\U000e0041", "\\u{e0041}"},  // invisible tag letters
  }};
  for (const auto& [text, expected] : escapes) {
    INFO(expected);
    CHECK(printable(text) == expected);
  }
  CHECK(printable("\x9b"
                  "2J") == "\\x9b2J");  // C1 as a bare byte
  CHECK(printable("a\xc3") == "a\\xc3");
}

TEST_CASE("no C0, DEL, C1 or bidirectional control gets through, wherever it stands") {
  const auto encode = [](unsigned value) {
    std::string text;
    if (value < 0x80) return text += static_cast<char>(value);
    if (value < 0x800) {
      text += static_cast<char>(0xc0 | value >> 6);
    } else {
      text += static_cast<char>(0xe0 | value >> 12);
      text += static_cast<char>(0x80 | (value >> 6 & 0x3f));
    }
    return text += static_cast<char>(0x80 | (value & 0x3f));
  };
  const auto is_escaped = [&](unsigned value) {
    const std::string safe = printable("a" + encode(value) + "b");
    return safe.starts_with("a\\u{") && safe.ends_with("}b");
  };
  for (unsigned value = 0; value < 0x20; ++value) CHECK(is_escaped(value));
  for (unsigned value = 0x7f; value < 0xa0; ++value) CHECK(is_escaped(value));
  for (unsigned value = 0x202a; value <= 0x202e; ++value) CHECK(is_escaped(value));
  for (unsigned value = 0x2066; value <= 0x2069; ++value) CHECK(is_escaped(value));
  for (unsigned value = 0x20; value < 0x7f; ++value) CHECK_FALSE(is_escaped(value));
  CHECK_FALSE(is_escaped(0xa0));
  CHECK_FALSE(is_escaped(0x20ac));
}

TEST_CASE("a line feed is kept where asked, and only it") {
  CHECK(printable("a\nb\r\n\x1b", true) == "a\nb\\u{d}\n\\u{1b}");
}

TEST_CASE("in quotes: safe, and cut at a character") {
  CHECK(in_quotes("plain") == "\"plain\"");
  CHECK(in_quotes("") == "\"\"");
  CHECK(in_quotes("\x1b[31m") == "\"\\u{1b}[31m\"");
  CHECK(in_quotes("éèà", 3) == "\"éèà\"");
  CHECK(in_quotes("éèàù", 3) == "\"éèà…\"");
  CHECK(in_quotes(std::string(61, 'x')) == "\"" + std::string(60, 'x') + "…\"");
  CHECK(is_utf8(in_quotes(std::string(100, '\xff'))));
}

TEST_CASE("display width: combining 0, wide 2, others 1") {
  CHECK(display_width("") == 0);
  CHECK(display_width("abc") == 3);
  CHECK(display_width("été") == 3);
  CHECK(display_width("e\u0301te\u0301") == 3);
  CHECK(display_width("東京") == 4);
  CHECK(display_width("한국") == 4);
  CHECK(display_width("ｆｕｌｌ") == 8);
  CHECK(display_width("😀") == 2);
  CHECK(display_width("—…€") == 3);
  CHECK(display_width("\xff\xff") == 2);
}

TEST_CASE("text is wrapped at spaces, and a longer word stands alone") {
  CHECK(wrap("one two three", 7, "") == "one two\nthree");
  CHECK(wrap("one two three", 8, "") == "one two\nthree");
  CHECK(wrap("one two three", 13, "") == "one two three");
  CHECK(wrap("one two", 6, "") == "one\ntwo");
  CHECK(wrap("one two three", 9, "  ") == "  one two\n  three");
  CHECK(wrap("a incomprehensibilities b", 5, "") == "a\nincomprehensibilities\nb");
  CHECK(wrap("  one   two  ", 20, "") == "one two");
  CHECK(wrap("", 10, "  ") == "");
  CHECK(wrap("東京 東京", 8, "") == "東京\n東京");
  CHECK(wrap("東京 東京", 9, "") == "東京 東京");
}

TEST_CASE("line feeds stay, an empty line too") {
  CHECK(wrap("one\ntwo", 20, "") == "one\ntwo");
  CHECK(wrap("one\n\ntwo three", 5, "> ") == "> one\n\n> two\n> three");
}

TEST_CASE("no wrapped line is wider than asked unless it is one word") {
  const std::string text = "ce que le conseil décide ne vaut que pour une recherche, un an durant";
  for (std::size_t width = 1; width < 80; ++width) {
    const std::string wrapped = wrap(text, width, " ");
    for (std::size_t start = 0; start < wrapped.size();) {
      const std::size_t end = std::min(wrapped.find('\n', start), wrapped.size());
      const std::string line = wrapped.substr(start + 1, end - start - 1);
      const bool is_one_word = line.find(' ') == std::string::npos;
      CHECK((display_width(line) + 1 <= width || is_one_word));
      start = end + 1;
    }
    std::string joined = wrapped.substr(1);
    for (std::size_t at; (at = joined.find("\n ")) != std::string::npos;)
      joined.replace(at, 2, " ");
    CHECK(joined == text);
  }
}

TEST_CASE("edit distance: known answers") {
  CHECK(edit_distance("", "") == 0);
  CHECK(edit_distance("abc", "") == 3);
  CHECK(edit_distance("submit", "sumbit") == 1);
  CHECK(edit_distance("kitten", "sitting") == 3);
  CHECK(edit_distance("ca", "abc") == 3);  // a swapped pair is not edited again
}

TEST_CASE("edit distance is what its definition says, for all short words") {
  const std::vector<std::string> words = words_up_to(4, "abc");
  REQUIRE(words.size() == 1 + 3 + 9 + 27 + 81);
  for (const std::string& left : words) {
    for (const std::string& right : words) {
      if (edit_distance(left, right) != distance_by_definition(left, right)) {
        FAIL_CHECK(left << " and " << right);
      }
    }
  }
}

TEST_CASE("the nearest candidate, or none") {
  const std::vector<std::string> commands = {"submit", "suspend", "show", "assess"};
  CHECK(nearest("sumbit", commands) == "submit");
  CHECK(nearest("suspnd", commands) == "suspend");
  CHECK(nearest("show", commands) == "show");
  CHECK(nearest("frobnicate", commands).empty());
  CHECK(nearest("shw", std::vector<std::string>{}).empty());
}

TEST_CASE("a secret key that was pasted into the wrong place is not shown") {
  for (const char* text : {"k4.secret.AAAA", "  k4.secret-pw.BBBB", "\"k4.local.CCCC\""}) {
    INFO(text);
    const std::string shown = in_quotes(text);
    CHECK(shown.find("AAAA") == std::string::npos);
    CHECK(shown.find("BBBB") == std::string::npos);
    CHECK(shown.find("CCCC") == std::string::npos);
  }
  CHECK(in_quotes("k4.public.DDDD") == "\"k4.public.DDDD\"");
}

}  // namespace octroi
