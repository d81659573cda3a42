// SPDX-License-Identifier: Apache-2.0
#include "rules/judgement.hpp"

#include <algorithm>
#include <span>
#include <utility>

#include <fmt/format.h>

#include "base/error.hpp"
#include "base/limits.hpp"
#include "base/safe_text.hpp"
#include "rules/assessment.hpp"

namespace octroi::rules {
namespace {

std::vector<Subject> subjects_of(const Facts& facts) {
  const FactBindings of_request(facts);
  std::vector<Subject> result;
  const std::span<const cel::View> datasets = facts.dataset_views();
  result.reserve(1 + datasets.size());
  result.push_back({std::nullopt, "", of_request});
  for (std::size_t i = 0; i < datasets.size(); ++i) {
    const cel::View* id = find_member(datasets[i], "id");
    if (id == nullptr) broken_invariant("a dataset use without an id");
    result.push_back({i, std::string(id->as_text()), of_request.with_dataset(i)});
  }
  return result;
}

std::vector<const CompiledRulebook*> in_force(const std::vector<CompiledRulebook>& rulebooks,
                                              Date as_of) {
  std::vector<const CompiledRulebook*> result;
  result.reserve(rulebooks.size());
  for (const CompiledRulebook& rulebook : rulebooks) {
    if (rulebook.is_in_force(as_of)) result.push_back(&rulebook);
  }
  if (result.empty()) {
    throw Error(ErrorCode::not_yet,
                fmt::format("no rulebook in force on {}: without rules there is no verdict",
                            format_date(as_of)));
  }
  std::sort(result.begin(), result.end(),
            [](const auto* left, const auto* right) { return left->id() < right->id(); });
  const auto twice = std::adjacent_find(
      result.begin(), result.end(),
      [](const auto* left, const auto* right) { return left->id() == right->id(); });
  if (twice != result.end()) {
    throw Error(ErrorCode::bad_input, fmt::format("rulebook {} is given twice for {}",
                                                  in_quotes((*twice)->id()), format_date(as_of)));
  }
  return result;
}

/// `applies` is how the last condition of application that was asked of the subject came out: many
/// rules in a row have the same.
void rule_on(Ruling& ruling, const FactBindings& facts, ConditionResult& applies,
             cel::Allowance& allowance) {
  const CompiledRule& rule = *ruling.rule;
  if (!rule.applies_as_before) applies = rule.applies.evaluate(facts, &allowance);
  if (!applies.holds) {
    ruling.unanswered = applies.unanswered;
  } else if (!*applies.holds) {
    ruling.outcome = Outcome::not_applicable;
  } else {
    ruling.is_required = true;
    const ConditionResult is_met = rule.requirement.evaluate(facts, &allowance);
    if (!is_met.holds) {
      ruling.unanswered = is_met.unanswered;
    } else {
      ruling.outcome = *is_met.holds ? Outcome::pass : rule.otherwise;
    }
  }
}

/// The datasets that something about a subject concerns: all, where that is the whole request.
std::vector<std::string> concerned(const Judgement& judgement, const Subject& subject) {
  if (subject.dataset) return {subject.id};
  std::vector<std::string> ids;
  for (const Subject& one : judgement.subjects) {
    if (one.dataset) ids.push_back(one.id);
  }
  return ids;
}

/// Notes what a rule that is met takes away. Where that is not known, or where nothing would be
/// left with what other rules take, the rule is not met after all: an empty list never passes.
void narrow(Judgement& judgement, Ruling& ruling, const Facts& facts) {
  const CompiledRule& rule = *ruling.rule;
  if (!rule.narrows || ruling.outcome != Outcome::pass) return;
  const Subject& subject = judgement.subjects[ruling.subject];
  const auto refuse = [&](NarrowingGap gap) {
    ruling.outcome = gap.missing.empty() ? rule.otherwise : Outcome::incomplete;
    ruling.gap = std::make_shared<const NarrowingGap>(std::move(gap));
  };
  auto result = computed(*rule.narrows, {ruling.rulebook->id(), rule.id, subject.id, {}, {}}, facts,
                         subject.dataset);
  if (auto* gap = std::get_if<NarrowingGap>(&result)) return refuse(std::move(*gap));
  judgement.narrowings.push_back(std::move(std::get<Narrowing>(result)));
  if (!judgement.narrowings.back().users) return;
  for (const std::string& id : concerned(judgement, subject)) {
    const auto left = users_left(judgement.narrowings, {id});
    if (!left || !left->empty()) continue;
    judgement.narrowings.pop_back();
    return refuse({"", "no user is left whom the other rules leave too"});
  }
}

std::size_t rule_count(const std::vector<const CompiledRulebook*>& rulebooks) {
  std::size_t count = 0;
  for (const CompiledRulebook* one : rulebooks) count += one->content().rules.size();
  return count;
}

}  // namespace

Judgement judge(const Facts& facts, const std::vector<CompiledRulebook>& rulebooks) {
  Judgement result;
  result.rulebooks = in_force(rulebooks, facts.as_of);
  result.subjects = subjects_of(facts);
  result.rulings.reserve(rule_count(result.rulebooks) * (result.subjects.size() - 1));
  std::vector<ConditionResult> applies(result.subjects.size());
  for (const CompiledRulebook* rulebook : result.rulebooks) {
    // Each has its own, so that one that uses it up leaves the others as they are.
    cel::Allowance allowance{limits::k_rulebook_steps_max};
    for (const CompiledRule& rule : rulebook->content().rules) {
      for (std::size_t i = 0; i < result.subjects.size(); ++i) {
        if (rule.is_about_datasets != result.subjects[i].dataset.has_value()) continue;
        Ruling& ruling = result.rulings.emplace_back(Ruling{rulebook, &rule, i});
        rule_on(ruling, result.subjects[i].bindings, applies[i], allowance);
        narrow(result, ruling, facts);
        result.verdict = worse(result.verdict, verdict_of(ruling.outcome));
      }
    }
  }
  return result;
}

namespace {

const std::string& nothing_said() {
  static const std::string k_nothing;
  return k_nothing;
}

}  // namespace

const std::string& Ruling::missing() const {
  if (unanswered) return unanswered->missing;
  return gap ? gap->missing : nothing_said();
}

const std::string& Ruling::message() const {
  if (unanswered) return unanswered->message;
  return gap ? gap->message : nothing_said();
}

std::string Judgement::id_of(const Ruling& ruling) const {
  std::string id;
  id.reserve(subjects[ruling.subject].id.size() + 1 + ruling.rule->id.size());
  append_id_of(id, ruling);
  return id;
}

void Judgement::append_id_of(std::string& out, const Ruling& ruling) const {
  const std::string& dataset = subjects[ruling.subject].id;
  if (!dataset.empty()) out.append(dataset).append("/");
  out += ruling.rule->id;
}

std::map<std::string, Verdict> Judgement::dataset_verdicts() const {
  std::vector<Verdict> by_subject(subjects.size(), Verdict::clear);
  for (const Ruling& one : rulings) {
    by_subject[one.subject] = worse(by_subject[one.subject], verdict_of(one.outcome));
  }
  std::map<std::string, Verdict> result;
  const Verdict of_request = by_subject.front();
  for (std::size_t i = 1; i < subjects.size(); ++i) {
    result.emplace(subjects[i].id, worse(of_request, by_subject[i]));
  }
  return result;
}

std::map<std::string, Verdict> Judgement::rulebook_verdicts() const {
  std::map<std::string, Verdict> result;
  for (const CompiledRulebook* one : rulebooks) result.emplace(one->id(), Verdict::clear);
  for (const Ruling& one : rulings) {
    Verdict& so_far = result[one.rulebook->id()];
    so_far = worse(so_far, verdict_of(one.outcome));
  }
  return result;
}

std::vector<std::string> Judgement::decided_by() const {
  std::vector<std::string> result;
  if (verdict == Verdict::clear) return result;
  for (const Ruling& one : rulings) {
    if (verdict_of(one.outcome) == verdict) result.push_back(id_of(one));
  }
  return result;
}

}  // namespace octroi::rules
