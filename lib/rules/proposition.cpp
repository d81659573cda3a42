// SPDX-License-Identifier: Apache-2.0
#include "rules/proposition.hpp"

#include <algorithm>
#include <limits>
#include <utility>

#include "cel/evaluator.hpp"
#include "cel/resolver.hpp"
#include "rules/fact_schema.hpp"

namespace octroi::rules {
namespace {

constexpr int k_samples = 256;  ///< combinations tried before all are: most claims fail early

bool is_before(const cel::Value& left, const cel::Value& right) {
  return cel::compare_keys(left, right) < 0;
}

bool is_same(const cel::Value& left, const cel::Value& right) {
  return cel::compare_keys(left, right) == 0;
}

const cel::Value* literal_of(const cel::Node& node) {
  const auto* literal = std::get_if<cel::Literal>(&node.form);
  return literal == nullptr ? nullptr : &literal->value;
}

/// The path of a fact that a node selects, or "".
std::string path_of(const cel::Node& node) {
  if (const auto* name = std::get_if<cel::Name>(&node.form)) {
    return name->is_local ? "" : name->name;
  }
  const auto* select = std::get_if<cel::Select>(&node.form);
  return select == nullptr ? "" : select->path;
}

/// The literals of a list that holds nothing else.
std::optional<std::vector<cel::Value>> literals_of(const cel::Node& node) {
  const auto* list = std::get_if<cel::ListForm>(&node.form);
  if (list == nullptr) return std::nullopt;
  std::vector<cel::Value> result;
  for (const cel::NodePointer& element : list->elements) {
    const cel::Value* literal = literal_of(*element);
    if (literal == nullptr) return std::nullopt;
    result.push_back(*literal);
  }
  return result;
}

std::string parent_of(const std::string& path) {
  const std::size_t dot = path.rfind('.');
  return dot == std::string::npos ? "" : path.substr(0, dot);
}

}  // namespace

std::optional<DayRange> common_days(const DayRange& left, const DayRange& right) {
  DayRange result = left;
  if (right.from && (!result.from || *result.from < *right.from)) result.from = right.from;
  if (right.through && (!result.through || *right.through < *result.through)) {
    result.through = right.through;
  }
  if (result.from && result.through && *result.through < *result.from) return std::nullopt;
  return result;
}

std::size_t Propositions::add(const cel::Node& condition) {
  formulas_.push_back(read(condition));
  return formulas_.size() - 1;
}

std::size_t Propositions::new_term(const std::string& text, Term term) {
  const auto [found, is_new] = numbers_.emplace(text, terms_.size());
  if (is_new) terms_.push_back(std::move(term));
  return found->second;
}

std::size_t Propositions::term_of_path(const std::string& path) {
  Term term;
  const FactDeclaration declared = declaration_of(path);
  switch (declared.kind) {
    case cel::TypeKind::boolean:
      term.type = Term::Type::boolean;
      term.allowed = {cel::Value(false), cel::Value(true)};
      break;
    case cel::TypeKind::integer:
      term.type = Term::Type::integer;
      break;
    case cel::TypeKind::string:
      term.type = Term::Type::string;
      for (const std::string& one : declared.allowed) term.allowed.emplace_back(one);
      break;
    default:
      term.type = Term::Type::other;  // only whether it is there can be told
  }
  const std::string parent = parent_of(path);
  term.can_be_absent = can_be_absent(path);
  term.can_lack_parent = !parent.empty() && can_be_absent(parent);
  term.is_day = path == "as_of";
  return new_term(path, std::move(term));
}

/// The term that a node is, where it is a fact of simple type or the size of something.
std::optional<std::size_t> Propositions::find_term(const cel::Node& node) {
  if (const std::string path = path_of(node); !path.empty()) {
    const std::size_t number = term_of_path(path);
    if (terms_[number].type == Term::Type::other) return std::nullopt;
    return number;
  }
  const auto* call = std::get_if<cel::Call>(&node.form);
  if (call == nullptr || call->function != "size" || call->arguments.size() != 1) {
    return std::nullopt;
  }
  Term term;
  term.type = Term::Type::integer;
  term.is_size = true;
  return new_term("size " + normal_form(*call->arguments[0]), std::move(term));
}

Propositions::Formula Propositions::negated(Formula formula) {
  Formula result;
  result.kind = Formula::Kind::negation;
  result.operands.push_back(std::move(formula));
  return result;
}

Propositions::Formula Propositions::opaque(const cel::Node& node) {
  constexpr std::string_view k_differs = "_!=_";
  std::string text = normal_form(node);
  const bool is_negated = text.starts_with(k_differs);
  if (is_negated) text.replace(0, k_differs.size(), "_==_");
  Formula result;
  result.kind = Formula::Kind::atom;
  result.term = new_term("part " + text, Term{});
  return is_negated ? negated(std::move(result)) : result;
}

std::optional<Propositions::Formula> Propositions::read_comparison(
    const cel::Node& node, Relation relation, std::vector<cel::Value> literals) {
  const std::optional<std::size_t> number = find_term(node);
  if (!number) return std::nullopt;
  Term& term = terms_[*number];
  const cel::TypeKind expected = term.type == Term::Type::boolean   ? cel::TypeKind::boolean
                                 : term.type == Term::Type::integer ? cel::TypeKind::integer
                                                                    : cel::TypeKind::string;
  for (const cel::Value& literal : literals) {
    if (literal.kind() != expected) return std::nullopt;
  }
  term.bounds.insert(term.bounds.end(), literals.begin(), literals.end());
  if (relation != Relation::equals) term.is_ordered = true;
  Formula result;
  result.kind = Formula::Kind::atom;
  result.term = *number;
  result.relation = relation;
  result.literals = std::move(literals);
  return result;
}

std::optional<Propositions::Formula> Propositions::read_call(const cel::Call& call) {
  const auto& arguments = call.arguments;
  if (call.function == "!_") return negated(read(*arguments[0]));
  if (arguments.size() != 2) return std::nullopt;
  if (call.function == "@in") {
    std::optional<std::vector<cel::Value>> literals = literals_of(*arguments[1]);
    if (!literals) return std::nullopt;
    return read_comparison(*arguments[0], Relation::equals, std::move(*literals));
  }
  const cel::Value* left = literal_of(*arguments[0]);
  const cel::Value* right = literal_of(*arguments[1]);
  if ((left == nullptr) == (right == nullptr)) return std::nullopt;
  const cel::Node& node = left == nullptr ? *arguments[0] : *arguments[1];
  const cel::Value& literal = left == nullptr ? *right : *left;
  const auto compare = [&](Relation relation) {
    return read_comparison(node, relation, {literal});
  };
  const auto compare_not = [&](Relation relation) {
    std::optional<Formula> formula = compare(relation);
    return formula ? std::optional(negated(std::move(*formula))) : std::nullopt;
  };
  const bool is_turned = left != nullptr;  // 'x' < fact: the fact is greater
  if (call.function == "_==_") return compare(Relation::equals);
  if (call.function == "_!=_") return compare_not(Relation::equals);
  if (call.function == "_<_") {
    return is_turned ? compare_not(Relation::less_or_equal) : compare(Relation::less);
  }
  if (call.function == "_<=_") {
    return is_turned ? compare_not(Relation::less) : compare(Relation::less_or_equal);
  }
  if (call.function == "_>_") {
    return is_turned ? compare(Relation::less) : compare_not(Relation::less_or_equal);
  }
  if (call.function == "_>=_") {
    return is_turned ? compare(Relation::less_or_equal) : compare_not(Relation::less);
  }
  return std::nullopt;
}

Propositions::Formula Propositions::read(const cel::Node& node) {
  Formula result;
  if (cel::references_of(node).empty()) {                 // it comes out the same for all facts
    constexpr std::size_t k_constant_steps_max = 10'000;  // hundreds are looked at, again and again
    cel::Allowance allowance{k_constant_steps_max};
    const cel::Evaluated evaluated = cel::evaluate(node, {}, &allowance);
    if (allowance.steps == 0) return opaque(node);
    const auto* value = std::get_if<cel::Value>(&evaluated);
    if (value != nullptr && value->kind() == cel::TypeKind::boolean) {
      result.constant = value->as_boolean() ? Truth::yes : Truth::no;
    }
    return result;
  }
  if (const auto* logical = std::get_if<cel::Logical>(&node.form)) {
    result.kind = logical->is_and ? Formula::Kind::conjunction : Formula::Kind::disjunction;
    for (const auto& operand : logical->operands) result.operands.push_back(read(*operand));
    return result;
  }
  if (const auto* conditional = std::get_if<cel::Conditional>(&node.form)) {
    result.kind = Formula::Kind::choice;
    for (const auto* part :
         {&conditional->condition, &conditional->if_true, &conditional->if_false}) {
      result.operands.push_back(read(**part));
    }
    return result;
  }
  if (const auto* call = std::get_if<cel::Call>(&node.form)) {
    if (std::optional<Formula> formula = read_call(*call)) return std::move(*formula);
    return opaque(node);
  }
  const std::string path = path_of(node);
  const auto* select = std::get_if<cel::Select>(&node.form);
  if (!path.empty() && select != nullptr && select->is_test) {
    result.kind = Formula::Kind::atom;
    result.relation = Relation::presence;
    result.term = term_of_path(path);
    terms_[result.term].is_tested = true;
    return result;
  }
  if (!path.empty()) {
    if (auto formula = read_comparison(node, Relation::equals, {cel::Value(true)})) return *formula;
  }
  return opaque(node);
}

void Propositions::settle(Term& term) const {
  std::vector<cel::Value> days;
  if (term.is_day) {
    term.is_ordered = true;
    if (validity_.from) days.emplace_back(format_date(*validity_.from));
    if (validity_.through) days.emplace_back(format_date(*validity_.through));
  }
  if (term.is_size) term.bounds.emplace_back(0);
  term.bounds.insert(term.bounds.end(), days.begin(), days.end());
  term.bounds.insert(term.bounds.end(), term.allowed.begin(), term.allowed.end());
  std::sort(term.bounds.begin(), term.bounds.end(), is_before);
  term.bounds.erase(std::unique(term.bounds.begin(), term.bounds.end(), is_same),
                    term.bounds.end());
  const auto rank_of = [&term](const cel::Value& value) {
    const auto at = std::lower_bound(term.bounds.begin(), term.bounds.end(), value, is_before);
    return static_cast<std::size_t>(at - term.bounds.begin()) * 2 + 1;
  };
  term.ranks.clear();
  const std::size_t last = term.bounds.size() * 2;
  std::size_t first = term.is_size ? rank_of(cel::Value(0)) : 0;
  if (term.is_day && validity_.from) first = rank_of(cel::Value(format_date(*validity_.from)));
  const std::size_t through = term.is_day && validity_.through
                                  ? rank_of(cel::Value(format_date(*validity_.through)))
                                  : last;
  const auto is_gap_empty = [&term](std::size_t rank) {
    const std::size_t after = rank / 2;  // the bound after the gap
    return term.type == Term::Type::integer && after > 0 && after < term.bounds.size() &&
           term.bounds[after - 1].as_integer() != std::numeric_limits<std::int64_t>::max() &&
           term.bounds[after - 1].as_integer() + 1 == term.bounds[after].as_integer();
  };
  if (!term.allowed.empty()) {
    for (const cel::Value& one : term.allowed) term.ranks.push_back(rank_of(one));
  } else if (term.type == Term::Type::integer || term.type == Term::Type::string) {
    for (std::size_t rank = first; rank <= through; ++rank) {
      const bool is_gap = rank % 2 == 0;
      // Without an order all values that nothing is compared with are alike.
      if (is_gap && !term.is_ordered && !term.is_size && rank != last) continue;
      if (is_gap && is_gap_empty(rank)) continue;
      term.ranks.push_back(rank);
    }
  } else if (term.type == Term::Type::other) {
    term.ranks.push_back(0);
  }
  if (term.type == Term::Type::opaque) {
    term.states = 3;
    return;
  }
  term.states = term.ranks.size();
  if (term.can_be_absent) ++term.states;
  if (term.can_be_absent && term.is_tested && term.can_lack_parent) ++term.states;
}

Truth Propositions::truth_of(const Term& term, const Formula& atom, std::size_t state) {
  if (term.type == Term::Type::opaque) return static_cast<Truth>(state);
  if (state >= term.ranks.size()) {
    const bool is_absent_itself = state == term.ranks.size();
    return atom.relation == Relation::presence && is_absent_itself ? Truth::no : Truth::error;
  }
  if (atom.relation == Relation::presence) return Truth::yes;
  const std::size_t rank = term.ranks[state];
  for (const cel::Value& literal : atom.literals) {
    const auto at = std::lower_bound(term.bounds.begin(), term.bounds.end(), literal, is_before);
    const std::size_t other = static_cast<std::size_t>(at - term.bounds.begin()) * 2 + 1;
    const bool holds = atom.relation == Relation::equals ? rank == other
                       : atom.relation == Relation::less ? rank < other
                                                         : rank <= other;
    if (holds) return Truth::yes;
  }
  return Truth::no;
}

void Propositions::settle(Formula& formula) const {
  if (formula.kind == Formula::Kind::atom) {
    const Term& term = terms_[formula.term];
    formula.by_state.clear();
    for (std::size_t state = 0; state < term.states; ++state) {
      formula.by_state.push_back(truth_of(term, formula, state));
    }
  }
  for (Formula& operand : formula.operands) settle(operand);
}

void Propositions::settle() {
  for (Term& term : terms_) settle(term);
  for (Formula& formula : formulas_) settle(formula);
}

Truth Propositions::evaluate(const Formula& formula, const std::vector<std::size_t>& states) {
  switch (formula.kind) {
    case Formula::Kind::constant:
      return formula.constant;
    case Formula::Kind::atom:
      return formula.by_state[states[formula.term]];
    case Formula::Kind::negation: {
      const Truth inner = evaluate(formula.operands[0], states);
      if (inner == Truth::error) return inner;
      return inner == Truth::yes ? Truth::no : Truth::yes;
    }
    case Formula::Kind::choice: {
      const Truth condition = evaluate(formula.operands[0], states);
      if (condition == Truth::error) return condition;
      return evaluate(formula.operands[condition == Truth::yes ? 1 : 2], states);
    }
    case Formula::Kind::conjunction:
    case Formula::Kind::disjunction:
      break;
  }
  // What decides absorbs errors. Source: cel-spec, doc/langdef.md, "Logical Operators".
  const Truth decisive = formula.kind == Formula::Kind::conjunction ? Truth::no : Truth::yes;
  Truth result = decisive == Truth::no ? Truth::yes : Truth::no;
  for (const Formula& operand : formula.operands) {
    const Truth one = evaluate(operand, states);
    if (one == decisive) return decisive;
    if (one == Truth::error) result = Truth::error;
  }
  return result;
}

bool Propositions::holds_for(const Claim& claim, const std::vector<std::size_t>& states) const {
  return claim([&](std::size_t condition) { return evaluate(formulas_[condition], states); });
}

bool Propositions::always(const Claim& claim) {
  settle();
  std::size_t combinations = 1;
  for (const Term& term : terms_) {
    if (term.states == 0) return true;  // no facts at all: a rulebook that is valid on no day
    if (combinations > k_combinations_max / term.states) return false;
    combinations *= term.states;
  }
  std::vector<std::size_t> states(terms_.size(), 0);
  std::uint32_t seed = 1;
  for (int i = 0; i < k_samples && static_cast<std::size_t>(i) < combinations; ++i) {
    for (std::size_t term = 0; term < states.size(); ++term) {
      seed = seed * 1664525U + 1013904223U;
      states[term] = (seed >> 16U) % terms_[term].states;
    }
    if (!holds_for(claim, states)) return false;
  }
  std::fill(states.begin(), states.end(), 0);
  for (std::size_t left = combinations; left > 0; --left) {
    if (effort_.combinations == 0) return false;
    --effort_.combinations;
    if (!holds_for(claim, states)) return false;
    for (std::size_t term = 0; term < states.size(); ++term) {
      if (++states[term] < terms_[term].states) break;
      states[term] = 0;
    }
  }
  return true;
}

}  // namespace octroi::rules
