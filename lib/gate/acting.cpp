// SPDX-License-Identifier: Apache-2.0
#include "gate/acting.hpp"

#include <fmt/format.h>

#include "base/error.hpp"
#include "base/safe_text.hpp"
#include "registry/documents.hpp"
#include "registry/log.hpp"
#include "registry/members.hpp"

namespace octroi::gate {

void require_actor(Database& database, const Actor& actor) {
  const std::optional<registry::Member> member = registry::find_member(database, actor.member);
  if (!member) {
    throw Error(ErrorCode::not_allowed,
                fmt::format("{} is no member of this board; 'octroi member list' shows them",
                            in_quotes(actor.member)));
  }
  if (member->key != actor.key.public_key()) {
    throw Error(ErrorCode::not_allowed,
                fmt::format("the key {} is not that of member {}", actor.key.public_key().id().text,
                            actor.member));
  }
}

void require_role(Database& database, const Actor& actor, std::string_view role) {
  require_actor(database, actor);
  if (!registry::find_member(database, actor.member)->has_role(role)) {
    throw Error(
        ErrorCode::not_allowed,
        fmt::format("this asks for the role {}, which {} does not have", role, actor.member));
  }
}

registry::SignedEvent act(Database& database, const Actor& actor, registry::EventType type,
                          json::Value body, const Context& context) {
  require_actor(database, actor);
  return registry::append(database, type, std::move(body), actor.key, context.clock(),
                          context.random);
}

std::string keep(Database& database, const model::Document& document, const Context& context) {
  return registry::store_document(database, model::name_of(document.kind), document.bytes,
                                  context.random)
      .hex();
}

model::Document load(Database& database, const Digest& digest, model::DocumentKind kind,
                     std::string_view name) {
  return model::read_document(kind, registry::load_document(database, digest, model::name_of(kind)),
                              name);
}

std::string hint(std::string_view word, const std::vector<std::string>& known) {
  const std::string_view best = nearest(word, known);
  return best.empty() ? "" : fmt::format("; did you mean {}?", best);
}

}  // namespace octroi::gate
