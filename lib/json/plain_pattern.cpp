// SPDX-License-Identifier: Apache-2.0
#include "json/plain_pattern.hpp"

#include <algorithm>
#include <bit>
#include <utility>

namespace octroi::json {

/// A recursive descent that gives up at whatever it does not know.
class PlainPatternCompiler {
 public:
  std::optional<PlainPattern> compile(std::string_view expression) {
    if (!expression.starts_with('^') || !expression.ends_with('$')) return std::nullopt;
    rest_ = expression.substr(1, expression.size() - 2);
    std::optional<Part> whole = sequence();
    if (!whole || !rest_.empty()) return std::nullopt;
    for (const std::uint16_t one : whole->last) result_.positions_[one].can_end = true;
    result_.first_ = std::move(whole->first);
    result_.matches_empty_ = whole->can_be_empty;
    return std::move(result_);
  }

 private:
  using Set = std::vector<std::uint16_t>;

  /// A part of the expression: where it can begin and end.
  struct Part {
    Set first{};
    Set last{};
    bool can_be_empty = true;
  };

  static constexpr std::string_view k_special = "^$\\.*+?()[]{}|";
  static constexpr std::size_t k_moves_max = 20'000;
  static constexpr int k_depth_max = 8;
  static constexpr std::size_t k_times_max = PlainPattern::k_positions_max;

  bool take(char wanted) {
    if (rest_.empty() || rest_.front() != wanted) return false;
    rest_.remove_prefix(1);
    return true;
  }

  /// Whatever the sign of a plain char is on this machine.
  static bool is_ascii(char one) { return static_cast<unsigned char>(one) < 0x80; }

  static void add(Set& set, const Set& more) { set.insert(set.end(), more.begin(), more.end()); }

  /// False when it becomes too large.
  bool connect(const Set& from, const Set& to) {
    moves_ += from.size() * to.size();
    if (moves_ > k_moves_max) return false;
    for (const std::uint16_t one : from) add(result_.positions_[one].next, to);
    return true;
  }

  /// first(AB) = first(A) ∪ first(B) if A can be empty; last(AB) likewise; last(A) → first(B).
  bool append(Part& left, const Part& right) {
    if (!connect(left.last, right.first)) return false;
    if (left.can_be_empty) add(left.first, right.first);
    if (right.can_be_empty) {
      add(left.last, right.last);
    } else {
      left.last = right.last;
    }
    left.can_be_empty = left.can_be_empty && right.can_be_empty;
    return left.first.size() + left.last.size() <= k_moves_max;
  }

  /// Up to a "|", a ")" or the end.
  std::optional<Part> sequence() {
    Part whole;
    while (!rest_.empty() && rest_.front() != '|' && rest_.front() != ')') {
      const std::optional<Part> part = repeated();
      if (!part || !append(whole, *part)) return std::nullopt;
    }
    return whole;
  }

  std::optional<Part> group() {
    if (++depth_ > k_depth_max) return std::nullopt;
    if (rest_.starts_with("?:")) rest_.remove_prefix(2);
    std::optional<Part> whole = sequence();
    while (whole && take('|')) {
      const std::optional<Part> other = sequence();
      if (!other) return std::nullopt;
      add(whole->first, other->first);
      add(whole->last, other->last);
      whole->can_be_empty = whole->can_be_empty || other->can_be_empty;
    }
    --depth_;
    if (!take(')')) return std::nullopt;
    return whole;
  }

  std::optional<std::bitset<256>> list() {
    std::bitset<256> characters;
    while (!rest_.empty() && rest_.front() != ']') {
      const char low = rest_.front();
      char high = low;
      rest_.remove_prefix(1);
      if (rest_.size() > 1 && rest_[0] == '-' && rest_[1] != ']') {
        high = rest_[1];
        rest_.remove_prefix(2);
      }
      const std::string_view strange = "\\[^";
      if (!is_ascii(low) || !is_ascii(high) || strange.find(low) != strange.npos ||
          strange.find(high) != strange.npos || low > high) {
        return std::nullopt;
      }
      for (char one = low; one < high; ++one) characters.set(static_cast<std::size_t>(one));
      characters.set(static_cast<std::size_t>(high));
    }
    if (!take(']') || characters.none()) return std::nullopt;
    return characters;
  }

  std::optional<std::bitset<256>> characters() {
    if (take('[')) return list();
    const bool is_escaped = take('\\');
    if (rest_.empty()) return std::nullopt;
    const char one = rest_.front();
    rest_.remove_prefix(1);
    const bool is_special = k_special.find(one) != k_special.npos || one == '/';
    if (!is_ascii(one) || (is_escaped ? !is_special : is_special && one != '/'))
      return std::nullopt;
    return std::bitset<256>().set(static_cast<std::size_t>(one));
  }

  std::optional<Part> atom() {
    if (++atoms_ > k_moves_max) return std::nullopt;  // empty groups, repeated in each other
    if (take('(')) return group();
    const auto wanted = characters();
    if (!wanted || result_.positions_.size() == PlainPattern::k_positions_max) return std::nullopt;
    const auto known = std::find(result_.lists_.begin(), result_.lists_.end(), *wanted);
    const auto index = static_cast<std::size_t>(known - result_.lists_.begin());
    if (known == result_.lists_.end()) result_.lists_.push_back(*wanted);
    const auto position = static_cast<std::uint16_t>(result_.positions_.size());
    result_.positions_.push_back({index});
    return Part{{position}, {position}, false};
  }

