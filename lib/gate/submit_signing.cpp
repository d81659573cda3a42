// SPDX-License-Identifier: Apache-2.0
#include "gate/submit_signing.hpp"

#include <chrono>
#include <exception>
#include <utility>

#include "gate/submitting.hpp"

namespace octroi::gate {
namespace {

constexpr std::size_t k_signed_at_once = 16;  // events that are handed to the writing together

}  // namespace

SubmitSigning::SubmitSigning(const Actor& actor, Context context, registry::Head head,
                             std::vector<FirstVersion> versions)
    : actor_(actor),
      context_(std::move(context)),
      head_(std::move(head)),
      versions_(std::move(versions)),
      parts_((versions_.size() + k_signed_at_once - 1) / k_signed_at_once) {
  // Where the system gives no more threads, all are signed first.
  signing_ = std::async(std::launch::async | std::launch::deferred, [this] { sign_all(); });
  if (signing_.wait_for(std::chrono::seconds(0)) == std::future_status::deferred) signing_.wait();
}

SubmitSigning::~SubmitSigning() {
  is_over_ = true;
}

std::vector<registry::SignedEvent> SubmitSigning::take() {
  return parts_.at(taken_++).get_future().get();
}

void SubmitSigning::sign_all() {
  std::size_t next = 0;
  for (std::promise<SignedEvents>& part : parts_) {
    SignedEvents events;
    try {
      while (next < versions_.size() && events.size() < k_signed_at_once) {
        if (is_over_) return;
        events.push_back(sign(versions_[next++]));
      }
    } catch (...) {  // carried to whoever takes this part
      return part.set_exception(std::current_exception());
    }
    part.set_value(std::move(events));
  }
}

registry::SignedEvent SubmitSigning::sign(const FirstVersion& version) {
  return registry::sign_next(head_, registry::EventType::request_submitted,
                             submission_of(version.request, 1, version.document.hex()), actor_.key,
                             context_.clock(), context_.random);
}

}  // namespace octroi::gate
