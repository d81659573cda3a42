// SPDX-License-Identifier: Apache-2.0
#include <filesystem>

#include <fmt/format.h>

#include "base/error.hpp"
#include "base/safe_text.hpp"
#include "commands.hpp"
#include "files.hpp"
#include "gate/publishing.hpp"
#include "progress.hpp"
#include "reply.hpp"
#include "session.hpp"

namespace octroi::app {
namespace {

ExitCode publish(const Arguments& arguments, Session& session, Reply& reply) {
  Progress progress(session, "files");
  const std::string& folder = arguments.required("FOLDER");
  std::error_code ignored;  // making it says what is wrong
  if (std::filesystem::exists(folder, ignored) && !std::filesystem::is_directory(folder, ignored)) {
    throw Error(ErrorCode::bad_input,
                fmt::format("FOLDER: expected a folder, got the file {}", in_quotes(folder)));
  }
  const gate::Publication publication =
      gate::publish(*session.open_to_read(), folder, arguments.has("--all"), progress.report());
  progress.clear();
  reply.say(publication, fmt::format("{}: {} of {}, {} of them new; {} written", folder,
                                     counted(publication.size, "event"), publication.origin,
                                     publication.size - publication.size_before,
                                     counted(publication.files, "file")));
  return ExitCode::yes;
}

}  // namespace

std::vector<Command> publish_commands() {
  return {{.name = "publish",
           .reader = Reader::secretary,
           .summary = "write the log as files for everybody",
           .description =
               "Writes the log of the last checkpoint as C2SP tlog-tiles: the files checkpoint, "
               "tile/… and tile/entries/…, which any web server or disk can carry and anybody can "
               "check with 'octroi audit FOLDER'. Only what is new is written, each file as one "
               "step, the checkpoint last. Events hold no personal data and no free text.",
           .positionals = {{"FOLDER", "an earlier publication, or a new folder"}},
           .options = {{"--all", "", "write every file again"}},
           .examples = {{"octroi publish public/log", ""}},
           .run = publish}};
}

}  // namespace octroi::app
