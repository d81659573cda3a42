// SPDX-License-Identifier: Apache-2.0
#include "session.hpp"

#include "app/test_world.hpp"
#include "catch.hpp"
#include "crypto/key_file.hpp"
#include "support/refusal.hpp"
#include "support/temporary_folder.hpp"

namespace octroi::app {
namespace {

using test::contains;
using test::refusal;

constexpr crypto::PassphraseCost k_cheap{8192, 1};

/// A folder with the key "martin" under the passphrase "correct horse".
struct Bench {
  test::TemporaryFolder folder;
  test::TestWorld world;
  GlobalOptions options;

  Bench() {
    options.registry = folder / "octroi.db";
    options.keys = folder / "keys";
    crypto::create_key_files(options.keys, "martin", test::key_of("martin"),
                             test::secret(std::string_view("correct horse")), k_cheap);
  }
  void write_passphrase(const std::string& name, const std::string& text) const {
    test::write(folder / name, text);
    test::set_mode(folder / name, 0600);
  }
};

}  // namespace

TEST_CASE("a passphrase is asked for, and named for its key") {
  Bench bench;
  bench.world.passphrases = {"correct horse"};
  const Surroundings surroundings = bench.world.surroundings();
  Session session(bench.options, surroundings);
  const gate::Actor actor = session.actor("martin");
  CHECK(actor.member == "martin");
  CHECK(actor.key.public_key() == test::key_of("martin").public_key());
  CHECK(bench.world.questions == std::vector<std::string>{"Passphrase of key martin: "});
}

TEST_CASE("a wrong or empty passphrase, and nobody to ask") {
  Bench bench;
  const Surroundings surroundings = bench.world.surroundings();
  Session session(bench.options, surroundings);
  bench.world.passphrases = {"wrong horse", ""};
  refusal(ErrorCode::bad_input, [&] { (void)session.open_key("martin"); });
  refusal(ErrorCode::bad_input, [&] { (void)session.open_key("martin"); });
  const std::string message = refusal(ErrorCode::usage, [&] { (void)session.open_key("martin"); });
  CHECK(contains(message, "--passphrase-file"));
}

TEST_CASE("a key that is not there is named before anybody is asked") {
  Bench bench;
  bench.world.passphrases = {"correct horse"};
  const Surroundings surroundings = bench.world.surroundings();
  Session session(bench.options, surroundings);
  const std::string message =
      refusal(ErrorCode::bad_input, [&] { (void)session.open_key("martine"); });
  CHECK(contains(message, "\"martine\""));
  CHECK(contains(message, ": martin"));
  CHECK(bench.world.questions.empty());
}

TEST_CASE("a passphrase file is read instead, for the seal too unless it has its own") {
  Bench bench;
  bench.write_passphrase("own", "correct horse\n");
  bench.write_passphrase("other", "another horse\n");
  bench.options.passphrase_file = bench.folder / "own";
  const Surroundings surroundings = bench.world.surroundings();
  Session session(bench.options, surroundings);
  CHECK_NOTHROW(session.actor("martin"));
  CHECK_NOTHROW(session.open_key("martin"));
  refusal(ErrorCode::bad_input, [&] { (void)session.open_key("martin", bench.folder / "other"); });
  CHECK(bench.world.questions.empty());
}

TEST_CASE("who acts must be said") {
  Bench bench;
  const Surroundings surroundings = bench.world.surroundings();
  Session session(bench.options, surroundings);
  const std::string message = refusal(ErrorCode::usage, [&] { (void)session.actor(); });
  CHECK(contains(message, "--as MEMBER"));
  CHECK(contains(message, ": martin"));
}

TEST_CASE("a new passphrase is asked for twice") {
  Bench bench;
  const Surroundings surroundings = bench.world.surroundings();
  const Session session(bench.options, surroundings);
  bench.world.passphrases = {"battery staple", "battery staple"};
  CHECK(as_text(session.new_passphrase("seal").reveal()) == "battery staple");
  bench.world.passphrases = {"battery staple", "battery stable"};
  const std::string message =
      refusal(ErrorCode::bad_input, [&] { (void)session.new_passphrase("seal"); });
  CHECK(contains(message, "not the same"));
  CHECK_FALSE(contains(message, "battery"));
  bench.world.passphrases = {"battery staple", "battery staple "};
  refusal(ErrorCode::bad_input, [&] { (void)session.new_passphrase("seal"); });
}

TEST_CASE("a registry that nobody named need not be there; a named one must") {
  Bench bench;
  const Surroundings surroundings = bench.world.surroundings();
  CHECK(Session(bench.options, surroundings).open_if_any() == nullptr);
  bench.options.is_registry_named = true;
  refusal(ErrorCode::bad_input, [&] { (void)Session(bench.options, surroundings).open_if_any(); });
}

TEST_CASE("the option --at stands in for the clock where a command answers, never where it acts") {
  Bench bench;
  const Surroundings surroundings = bench.world.surroundings();
  CHECK(Session(bench.options, surroundings).now() == test::TestWorld::now());
  bench.options.at = parse_instant("2021-02-19T00:00:00Z");
  const Session session(bench.options, surroundings);
  CHECK(session.now() == bench.options.at);
  CHECK(session.context().clock() == test::TestWorld::now());
}

}  // namespace octroi::app
