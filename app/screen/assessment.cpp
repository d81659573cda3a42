// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <cstddef>

#include <fmt/format.h>

#include "base/error.hpp"
#include "screen/labels.hpp"
#include "screen/parts.hpp"
#include "screen/values.hpp"

namespace octroi::screen {
namespace {

using rules::Assessment;
using rules::Finding;
using rules::Outcome;
using rules::Verdict;

constexpr std::string_view k_host_fact = "host.exclusively_eu_law";

bool stands_against(const Finding& finding) {
  return rules::verdict_of(finding.outcome) != Verdict::clear;
}

/// The findings that stand against the request, worst first, else in their order.
std::vector<const Finding*> worst_first(const Assessment& assessment) {
  std::vector<const Finding*> result;
  for (const Finding& finding : assessment.findings) {
    if (stands_against(finding)) result.push_back(&finding);
  }
  std::stable_sort(result.begin(), result.end(), [](const Finding* left, const Finding* right) {
    return left->outcome > right->outcome;
  });
  return result;
}

std::size_t count_of(const Assessment& assessment, Outcome outcome) {
  return static_cast<std::size_t>(
      std::count_if(assessment.findings.begin(), assessment.findings.end(),
                    [outcome](const Finding& finding) { return finding.outcome == outcome; }));
}

/// How many findings have the outcome that the verdict comes from.
std::size_t count_of_worst(const Assessment& assessment) {
  return static_cast<std::size_t>(
      std::count_if(assessment.findings.begin(), assessment.findings.end(),
                    [&assessment](const Finding& finding) {
                      return rules::verdict_of(finding.outcome) == assessment.verdict;
                    }));
}

/// The blanks before a step of the tree; the words themselves are wrapped without them.
std::size_t depth_of(const std::string& step) {
  constexpr std::size_t k_depth_max = 40;  // leaves room for words
  return std::min(step.find_first_not_of(' '), k_depth_max);
}

/// Why the host is, or is not, exclusively under European law: said once, where it is first needed.
class HostChain {
 public:
  explicit HostChain(const rules::HostAnswer& host) : host_(host) {}

  void add(std::vector<Field>& fields, const Style& style) {
    if (host_.chain.empty()) return;
    if (is_told_) {
      fields.back().text += " " + std::string(say(Word::chain_above, style));
      return;
    }
    for (const rules::Text& text : host_.chain) {
      const std::string& step = text.in(style.lang);
      fields.push_back({"", step, Tone::plain, 2 + depth_of(step)});
    }
    is_told_ = true;
  }

  /// For an assessment none of whose open findings needed it.
  void add_unless_told(Page& page) {
    if (is_told_ || host_.chain.empty()) return;
    const Style& style = page.style();
    page.heading(say(Word::host_question, style));
    page.prose(host_.provider + ": " + std::string(say(answer_word(), style)), 2);
    for (const rules::Text& text : host_.chain) {
      const std::string& step = text.in(style.lang);
      page.prose(step, 4 + depth_of(step));
    }
    is_told_ = true;
  }

 private:
  [[nodiscard]] Word answer_word() const {
    switch (host_.exclusively_eu_law) {
      case law::Answer::yes:
        return Word::yes;
      case law::Answer::no:
        return Word::no;
      case law::Answer::unknown:
        return Word::unknown;
    }
    broken_invariant("an answer that is none");
  }

