// SPDX-License-Identifier: Apache-2.0
#include "catch.hpp"
#include "style/rules.hpp"

/// The rules over the project as it is.
namespace octroi::style {
namespace {

const Tree& project() {
  static const Tree tree = read_tree(OCTROI_SOURCE);
  return tree;
}

void require_none(const Faults& faults) {
  for (const Fault& fault : faults) UNSCOPED_INFO(to_text(fault));
  CHECK(faults.empty());
}

}  // namespace

TEST_CASE("the whole project is looked at") {
  for (const char* path : {"CMakeLists.txt", ".ci/run", "lib/base/error.hpp", "test/run.sh",
                           "schemas/sql/registry.sql", "examples/rulebooks/cnam-2021.json"}) {
    INFO(path);
    CHECK(find(project(), path) != nullptr);
  }
}

TEST_CASE("code begins with its licence") {
  require_none(without_licence(project()));
}

TEST_CASE("no tabs, no blanks at the end") {
  require_none(untidy_blanks(project()));
}

TEST_CASE("C++ keeps to 100 columns") {
  require_none(wide_lines(project()));
}

TEST_CASE("files keep to 450 lines") {
  require_none(long_files(project()));
}

TEST_CASE("headers say #pragma once") {
  require_none(unguarded_headers(project()));
}

TEST_CASE("nothing is left for later") {
  require_none(unfinished_marks(project()));
}

TEST_CASE("includes follow the list of modules") {
  require_none(wrong_includes(project()));
}

TEST_CASE("CMake follows the list of modules") {
  require_none(wrong_uses(project()));
}

TEST_CASE("libraries of others stay where they belong") {
  require_none(strayed_libraries(project()));
}

TEST_CASE("commands in a README are run by a test or a script") {
  CHECK(find(project(), "README.md") != nullptr);
  require_none(untested_commands(project()));
}

TEST_CASE("schemas/README.md speaks of every schema") {
  require_none(unmentioned_schemas(project()));
}

TEST_CASE("JSON files can be read") {
  require_none(broken_json(project()));
}

}  // namespace octroi::style