  std::optional<std::size_t> number() {
    if (rest_.empty() || rest_.front() < '0' || rest_.front() > '9') return std::nullopt;
    std::size_t value = 0;
    while (!rest_.empty() && rest_.front() >= '0' && rest_.front() <= '9') {
      value = value * 10 + static_cast<std::size_t>(rest_.front() - '0');
      if (value > k_times_max) return std::nullopt;
      rest_.remove_prefix(1);
    }
    return value;
  }

  struct Times {
    std::size_t least = 1;
    std::optional<std::size_t> most = 1;  ///< nothing: any number
  };

  std::optional<Times> times() {
    Times result;
    if (take('?')) {
      result = {0, 1};
    } else if (take('*')) {
      result = {0, std::nullopt};
    } else if (take('+')) {
      result = {1, std::nullopt};
    } else if (take('{')) {
      const auto least = number();
      if (!least) return std::nullopt;
      result = {*least, *least};
      if (take(',')) result.most = rest_.starts_with('}') ? std::nullopt : number();
      const bool is_open = result.most == std::nullopt;
      if (is_open && !rest_.starts_with('}')) return std::nullopt;
      if (!take('}') || (result.most && *result.most < result.least)) return std::nullopt;
    } else {
      return result;
    }
    const bool is_followed_by_another =
        !rest_.empty() && std::string_view("?*+{").find(rest_.front()) != std::string_view::npos;
    if (is_followed_by_another) return std::nullopt;
    return result;
  }

  /// One part as often as it says: it is read anew for each time, so that each has its positions.
  std::optional<Part> repeated() {
    const std::string_view start = rest_;
    std::optional<Part> once = atom();
    if (!once) return std::nullopt;
    const std::string_view after_atom = rest_;
    const std::optional<Times> wanted = times();
    if (!wanted) return std::nullopt;
    const std::string_view end = rest_;
    const std::size_t copies = wanted->most.value_or(std::max<std::size_t>(wanted->least, 1));
    if (copies == 0) return std::nullopt;  // rare, and its positions would lie idle
    std::vector<Part> parts = {std::move(*once)};
    while (parts.size() < copies) {
      rest_ = start.substr(0, start.size() - after_atom.size());
      std::optional<Part> again = atom();
      if (!again) return std::nullopt;
      parts.push_back(std::move(*again));
    }
    rest_ = end;
    return wanted->most ? chain(parts, wanted->least) : open_chain(parts, wanted->least);
  }

  /// A…A(A(A…)?)?: the optional ones nested, so that each is followed by the next alone.
  std::optional<Part> chain(std::vector<Part>& parts, std::size_t least) {
    Part whole;
    for (std::size_t i = parts.size(); i > 0; --i) {
      Part part = std::move(parts[i - 1]);
      if (!append(part, whole)) return std::nullopt;
      if (i > least) part.can_be_empty = true;
      whole = std::move(part);
    }
    return whole;
  }

  /// A…AA+, and empty where none is asked for.
  std::optional<Part> open_chain(std::vector<Part>& parts, std::size_t least) {
    const Part& last = parts.back();
    if (!connect(last.last, last.first)) return std::nullopt;
    std::optional<Part> whole = chain(parts, parts.size());
    if (whole && least == 0) whole->can_be_empty = true;
    return whole;
  }

  std::string_view rest_;
  PlainPattern result_;
  std::size_t moves_ = 0;
  std::size_t atoms_ = 0;
  int depth_ = 0;
};

std::optional<PlainPattern> PlainPattern::compile(std::string_view expression) {
  return PlainPatternCompiler().compile(expression);
}

bool PlainPattern::matches(std::string_view text) const {
  if (text.empty()) return matches_empty_;
  const std::size_t words = (positions_.size() + 63) / 64;
  Positions now{};
  Positions next{};
  const auto reach = [this, &next](const std::vector<std::uint16_t>& set, std::size_t byte) {
    for (const std::uint16_t one : set) {
      if (!lists_[positions_[one].characters][byte]) continue;
      next[one / 64] |= std::uint64_t{1} << (one % 64);
    }
  };
  bool is_first = true;
  for (const char c : text) {
    const std::size_t byte = static_cast<unsigned char>(c);
    if (is_first) reach(first_, byte);
    is_first = false;
    bool is_alive = false;
    for (std::size_t word = 0; word < words; ++word) {
      for (std::uint64_t left = now[word]; left != 0; left &= left - 1) {
        const auto bit = static_cast<std::size_t>(std::countr_zero(left));
        reach(positions_[word * 64 + bit].next, byte);
      }
    }
    for (std::size_t word = 0; word < words; ++word) {
      now[word] = std::exchange(next[word], 0);
      is_alive = is_alive || now[word] != 0;
    }
    if (!is_alive) return false;
  }
  for (std::size_t i = 0; i < positions_.size(); ++i) {
    if (positions_[i].can_end && ((now[i / 64] >> (i % 64)) & 1) != 0) return true;
  }
  return false;
}

}  // namespace octroi::json
