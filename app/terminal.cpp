// SPDX-License-Identifier: Apache-2.0
#include "terminal.hpp"

#include <fcntl.h>
#include <sys/ioctl.h>
#include <termios.h>
#include <unistd.h>

#include <cerrno>
#include <csignal>
#include <cstdlib>
#include <iostream>

#include "base/error.hpp"
#include "base/limits.hpp"

namespace octroi::app {
namespace {

// What the signal handler needs; a handler reaches nothing else.
int hidden_terminal = -1;
termios shown_settings;

extern "C" void show_again(int signal) {
  if (hidden_terminal >= 0) ::tcsetattr(hidden_terminal, TCSANOW, &shown_settings);
  std::signal(signal, SIG_DFL);
  std::raise(signal);
}

/// The controlling terminal with its echo off, as long as this lives.
class HiddenInput {
 public:
  HiddenInput() : terminal_(::open("/dev/tty", O_RDWR | O_CLOEXEC | O_NOCTTY)) {
    if (terminal_ < 0 || ::tcgetattr(terminal_, &shown_settings) != 0) {
      if (terminal_ >= 0) ::close(terminal_);
      throw Error(ErrorCode::usage,
                  "a passphrase is needed and there is no terminal to ask on; give "
                  "--passphrase-file FILE");
    }
    hidden_terminal = terminal_;
    for (const int signal : {SIGINT, SIGTERM, SIGHUP}) std::signal(signal, show_again);
    termios hidden = shown_settings;
    hidden.c_lflag &= ~static_cast<tcflag_t>(ECHO);
    ::tcsetattr(terminal_, TCSAFLUSH, &hidden);
  }
  HiddenInput(const HiddenInput&) = delete;
  HiddenInput& operator=(const HiddenInput&) = delete;
  ~HiddenInput() {
    ::tcsetattr(terminal_, TCSANOW, &shown_settings);
    for (const int signal : {SIGINT, SIGTERM, SIGHUP}) std::signal(signal, SIG_DFL);
    hidden_terminal = -1;
    ::close(terminal_);
  }

  void write(const std::string& text) const {
    [[maybe_unused]] const ssize_t count = ::write(terminal_, text.data(), text.size());
  }
  /// One line, without its end.
  [[nodiscard]] crypto::SecretBytes read_line() const {
    crypto::SecretBytes line(limits::k_passphrase_bytes_max);
    std::size_t size = 0;
    for (;;) {
      std::uint8_t byte = 0;
      const ssize_t count = ::read(terminal_, &byte, 1);
      if (count < 0 && errno == EINTR) continue;
      if (count <= 0 || byte == '\n' || byte == '\r') break;
      if (size == line.size()) throw Error(ErrorCode::bad_input, "the passphrase is too long");
      line.reveal()[size++] = byte;
    }
    line.truncate(size);
    return line;
  }

 private:
  int terminal_;
};

}  // namespace

bool is_terminal(int descriptor) {
  return ::isatty(descriptor) == 1;
}

std::size_t terminal_width() {
  winsize size{};
  if (::ioctl(STDOUT_FILENO, TIOCGWINSZ, &size) == 0 && size.ws_col > 0) return size.ws_col;
  return 80;
}

crypto::SecretBytes ask_passphrase(const std::string& prompt) {
  const HiddenInput input;
  input.write(prompt);
  crypto::SecretBytes passphrase = input.read_line();
  input.write("\n");
  if (passphrase.size() == 0) throw Error(ErrorCode::bad_input, "the passphrase is empty");
  return passphrase;
}

std::optional<std::string> ask_line(const std::string& prompt) {
  std::cerr << prompt << std::flush;
  std::string line;
  if (!std::getline(std::cin, line)) return std::nullopt;
  return line;
}

}  // namespace octroi::app
