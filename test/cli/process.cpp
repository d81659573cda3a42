// SPDX-License-Identifier: Apache-2.0
#include "cli/process.hpp"

#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <sys/ioctl.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/syscall.h>
#include <sys/wait.h>

#include <array>
#include <cerrno>
#include <cstring>

#include "base/error.hpp"

namespace octroi::script {
namespace {

using Clock = std::chrono::steady_clock;

[[noreturn]] void fail(const std::string& what) {
  throw Error(ErrorCode::could_not, what + ": " + std::strerror(errno));
}

/// A file in memory: a program that writes much never waits for a reader.
Descriptor memory_file(std::string_view content = "") {
  Descriptor file(::memfd_create("octroi-test", MFD_CLOEXEC));
  if (file.number() < 0) fail("no file in memory");
  if (::write(file.number(), content.data(), content.size()) !=
      static_cast<ssize_t>(content.size())) {
    fail("cannot fill a file in memory");
  }
  ::lseek(file.number(), 0, SEEK_SET);
  return file;
}

std::string content_of(const Descriptor& file) {
  const off_t size = ::lseek(file.number(), 0, SEEK_END);
  std::string content(static_cast<std::size_t>(size), '\0');
  if (::pread(file.number(), content.data(), content.size(), 0) != size) fail("cannot read output");
  return content;
}

std::vector<char*> pointers(const std::vector<std::string>& texts) {
  std::vector<char*> result;
  for (const std::string& text : texts) result.push_back(const_cast<char*>(text.c_str()));
  result.push_back(nullptr);
  return result;
}

/// All a child does between fork and exec; only calls that are safe there.
struct Child {
  const Launch& launch;
  std::vector<char*> words;
  std::vector<char*> environment;
  int in;
  int out;
  int err;

  [[noreturn]] void run() const {
    ::setsid();
    ::prctl(PR_SET_PDEATHSIG, SIGKILL);
    if (launch.terminal) ::ioctl(err, TIOCSCTTY, 0);
    ::dup2(in, STDIN_FILENO);
    ::dup2(out, STDOUT_FILENO);
    ::dup2(err, STDERR_FILENO);
    if (::chdir(launch.folder.c_str()) == 0) {
      ::execve(launch.program.c_str(), words.data(), environment.data());
    }
    constexpr int k_not_started = 127;
    ::_exit(k_not_started);
  }
};

}  // namespace

Process::Process(const Launch& launch) : out_(memory_file()), err_(memory_file()) {
  Descriptor in = memory_file(launch.input.value_or(""));
  Child child{launch,      pointers(launch.words), pointers(launch.environment),
              in.number(), out_.number(),          err_.number()};
  if (launch.terminal) {
    terminal_.emplace(*launch.terminal);
    child.err = terminal_->program_side().number();
    if (!launch.input) child.in = child.err;
    if (terminal_->shows_stdout()) child.out = child.err;
  }
  id_.number = ::fork();
  if (id_.number == 0) child.run();
  if (id_.number < 0) fail("cannot start " + launch.program.string());
  if (terminal_) terminal_->program_side().close();
}

Process::~Process() {
  if (id_.number <= 0) return;
  ::kill(-id_.number, SIGKILL);
  ::kill(id_.number, SIGKILL);  // before its setsid it leads no group
  ::waitpid(id_.number, nullptr, 0);
}

bool Process::wait_for_end(std::chrono::seconds limit) {
  // By number: the declaration in <sys/pidfd.h> of glibc 2.36 is not for C++.
  const Descriptor process(static_cast<int>(::syscall(SYS_pidfd_open, id_.number, 0)));
  if (process.number() < 0) fail("cannot wait");
  const auto deadline = Clock::now() + limit;
  std::array<pollfd, 2> waits{
      {{process.number(), POLLIN, 0}, {terminal_ ? terminal_->number() : -1, POLLIN, 0}}};
  for (;;) {
    const auto left = std::chrono::ceil<std::chrono::milliseconds>(deadline - Clock::now());
    if (left.count() <= 0) return false;
    if (::poll(waits.data(), waits.size(), static_cast<int>(left.count())) < 0) continue;
    const bool has_shown = waits[1].revents != 0;
    if (has_shown && !terminal_->read_some()) waits[1].fd = -1;
    if (waits[0].revents != 0 && !has_shown) return true;
  }
}

Output Process::wait(std::chrono::seconds limit) {
  Output output;
  int status = 0;
  if (!wait_for_end(limit)) output.end = Output::End::timed_out;
  ::kill(-id_.number, SIGKILL);  // itself, or only what it left behind
  ::waitpid(std::exchange(id_.number, 0), &status, 0);
  if (output.end == Output::End::exited && WIFSIGNALED(status)) output.end = Output::End::killed;
  output.code = WIFSIGNALED(status) ? WTERMSIG(status) : WEXITSTATUS(status);
  output.out = content_of(out_);
  output.err = content_of(err_);
  if (terminal_) {
    output.err += terminal_->transcript();
    output.unanswered = terminal_->unanswered();
  }
  return output;
}

}  // namespace octroi::script
