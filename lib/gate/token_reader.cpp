// SPDX-License-Identifier: Apache-2.0
// The forms below are those of schemas/token.schema.json, or narrower: a payload outside them is
// read with the schema's shape. test/gate/token_reader_test.cpp compares the two.
#include "gate/token_reader.hpp"

#include <algorithm>
#include <array>
#include <cstdint>
#include <cstring>

#include "base/limits.hpp"
#include "base/safe_text.hpp"

namespace octroi::gate {
namespace {

// Kinds of characters, a bit for each.
constexpr std::uint8_t k_lower = 1;
constexpr std::uint8_t k_upper = 2;
constexpr std::uint8_t k_digit = 4;
constexpr std::uint8_t k_hex = 8;
constexpr std::uint8_t k_dot_or_dash = 16;
constexpr std::uint8_t k_underscore = 32;
constexpr std::uint8_t k_colon = 64;
constexpr std::uint8_t k_plain = 128;  // stands for itself in a JSON text

constexpr std::uint8_t k_lower_or_digit = k_lower | k_digit;
constexpr std::uint8_t k_letter_or_digit = k_lower | k_upper | k_digit;
constexpr std::uint8_t k_mark = k_dot_or_dash | k_underscore;

constexpr std::array<std::uint8_t, 256> k_kinds_of = [] {
  std::array<std::uint8_t, 256> kinds{};
  const auto add = [&kinds](std::string_view characters, std::uint8_t kind) {
    for (const char one : characters) kinds[static_cast<unsigned char>(one)] |= kind;
  };
  add("abcdefghijklmnopqrstuvwxyz", k_lower);
  add("ABCDEFGHIJKLMNOPQRSTUVWXYZ", k_upper);
  add("0123456789", k_digit);
  add("0123456789abcdef", k_hex);
  add(".-", k_dot_or_dash);
  add("_", k_underscore);
  add(":", k_colon);
  for (std::size_t byte = 0x20; byte < kinds.size(); ++byte) {
    if (byte != '"' && byte != '\\') kinds[byte] |= k_plain;
  }
  return kinds;
}();

constexpr std::size_t k_items_max = 100;  // of each list; the schema allows at least as many
constexpr std::size_t k_items_usual = 4;
constexpr std::size_t k_name_characters_max = 64;
constexpr std::size_t k_host_characters_max = 63;
constexpr std::size_t k_origin_parts_max = 4;  // behind its host
constexpr std::size_t k_service_bytes_max = 200;
constexpr std::size_t k_condition_bytes_max = 2000;

template <typename Item>
bool are_all_different(const std::vector<Item>& items) {
  for (auto item = items.begin(); item != items.end(); ++item) {
    if (std::find(items.begin(), item, *item) != item) return false;
  }
  return true;
}

/// Goes through the payload once. Every function takes what it is named after from what is left,
/// and is false when that does not come next; then all is over.
class TokenReader {
 public:
  explicit TokenReader(std::string_view payload)
      : at_(payload.data()), end_(payload.data() + payload.size()) {}

