// SPDX-License-Identifier: Apache-2.0
#include "global_options.hpp"

#include "app/test_world.hpp"
#include "catch.hpp"
#include "support/refusal.hpp"

namespace octroi::app {
namespace {

using test::TestWorld;

GlobalOptions read(TestWorld& world, const Arguments& given = {}) {
  return read_global_options(given, world.surroundings());
}

Arguments given(std::string_view name, std::string value) {
  Arguments arguments;
  arguments.add(name, std::move(value));
  return arguments;
}

}  // namespace

TEST_CASE("without a word, the registry and the keys are here") {
  TestWorld world;
  const GlobalOptions options = read(world);
  CHECK(options.registry == "octroi.db");
  CHECK_FALSE(options.is_registry_named);
  CHECK(options.keys == "keys");
  CHECK_FALSE(options.member);
  CHECK_FALSE(options.at);
  CHECK_FALSE(options.is_json);
}

TEST_CASE("keys lie beside the registry unless they are named") {
  TestWorld world;
  CHECK(read(world, given("--registry", "/srv/board/octroi.db")).keys == "/srv/board/keys");
  world.variables["OCTROI_KEYS"] = "/home/martin/keys";
  CHECK(read(world, given("--registry", "/srv/board/octroi.db")).keys == "/home/martin/keys");
  CHECK(read(world, given("--keys", "k")).keys == "k");
}

TEST_CASE("the command line goes before the environment") {
  TestWorld world;
  world.variables = {{"OCTROI_REGISTRY", "env.db"}, {"OCTROI_AS", "martin"}};
  CHECK(read(world).registry == "env.db");
  CHECK(read(world).is_registry_named);
  CHECK(read(world).member == "martin");
  CHECK(read(world, given("--registry", "given.db")).registry == "given.db");
  CHECK(read(world, given("--as", "dupont")).member == "dupont");
  world.variables["OCTROI_AS"] = "";
  CHECK_FALSE(read(world).member);
}

TEST_CASE("the language is the locale's, in the order of POSIX") {
  TestWorld world;
  CHECK(read(world).style.lang == "en");
  world.variables["LANG"] = "fr_FR.UTF-8";
  CHECK(read(world).style.lang == "fr");
  world.variables["LC_MESSAGES"] = "de_DE.UTF-8";
  CHECK(read(world).style.lang == "en");
  world.variables["LC_ALL"] = "fr_CA.UTF-8";
  CHECK(read(world).style.lang == "fr");
  CHECK(read(world, given("--lang", "en")).style.lang == "en");
}

TEST_CASE("colour is for terminals that want it") {
  TestWorld world;
  CHECK_FALSE(read(world).style.has_color);
  CHECK(read(world, given("--color", "always")).style.has_color);
  world.is_answer_on_terminal = true;
  CHECK(read(world).style.has_color);
  CHECK_FALSE(read(world, given("--color", "never")).style.has_color);
  world.variables["NO_COLOR"] = "";
  CHECK(read(world).style.has_color);
  world.variables["NO_COLOR"] = "1";
  CHECK_FALSE(read(world).style.has_color);
  world.variables = {{"TERM", "dumb"}};
  CHECK_FALSE(read(world).style.has_color);
}

TEST_CASE("no variable moves the clock") {
  TestWorld world;
  world.variables = {{"OCTROI_AT", "2021-02-19"}, {"OCTROI_NOW", "2021-02-19"}};
  CHECK_FALSE(read(world).at);
}

TEST_CASE("the option --at is a time") {
  TestWorld world;
  CHECK(read(world, given("--at", "2021-02-19")).at == parse_instant("2021-02-19T00:00:00Z"));
  test::refusal(ErrorCode::usage, [&] { (void)read(world, given("--at", "now")); });
}

}  // namespace octroi::app
