// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>

#include "gate/audit.hpp"
#include "gate/sample_board.hpp"
#include "json/value.hpp"
#include "registry/event.hpp"

/// What an owner does who holds the keys and has another program: events that the log takes, of
/// documents that say something else.
namespace octroi::gate::sample {

/// Signs and appends an event as that member; its tables follow.
void log_event(Board& board, const std::string& member, registry::EventType type, json::Value body);

/// The body of the last event of that type.
[[nodiscard]] json::Value last_body(Board& board, registry::EventType type);

/// Seals these claims and logs them as a token that this member issued.
void log_token(Board& board, const json::Value& claims, const std::string& member = "secretary-1");

/// All faults that an audit finds, one a line; "" where it is sound.
[[nodiscard]] std::string faults_of(Board& board);

/// The object with a member set.
[[nodiscard]] json::Value with(json::Value object, const std::string& member, json::Value value);

}  // namespace octroi::gate::sample
