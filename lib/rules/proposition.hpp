// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <functional>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/time.hpp"
#include "cel/ast.hpp"

/// Conditions taken apart into what they compare, so that it can be said for all facts at once
/// whether one can hold. Only that what is said is true for all facts matters here: parts that are
/// not understood may come out either way, or fail, whatever the others do.
namespace octroi::rules {

/// How a condition comes out for some facts.
enum class Truth : unsigned char { no, yes, error };

/// The days on which a rulebook applies, first and last included; open where there is none.
struct DayRange {
  std::optional<Date> from;
  std::optional<Date> through;

  friend bool operator==(const DayRange&, const DayRange&) = default;
};

/// The days that two ranges have in common, or nothing.
[[nodiscard]] std::optional<DayRange> common_days(const DayRange& left, const DayRange& right);

/// The tree of an expression that compiles as a condition.
[[nodiscard]] cel::NodePointer tree_of(std::string_view expression);

/// One text for all ways of writing an expression that differ in blanks, parentheses, the names of
/// a macro's own variables, and the order of what `&&`, `||`, `==`, `!=` and a list behind `in`
/// join.
[[nodiscard]] std::string normal_form(const cel::Node& node);

/// A set of conditions and every combination of how they can come out together.
class Propositions {
 public:
  /// How many combinations may be looked at, by all that share it. When too few are left, nothing
  /// more is claimed.
  struct Effort {
    std::size_t combinations = 3'000'000;
  };

  Propositions(const DayRange& validity, Effort& effort) : validity_(validity), effort_(effort) {}

  /// Adds a resolved tree, which must outlive this; its number, counted from 0.
  std::size_t add(const cel::Node& condition);

  /// How the conditions come out for one combination, by their numbers.
  using Outcome = std::function<Truth(std::size_t condition)>;
  using Claim = std::function<bool(const Outcome&)>;

  /// True when the claim holds whatever the facts are. False when it does not, or when that cannot
  /// be told: there are more than k_combinations_max combinations, or than are left. Called after
  /// the last `add`.
  [[nodiscard]] bool always(const Claim& claim);

  static constexpr std::size_t k_combinations_max = 200'000;

 private:
  enum class Relation { equals, less, less_or_equal, presence, opaque };
  /// What conditions look at: a fact of simple type, the size of one, or a part that is not taken
  /// apart.
  struct Term {
    enum class Type { opaque, boolean, integer, string, other };
    Type type = Type::opaque;
    std::vector<cel::Value> bounds;   ///< what it is compared with; once settled, sorted, each once
    std::vector<cel::Value> allowed;  ///< the only values, if there are any
    bool is_ordered = false;
    bool is_tested = false;  ///< with `has`
    bool is_size = false;
    bool is_day = false;  ///< `as_of`
    bool can_be_absent = true;
    bool can_lack_parent = true;
    std::vector<std::size_t>
        ranks;               ///< of its possible values: 2n + 1 is bound n, 2n lies before it
    std::size_t states = 0;  ///< the values, then absent, then without parent
  };
  struct Formula {
    enum class Kind { constant, atom, negation, conjunction, disjunction, choice };
    Kind kind = Kind::constant;
    Truth constant = Truth::error;
    std::size_t term = 0;
    Relation relation = Relation::opaque;
    std::vector<cel::Value> literals;
    std::vector<Truth> by_state;  ///< of an atom, once settled
    std::vector<Formula> operands;
  };

  [[nodiscard]] Formula read(const cel::Node& node);
  [[nodiscard]] std::optional<Formula> read_call(const cel::Call& call);
  [[nodiscard]] std::optional<Formula> read_comparison(const cel::Node& term, Relation relation,
                                                       std::vector<cel::Value> literals);
  [[nodiscard]] Formula opaque(const cel::Node& node);
  [[nodiscard]] std::optional<std::size_t> find_term(const cel::Node& node);
  [[nodiscard]] std::size_t term_of_path(const std::string& path);
  [[nodiscard]] std::size_t new_term(const std::string& text, Term term);
  [[nodiscard]] static Formula negated(Formula formula);
  void settle();
  void settle(Term& term) const;
  void settle(Formula& formula) const;
  [[nodiscard]] static Truth truth_of(const Term& term, const Formula& atom, std::size_t state);
  [[nodiscard]] static Truth evaluate(const Formula& formula,
                                      const std::vector<std::size_t>& states);
  [[nodiscard]] bool holds_for(const Claim& claim, const std::vector<std::size_t>& states) const;

  DayRange validity_;
  Effort& effort_;
  std::vector<Formula> formulas_;
  std::vector<Term> terms_;
  std::map<std::string, std::size_t> numbers_;  ///< of terms, by their text
};

}  // namespace octroi::rules
