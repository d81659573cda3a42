// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include <system_error>
#include <thread>

namespace octroi {

/// Whether `holds` is true in a process to which the system gives no more threads.
template <typename Holds>
bool holds_without_threads(const Holds& holds) {
  constexpr uid_t k_nobody = 65534;
  const pid_t child = ::fork();
  if (child < 0) return false;
  if (child == 0) {  // who is root may have as many as they like
    const rlimit none{0, 0};
    if (::setrlimit(RLIMIT_NPROC, &none) != 0) ::_exit(2);
    if (::geteuid() == 0 && ::setuid(k_nobody) != 0) ::_exit(2);
    try {
      std::jthread([] {});
      ::_exit(3);
    } catch (const std::system_error&) {
      ::_exit(holds() ? 0 : 4);
    }
  }
  int status = -1;
  return ::waitpid(child, &status, 0) == child && status == 0;
}

}  // namespace octroi
