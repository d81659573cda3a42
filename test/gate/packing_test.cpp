// SPDX-License-Identifier: Apache-2.0
#include "gate/packing.hpp"

#include <algorithm>
#include <map>

#include "catch.hpp"
#include "crypto/hash.hpp"
#include "gate/logged_board.hpp"
#include "gate/publishing.hpp"
#include "gate/status_publishing.hpp"
#include "json/write.hpp"
#include "registry/event.hpp"
#include "registry/log.hpp"

using namespace octroi;
using namespace octroi::gate;
using sample::LoggedBoard;

namespace {

std::string pack_of(LoggedBoard& board) {
  std::string bytes;
  static_cast<void>(pack_audit(board.database(), [&](std::string_view piece) { bytes += piece; }));
  return bytes;
}

/// The files of a tar archive, read as simply as can be.
std::map<std::string, std::string> files_in(const std::string& tar) {
  std::map<std::string, std::string> files;
  for (std::size_t at = 0; at + 512 <= tar.size() && tar[at] != '\0';) {
    const std::string name = tar.substr(at, 100).c_str();
    const std::size_t bytes = std::stoul(tar.substr(at + 124, 11), nullptr, 8);
    files[name] = tar.substr(at + 512, bytes);
    at += 512 + (bytes + 511) / 512 * 512;
  }
  return files;
}

/// Every text in the value that a person could be known by: everything but codes and dates.
void add_texts(const json::Value& value, std::vector<std::string>& texts) {
  if (value.is_string()) {
    texts.push_back(value.as_string());
  } else if (value.is_array()) {
    for (const json::Value& one : value.as_array()) add_texts(one, texts);
  } else if (value.is_object()) {
    for (const auto& [name, one] : value.as_object()) add_texts(one, texts);
  }
}

}  // namespace

TEST_CASE("a pack is the same bytes every time, and holds what an outsider needs") {
  LoggedBoard board;
  static_cast<void>(board.token());
  static_cast<void>(
      publish_status(board.database(), board.as("secretary-1"), board.seal(), {}, board.context()));
  sample::error_of(ErrorCode::not_yet, [&] { static_cast<void>(pack_of(board)); });
  static_cast<void>(board.sign());
  const std::string pack = pack_of(board);
  CHECK(pack == pack_of(board));
  const auto files = files_in(pack);
  for (const char* name : {"README.txt", "trust.json", "log/checkpoint", "status/1.paseto",
                           "log/tile/0/000.p/10", "log/tile/entries/000.p/10"}) {
    INFO(name);
    CHECK(files.contains(name));
  }
  // Every document is what its name says, with its salt.
  int documents = 0;
  for (const auto& [name, bytes] : files) {
    if (!name.starts_with("documents/") || !name.ends_with(".json")) continue;
    ++documents;
    const std::string digest = name.substr(10, 64);
    const std::string salt_hex = files.at("documents/" + digest + ".salt");
    std::string salt;
    for (std::size_t i = 0; i + 1 < salt_hex.size(); i += 2) {
      salt += static_cast<char>(std::stoi(salt_hex.substr(i, 2), nullptr, 16));
    }
    const std::string label("octroi/document/1\0", 18);
    CHECK(crypto::sha256(label + salt + bytes).hex() == digest);
  }
  CHECK(documents == 3);
}

TEST_CASE("events and packs hold nothing that requests, charters and reasons say of people") {
  // Everything that the story's people wrote: names, addresses, free text.
  std::vector<std::string> texts;
  for (const char* file : {"cnam-2021/request-treatment.json", "cnam-2021/request-whole-base.json",
                           "cnam-2021/request-european-host.json", "cnam-2021/charter.json"}) {
    add_texts(sample::example(file), texts);
  }
  texts.erase(std::remove_if(texts.begin(), texts.end(),
                             [](const std::string& text) {
                               // A code, an id or a date is no free text.
                               return text.find(' ') == std::string::npos &&
                                      text.find('@') == std::string::npos;
                             }),
              texts.end());
  REQUIRE(texts.size() > 10);
  // Organisations that the board's public documents name themselves.
  std::vector<std::string> named;
  add_texts(sample::example("cnam-2021/provider-azure-hub.json"), named);
  add_texts(sample::example("cnam-2021/dataset-snds-main-base.json"), named);
  add_texts(sample::example("rulebooks/cnam-2021.json"), named);
  std::string public_texts;
  for (const std::string& one : named) public_texts += one + "\n";
  const std::string board_name = sample::example("cnam-2021/charter.json").text("board");
  LoggedBoard board;
  static_cast<void>(board.token());
  static_cast<void>(
      withdraw(board.database(), board.as("researcher-1"), board.submit(), board.context()));
  static_cast<void>(board.sign());
  std::string events;
  std::int64_t count = 0;
  registry::visit_events(board.database(), [&](std::int64_t, const std::string& event) {
    events += json::canonical(registry::read_event(event).body) + "\n";
    ++count;
  });
  REQUIRE(count == board.sign().size);
  std::string pack;
  for (const auto& [name, bytes] : files_in(pack_of(board))) pack += bytes;
  // What the events do say is there: the search would find something.
  REQUIRE(events.find("snds-main-base") != std::string::npos);
  REQUIRE(pack.find(board_name) != std::string::npos);
  for (const std::string& text : texts) {
    INFO(text);
    CHECK(events.find(text) == std::string::npos);
    const bool is_public = text == board_name || public_texts.find(text) != std::string::npos;
    if (!is_public) CHECK(pack.find(text) == std::string::npos);
  }
  // Nor the people by the ids under which requests name them, or the minutes.
  for (const char* word : {"analyst-1", "analyst-2", "minutes.txt", "Name of "}) {
    INFO(word);
    CHECK(events.find(word) == std::string::npos);
    CHECK(pack.find(word) == std::string::npos);
  }
}