  const rules::HostAnswer& host_;
  bool is_told_ = false;
};

void add_facts(std::vector<Field>& fields, const Finding& finding, HostChain& chain,
               const Style& style) {
  std::string label(say(Word::facts, style));
  for (const auto& [path, value] : finding.facts_used) {
    fields.push_back({label, path + " = " + fact_text(value, style), Tone::plain});
    label.clear();
    if (path == k_host_fact) chain.add(fields, style);
  }
}

void add_finding(Page& page, const Finding& finding, HostChain& chain, bool is_decided) {
  const Style& style = page.style();
  page.blank();
  page.lead(word_of(finding.outcome, style), tone_of(finding.outcome),
            finding.title.in(style.lang));
  std::vector<Field> fields = {
      {std::string(say(Word::finding, style)), finding.id(), Tone::plain},
      {std::string(say(Word::why, style)), finding.because.in(style.lang), Tone::plain},
      {std::string(say(Word::missing, style)), finding.missing, Tone::caution},
      {std::string(say(Word::not_evaluated, style)), finding.message, Tone::caution},
  };
  add_facts(fields, finding, chain, style);
  add_citations(fields, finding.cites, style);
  if (!is_decided || finding.outcome != Outcome::refer) {
    fields.push_back(
        {std::string(say(Word::remedy, style)), finding.remedy.in(style.lang), Tone::strong});
  }
  page.fields(fields, 2);
}

void add_disregarded(Page& page, const Assessment& assessment) {
  if (assessment.disregarded.empty()) return;
  const Style& style = page.style();
  page.heading(say(Word::disregarded, style));
  for (const rules::Disregarded& one : assessment.disregarded) {
    page.item(one.fact + " = " + fact_text(one.value, style), 2);
    std::vector<Field> fields = {
        {std::string(say(Word::why, style)), one.because.in(style.lang), Tone::plain}};
    add_citations(fields, one.cites, style);
    page.fields(fields, 6);
  }
}

/// One line for each finding of that outcome; `has_reason` adds why.
void add_compact(Page& page, const Assessment& assessment, Outcome outcome, Word title,
                 bool has_reason) {
  if (count_of(assessment, outcome) == 0) return;
  const Style& style = page.style();
  page.heading(say(title, style));
  for (const Finding& finding : assessment.findings) {
    if (finding.outcome != outcome) continue;
    page.item(finding.id() + " — " + finding.title.in(style.lang), 2);
    if (has_reason) page.prose(finding.because.in(style.lang), 6, Tone::quiet);
  }
}

/// How long and for whom, then what the users undertake.
std::string narrowing_text(const rules::Narrowing& narrowing, const Style& style) {
  std::vector<std::string> parts;
  if (narrowing.months_max) {
    const auto months = static_cast<std::size_t>(std::max(*narrowing.months_max, 0));
    parts.push_back(say_count(Word::months_max_one, Word::months_max_many, months, style));
  }
  if (narrowing.users) {
    parts.push_back(
        say_with(Word::users_only, style, fmt::format("{}", fmt::join(*narrowing.users, ", "))));
  }
  const std::string& obligation = narrowing.obligation.in(style.lang);
  if (!obligation.empty()) parts.push_back(obligation);
  return fmt::format("{}", fmt::join(parts, "; "));
}

void add_narrowings(Page& page, const Assessment& assessment) {
  if (assessment.narrowings.empty()) return;
  const Style& style = page.style();
  page.heading(say(Word::narrowings, style));
  for (const rules::Narrowing& narrowing : assessment.narrowings) {
    const std::string subject =
        narrowing.dataset.empty() ? narrowing.rule : narrowing.dataset + "/" + narrowing.rule;
    page.item(subject + " — " + narrowing_text(narrowing, style), 2);
  }
}

void add_digest(std::vector<Field>& fields, std::string label, const Digest& digest) {
  fields.push_back({std::move(label), "sha256 " + short_digest(digest.hex()), Tone::plain});
}

void add_documents(Page& page, const Assessment& assessment) {
  const Style& style = page.style();
  const rules::AssessedDocuments& documents = assessment.documents;
  page.heading(say(Word::documents, style));
  std::vector<Field> fields;
  add_digest(fields, std::string(say(Word::request, style)), documents.request);
  add_digest(fields, std::string(say(Word::provider, style)) + " " + assessment.host.provider,
             documents.provider);
  for (const auto& [id, digest] : documents.datasets) {
    add_digest(fields, std::string(say(Word::dataset, style)) + " " + id, digest);
  }
  for (const auto& [id, digest] : documents.hierarchies) {
    add_digest(fields, std::string(say(Word::hierarchy, style)) + " " + id, digest);
  }
  page.fields(fields, 2);
  page.heading(say_with(Word::rulebooks_on, style, format_date(assessment.as_of)));
  fields.clear();
  for (const auto& [id, digest] : documents.rulebooks) add_digest(fields, id, digest);
  page.fields(fields, 2);
}

}  // namespace

void add_citations(std::vector<Field>& fields, const std::vector<rules::Citation>& cites,
                   const Style& style) {
  std::string label(say(Word::source, style));
  for (const rules::Citation& cite : cites) {
    fields.push_back({label, cite.source + ": " + cite.provision, Tone::quiet});
    label.clear();
  }
}

std::string verdict_sentence(Verdict verdict, std::size_t count, const Style& style) {
  switch (verdict) {
    case Verdict::clear:
      return std::string(say(Word::clear_rest, style));
    case Verdict::refer:
      return say_count(Word::refer_one, Word::refer_many, count, style);
    case Verdict::incomplete:
      return say_count(Word::incomplete_one, Word::incomplete_many, count, style);
    case Verdict::refuse:
      return say_count(Word::refuse_one, Word::refuse_many, count, style);
  }
  broken_invariant("a verdict that is none");
}

void add_assessment(Page& page, const Assessment& assessment, bool is_decided) {
  const Style& style = page.style();
  page.lead(word_of(assessment.verdict, style), tone_of(assessment.verdict),
            verdict_sentence(assessment.verdict, count_of_worst(assessment), style));
  page.prose(say_with(Word::computed_on, style, format_date(assessment.as_of)), 0, Tone::quiet);
  add_regimes(page, rules::regimes_of(assessment));
  HostChain chain(assessment.host);
  for (const Finding* finding : worst_first(assessment)) {
    add_finding(page, *finding, chain, is_decided);
  }
  chain.add_unless_told(page);
  add_disregarded(page, assessment);
  add_compact(page, assessment, Outcome::pass, Word::passed_rules, false);
  add_compact(page, assessment, Outcome::not_applicable, Word::not_applicable_rules, true);
  add_narrowings(page, assessment);
  add_documents(page, assessment);
}

std::string render(const Assessment& assessment, const Style& style) {
  Page page(style);
  add_assessment(page, assessment);
  return std::move(page).take();
}

std::string render(const gate::RecordedAssessment& recorded, const Style& style) {
  Page page(style);
  add_assessment(page, recorded.assessment);
  page.blank();
  page.prose(say_with(recorded.is_new ? Word::recorded_new : Word::recorded_same, style,
                      recorded.request, recorded.version));
  page.fields({{"sha256", short_digest(recorded.sha256), Tone::plain}}, 2);
  return std::move(page).take();
}

}  // namespace octroi::screen
