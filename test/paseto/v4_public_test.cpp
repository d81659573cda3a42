// SPDX-License-Identifier: Apache-2.0
#include "paseto/v4_public.hpp"

#include <array>
#include <type_traits>
#include <utility>

#include "base/error.hpp"
#include "base/limits.hpp"
#include "catch.hpp"
#include "crypto/encoding.hpp"
#include "support/refusal.hpp"
#include "support/secret.hpp"

namespace octroi::paseto {
namespace {

using test::key_of;

// Only verify() makes one.
static_assert(!std::is_default_constructible_v<Verified>);
static_assert(!std::is_constructible_v<Verified, std::string, std::string>);

constexpr std::string_view k_header = "v4.public.";

/// The token's content if it is one of alice's; nothing otherwise.
std::optional<Verified> read(std::string_view token) {
  const std::optional<Unverified> parts = parse(token);
  if (!parts) return std::nullopt;
  return verify(key_of("alice").public_key(), *parts);
}

std::string short_token() {
  return sign(key_of("alice"), "{}", R"({"kid":"x"})");
}

/// A token of that data and that footer, both taken as they are.
std::string assembled(std::string_view data, std::string_view footer) {
  std::string token = std::string(k_header) + crypto::to_base64url(as_bytes(data));
  if (!footer.empty()) token += "." + crypto::to_base64url(as_bytes(footer));
  return token;
}

std::string data_of(std::string_view token) {
  const Unverified parts = parse(token).value();
  return parts.message + std::string(as_text(parts.signature.bytes));
}

}  // namespace

TEST_CASE("a signed token gives back message and footer") {
  const std::string with_nul("{\"a\":\"\0\xff\"}", 9);
  for (const std::string& footer : {std::string(), std::string("f"), with_nul}) {
    const std::optional<Verified> verified = read(sign(key_of("alice"), with_nul, footer));
    REQUIRE(verified.has_value());
    CHECK(verified->message() == with_nul);
    CHECK(verified->footer() == footer);
  }
}

TEST_CASE("the same input gives the same token") {
  CHECK(short_token() == short_token());
  CHECK(short_token() != sign(key_of("bob"), "{}", R"({"kid":"x"})"));
}

TEST_CASE("a token with any bit changed is refused") {
  const std::string token = short_token();
  REQUIRE(read(token).has_value());
  for (std::size_t bit = 0; bit < 8 * token.size(); ++bit) {
    std::string changed = token;
    changed[bit / 8] = static_cast<char>(static_cast<unsigned char>(changed[bit / 8]) ^
                                         static_cast<unsigned char>(1U << bit % 8));
    if (read(changed)) FAIL_CHECK("bit " << bit << " of byte " << bit / 8);
  }
}

TEST_CASE("every truncation of a token is refused, at either end") {
  const std::string token = short_token();
  for (std::size_t size = 0; size < token.size(); ++size) {
    INFO(size);
    CHECK_FALSE(read(std::string_view(token).substr(0, size)).has_value());
    CHECK_FALSE(read(std::string_view(token).substr(token.size() - size)).has_value());
  }
}

TEST_CASE("a token with any character added is refused") {
  const std::string token = short_token();
  for (const char added : {'A', '.', '=', ' ', '\n', '\0', '+'}) {
    for (std::size_t at = 0; at <= token.size(); ++at) {
      std::string changed = token;
      changed.insert(at, 1, added);
      if (read(changed)) FAIL_CHECK("'" << added << "' at " << at);
    }
  }
}

TEST_CASE("another key signed nothing") {
  const std::optional<Unverified> parts = parse(short_token());
  REQUIRE(parts.has_value());
  CHECK_FALSE(verify(key_of("bob").public_key(), *parts).has_value());
}

TEST_CASE("the implicit assertion must be known") {
  const crypto::SecretKey key = key_of("alice");
  const Unverified parts = parse(sign(key, "{}", "", "for case 7")).value();
  CHECK(verify(key.public_key(), parts, "for case 7").has_value());
  CHECK_FALSE(verify(key.public_key(), parts, "for case 8").has_value());
  CHECK_FALSE(verify(key.public_key(), parts).has_value());
}

TEST_CASE("what is signed keeps message, footer and assertion apart") {
  const crypto::SecretKey key = key_of("alice");
  const Unverified parts = parse(sign(key, "ab", "cd", "ef")).value();
  Unverified moved = parts;
  moved.message = "a";
  moved.footer = "bcd";
  CHECK_FALSE(verify(key.public_key(), moved, "ef").has_value());
  CHECK_FALSE(verify(key.public_key(), {"ab", parts.signature, "cdef"}, "").has_value());
  CHECK_FALSE(verify(key.public_key(), {"ab", parts.signature, ""}, "cdef").has_value());
  CHECK_FALSE(verify(key.public_key(), {"abcd", parts.signature, ""}, "ef").has_value());
  CHECK(verify(key.public_key(), {"ab", parts.signature, "cd"}, "ef").has_value());
}

TEST_CASE("a footer that lies about its kid gets nobody through") {
  const crypto::SecretKey alice = key_of("alice");
  const crypto::SecretKey bob = key_of("bob");
  // Signed so: whoever looks the kid up gets bob's key, and bob signed nothing.
  const std::string lying = sign(alice, "{}", kid_footer(bob.public_key().id()));
  const Unverified parts = parse(lying).value();
  CHECK(footer_kid(parts.footer) == bob.public_key().id());
  CHECK_FALSE(verify(bob.public_key(), parts).has_value());
  // Changed afterwards: the signature covers the footer.
  const std::string honest = sign(alice, "{}", kid_footer(alice.public_key().id()));
  CHECK(read(honest).has_value());
  const std::string changed = assembled(data_of(honest), kid_footer(bob.public_key().id()));
  REQUIRE(parse(changed).has_value());
  CHECK_FALSE(read(changed).has_value());
  CHECK_FALSE(read(assembled(data_of(honest), "")).has_value());
  const std::string bare = sign(alice, "{}");
  CHECK_FALSE(read(assembled(data_of(bare), kid_footer(alice.public_key().id()))).has_value());
}

TEST_CASE("what is no token is not taken apart") {
  const std::string token = sign(key_of("alice"), "{}");
  const std::string data = token.substr(k_header.size());
  const std::array<std::pair<const char*, std::string>, 20> corruptions = {{
      {"nothing", ""},
      {"the header alone", "v4.public."},
      {"no header", data},
      {"another version", "v3.public." + data},
      {"another version, newer", "v5.public." + data},
      {"another purpose", "v4.local." + data},
      {"upper case", "V4.PUBLIC." + data},
      {"a header cut short", "v4.public" + data},
      {"a space before", " " + token},
      {"a line feed after", token + "\n"},
      {"an empty footer", token + "."},
      {"two empty footers", token + ".."},
      {"a second footer", token + ".Zg.Zg"},
      {"an empty body", "v4.public..Zg"},
      {"a padded body", token + "="},
      {"a padded footer", token + ".Zg=="},
      {"a footer of the other alphabet", token + ".+/8"},
      {"a footer with trailing bits", token + ".Zh"},
      {"a signature cut short", assembled(std::string(63, 'x'), "")},
      {"a signature without a message", assembled(std::string(64, 'x'), "")},
  }};
  REQUIRE(parse(token).has_value());
  for (const auto& [name, corrupt] : corruptions) {
    INFO(name);
    CHECK_FALSE(parse(corrupt).has_value());
  }
  CHECK(parse(assembled(std::string(65, 'x'), "")).has_value());
}

TEST_CASE("a token is as long as the limit at most, to be read and to be made") {
  // 10 characters of header, then four for every three bytes of message and signature.
  const std::size_t message_bytes = (limits::k_token_bytes_max - 10) / 4 * 3 - 64;
  const std::string longest = sign(key_of("alice"), std::string(message_bytes, 'x'));
  CHECK(longest.size() <= limits::k_token_bytes_max);
  CHECK(longest.size() > limits::k_token_bytes_max - 4);
  CHECK(read(longest).has_value());
  const std::string said = test::refusal(ErrorCode::bad_input, [&] {
    (void)sign(key_of("alice"), std::string(message_bytes + 3, 'x'));
  });
  CHECK(test::contains(said, "at most 48000 bytes"));
  CHECK_FALSE(parse(assembled(std::string(message_bytes + 64 + 3, 'x'), "")).has_value());
}

TEST_CASE("octroi's footer names the key and nothing else") {
  const crypto::KeyId kid = key_of("alice").public_key().id();
  const std::string footer = kid_footer(kid);
  CHECK(footer == "{\"kid\":\"" + kid.text + "\"}");
  CHECK(footer_kid(footer) == kid);
}

TEST_CASE("any other footer has no kid") {
  const std::string kid = key_of("alice").public_key().id().text;
  const std::array<std::pair<const char*, std::string>, 20> corruptions = {{
      {"nothing", ""},
      {"an empty object", "{}"},
      {"another end", R"({"kid":")" + kid + "']"},
      {"an empty kid", R"({"kid":""})"},
      {"start and end overlapping", R"({"kid":"})"},
      {"the kid alone", kid},
      {"white space", R"({"kid": ")" + kid + R"("})"},
      {"a line feed after", R"({"kid":")" + kid + "\"}\n"},
      {"a space before", R"( {"kid":")" + kid + R"("})"},
      {"another member after", R"({"kid":")" + kid + R"(","wpk":"x"})"},
      {"another member before", R"({"a":1,"kid":")" + kid + R"("})"},
      {"the member twice", R"({"kid":")" + kid + R"(","kid":")" + kid + R"("})"},
      {"upper case", R"({"KID":")" + kid + R"("})"},
      {"the name of a secret key", R"({"kid":"k4.sid.)" + kid.substr(7) + R"("})"},
      {"another version", R"({"kid":"k3.pid.)" + kid.substr(7) + R"("})"},
      {"a public key", R"({"kid":")" + key_of("alice").public_key().paserk() + R"("})"},
      {"a name cut short", R"({"kid":")" + kid.substr(0, kid.size() - 4) + R"("})"},
      {"a name too long", R"({"kid":")" + kid + R"(AAAA"})"},
      {"an escape", R"({"kid":"\u006b)" + kid.substr(1) + R"("})"},
      {"padding", R"({"kid":")" + kid + R"(="})"},
  }};
  for (const auto& [name, footer] : corruptions) {
    INFO(name);
    CHECK_FALSE(footer_kid(footer).has_value());
  }
}

}  // namespace octroi::paseto
