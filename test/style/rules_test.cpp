// SPDX-License-Identifier: Apache-2.0
#include "style/rules.hpp"

#include "catch.hpp"
#include "support/temporary_folder.hpp"

/// The rules themselves, on files made up for them: each finds what breaks it and nothing else.
namespace octroi::style {
namespace {

const std::string k_licence = "// SPDX-License-Identifier: Apache-2.0\n";

std::vector<std::string> texts(const Faults& faults) {
  std::vector<std::string> result;
  for (const Fault& fault : faults) result.push_back(to_text(fault));
  return result;
}

using Texts = std::vector<std::string>;

}  // namespace

TEST_CASE("licence: first line, or second in a script") {
  const Tree good = {{"lib/base/a.cpp", k_licence},
                     {"test/a.sh", "#!/bin/sh\n# SPDX-License-Identifier: Apache-2.0\n"},
                     {"schemas/sql/a.sql", "-- SPDX-License-Identifier: Apache-2.0\n"},
                     {"README.md", "# octroi\n"}};
  CHECK(without_licence(good).empty());
  const Tree bad = {{"lib/CMakeLists.txt", "\n# SPDX-License-Identifier: Apache-2.0\n"},
                    {"lib/base/a.hpp", ""},
                    {"lib/base/b.hpp", "// SPDX-License-Identifier: MIT\n"},
                    {"test/a.sh", "#!/bin/sh\n"}};
  CHECK(texts(without_licence(bad)) ==
        Texts{"lib/CMakeLists.txt:1: expected \"# SPDX-License-Identifier: Apache-2.0\"",
              "lib/base/a.hpp:1: expected \"// SPDX-License-Identifier: Apache-2.0\"",
              "lib/base/b.hpp:1: expected \"// SPDX-License-Identifier: Apache-2.0\"",
              "test/a.sh:2: expected \"# SPDX-License-Identifier: Apache-2.0\""});
}

TEST_CASE("blanks: tabs, ends of lines, end of the file") {
  CHECK(untidy_blanks({{"a.cpp", "one\n\ntwo\n"}, {"empty.md", ""}}).empty());
  CHECK(texts(untidy_blanks({{"a.cpp", "one\n\ttwo\nthree \nfour\r\nfive"}})) ==
        Texts{"a.cpp:2: a tab", "a.cpp:3: a blank at the end of the line",
              "a.cpp:4: a blank at the end of the line",
              "a.cpp:5: no line feed at the end of the file"});
}

TEST_CASE("columns: counted in characters, with exemptions") {
  const std::string wide(101, 'x');
  std::string accents;
  for (int i = 0; i < 100; ++i) accents += "é";
  const Tree good = {{"a.cpp", wide.substr(1) + "\n" + accents + "\n"},
                     {"b.cpp", "// https://" + wide + "\n"},
                     {"c.cpp", "auto a = R\"sql(" + wide + ")sql\";\n"},
                     {"d.cpp", "auto a = R\"(\n)\n" + wide + "\n)\";\n"},
                     {"e.md", wide + "\n"}};
  CHECK(wide_lines(good).empty());
  const Tree bad = {{"a.cpp", wide + "\n"},
                    {"d.cpp", "auto a = R\"x(\n)x\";\n" + wide + "\n"},
                    {"e.hpp", "R\n" + wide + "\n"}};
  CHECK(texts(wide_lines(bad)) == Texts{"a.cpp:1: 101 columns, expected 100",
                                        "d.cpp:3: 101 columns, expected 100",
                                        "e.hpp:2: 101 columns, expected 100"});
}

TEST_CASE("length: 450 lines of code") {
  std::string text;
  for (int i = 0; i < 450; ++i) text += "line\n";
  CHECK(long_files({{"a.cpp", text}, {"a.json", text + text}}).empty());
  CHECK(texts(long_files({{"a.cpp", text + "line\n"}})) ==
        Texts{"a.cpp: 451 lines, expected 450 at most"});
}

TEST_CASE("headers: #pragma once on a line of its own") {
  CHECK(unguarded_headers({{"a.hpp", k_licence + "#pragma once\n"}, {"a.cpp", k_licence}}).empty());
  CHECK(texts(unguarded_headers({{"a.hpp", k_licence + "// #pragma once\n"}})) ==
        Texts{"a.hpp: no \"#pragma once\""});
}

TEST_CASE("marks: whole words only") {
  const std::string mark = std::string("TO") + "DO";
  CHECK(unfinished_marks({{"a.cpp", "// " + mark + "S and A" + mark + "\n"}}).empty());
  CHECK(texts(unfinished_marks({{"a.md", "fine\n" + mark + ": more\n"}})) ==
        Texts{"a.md:2: something left for later"});
}

TEST_CASE("includes: along the list of modules, transitively") {
  const Tree good = {{"lib/rules/a.cpp",
                      "#include \"rules/a.hpp\"\n#include <vector>\n#include \"crypto/key.hpp\"\n"},
                     {"app/main.cpp", "#include \"gate/audit.hpp\"\n#include \"screen.hpp\"\n"}};
  CHECK(wrong_includes(good).empty());
  const Tree bad = {{"lib/base/a.cpp", "\n#include \"json/read.hpp\"\n"},
                    {"lib/cel/a.hpp", "#include \"json/value.hpp\"\n"},
                    {"lib/gate/a.cpp", "#include \"app/screen.hpp\"\n#include \"audit.hpp\"\n"},
                    {"lib/registry/a.hpp", "#include \"rules/facts.hpp\"\n"}};
  CHECK(texts(wrong_includes(bad)) == Texts{"lib/base/a.cpp:2: base may not include json/read.hpp",
                                            "lib/cel/a.hpp:1: cel may not include json/value.hpp",
                                            "lib/gate/a.cpp:1: gate may not include app/screen.hpp",
                                            "lib/gate/a.cpp:2: gate may not include audit.hpp",
                                            "lib/registry/a.hpp:1: registry may not include "
                                            "rules/facts.hpp"});
}

TEST_CASE("uses: the list of modules, one by one") {
  const Tree good = {{"lib/rules/CMakeLists.txt",
                      "octroi_module(rules\n  SOURCES law.cpp\n"
                      "  USES cel law\n  LIBRARIES gate)\n"},
                     {"lib/CMakeLists.txt", "foreach(module base USES gate)\n"}};
  CHECK(wrong_uses(good).empty());
  const Tree bad = {{"lib/law/CMakeLists.txt", "octroi_module(law SOURCES a.cpp USES model cel)\n"},
                    {"lib/other/CMakeLists.txt", "octroi_module(other SOURCES a.cpp)\n"}};
  CHECK(texts(wrong_uses(bad)) == Texts{"lib/law/CMakeLists.txt: law may not use cel",
                                        "lib/other/CMakeLists.txt: is no module of the list"});
}

TEST_CASE("libraries: each at home") {
  const Tree good = {{"lib/crypto/a.cpp", "#include <sodium.h>\n#include <fmt/format.h>\n"},
                     {"lib/base/a.cpp", "#include <sys/stat.h>\n#include <unistd.h>\n"}};
  CHECK(strayed_libraries(good).empty());
  const Tree bad = {{"app/main.cpp", "#include <boost/any.hpp>\n#include <sqlite3.h>\n"},
                    {"lib/paseto/a.cpp", "#include <vector>\n#include <sodium.h>\n"}};
  CHECK(texts(strayed_libraries(bad)) ==
        Texts{"app/main.cpp:1: <boost/any.hpp> does not belong here",
              "app/main.cpp:2: <sqlite3.h> does not belong here",
              "lib/paseto/a.cpp:2: <sodium.h> does not belong here"});
}

TEST_CASE("README: commands are found in scripts, however they are broken into lines") {
  const Tree good = {{"README.md",
                      "```sh\n# a comment\noctroi check \\\n  a.json\n```\n"
                      "```console\n$ octroi show 1\nan answer\n```\n```json\nnot a command\n```\n"},
                     {"test/cli/a.txtar", "exec octroi check   a.json\n"},
                     {"examples/a.sh", "octroi show \\\n  1\n"}};
  CHECK(untested_commands(good).empty());
  const Tree bad = {{"README.md", "text\n```bash\noctroi check a.json\noctroi check\n```\n"},
                    {"notes.md", "octroi check a.json\n"},
                    {"test/cli/a.txtar", "exec octroi check b.json\n"}};
  CHECK(texts(untested_commands(bad)) ==
        Texts{"README.md:3: no test or script runs \"octroi check a.json\""});
}

TEST_CASE("schemas: each in their README") {
  const Tree good = {{"schemas/README.md", "`output/a.schema.json`, `request.schema.json`\n"},
                     {"schemas/output/a.schema.json", "{}\n"},
                     {"schemas/request.schema.json", "{}\n"},
                     {"test/other.schema.json", "{}\n"}};
  CHECK(unmentioned_schemas(good).empty());
  const Tree bad = {{"schemas/README.md", "output/request.schema.json\n"},
                    {"schemas/request.schema.json", "{}\n"}};
  CHECK(texts(unmentioned_schemas(bad)) ==
        Texts{"schemas/request.schema.json: is not in schemas/README.md"});
}

TEST_CASE("JSON: read whole") {
  CHECK(broken_json({{"a.json", "{\"half\": 0.5}\n"}, {"a.md", "{\n"}}).empty());
  CHECK(broken_json({{"a.json", "{}\n"}, {"b.json", "{]\n"}, {"c.json", "{} {}\n"}}).size() == 2);
}

TEST_CASE("the tree: text files only, without what is built") {
  const test::TemporaryFolder folder;
  for (const char* name : {".git", ".ci", "build", "build-debug", "lib"}) {
    std::filesystem::create_directory(folder / name);
    test::write(folder / name / "a.cpp", "a\n");
  }
  test::write(folder / "octroi.db", "data");
  const Tree tree = read_tree(folder.path());
  REQUIRE(tree.size() == 2);
  CHECK(tree[0].path == ".ci/a.cpp");
  CHECK(tree[1].path == "lib/a.cpp");
  CHECK(tree[1].text == "a\n");
}

}  // namespace octroi::style
