// SPDX-License-Identifier: Apache-2.0
#include "rules/outcome.hpp"

#include <array>

namespace octroi::rules {
namespace {

constexpr std::array k_outcomes = {Outcome::not_applicable, Outcome::pass, Outcome::refer,
                                   Outcome::incomplete, Outcome::refuse};
constexpr std::array k_verdicts = {Verdict::clear, Verdict::refer, Verdict::incomplete,
                                   Verdict::refuse};

}  // namespace

std::string_view name_of(Outcome outcome) {
  switch (outcome) {
    case Outcome::not_applicable:
      return "not-applicable";
    case Outcome::pass:
      return "pass";
    case Outcome::refer:
      return "refer";
    case Outcome::incomplete:
      return "incomplete";
    case Outcome::refuse:
      break;
  }
  return "refuse";
}

std::string_view name_of(Verdict verdict) {
  switch (verdict) {
    case Verdict::clear:
      return "clear";
    case Verdict::refer:
      return "refer";
    case Verdict::incomplete:
      return "incomplete";
    case Verdict::refuse:
      break;
  }
  return "refuse";
}

std::optional<Outcome> parse_outcome(std::string_view name) {
  for (const Outcome outcome : k_outcomes) {
    if (name_of(outcome) == name) return outcome;
  }
  return std::nullopt;
}

std::optional<Verdict> parse_verdict(std::string_view name) {
  for (const Verdict verdict : k_verdicts) {
    if (name_of(verdict) == name) return verdict;
  }
  return std::nullopt;
}

Verdict verdict_of(Outcome outcome) {
  switch (outcome) {
    case Outcome::not_applicable:
    case Outcome::pass:
      return Verdict::clear;
    case Outcome::refer:
      return Verdict::refer;
    case Outcome::incomplete:
      return Verdict::incomplete;
    case Outcome::refuse:
      break;
  }
  return Verdict::refuse;
}

}  // namespace octroi::rules
