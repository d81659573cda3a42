// SPDX-License-Identifier: Apache-2.0
#include "global_options.hpp"

#include <utility>

#include "command.hpp"

namespace octroi::app {
namespace {

std::optional<std::string> variable(const Surroundings& world, const std::string& name) {
  std::optional<std::string> value = world.environment(name);
  if (value && value->empty()) return std::nullopt;
  return value;
}

std::optional<std::string> given_or_variable(const Arguments& given, std::string_view option,
                                             const Surroundings& world, const std::string& name) {
  std::optional<std::string> value = given.text(option);
  return value ? value : variable(world, name);
}

/// The language of the locale's messages. Source: POSIX.1-2017, base definitions, section 8.2.
std::string language(const Surroundings& world) {
  for (const char* name : {"LC_ALL", "LC_MESSAGES", "LANG"}) {
    if (const auto locale = variable(world, name)) return locale->starts_with("fr") ? "fr" : "en";
  }
  return "en";
}

/// Source: https://no-color.org (any value that is not empty).
bool has_color(const Arguments& given, const Surroundings& world) {
  const std::string when = given.text("--color").value_or("auto");
  if (when != "auto") return when == "always";
  return world.is_answer_on_terminal && !variable(world, "NO_COLOR") &&
         variable(world, "TERM") != "dumb";
}

}  // namespace

const std::vector<Option>& global_options() {
  static const std::vector<Option> k_options = {
      {"--registry", "PATH", "the registry (or OCTROI_REGISTRY; default ./octroi.db)"},
      {"--as", "MEMBER", "who you are: a member with a key of that name (or OCTROI_AS)"},
      {"--keys", "FOLDER", "where keys are (or OCTROI_KEYS; default keys, beside the registry)"},
      {"--passphrase-file", "FILE", "read the key's passphrase here instead of asking for it"},
      {"--at", "TIME", "answer as of a day or moment (commands that only read)"},
      {"--json", "", "answer in JSON"},
      {"--lang",
       "LANGUAGE",
       "of findings and tables (default: the locale's)",
       false,
       false,
       {"en", "fr"}},
      {"--quiet", "", "no hints and no progress"},
      {"--color",
       "WHEN",
       "auto, always or never (NO_COLOR is respected)",
       false,
       false,
       {"auto", "always", "never"}},
      {"--help", "", "what octroi, or a command, does"},
      {"--version", "", "the version of octroi"},
  };
  return k_options;
}

GlobalOptions read_global_options(const Arguments& given, const Surroundings& world) {
  GlobalOptions options;
  const auto registry = given_or_variable(given, "--registry", world, "OCTROI_REGISTRY");
  options.registry = registry.value_or("octroi.db");
  options.is_registry_named = registry.has_value();
  const auto keys = given_or_variable(given, "--keys", world, "OCTROI_KEYS");
  options.keys = keys ? std::filesystem::path(*keys) : options.registry.parent_path() / "keys";
  options.member = given_or_variable(given, "--as", world, "OCTROI_AS");
  options.passphrase_file = given.text("--passphrase-file");
  options.at = given.time("--at");
  options.is_json = given.has("--json");
  options.is_quiet = given.has("--quiet");
  options.style = {has_color(given, world), given.text("--lang").value_or(language(world)),
                   world.columns};
  return options;
}

}  // namespace octroi::app
