// SPDX-License-Identifier: Apache-2.0
#include "terminal.hpp"

#include <fcntl.h>
#include <fmt/format.h>
#include <sys/ioctl.h>
#include <termios.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <charconv>
#include <csignal>
#include <cstdlib>
#include <cstring>
#include <span>

#include "base/error.hpp"
#include "base/limits.hpp"
#include "base/safe_text.hpp"

namespace octroi::app {
namespace {

constexpr std::size_t k_columns_default = 80;
constexpr std::size_t k_columns_min = 20;  // of COLUMNS; what lies outside is no wish
constexpr std::size_t k_columns_max = 1000;

// Signals that would leave the terminal without echo.
constexpr std::array k_signals = {SIGINT, SIGTERM, SIGHUP, SIGQUIT, SIGTSTP};

volatile std::sig_atomic_t caught_signal = 0;

extern "C" void remember_signal(int number) {
  caught_signal = number;
}

volatile std::sig_atomic_t interrupt = 0;  // the signal that asks a batch to end

extern "C" void remember_interrupt(int number) {
  interrupt = number;
}

/// Remembers the first interrupt; the second one ends the program. One that whoever started it had
/// ignored stays so.
bool watch_interrupts() {
  for (const int number : {SIGINT, SIGTERM}) {
    struct sigaction before {};
    if (::sigaction(number, nullptr, &before) != 0 || before.sa_handler == SIG_IGN) continue;
    struct sigaction watch {};
    watch.sa_handler = remember_interrupt;
    watch.sa_flags = static_cast<int>(SA_RESETHAND);  // without SA_RESTART: a read returns
    sigemptyset(&watch.sa_mask);
    ::sigaction(number, &watch, nullptr);
  }
  return true;
}

/// While it lives, signals interrupt a read and are remembered.
class SignalWatch {
 public:
  SignalWatch() {
    caught_signal = 0;
    struct sigaction watch {};
    watch.sa_handler = remember_signal;  // without SA_RESTART: the read returns
    sigemptyset(&watch.sa_mask);
    for (std::size_t i = 0; i < k_signals.size(); ++i) {
      ::sigaction(k_signals[i], &watch, &before_[i]);
    }
  }
  SignalWatch(const SignalWatch&) = delete;
  SignalWatch& operator=(const SignalWatch&) = delete;
  ~SignalWatch() {
    for (std::size_t i = 0; i < k_signals.size(); ++i) {
      ::sigaction(k_signals[i], &before_[i], nullptr);
    }
  }

 private:
  std::array<struct sigaction, k_signals.size()> before_{};
};

/// The terminal of the process, whatever its standard streams are.
class Terminal {
 public:
  Terminal() : number_(::open("/dev/tty", O_RDWR | O_NOCTTY | O_CLOEXEC)) {}
  Terminal(const Terminal&) = delete;
  Terminal& operator=(const Terminal&) = delete;
  ~Terminal() {
    if (number_ >= 0) ::close(number_);
  }
  [[nodiscard]] bool is_open() const { return number_ >= 0; }
  [[nodiscard]] int number() const { return number_; }

 private:
  int number_;
};

/// While it lives, what is typed is not shown; what was typed before or beyond is thrown away.
class HiddenEcho {
 public:
  explicit HiddenEcho(int terminal) : terminal_(terminal) {
    if (::tcgetattr(terminal, &before_) != 0) {
      throw Error(ErrorCode::could_not, fmt::format("terminal: {}", std::strerror(errno)));
    }
    struct termios hidden = before_;
    hidden.c_lflag &= ~static_cast<tcflag_t>(ECHO);
    hidden.c_lflag |= static_cast<tcflag_t>(ECHONL | ICANON | ISIG);
    ::tcsetattr(terminal, TCSAFLUSH, &hidden);
  }
  HiddenEcho(const HiddenEcho&) = delete;
  HiddenEcho& operator=(const HiddenEcho&) = delete;
  ~HiddenEcho() { ::tcsetattr(terminal_, TCSAFLUSH, &before_); }

