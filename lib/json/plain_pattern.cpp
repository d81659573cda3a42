// SPDX-License-Identifier: Apache-2.0
#include "json/plain_pattern.hpp"

#include <algorithm>
#include <bit>
#include <cstdint>
#include <utility>
#include <vector>

#include "json/pattern_reader.hpp"

namespace octroi::json {

PlainPattern::Positions& PlainPattern::Positions::operator|=(const Positions& other) {
  for (std::size_t i = 0; i < words_.size(); ++i) words_[i] |= other.words_[i];
  return *this;
}

PlainPattern::Positions& PlainPattern::Positions::operator&=(const Positions& other) {
  for (std::size_t i = 0; i < words_.size(); ++i) words_[i] &= other.words_[i];
  return *this;
}

template <typename Visit>
void PlainPattern::Positions::for_each(Visit visit) const {
  for (std::size_t i = 0; i < words_.size(); ++i) {
    for (std::uint64_t left = words_[i]; left != 0; left &= left - 1) {
      visit(i * 64 + static_cast<std::size_t>(std::countr_zero(left)));
    }
  }
}

/// A recursive descent that gives up at whatever it does not know.
class PlainPatternCompiler {
 public:
  std::optional<PlainPattern> compile(std::string_view expression) {
    if (!expression.starts_with('^') || !expression.ends_with('$')) return std::nullopt;
    reader_ = PatternReader(expression.substr(1, expression.size() - 2));
    const std::optional<Part> whole = sequence();
    if (!whole || !reader_.rest().empty() || lists_.size() > k_lists_max) return std::nullopt;
    classify_bytes();
    result_.first_ = whole->first;
    result_.last_ = whole->last;
    result_.matches_empty_ = whole->can_be_empty;
    return std::move(result_);
  }

 private:
  using Positions = PlainPattern::Positions;

  /// The positions where one of these characters stands.
  struct List {
    PatternReader::Characters characters;
    Positions positions{};
  };

  /// A part of the expression: where it can begin and end.
  struct Part {
    Positions first{};
    Positions last{};
    bool can_be_empty = true;
  };

  static constexpr std::size_t k_groups_max = 2'000;
  static constexpr int k_depth_max = 8;
  static constexpr std::size_t k_lists_max = 64;

  void connect(const Positions& from, const Positions& to) {
    from.for_each([this, &to](std::size_t position) { result_.next_[position] |= to; });
  }

  /// first(AB) = first(A) ∪ first(B) if A can be empty; last(AB) likewise; last(A) → first(B).
  void append(Part& left, const Part& right) {
    connect(left.last, right.first);
    if (left.can_be_empty) left.first |= right.first;
    if (!right.can_be_empty) left.last = {};
    left.last |= right.last;
    left.can_be_empty = left.can_be_empty && right.can_be_empty;
  }

  /// Up to a "|", a ")" or the end.
  std::optional<Part> sequence() {
    Part whole;
    while (!reader_.rest().empty() && !reader_.is_at('|') && !reader_.is_at(')')) {
      const std::optional<Part> part = reader_.is_at('(') ? repeated_group() : characters();
      if (!part) return std::nullopt;
      append(whole, *part);
    }
    return whole;
  }

  std::optional<Part> group() {
    if (++groups_ > k_groups_max || ++depth_ > k_depth_max) return std::nullopt;
    (void)reader_.take("(");
    (void)reader_.take("?:");
    std::optional<Part> whole = sequence();
    while (whole && reader_.take("|")) {
      const std::optional<Part> other = sequence();
      if (!other) return std::nullopt;
      whole->first |= other->first;
      whole->last |= other->last;
      whole->can_be_empty = whole->can_be_empty || other->can_be_empty;
    }
    --depth_;
    if (!reader_.take(")")) return std::nullopt;
    return whole;
  }

