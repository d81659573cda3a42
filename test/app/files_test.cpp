// SPDX-License-Identifier: Apache-2.0
#include "files.hpp"

#include "catch.hpp"
#include "support/refusal.hpp"
#include "support/temporary_folder.hpp"

namespace octroi::app {

using test::contains;
using test::refusal;
using test::TemporaryFolder;

TEST_CASE("a file is written once, and writing the same again is nothing") {
  const TemporaryFolder folder;
  const auto path = folder / "token.paseto";
  write_file_once(path, "one\n", FileMode::owner_only);
  CHECK(test::content_of(path) == "one\n");
  CHECK(test::mode_of(path) == 0600);
  CHECK_NOTHROW(write_file_once(path, "one\n", FileMode::owner_only));
  for (const char* other : {"two\n", "one", "one\n\n", ""}) {
    INFO(other);
    refusal(ErrorCode::bad_input, [&] { write_file_once(path, other, FileMode::owner_only); });
    CHECK(test::content_of(path) == "one\n");
  }
  CHECK(folder.names() == std::vector<std::string>{"token.paseto"});
}

TEST_CASE("a token in place of its file is recognised, and not repeated") {
  const std::string message =
      refusal(ErrorCode::usage, [] { (void)read_token_file("v4.public.c2VjcmV0"); });
  CHECK(contains(message, "expected a file"));
  CHECK_FALSE(contains(message, "c2VjcmV0"));
}

TEST_CASE("a document's faults name its file") {
  const TemporaryFolder folder;
  const auto path = folder / "request.json";
  test::write(path, "{}");
  const std::string message = refusal(ErrorCode::bad_input, [&] {
    (void)read_document_file(model::DocumentKind::request, path.string());
  });
  CHECK(contains(message, "request.json"));
}

}  // namespace octroi::app
