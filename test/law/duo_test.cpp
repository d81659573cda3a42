// SPDX-License-Identifier: Apache-2.0
#include "law/duo.hpp"

#include <filesystem>
#include <iostream>
#include <map>
#include <set>
#include <sstream>

#include "base/file.hpp"
#include "base/limits.hpp"
#include "catch.hpp"

using namespace octroi;
using namespace octroi::law;

namespace {

struct Row {
  std::string shorthand;
  std::string description;
};

/// The official list: the third and fourth columns may hold commas within quotes, the first two do
/// not.
std::map<std::string, Row> official_rows(const std::filesystem::path& path) {
  std::istringstream lines(read_input(path, limits::k_document_bytes_max));
  std::map<std::string, Row> rows;
  std::string line;
  std::getline(lines, line);
  REQUIRE(line.starts_with("id,shorthand,label,description"));
  while (std::getline(lines, line)) {
    const std::size_t first = line.find(',');
    const std::size_t second = line.find(',', first + 1);
    rows[line.substr(0, first)] = {line.substr(first + 1, second - first - 1),
                                   line.substr(second + 1)};
  }
  return rows;
}

}  // namespace

TEST_CASE("every row of the official list is in the table, as what it is") {
  const std::filesystem::path path = std::filesystem::path(OCTROI_VECTORS) / "duo/duo.csv";
  if (!std::filesystem::exists(path)) {
    std::cout << "skipped: no vectors\n";
    return;
  }
  const std::map<std::string, Row> rows = official_rows(path);
  CHECK(rows.size() == 25);
  for (const auto& [code, row] : rows) {
    INFO(code << " " << row.shorthand);
    const DuoCode* known = find_duo_code(code);
    REQUIRE(known != nullptr);
    CHECK(known->shorthand == row.shorthand);
    CHECK(known->kind != DuoKind::obsolete);
    CHECK((known->kind == DuoKind::category) == row.shorthand.empty());
    if (!known->is_assignable()) continue;
    const bool is_permission = row.description.find("data use permission") != std::string::npos;
    const bool is_modifier = row.description.find("data use modifier") != std::string::npos;
    CHECK((known->kind == DuoKind::permission) == is_permission);
    CHECK((known->kind == DuoKind::modifier) == is_modifier);
  }
  for (const DuoCode& one : duo_codes()) {
    INFO(one.code);
    CHECK(rows.contains(std::string(one.code)) == (one.kind != DuoKind::obsolete));
  }
}

TEST_CASE("codes are sorted, each once, and a shorthand is of one code") {
  std::set<std::string_view> shorthands;
  std::string_view before;
  for (const DuoCode& one : duo_codes()) {
    INFO(one.code);
    CHECK(before < one.code);
    before = one.code;
    CHECK(one.shorthand.empty() != one.is_assignable());
    if (one.is_assignable()) CHECK(shorthands.insert(one.shorthand).second);
  }
  CHECK(shorthands.size() == 23);
}

TEST_CASE("a code that is none is not found") {
  for (const char* wrong : {"", "DUO:", "DUO:0000005", "duo:0000006", "DUO:0000006 ", "HMB"}) {
    INFO(wrong);
    CHECK(find_duo_code(wrong) == nullptr);
  }
}