  /// A list or a character, as often as it says.
  std::optional<Part> characters() {
    const auto wanted = reader_.characters();
    const auto times = wanted ? reader_.times() : std::nullopt;
    if (!times) return std::nullopt;
    const std::size_t copies = copies_for(*times);
    const std::size_t first = result_.next_.size();
    if (copies == 0 || first + copies > PlainPattern::k_positions_max) return std::nullopt;
    List& list = list_of(*wanted);
    Part part{{}, {}, times->least == 0};
    part.first.insert(first);
    result_.next_.resize(first + copies);
    for (std::size_t i = 0; i < copies; ++i) {
      list.positions.insert(first + i);
      if (i > 0) result_.next_[first + i - 1].insert(first + i);
      if (i + 1 >= times->least) part.last.insert(first + i);
    }
    if (!times->most) result_.next_.back().insert(first + copies - 1);
    return part;
  }

  List& list_of(const PatternReader::Characters& characters) {
    const auto known = std::find_if(lists_.begin(), lists_.end(), [&](const auto& list) {
      return list.characters == characters;
    });
    if (known != lists_.end()) return *known;
    lists_.push_back({characters});
    return lists_.back();
  }

  /// How often a part is written out; 0 is given up, as its positions would lie idle.
  static std::size_t copies_for(const PatternReader::Times& times) {
    return times.most.value_or(std::max<std::size_t>(times.least, 1));
  }

  /// A group is read anew for each time, so that each has its positions.
  std::optional<Part> repeated_group() {
    const PatternReader start = reader_;
    std::vector<Part> parts;
    PatternReader::Times times;
    do {
      reader_ = start;
      const std::optional<Part> once = group();
      const auto wanted = once ? reader_.times() : std::nullopt;
      if (!wanted || copies_for(*wanted) == 0) return std::nullopt;
      parts.push_back(*once);
      times = *wanted;
    } while (parts.size() < copies_for(times));
    if (!times.most) connect(parts.back().last, parts.back().first);
    return chain(parts, times);
  }

  /// A…A(A(A…)?)?: the optional ones nested, so that each is followed by the next alone. Without an
  /// end the last one repeats itself.
  Part chain(const std::vector<Part>& parts, const PatternReader::Times& times) {
    Part whole;
    for (std::size_t i = parts.size(); i > 0; --i) {
      Part part = parts[i - 1];
      append(part, whole);
      if (i > times.least) part.can_be_empty = true;
      whole = part;
    }
    return whole;
  }

  void classify_bytes() {
    std::vector<std::uint64_t> classes;  // the lists that hold the bytes of each, a bit for each
    for (std::size_t byte = 0; byte < result_.class_of_.size(); ++byte) {
      std::uint64_t holders = 0;
      for (std::size_t i = 0; i < lists_.size(); ++i) {
        holders |= std::uint64_t{lists_[i].characters[byte]} << i;
      }
      const auto same = std::find(classes.begin(), classes.end(), holders);
      result_.class_of_[byte] = static_cast<std::uint8_t>(same - classes.begin());
      if (same != classes.end()) continue;
      classes.push_back(holders);
      Positions& places = result_.places_.emplace_back();
      for (std::size_t i = 0; i < lists_.size(); ++i) {
        if ((holders >> i & 1) != 0) places |= lists_[i].positions;
      }
    }
  }

  PatternReader reader_{""};
  std::vector<List> lists_;
  PlainPattern result_;
  std::size_t groups_ = 0;
  int depth_ = 0;
};

std::optional<PlainPattern> PlainPattern::compile(std::string_view expression) {
  return PlainPatternCompiler().compile(expression);
}

bool PlainPattern::matches(std::string_view text) const {
  if (text.empty()) return matches_empty_;
  Positions reached = first_;
  Positions now;
  for (const char c : text) {
    now = reached;
    now &= places_[class_of_[static_cast<unsigned char>(c)]];
    if (now.is_empty()) return false;
    reached = after(now);
  }
  return now.intersects(last_);
}

PlainPattern::Positions PlainPattern::after(const Positions& now) const {
  Positions reached;
  now.for_each([this, &reached](std::size_t position) { reached |= next_[position]; });
  return reached;
}

}  // namespace octroi::json
