// SPDX-License-Identifier: Apache-2.0
#include "gate/touched.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <map>

#include "paseto/v4_public.hpp"
#include "registry/documents.hpp"
#include "registry/erasures.hpp"
#include "registry/keys.hpp"
#include "registry/log.hpp"
#include "registry/statuses.hpp"

namespace octroi::gate {
namespace {

using registry::KeyRecord;
using registry::KeyUse;

constexpr std::string_view k_token = "token";  // what the documents table calls a token

/// When each compromised key stops being believed, by kid.
std::map<std::string, Instant> compromised_keys(Database& database) {
  std::map<std::string, Instant> keys;
  for (const KeyUse use : {KeyUse::seal, KeyUse::member}) {
    for (const KeyRecord& key : registry::keys_of(database, use)) {
      if (key.compromised_from) keys.emplace(key.key.id().text, *key.compromised_from);
    }
  }
  return keys;
}

/// The seal that signed a token or status list: the one its footer names or, once a token is
/// erased, the one that was in use at that time.
std::string seal_in(Database& database, const registry::Event& event, std::string_view kind) {
  const Digest document = registry::read_digest(event.body.at("document"));
  if (!registry::find_erasure(database, document)) {
    const auto parts = paseto::parse(registry::load_document(database, document, kind));
    const auto kid = parts ? paseto::footer_kid(parts->footer) : std::nullopt;
    return kid ? kid->text : "";
  }
  std::string last;
  for (const KeyRecord& seal : registry::keys_of(database, KeyUse::seal)) {
    if (seal.from <= event.at) last = seal.key.id().text;
  }
  return last;
}

}  // namespace

std::vector<TouchedItem> touched_items(Database& database) {
  std::vector<TouchedItem> items;
  const std::map<std::string, Instant> keys = compromised_keys(database);
  if (keys.empty()) return items;
  const auto is_touched = [&keys](const std::string& kid, Instant at) {
    const auto key = keys.find(kid);
    return key != keys.end() && key->second <= at;
  };
  registry::visit_events(database, [&](std::int64_t seq, const std::string& text) {
    const registry::Event event = registry::read_event(text);
    if (is_touched(event.signer.text, event.at)) {
      items.push_back(
          {seq, event.at, std::string(registry::name_of(event.type)), event.id, event.signer.text});
    }
    const bool is_list = event.type == registry::EventType::status_published;
    if (!is_list && event.type != registry::EventType::token_issued) return;
    const std::string seal =
        seal_in(database, event, is_list ? registry::k_status_list_kind : k_token);
    if (!is_touched(seal, event.at)) return;
    std::string id = is_list ? fmt::format("{}", event.body.at("list").as_integer())
                             : event.body.at("token").as_string();
    items.push_back({seq, event.at, is_list ? "status-list" : "token", std::move(id), seal});
  });
  return items;
}

}  // namespace octroi::gate