 private:
  int terminal_;
  struct termios before_ {};
};

bool write_all(int descriptor, std::string_view text) {
  while (!text.empty()) {
    const ssize_t count = ::write(descriptor, text.data(), text.size());
    if (count < 0 && errno == EINTR) continue;
    if (count < 0) return false;
    text.remove_prefix(static_cast<std::size_t>(count));
  }
  return true;
}

/// Reads up to the end of the line; how many bytes it has, or nothing when a signal came.
std::optional<std::size_t> read_line(int terminal, std::span<std::uint8_t> buffer) {
  std::size_t size = 0;
  for (;;) {
    std::uint8_t byte = 0;
    const ssize_t count = caught_signal != 0 ? -1 : ::read(terminal, &byte, 1);
    if (caught_signal != 0) return std::nullopt;
    if (count < 0) {
      throw Error(ErrorCode::could_not,
                  fmt::format("terminal: cannot be read: {}", std::strerror(errno)));
    }
    if (count == 0) write_all(terminal, "\n");  // Ctrl-D, which moves no cursor
    if (count == 0 || byte == '\n') return size;
    if (size == buffer.size()) {
      throw Error(ErrorCode::bad_input,
                  fmt::format("the passphrase is longer than {} bytes", buffer.size()));
    }
    buffer[size++] = byte;
  }
}

/// One try: the size of the answer, or nothing when a signal came first.
std::optional<std::size_t> ask_once(int terminal, const std::string& question,
                                    std::span<std::uint8_t> buffer) {
  const SignalWatch watch;
  const HiddenEcho hidden(terminal);
  if (!write_all(terminal, question)) {
    throw Error(ErrorCode::could_not,
                fmt::format("terminal: cannot be written: {}", std::strerror(errno)));
  }
  const std::optional<std::size_t> size = read_line(terminal, buffer);
  if (!size) write_all(terminal, "\n");
  return size;
}

}  // namespace

void guard_standard_streams() {
  for (const int number : {STDIN_FILENO, STDOUT_FILENO, STDERR_FILENO}) {
    if (::fcntl(number, F_GETFD) >= 0) continue;
    // The wrong way round, so that using it is an error as with a closed one.
    (void)::open("/dev/null", number == STDIN_FILENO ? O_WRONLY : O_RDONLY);
  }
  // Written to a closed pipe, or beyond a limit on the size of files: an error, not the end.
  std::signal(SIGPIPE, SIG_IGN);
  std::signal(SIGXFSZ, SIG_IGN);
}

bool is_interrupted() {
  static const bool is_watching = watch_interrupts();
  return is_watching && interrupt != 0;
}

void end_if_interrupted() {
  if (interrupt == 0) return;
  std::signal(interrupt, SIG_DFL);
  std::raise(interrupt);
}

bool write_some(std::string_view text) {
  if (write_all(STDOUT_FILENO, text)) return true;
  if (errno == EPIPE) return false;
  throw Error(ErrorCode::could_not,
              fmt::format("the answer cannot be written to standard output: {}; what the command "
                          "recorded stays recorded",
                          std::strerror(errno)));
}

void write_answer(std::string_view text) {
  (void)write_some(text);
}

std::size_t terminal_columns() {
  if (const char* text = std::getenv("COLUMNS")) {
    const std::string_view wanted = text;
    std::size_t columns = 0;
    const auto [end, error] =
        std::from_chars(wanted.data(), wanted.data() + wanted.size(), columns);
    const bool is_number = error == std::errc() && end == wanted.data() + wanted.size();
    if (is_number && columns >= k_columns_min && columns <= k_columns_max) return columns;
  }
  struct winsize size {};
  if (::ioctl(STDOUT_FILENO, TIOCGWINSZ, &size) != 0 || size.ws_col == 0) return k_columns_default;
  return size.ws_col;
}

std::optional<crypto::SecretBytes> ask_passphrase(const std::string& question) {
  const Terminal terminal;
  if (!terminal.is_open()) return std::nullopt;
  crypto::SecretBytes answer(limits::k_passphrase_bytes_max);
  for (;;) {
    if (const auto size = ask_once(terminal.number(), printable(question), answer.reveal())) {
      answer.truncate(*size);
      return answer;
    }
    std::raise(caught_signal);  // ends here; after Ctrl-Z and fg, it is asked again
  }
}

}  // namespace octroi::app
