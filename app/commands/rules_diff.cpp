// SPDX-License-Identifier: Apache-2.0
#include <filesystem>

#include <fmt/format.h>

#include "base/error.hpp"
#include "commands.hpp"
#include "files.hpp"
#include "gate/rule_effect.hpp"
#include "reply.hpp"
#include "session.hpp"

namespace octroi::app {
namespace {

using model::Document;
using model::DocumentKind;

constexpr const char* k_erase_line = "\r\x1b[K";  // Source: ECMA-48 section 8.3.41, erase in line

/// The version to compare with: a file, or the id of a rulebook that the registry has adopted.
Document read_old(const std::string& old, gate::Database* registry, Date as_of) {
  std::error_code ignored;  // reading it says what is wrong
  const bool is_file = old == "-" || old.find('/') != std::string::npos || old.ends_with(".json") ||
                       std::filesystem::exists(old, ignored);
  if (is_file) return read_document_file(DocumentKind::rulebook, old);
  if (registry != nullptr) return gate::adopted_rulebook(*registry, old, as_of);
  throw Error(ErrorCode::bad_input,
              fmt::format("{}: there is no such file, and no registry that could have adopted a "
                          "rulebook of that id; name one with --registry",
                          old));
}

void require_compiles(const Document& document, const std::string& source) {
  static_cast<void>(rules::CompiledRulebook::require(document, source));
}

gate::RuleEffect effect_of(gate::Database& registry, const Document& before, const Document& after,
                           const Session& session) {
  std::ostream& messages = session.world().messages;
  const bool shows_progress = session.world().shows_progress && !session.options().is_quiet;
  const auto progress = [&](std::size_t done, std::size_t all) {
    if (shows_progress) messages << fmt::format("\r{} of {} requests", done, all) << std::flush;
  };
  gate::RuleEffect effect =
      gate::effect_of(registry, before, after, date_of(session.now()), progress);
  if (shows_progress) messages << k_erase_line << std::flush;
  return effect;
}

ExitCode rules_diff(const Arguments& arguments, Session& session, Reply& reply) {
  const std::string& old = arguments.required("OLD");
  const std::string& next = arguments.required("NEW");
  if (old == "-" && next == "-") {
    throw Error(ErrorCode::usage, "only one of OLD and NEW can be standard input");
  }
  const auto registry = arguments.has("--no-registry") ? nullptr : session.open_if_any();
  const Document before = read_old(old, registry.get(), date_of(session.now()));
  const Document after = read_document_file(DocumentKind::rulebook, next);
  require_compiles(before, old);
  require_compiles(after, next);
  gate::RulebookComparison comparison{rules::diff_rulebooks(before, after), {}};
  if (registry) comparison.effect = effect_of(*registry, before, after, session);
  reply.show(comparison);
  if (!comparison.effect) {
    reply.note("no registry was looked at: what this does to requests is not known");
    return ExitCode::yes;
  }
  return comparison.effect->keeps_every_verdict() ? ExitCode::yes : ExitCode::not_yet;
}

}  // namespace

std::vector<Command> rules_diff_commands() {
  return {
      {.name = "rules diff",
       .reader = Reader::secretary,
       .summary = "what a new version of a rulebook would change",
       .description =
           "Says which rules two versions of a rulebook have added, removed or changed, field by "
           "field. Where there is a registry, assesses every request of it that is not withdrawn "
           "under the rulebooks in force today, or at the time that --at says: once with OLD in "
           "the place of the rulebook of its id, once with NEW; and lists those of which the rules "
           "would say something else. Nothing is recorded. Ends with 0 when no request would have "
           "another verdict, or no registry was looked at; with 5 when one would, or could not be "
           "assessed, so that somebody has to look before NEW is adopted.",
       .positionals = {{"OLD", "a rulebook, '-' for standard input, or the id of one adopted"},
                       {"NEW", "a rulebook; '-' is standard input"}},
       .options = {{"--no-registry", "", "compare the rulebooks alone"}},
       .examples = {{"octroi rules diff cnam-2021 cnam-2021-new.json",
                     "what adopting it would change today"},
                    {"octroi rules diff old.json new.json --no-registry", ""}},
       .looks_at_the_time = true,
       .run = rules_diff},
  };
}

}  // namespace octroi::app
