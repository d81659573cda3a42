// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <atomic>
#include <cstddef>
#include <future>
#include <string>
#include <vector>

#include "base/bytes.hpp"
#include "gate/context.hpp"
#include "registry/event.hpp"
#include "registry/log.hpp"

namespace octroi::gate {

/// The first version of a request.
struct FirstVersion {
  std::string request;
  Digest document;
};

/// Signs the events of such versions on a thread of its own, one upon the other, in memory only.
class SubmitSigning {
 public:
  /// The first of them follows `head`. All have the time that the clock of `context` says, which
  /// stands still. `actor` must outlive this.
  SubmitSigning(const Actor& actor, Context context, registry::Head head,
                std::vector<FirstVersion> versions);
  SubmitSigning(const SubmitSigning&) = delete;
  SubmitSigning& operator=(const SubmitSigning&) = delete;
  /// Those that are not signed yet are not.
  ~SubmitSigning();

  /// The next few that are signed, in order; waits for them. Throws what the signing threw, and is
  /// not called again then, or once all were given.
  [[nodiscard]] std::vector<registry::SignedEvent> take();

 private:
  using SignedEvents = std::vector<registry::SignedEvent>;

  void sign_all();
  [[nodiscard]] registry::SignedEvent sign(const FirstVersion& version);

  const Actor& actor_;
  Context context_;
  registry::Head head_;
  std::vector<FirstVersion> versions_;
  std::vector<std::promise<SignedEvents>> parts_;
  std::size_t taken_ = 0;  ///< parts
  std::atomic<bool> is_over_ = false;
  std::future<void> signing_;  ///< gone before what it uses
};

}  // namespace octroi::gate
