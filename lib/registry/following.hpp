// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <string>

#include "registry/database.hpp"
#include "registry/event.hpp"

namespace octroi::registry {

/// An event that is to be followed and, where its signature was checked ahead, what it says and the
/// key that it was checked with: whether that is the signer's is asked when it is followed.
struct NextEvent {
  std::int64_t seq;
  std::string text;
  std::optional<SignedEvent> event = {};
  std::optional<crypto::PublicKey> key = {};
};

/// Whether the tables hold the texts of the events too, or only that they were there.
enum class EventTexts { kept, left_out };

/// Tables made from a log's events alone, one after another: each is verified with the key that the
/// events before it give its signer, and applied. Nothing else is believed.
class Following {
 public:
  /// Of the log of that origin, from its beginning.
  explicit Following(const std::string& origin, EventTexts texts = EventTexts::kept);

  /// Follows the next event. Throws Error when it is not good: another position, signature or
  /// predecessor, or an act that its signer could not do; nothing of it is in the tables then.
  void follow(const NextEvent& next);

  /// Follows a part of the log, in one transaction where all of it is good: that is less work than
  /// one for each event. Where one is not, those before it are followed and its Error is thrown.
  void follow_all(std::span<const NextEvent> part);

  [[nodiscard]] std::int64_t events() const { return events_; }
  [[nodiscard]] Database& tables() { return *tables_; }
  [[nodiscard]] std::unique_ptr<Database> take_tables() && { return std::move(tables_); }

 private:
  void enter(const NextEvent& next);
  void enter(std::int64_t seq, const SignedEvent& event);

  std::unique_ptr<Database> tables_;
  EventTexts texts_;
  std::int64_t events_ = 0;
};

/// "is not good: was not signed by …": what a report says of an event that it names by its number.
[[nodiscard]] std::string event_fault(std::int64_t seq, const Error& error);

}  // namespace octroi::registry
