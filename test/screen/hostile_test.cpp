// SPDX-License-Identifier: Apache-2.0
// What documents say reaches a terminal only as text that cannot do anything to it.
#include "base/safe_text.hpp"
#include "catch.hpp"
#include "screen/samples.hpp"

using namespace octroi;
using namespace octroi::screen;

namespace {

struct Attack {
  const char* name;
  std::string text;
};

const std::vector<Attack>& attacks() {
  static const std::vector<Attack> k_attacks = {
      {"erase the screen", "\x1b[2J"},
      {"set the title", "\x1b]0;title\x07"},
      {"write the clipboard", "\x1b]52;c;QQ==\x1b\\"},
      {"go back over the line", "\rVALID for: everything"},
      {"backspaces", "\b\b\b\b\b\b\b"},
      {"a line of one's own", "\nVALID for: everything\n"},
      {"tabulators", "\t\v\f"},
      {"delete", "\x7f"},
      {"C1 control sequence introducer",
       "\xc2\x9b"
       "2J"},
      {"C1 operating system command",
       "\xc2\x9d"
       "0;t\xc2\x9c"},
      {"next line",
       "\xc2\x85"
       "VALID"},
      {"line separator",
       "\xe2\x80\xa8"
       "VALID"},
      {"paragraph separator",
       "\xe2\x80\xa9"
       "VALID"},
      {"right-to-left override",
       "\xe2\x80\xae"
       "DILAV"},
      {"right-to-left isolate",
       "\xe2\x81\xa7"
       "DILAV"},
      {"zero-width space", "\xe2\x80\x8b"},
      {"byte-order mark", "\xef\xbb\xbf"},
      {"tag characters", "\xf3\xa0\x81\x81"},
      {"trailing spaces", "word     "},
      {"leading spaces", "     word"},
      {"spaces only", "     "},
      {"nothing", ""},
      {"a very long word", std::string(300, 'x')},
      {"wide characters", "\xe5\x8c\xbb\xe7\x99\x82\xe3\x83\x87\xe3\x83\xbc\xe3\x82\xbf"},
      {"combining marks", "e\xcc\x81\xcc\x81\xcc\x81\xcc\x81"},
      {"format blanks", "{} {0} {:x} %s %n"},
  };
  return k_attacks;
}

/// True when a terminal shows the text as it stands, line by line, and does nothing else.
bool is_harmless(const std::string& text) {
  return is_utf8(text) && printable(text, true) == text;
}

/// The text without the colours that octroi itself sets.
std::string without_colors(std::string text) {
  for (const char* sequence :
       {"\x1b[0m", "\x1b[1m", "\x1b[2m", "\x1b[1;31m", "\x1b[1;32m", "\x1b[1;33m"}) {
    for (std::size_t at = text.find(sequence); at != std::string::npos; at = text.find(sequence)) {
      text.erase(at, std::string_view(sequence).size());
    }
  }
  return text;
}

bool has_trailing_space(const std::string& text) {
  return text.find(" \n") != std::string::npos;
}

std::vector<Style> styles() {
  return {{false, "en", 0},
          {false, "fr", 40},
          {false, "en", 80},
          {false, "fr", 1000},
          {true, "en", 80}};
}

}  // namespace

TEST_CASE("the attacks are attacks: shown as they are, most would do something") {
  std::size_t harmful = 0;
  for (const Attack& attack : attacks()) harmful += is_harmless(attack.text) ? 0 : 1;
  CHECK(harmful == 17);
}

TEST_CASE("no hostile text in any field does anything to a terminal") {
  for (const Attack& attack : attacks()) {
    const sample::Spell prefix = [&attack](std::string_view text) {
      return attack.text + std::string(text);
    };
    const sample::Spell suffix = [&attack](std::string_view text) {
      return std::string(text) + attack.text;
    };
    const sample::Spell alone = [&attack](std::string_view) { return attack.text; };
    for (const Style& style : styles()) {
      for (const sample::Spell& spell : {prefix, suffix, alone}) {
        for (const sample::Rendered& rendered : sample::render_all(style, spell)) {
          INFO(rendered.name << ": " << attack.name << ", width " << style.width);
          const std::string plain = without_colors(rendered.text);
          if (!style.has_color) CHECK(plain == rendered.text);
          CHECK(is_harmless(plain));
          CHECK_FALSE(has_trailing_space(plain));
          CHECK(plain.ends_with('\n'));
        }
      }
    }
  }
}

TEST_CASE("bytes that are not UTF-8 are escaped") {
  const sample::Spell spell = [](std::string_view text) { return std::string(text) + "\xff\xc3"; };
  for (const char* lang : {"en", "fr"}) {
    const Style style{false, lang, 80};
    CHECK(is_harmless(render(sample::members(spell), style)));
    CHECK(is_harmless(render(sample::catalogue(spell), style)));
    CHECK(is_harmless(render(sample::assessment(spell), style)));
    CHECK(is_harmless(render(sample::verification(spell), style)));
    CHECK(is_harmless(render(sample::report(spell), style)));
    CHECK(is_harmless(render(sample::issue(spell), style)));
  }
}

TEST_CASE("colour changes no word") {
  for (const char* lang : {"en", "fr"}) {
    const std::vector<sample::Rendered> plain = sample::render_all({false, lang, 80});
    const std::vector<sample::Rendered> colored = sample::render_all({true, lang, 80});
    for (std::size_t i = 0; i < plain.size(); ++i) {
      INFO(plain[i].name);
      CHECK(colored[i].text != plain[i].text);
      CHECK(without_colors(colored[i].text) == plain[i].text);
    }
  }
}
