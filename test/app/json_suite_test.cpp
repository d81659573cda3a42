// SPDX-License-Identifier: Apache-2.0
// The documents of JSONTestSuite, given to every command that reads JSON, wherever it reads some.
// What the strict reader of lib/json says of a document is what the command says of it, word for
// word; which documents that reader takes is in test/json/read_vectors_test.cpp.
#include <algorithm>
#include <iostream>
#include <set>

#include "app/test_world.hpp"
#include "catch.hpp"
#include "command.hpp"
#include "gate/batch_line.hpp"
#include "json/read.hpp"
#include "paseto/v4_public.hpp"
#include "program.hpp"
#include "support/refusal.hpp"
#include "support/temporary_folder.hpp"

namespace octroi::app {
namespace {

namespace fs = std::filesystem;
using Words = std::vector<std::string>;

/// A command line in which DOCUMENT stands for the file of the suite.
struct Reading {
  std::string_view command;
  std::string_view place;  ///< the positional or option
  Words words;
};

const std::string k_story = std::string(OCTROI_SOURCE) + "/examples/cnam-2021/";
const std::string k_request = k_story + "request-whole-base.json";
const std::string k_rulebook = std::string(OCTROI_SOURCE) + "/examples/rulebooks/cnam-2021.json";

const std::vector<Reading>& readings() {
  static const std::vector<Reading> k_readings = {
      {"check", "FILE", {"check", "DOCUMENT"}},
      {"check", "--rulebook", {"check", k_request, "--rulebook", "DOCUMENT"}},
      {"check", "--dataset", {"check", k_request, "--dataset", "DOCUMENT"}},
      {"check", "--provider", {"check", k_request, "--provider", "DOCUMENT", "--facts"}},
      {"explain", "REQUEST", {"explain", "DOCUMENT"}},
      {"explain", "--rulebook", {"explain", k_request, "--rulebook", "DOCUMENT"}},
      {"explain", "--dataset", {"explain", k_request, "--dataset", "DOCUMENT"}},
      {"explain", "--provider", {"explain", k_request, "--provider", "DOCUMENT", "--what-if"}},
      {"submit", "FILE", {"submit", "DOCUMENT", "--as", "dupont"}},
      {"init", "--charter", {"init", "--charter", "DOCUMENT", "--as", "martin"}},
      {"dataset add", "FILE", {"dataset", "add", "DOCUMENT", "--as", "martin"}},
      {"provider add", "FILE", {"provider", "add", "DOCUMENT", "--as", "martin"}},
      {"rules check", "FILE", {"rules", "check", "DOCUMENT"}},
      {"rules adopt", "FILE", {"rules", "adopt", "DOCUMENT", "--as", "martin"}},
      {"rules test", "FILE", {"rules", "test", "DOCUMENT"}},
      {"verify", "--trust", {"verify", "none.paseto", "--any", "--trust", "DOCUMENT"}},
      {"check", "--hierarchy", {"check", k_request, "--hierarchy", "DOCUMENT"}},
      {"explain", "--hierarchy", {"explain", k_request, "--hierarchy", "DOCUMENT"}},
      {"hierarchy add", "FILE", {"hierarchy", "add", "DOCUMENT", "--as", "martin"}},
      {"show", "--holidays", {"show", "R-2026-0001", "--holidays", "DOCUMENT"}},
      {"trust check", "NEW", {"trust", "check", "DOCUMENT", "--against", "DOCUMENT"}},
      {"audit", "--trust", {"audit", k_story, "--trust", "DOCUMENT"}},
      {"rules diff", "OLD", {"rules", "diff", "DOCUMENT", k_rulebook, "--no-registry"}},
      {"rules diff", "NEW", {"rules", "diff", k_rulebook, "DOCUMENT", "--no-registry"}},
  };
  return k_readings;
}

/// Places for a file that holds no JSON: PASERK, PASETO, a note, a proof, minutes, text, NDJSON
/// (whose lines have a test of their own), a file to write. `rules eval --facts` takes any object.
const std::set<std::string> k_no_json = {"verify TOKEN",           "inspect TOKEN",
                                         "member add --key",       "decide --minutes",
                                         "rules test --junit",     "init --secretary",
                                         "init --researcher",      "init --auditor",
                                         "submit --receipt",       "decide --receipt",
                                         "rules eval --batch",     "rules eval --facts",
                                         "revoke --text-file",     "suspend --text-file",
                                         "resume --text-file",     "status publish --out",
                                         "verify --status",        "verify --proof",
                                         "verify --batch",         "verify --status-proof",
                                         "audit --status-proof",   "check --batch",
                                         "submit --batch",         "status publish --receipt",
                                         "audit TARGET",           "audit --proof",
                                         "audit --pack",           "audit --status",
                                         "checkpoint --out",       "checkpoint --cosigned",
                                         "checkpoint --policy",    "prove --out",
                                         "witness cosign FILE",    "witness cosign --policy",
                                         "key trust --log-policy", "key trust --out"};

struct SuiteFile {
  std::string name;
  fs::path path;
  std::string text;
};

const std::vector<SuiteFile>& suite() {
  static const std::vector<SuiteFile> k_files = [] {
    std::vector<SuiteFile> files;
    const fs::path folder = fs::path(OCTROI_VECTORS) / "jsontestsuite" / "test_parsing";
    if (!fs::exists(folder)) {
      std::cout << "skipped: no vectors\n";
      return files;
    }
    for (const auto& entry : fs::directory_iterator(folder)) {
      files.push_back(
          {entry.path().filename().string(), entry.path(), test::content_of(entry.path())});
    }
    std::sort(files.begin(), files.end(),
              [](const SuiteFile& left, const SuiteFile& right) { return left.name < right.name; });
    return files;
  }();
  return k_files;
}

/// What the strict reader says of a document; "" when it takes it.
std::string reader_says(const SuiteFile& file, const std::string& source) {
  try {
    (void)json::read(file.text, source);
  } catch (const Error& error) {
    return error.what();
  }
  return "";
}

Words filled_in(const Words& words, const std::string& document) {
  Words result = words;
  std::replace(result.begin(), result.end(), std::string("DOCUMENT"), document);
  return result;
}

bool names_a_file(std::string_view value) {
  return value.find("FILE") != std::string_view::npos;
}

bool is_for_a_passphrase(std::string_view option) {
  return option.ends_with("passphrase-file");
}

}  // namespace

TEST_CASE("every command that reads a file is known to read JSON or none") {
  std::set<std::string> known = k_no_json;
  for (const Reading& reading : readings()) {
    known.insert(std::string(reading.command) + " " + std::string(reading.place));
  }
  for (const Command& command : all_commands()) {
    for (const Positional& positional : command.positionals) {
      const std::string place = std::string(command.name) + " " + std::string(positional.name);
      const bool is_file = names_a_file(positional.name) ||
                           positional.help.find("file") != std::string_view::npos ||
                           positional.help.find("standard input") != std::string_view::npos;
      INFO(place);
      CHECK((!is_file || known.contains(place)));
    }
    for (const Option& option : command.options) {
      const std::string place = std::string(command.name) + " " + std::string(option.name);
      INFO(place);
      CHECK((!names_a_file(option.value) || is_for_a_passphrase(option.name) ||
             known.contains(place)));
    }
  }
}

TEST_CASE("JSONTestSuite: every command refuses what the strict reader refuses, and why") {
  const test::TemporaryFolder folder;
  const test::TemporaryFolder documents;
  const std::string registry = (folder / "octroi.db").string();
  // Of the tests of a rulebook, the name has to say that they are.
  const std::string document = (documents / "document.tests.json").string();
  for (const Reading& reading : readings()) {
    for (const SuiteFile& file : suite()) {
      INFO(reading.command << " " << reading.place << ": " << file.name);
      test::write(document, file.text);
      test::TestWorld world;
      Words words = filled_in(reading.words, document);
      words.insert(words.end(), {"--registry", registry, "--keys", folder.path().string()});
      if (reading.command == "check" || reading.command == "explain") {
        words.resize(words.size() - 4);  // without a registry they need none
      }
      const std::string said = test::refusal(
          ErrorCode::bad_input, [&] { (void)run_program(words, world.surroundings()); });
      const std::string expected = reader_says(file, document);
      CHECK((file.name.starts_with("y_") || !expected.empty()));
      if (expected.empty()) {
        CHECK_FALSE(said.starts_with(document + ": line "));  // no such document
      } else {
        CHECK(said == expected);
      }
      CHECK(folder.names().empty());
    }
  }
}

TEST_CASE("JSONTestSuite: a request of a batch is read strictly too, and refused by itself") {
  for (const SuiteFile& file : suite()) {
    INFO(file.name);
    const gate::BatchLine line{{0, "document"}, file.text};
    const std::string said =
        test::refusal(ErrorCode::bad_input, [&] { (void)gate::read_request(line); });
    const std::string expected = reader_says(file, "document");
    CHECK((expected.empty() ? !said.starts_with("document: line ") : said == expected));
  }
}

TEST_CASE("JSONTestSuite: what a token says is read strictly too") {
  const test::TemporaryFolder folder;
  const crypto::SecretKey key = test::key_of("seal");
  const std::string path = (folder / "token").string();
  const std::string trust = (folder / "trust.json").string();
  test::write(trust,
              R"({"format": "octroi/trust/1", "board": "B", "origin": "b.example/b", "seals": [)"
              R"({"key": ")" +
                  key.public_key().paserk() + R"(", "kid": ")" + key.public_key().id().text +
                  R"(", "from": "2021-01-01T00:00:00Z"}]})");
  std::size_t too_long = 0;
  for (const SuiteFile& file : suite()) {
    INFO(file.name);
    if (file.text.empty()) continue;  // no token has an empty message
    if (file.text.size() > 30'000) {
      ++too_long;  // for a token
      continue;
    }
    test::write(path, paseto::sign(key, file.text, paseto::kid_footer(key.public_key().id())));
    test::TestWorld world;
    const std::string expected = reader_says(file, "token");
    std::string said;
    try {
      (void)run_program({"inspect", path}, world.surroundings());
    } catch (const Error& error) {
      CHECK(error.code() == ErrorCode::bad_input);
      said = error.what();
    }
    CHECK(said == expected);
    CHECK(run_program({"verify", path, "--any", "--trust", trust}, world.surroundings()).code ==
          ExitCode::malformed);
  }
  CHECK((suite().empty() || too_long == 2));
}

}  // namespace octroi::app
