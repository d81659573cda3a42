// SPDX-License-Identifier: Apache-2.0
#include "base/error.hpp"

#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include <array>
#include <csignal>

#include "catch.hpp"

namespace octroi {

TEST_CASE("an error carries its code and message") {
  const Error error(ErrorCode::not_yet, "the decision is missing");
  CHECK(error.code() == ErrorCode::not_yet);
  CHECK(std::string(error.what()) == "the decision is missing");
}

TEST_CASE("a broken invariant ends the process at once and says which") {
  std::array<int, 2> ends;
  REQUIRE(::pipe(ends.data()) == 0);
  const pid_t child = ::fork();
  if (child == 0) {
    const rlimit none{0, 0};
    ::setrlimit(RLIMIT_CORE, &none);
    std::signal(SIGABRT, SIG_DFL);  // not the handler of the test framework
    ::dup2(ends[1], STDERR_FILENO);
    broken_invariant("the sky is green");
  }
  ::close(ends[1]);
  std::string said(200, '\0');
  said.resize(static_cast<std::size_t>(::read(ends[0], said.data(), said.size())));
  ::close(ends[0]);
  int status = 0;
  REQUIRE(::waitpid(child, &status, 0) == child);
  CHECK(said == "octroi: internal error: the sky is green\n");
  REQUIRE(WIFSIGNALED(status));
  CHECK(WTERMSIG(status) == SIGABRT);
}

}  // namespace octroi
