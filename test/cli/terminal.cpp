// SPDX-License-Identifier: Apache-2.0
#include "cli/terminal.hpp"

#include <fcntl.h>
#include <pty.h>

#include <array>
#include <cerrno>
#include <cstring>

#include "base/error.hpp"
#include "cli/expression.hpp"

namespace octroi::script {

Terminal::Terminal(Conversation conversation) : conversation_(std::move(conversation)) {
  const winsize size{.ws_row = 24, .ws_col = 80, .ws_xpixel = 0, .ws_ypixel = 0};
  int person = -1;
  int program = -1;
  if (::openpty(&person, &program, nullptr, nullptr, &size) != 0) {
    throw Error(ErrorCode::could_not, std::string("no pseudo-terminal: ") + std::strerror(errno));
  }
  person_side_ = Descriptor(person);
  program_side_ = Descriptor(program);
  ::fcntl(person, F_SETFD, FD_CLOEXEC);
  ::fcntl(program, F_SETFD, FD_CLOEXEC);
  ::fcntl(person, F_SETFL, O_NONBLOCK);
}

bool Terminal::read_some() {
  std::array<char, 4096> buffer;
  const ssize_t count = ::read(person_side_.number(), buffer.data(), buffer.size());
  // EIO: nobody has the other side open any more.
  if (count <= 0) return count < 0 && (errno == EINTR || errno == EAGAIN);
  shown_.append(buffer.data(), static_cast<std::size_t>(count));
  answer();
  return true;
}

void Terminal::answer() {
  while (answered_ < conversation_.answers.size()) {
    const Answer& next = conversation_.answers[answered_];
    const auto found = Expression(next.prompt).find_in(shown_, seen_bytes_);
    if (!found) return;
    seen_bytes_ = found->end;
    ++answered_;
    const std::string typed = next.text + "\n";
    if (::write(person_side_.number(), typed.data(), typed.size()) < 0) {
      throw Error(ErrorCode::could_not, std::string("cannot type: ") + std::strerror(errno));
    }
  }
}

std::string Terminal::transcript() const {
  std::string text = shown_;
  for (std::size_t at = 0; (at = text.find("\r\n", at)) != std::string::npos;) text.erase(at, 1);
  return text;
}

std::vector<std::string> Terminal::unanswered() const {
  std::vector<std::string> prompts;
  for (std::size_t i = answered_; i < conversation_.answers.size(); ++i) {
    prompts.push_back(conversation_.answers[i].prompt);
  }
  return prompts;
}

}  // namespace octroi::script
