// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "gate/context.hpp"
#include "json/value.hpp"
#include "model/document.hpp"
#include "registry/event.hpp"

/// What the use cases share: the acting member, and documents in and out of the registry.
namespace octroi::gate {

/// Throws Error(not_allowed) unless the actor is an active member and the key is theirs.
void require_actor(Database& database, const Actor& actor);

/// The same for an actor who must have a role: asked first, so that who may not act learns nothing
/// of the state. (The registry asks again when the event is appended.)
void require_role(Database& database, const Actor& actor, std::string_view role);

/// Appends the actor's next event, inside the caller's writing transaction.
registry::SignedEvent act(Database& database, const Actor& actor, registry::EventType type,
                          json::Value body, const Context& context);

/// Stores a document; its salted digest in hexadecimal, as events name it.
[[nodiscard]] std::string keep(Database& database, const model::Document& document,
                               const Context& context);

/// A stored document. `name` is what messages call it.
[[nodiscard]] model::Document load(Database& database, const Digest& digest,
                                   model::DocumentKind kind, std::string_view name);

/// "; did you mean X?" for the nearest of the known words, or "".
[[nodiscard]] std::string hint(std::string_view word, const std::vector<std::string>& known);

}  // namespace octroi::gate
