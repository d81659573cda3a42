// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <memory>
#include <string>

#include "registry/database.hpp"
#include "registry/event.hpp"

namespace octroi::registry {

/// Tables made from a log's events alone, one after another: each is verified with the key that the
/// events before it give its signer, and applied. Nothing else is believed.
class Following {
 public:
  /// Of the log of that origin, from its beginning.
  explicit Following(const std::string& origin);

  /// Follows the next event. Throws Error when it is not good: another position, signature or
  /// predecessor, or an act that its signer could not do; nothing of it is in the tables then.
  Event follow(std::int64_t seq, const std::string& text);

  /// The same of an event whose signature was checked ahead with `key`, which must be the signer's.
  Event follow(std::int64_t seq, const SignedEvent& event, const crypto::PublicKey& key);

  [[nodiscard]] std::int64_t events() const { return events_; }
  [[nodiscard]] Database& tables() { return *tables_; }
  [[nodiscard]] std::unique_ptr<Database> take_tables() && { return std::move(tables_); }

 private:
  Event apply_next(std::int64_t seq, const SignedEvent& event);

  std::unique_ptr<Database> tables_;
  std::int64_t events_ = 0;
};

/// "is not good: was not signed by …": what a report says of an event that it names by its number.
[[nodiscard]] std::string event_fault(std::int64_t seq, const Error& error);

}  // namespace octroi::registry
