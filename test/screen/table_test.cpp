// SPDX-License-Identifier: Apache-2.0
#include "screen/table.hpp"

#include "base/safe_text.hpp"
#include "catch.hpp"
#include "screen/samples.hpp"

using namespace octroi;
using namespace octroi::screen;

namespace {

std::vector<std::string> lines_of(const std::string& text) {
  std::vector<std::string> lines;
  for (std::size_t at = 0; at < text.size();) {
    const std::size_t end = text.find('\n', at);
    lines.push_back(text.substr(at, end - at));
    at = end + 1;
  }
  return lines;
}

Table studies() {
  Table table({{"Id", Column::Kind::whole},
               {"Title", Column::Kind::prose},
               {"Since", Column::Kind::whole}});
  table.add({{"R-2026-0001"},
             {"Course of treatment in hospital of persons with Covid-19"},
             {"2026-11-20"}});
  table.add({{"R-2026-0002"}, {"Short"}, {"2026-11-21"}});
  return table;
}

}  // namespace

TEST_CASE("columns take what their cells need where there is room") {
  CHECK(studies().text(sample::english(120)) ==
        "Id           Title                                                     Since\n"
        "R-2026-0001  Course of treatment in hospital of persons with Covid-19  2026-11-20\n"
        "R-2026-0002  Short                                                     2026-11-21\n");
}

TEST_CASE("prose columns shrink and wrap, the others do not") {
  CHECK(studies().text(sample::english(50)) ==
        "Id           Title                      Since\n"
        "R-2026-0001  Course of treatment in     2026-11-20\n"
        "             hospital of persons with\n"
        "             Covid-19\n"
        "R-2026-0002  Short                      2026-11-21\n");
}

TEST_CASE("what cannot fit side by side is set as blocks") {
  CHECK(studies().text(sample::english(30)) ==
        "Id\n"
        "  R-2026-0001\n"
        "Title\n"
        "  Course of treatment in\n"
        "  hospital of persons with\n"
        "  Covid-19\n"
        "Since\n"
        "  2026-11-20\n"
        "\n"
        "Id\n"
        "  R-2026-0002\n"
        "Title\n"
        "  Short\n"
        "Since\n"
        "  2026-11-21\n");
}

TEST_CASE("every table fits windows of 40, 80 and 120 columns") {
  for (const std::size_t width : {40U, 80U, 120U}) {
    for (const char* lang : {"en", "fr"}) {
      const Style style{false, lang, width};
      for (const std::string& text :
           {render(sample::catalogue(), style), render(sample::adoptions(), style),
            render(sample::requests(), style)}) {
        for (const std::string& line : lines_of(text)) {
          INFO(width << ": " << line);
          CHECK(display_width(line) <= width);
        }
      }
    }
  }
}

TEST_CASE("ids, keys and digests are never cut, however narrow the window") {
  const std::string id(64, 'i');
  for (const std::size_t width : {1U, 40U, 80U, 120U}) {
    std::vector<gate::MemberRow> members = sample::members();
    members.front().id = id;
    const std::string text = render(members, sample::english(width));
    CHECK(text.find(id) != std::string::npos);
    CHECK(text.find(members.front().kid) != std::string::npos);
    std::vector<gate::RequestRow> requests = sample::requests();
    requests.front().submitter = id;
    CHECK(render(requests, sample::english(width)).find(id) != std::string::npos);
  }
}

TEST_CASE("columns line up under wide characters and combining marks") {
  Table table({{"Name", Column::Kind::whole}, {"N", Column::Kind::whole}});
  table.add({{"医療"}, {"1"}});
  table.add({{"e\xcc\x81t\xcc\x81"}, {"2"}});
  table.add({{"four"}, {"3"}});
  CHECK(table.text(sample::english()) ==
        "Name  N\n"
        "医療  1\n"
        "e\xcc\x81t\xcc\x81    2\n"
        "four  3\n");
}

TEST_CASE("a long word of wide characters is broken between characters") {
  Table table({{"Title", Column::Kind::prose}, {"N", Column::Kind::whole}});
  std::string word;
  for (int i = 0; i < 15; ++i) word += "医";
  table.add({{word}, {"1"}});
  const std::vector<std::string> lines = lines_of(table.text(sample::english(24)));
  REQUIRE(lines.size() == 3);
  CHECK(lines[1] ==
        word.substr(0, 30) + "   1");  // ten characters of three bytes: 20 of 21 columns
  CHECK(lines[2] == word.substr(30));
}

TEST_CASE("a detail stands unbroken below its row") {
  Table table({{"Id", Column::Kind::whole}});
  table.add({{"a"}}, "k4.pid.long   ");
  table.add({{"b"}});
  CHECK(table.text(sample::english()) == "Id\na\n  k4.pid.long\nb\n");
}

TEST_CASE("no rows: a sentence instead of a header") {
  CHECK(Table({{"Id", Column::Kind::whole}}).text(sample::english()).empty());
  const Style en = sample::english();
  CHECK(render(std::vector<gate::MemberRow>{}, en) == "There are no members.\n");
  CHECK(render(std::vector<gate::CatalogueRow>{}, en) == "There is nothing here yet.\n");
  CHECK(render(std::vector<gate::AdoptionRow>{}, en) == "No rulebook has been adopted.\n");
  CHECK(render(std::vector<gate::RequestRow>{}, en) == "There are no requests.\n");
  const Style fr = sample::french();
  CHECK(render(std::vector<gate::MemberRow>{}, fr) == "Il n'y a aucun membre.\n");
  CHECK(render(std::vector<gate::CatalogueRow>{}, fr) == "Il n'y a encore rien ici.\n");
  CHECK(render(std::vector<gate::AdoptionRow>{}, fr) == "Aucun référentiel n'a été adopté.\n");
  CHECK(render(std::vector<gate::RequestRow>{}, fr) == "Il n'y a aucune demande.\n");
}