  bool payload(TokenClaims& claims) {
    if (!take(R"({"aud":")") || !text(claims.holder, &TokenReader::id)) return false;
    if (!conditions(claims.conditions)) return false;
    if (!datasets(claims.datasets)) return false;
    if (!take(R"(,"decision":")") || !text(claims.decision, &TokenReader::decision)) return false;
    if (!digests(claims)) return false;
    if (take(R"(,"endorsements":[)") && !endorsements(claims.endorsements)) return false;
    if (!environment(claims)) return false;
    if (!take(R"(,"exp":")") || !instant(claims.expires)) return false;
    if (!take(R"(,"iat":")") || !instant(claims.issued)) return false;
    if (!take(R"(,"iss":")") || !text(claims.issuer, &TokenReader::origin)) return false;
    if (!take(R"(,"jti":")") || !text(claims.id, &TokenReader::uuid)) return false;
    if (!take(R"(,"nbf":")") || !instant(claims.not_before)) return false;
    if (!purposes(claims.purposes)) return false;
    if (!status(claims)) return false;
    if (!take(R"(,"sub":")") || !text(claims.request, &TokenReader::request)) return false;
    if (!users(claims.users)) return false;
    return take(R"(,"version":)") && integer(1, 100'000, claims.request_version) && take("}") &&
           at_ == end_;
  }

 private:
  using Form = bool (TokenReader::*)();

  [[nodiscard]] std::size_t left() const { return static_cast<std::size_t>(end_ - at_); }

  bool take(std::string_view expected) {
    if (!std::string_view(at_, left()).starts_with(expected)) return false;
    at_ += expected.size();
    return true;
  }
  /// The same of a constant, without a call.
  template <std::size_t size>
  bool take(const char (&expected)[size]) {
    constexpr std::size_t k_bytes = size - 1;
    if (left() < k_bytes || std::memcmp(at_, expected, k_bytes) != 0) return false;
    at_ += k_bytes;
    return true;
  }

  /// As many characters of these kinds as there are, up to `most`; at least so many.
  bool run(std::uint8_t kinds, std::size_t least, std::size_t most) {
    const char* const start = at_;
    const char* const limit = at_ + std::min(most, left());
    while (at_ != limit && (k_kinds_of[static_cast<unsigned char>(*at_)] & kinds) != 0) ++at_;
    return static_cast<std::size_t>(at_ - start) >= least;
  }

  // The forms of texts, between their quotes.
  bool name(std::uint8_t first, std::uint8_t others) {
    return run(first, 1, 1) && run(others, 0, k_name_characters_max - 1);
  }
  bool id() { return name(k_lower_or_digit, k_lower_or_digit | k_mark); }
  bool component() { return name(k_letter_or_digit, k_letter_or_digit | k_mark); }
  bool purpose() {
    return run(k_lower, 1, 16) && take(":") &&
           name(k_letter_or_digit, k_letter_or_digit | k_mark | k_colon);
  }
  bool extent() { return take("extract") || take("sample") || take("whole"); }
  bool format() { return take("pseudonymised") || take("anonymised"); }
  bool number_of_year() {
    return run(k_digit, 4, 4) && take("-") && run(k_digit, 4, k_name_characters_max);
  }
  bool decision() { return take("D-") && number_of_year(); }
  bool request() { return take("R-") && number_of_year(); }
  bool origin() {
    const char* const start = at_;
    if (!run(k_lower_or_digit | k_dot_or_dash, 1, k_host_characters_max)) return false;
    for (const char edge : {*start, at_[-1]}) {
      if ((k_kinds_of[static_cast<unsigned char>(edge)] & k_lower_or_digit) == 0) return false;
    }
    for (std::size_t parts = 0; parts < k_origin_parts_max && take("/"); ++parts) {
      if (!id()) return false;
    }
    return true;
  }
  /// Of version 7. Source: RFC 9562 section 5.7.
  bool uuid() {
    return run(k_hex, 8, 8) && take("-") && run(k_hex, 4, 4) && take("-7") && run(k_hex, 3, 3) &&
           (take("-8") || take("-9") || take("-a") || take("-b")) && run(k_hex, 3, 3) &&
           take("-") && run(k_hex, 12, 12);
  }
  bool condition() { return sentence(k_condition_bytes_max); }
  bool service() { return sentence(k_service_bytes_max); }
  bool sentence(std::size_t bytes_max) {
    const char* const start = at_;
    return run(k_plain, 1, bytes_max) && is_utf8({start, at_});
  }

  // Values, behind the quote or bracket that begins them, with the one that ends them.
  bool text(std::string& kept, Form form) {
    const char* const start = at_;
    if (!(this->*form)()) return false;
    kept.assign(start, at_);
    return take("\"");
  }
  /// Each item is taken by `item`.
  template <typename Item>
  bool items(Item item) {
    if (take("]")) return true;
    for (std::size_t count = 0; count < k_items_max; ++count) {
      if (!item()) return false;
      if (!take(",")) return take("]");
    }
    return false;
  }
  bool texts(std::vector<std::string>& kept, Form form) {
    kept.reserve(k_items_usual);
    return items([&] { return take("\"") && text(kept.emplace_back(), form); });
  }
  bool integer(int least, int most, int& kept) {
    const char* const start = at_;
    if (!run(k_digit, 1, 6) || (*start == '0' && at_ - start > 1)) return false;
    kept = 0;
    for (const char* digit = start; digit != at_; ++digit) kept = 10 * kept + (*digit - '0');
    return least <= kept && kept <= most;
  }
  bool instant(Instant& kept) {
    constexpr std::size_t k_characters = std::string_view("2026-11-28T00:00:00Z").size();
    if (left() < k_characters || at_[k_characters - 1] != 'Z') return false;
    const std::optional<Instant> moment = parse_instant({at_, k_characters});
    if (!moment) return false;
    kept = *moment;
    at_ += k_characters;
    return take("\"");
  }
  bool digest(Digest& kept) {
    constexpr std::size_t k_digits = 2 * sizeof kept.bytes;
    if (left() < k_digits) return false;
    const std::optional<Digest> read = Digest::from_hex({at_, k_digits});
    if (!read) return false;
    kept = *read;
    at_ += k_digits;
    return take("\"");
  }

  // Claims.
  bool conditions(std::vector<std::string>& kept) {
    return take(R"(,"conditions":[)") && texts(kept, &TokenReader::condition);
  }
  bool datasets(std::vector<TokenDataset>& kept) {
    return take(R"(,"datasets":[)") && items([&] { return dataset(kept.emplace_back()); }) &&
           !kept.empty();
  }
  bool dataset(TokenDataset& kept) {
    if (!take(R"({"components":[)") || !components(kept.components)) return false;
    if (!take(R"(,"extent":")") || !text(kept.extent, &TokenReader::extent)) return false;
    if (!take(R"(,"format":")") || !text(kept.format, &TokenReader::format)) return false;
    return take(R"(,"id":")") && text(kept.id, &TokenReader::id) && take("}");
  }
  bool components(std::vector<std::string>& kept) {
    return texts(kept, &TokenReader::component) && are_all_different(kept);
  }
  bool digests(TokenClaims& claims) {
    if (!take(R"(,"digests":{"assessment":")") || !digest(claims.assessment_sha256)) return false;
    if (!take(R"(,"decision":")") || !digest(claims.decision_sha256)) return false;
    if (!take(R"(,"request":")") || !digest(claims.request_sha256)) return false;
    return take(R"(,"rulebooks":{)") && rulebooks(claims.rulebooks_sha256) && take("}}");
  }
  /// At least one; in the order of their names, so that none is there twice.
  bool rulebooks(std::map<std::string, Digest>& kept) {
    do {
      std::string rulebook;
      if (kept.size() == k_items_max) return false;
      if (!take("\"") || !text(rulebook, &TokenReader::id)) return false;
      if (!kept.empty() && rulebook <= kept.rbegin()->first) return false;
      const auto place = kept.emplace_hint(kept.end(), std::move(rulebook), Digest{});
      if (!take(":\"") || !digest(place->second)) return false;
    } while (take(","));
    return true;
  }
  /// At least one, as they are left out where there is none.
  bool endorsements(std::vector<Digest>& kept) {
    return items([&] { return take("\"") && digest(kept.emplace_back()); }) && !kept.empty() &&
           are_all_different(kept);
  }
  bool environment(TokenClaims& claims) {
    if (!take(R"(,"environment":{"provider":")")) return false;
    if (!text(claims.environment, &TokenReader::id)) return false;
    if (take(R"(,"service":")") && !text(claims.service, &TokenReader::service)) return false;
    return take("}");
  }
  bool purposes(std::vector<std::string>& kept) {
    return take(R"(,"purposes":[)") && texts(kept, &TokenReader::purpose) && !kept.empty() &&
           are_all_different(kept);
  }
  /// An entry in a list of the board that issued the token.
  bool status(TokenClaims& claims) {
    if (!take(R"(,"status":{"status_list":{"idx":)")) return false;
    if (!integer(0, 65'535, claims.status.index) || !take(R"(,"uri":")")) return false;
    const char* const start = at_;
    int list = 0;
    if (!take("https://") || !take(claims.issuer)) return false;
    if (!take("/status/") || !integer(1, 999'999, list)) return false;
    claims.status.uri.assign(start, at_);
    return take(R"("}})");
  }
  bool users(std::vector<std::string>& kept) {
    return take(R"(,"users":[)") && texts(kept, &TokenReader::id) && !kept.empty();
  }

  const char* at_;
  const char* end_;
};

}  // namespace

bool read_canonical_claims(std::string_view payload, TokenClaims& claims) {
  return payload.size() <= limits::k_token_bytes_max && TokenReader(payload).payload(claims);
}

}  // namespace octroi::gate
