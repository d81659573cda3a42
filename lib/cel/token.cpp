// SPDX-License-Identifier: Apache-2.0
#include "cel/token.hpp"

#include <array>
#include <optional>

#include <fmt/format.h>

#include "base/safe_text.hpp"
#include "cel/characters.hpp"

namespace octroi::cel {
namespace {

constexpr std::array<std::string_view, 24> k_signs = {"&&", "||", "==", "!=", "<=", ">=", "<", ">",
                                                      "!",  "?",  ":",  "+",  "-",  "*",  "/", "%",
                                                      "(",  ")",  "[",  "]",  "{",  "}",  ",", "."};

bool is_hex_digit(char c) {
  return is_digit(c) || (c >= 'a' && c <= 'f') || (c >= 'A' && c <= 'F');
}

bool is_word_start(char c) {
  return c == '_' || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

bool is_word_character(char c) {
  return is_word_start(c) || is_digit(c);
}

/// Source: cel-spec, doc/langdef.md, "Syntax": ESC_IDENT.
bool is_quoted_word_character(char c) {
  return is_word_character(c) || c == '.' || c == '-' || c == '/' || c == ' ';
}

class Lexer {
 public:
  explicit Lexer(std::string_view source) : source_(source) {}

  std::variant<std::vector<Token>, Problem> run() {
    for (skip_blanks(); at_ < source_.size() && !problem_; skip_blanks()) read_token();
    if (problem_) return *problem_;
    tokens_.push_back({TokenKind::end, {}, source_.size()});
    return std::move(tokens_);
  }

 private:
  [[nodiscard]] char peek(std::size_t ahead = 0) const {
    return at_ + ahead < source_.size() ? source_[at_ + ahead] : '\0';
  }
  template <typename Predicate>
  void skip_while(Predicate predicate) {
    while (at_ < source_.size() && predicate(source_[at_])) ++at_;
  }
  void push(TokenKind kind, std::size_t start) {
    tokens_.push_back({kind, source_.substr(start, at_ - start), start});
  }
  void fail(std::size_t offset, std::string message) {
    problem_ = problem_at(source_, offset, std::move(message));
  }

  void skip_blanks();
  void read_token();
  void read_word();
  void read_quoted_word();
  void read_number();
  [[nodiscard]] bool skip_exponent();
  /// The length of a string's prefix and opening quote, from 0 where none starts.
  [[nodiscard]] std::size_t prefix_length() const;
  void read_string(std::size_t prefix);
  void read_sign();

  std::string_view source_;
  std::size_t at_ = 0;
  std::vector<Token> tokens_;
  std::optional<Problem> problem_;
};

void Lexer::skip_blanks() {
  for (;;) {
    skip_while([](char c) { return c == ' ' || (c >= '\t' && c <= '\r' && c != '\v'); });
    if (peek() != '/' || peek(1) != '/') return;
    skip_while([](char c) { return c != '\n' && c != '\r'; });
  }
}

void Lexer::read_token() {
  const char c = peek();
  if (const std::size_t prefix = prefix_length(); c == '"' || c == '\'' || prefix > 0) {
    read_string(prefix);
  } else if (is_word_start(c)) {
    read_word();
  } else if (c == '`') {
    read_quoted_word();
  } else if (is_digit(c) || (c == '.' && is_digit(peek(1)))) {
    read_number();
  } else {
    read_sign();
  }
}

void Lexer::read_word() {
  const std::size_t start = at_;
  skip_while(is_word_character);
  push(TokenKind::word, start);
}

void Lexer::read_quoted_word() {
  const std::size_t start = ++at_;
  skip_while(is_quoted_word_character);
  if (peek() != '`' || at_ == start) return fail(start - 1, "expected a field name in backticks");
  push(TokenKind::quoted_word, start);
  ++at_;
}

bool Lexer::skip_exponent() {
  if (peek() != 'e' && peek() != 'E') return false;
  const std::size_t sign = peek(1) == '+' || peek(1) == '-' ? 1 : 0;
  if (!is_digit(peek(1 + sign))) return false;
  at_ += 1 + sign;
  skip_while(is_digit);
  return true;
}

void Lexer::read_number() {
  const std::size_t start = at_;
  TokenKind kind = TokenKind::integer;
  if (peek() == '0' && peek(1) == 'x' && is_hex_digit(peek(2))) {
    at_ += 2;
    skip_while(is_hex_digit);
  } else {
    skip_while(is_digit);
    if (peek() == '.' && is_digit(peek(1))) {
      kind = TokenKind::floating;
      ++at_;
      skip_while(is_digit);
    }
    if (skip_exponent()) kind = TokenKind::floating;
  }
  if (kind == TokenKind::integer && (peek() == 'u' || peek() == 'U')) {
    kind = TokenKind::unsigned_integer;
    ++at_;
  }
  if (is_word_character(peek())) return fail(start, "expected a number, got more letters after it");
  push(kind, start);
}

std::size_t Lexer::prefix_length() const {
  std::size_t length = 0;
  if (peek() == 'b' || peek() == 'B') ++length;
  if (peek(length) == 'r' || peek(length) == 'R') ++length;
  return peek(length) == '"' || peek(length) == '\'' ? length : 0;
}

void Lexer::read_string(std::size_t prefix) {
  const std::size_t start = at_;
  const bool is_bytes = peek() == 'b' || peek() == 'B';
  const bool is_raw = prefix > (is_bytes ? 1U : 0U);
  at_ += prefix;
  const char mark = peek();
  const bool is_triple = peek(1) == mark && peek(2) == mark;
  const std::string_view closing = source_.substr(at_, is_triple ? 3 : 1);
  at_ += closing.size();
  while (!source_.substr(at_).starts_with(closing)) {
    const bool is_line_end = peek() == '\n' || peek() == '\r';
    if (at_ >= source_.size() || (is_line_end && !is_triple)) {
      return fail(start, "expected a closing quote for the text that starts here");
    }
    at_ += peek() == '\\' && !is_raw && at_ + 1 < source_.size() ? 2 : 1;
  }
  at_ += closing.size();
  push(is_bytes ? TokenKind::bytes : TokenKind::string, start);
}

void Lexer::read_sign() {
  const std::string_view rest = source_.substr(at_);
  for (const std::string_view sign : k_signs) {
    if (!rest.starts_with(sign)) continue;
    at_ += sign.size();
    return push(TokenKind::sign, at_ - sign.size());
  }
  constexpr std::pair<char, std::string_view> k_doubled[] = {{'=', "=="}, {'&', "&&"}, {'|', "||"}};
  for (const auto& [single, sign] : k_doubled) {
    if (rest.front() == single) {
      return fail(at_, fmt::format("expected {}, got a single {}", sign, single));
    }
  }
  std::size_t length = 1;
  while (length < rest.size() && (static_cast<unsigned char>(rest[length]) & 0xC0) == 0x80) {
    ++length;
  }
  fail(at_, fmt::format("expected an expression, got {}", in_quotes(rest.substr(0, length))));
}

}  // namespace

std::variant<std::vector<Token>, Problem> tokens_of(std::string_view source) {
  return Lexer(source).run();
}

}  // namespace octroi::cel
