// SPDX-License-Identifier: Apache-2.0
#include "screen/labels.hpp"
#include "screen/parts.hpp"
#include "screen/values.hpp"

namespace octroi::screen {
namespace {

std::string datasets_text(const gate::IssuedToken& token, const Style& style) {
  return joined(token.datasets, style);
}

void add_token(Page& page, const gate::IssuedToken& token) {
  const Style& style = page.style();
  page.heading(say_with(Word::for_holder, style, token.holder));
  page.fields({{std::string(say(Word::token, style)), token.id},
               {std::string(say(Word::datasets, style)), datasets_text(token, style)},
               {std::string(say(Word::valid, style)),
                say_with(Word::span, style, format_instant(token.not_before),
                         format_instant(token.expires))}},
              2);
  if (!token.is_new) page.prose(say(Word::issued_before, style), 2, Tone::quiet);
  if (token.text.empty()) return;
  page.blank();
  page.unbroken(token.text);
}

bool is_dry_run(const gate::Issue& issue) {
  for (const gate::IssuedToken& token : issue.tokens) {
    if (token.text.empty()) return true;
  }
  return false;
}

}  // namespace

std::string ballots_text(const gate::BallotCounts& counts, const Style& style) {
  return say_with(Word::ballot_counts, style, counts.in_favour, counts.against, counts.abstaining,
                  counts.absent);
}

std::string extent_text(const std::string& extent, const std::vector<std::string>& components,
                        const Style& style) {
  const std::string words = extent_word(extent, style);
  return components.empty() ? words : words + " (" + joined(components, style) + ")";
}

std::string render(const gate::RecordedDecision& decision, const Style& style) {
  Page page(style);
  const bool is_granted = decision.result == "granted";
  page.lead(say(is_granted ? Word::granted : Word::refused, style),
            is_granted ? Tone::good : Tone::bad,
            decision.id.empty() ? say_with(Word::decision_dry_run, style, decision.request)
                                : say_with(Word::decided, style, decision.id, decision.request));
  page.blank();
  page.fields({{std::string(say(Word::majority, style)), majority_word(decision.rule, style)},
               {std::string(say(Word::ballots, style)), ballots_text(decision.counts, style)},
               {std::string(say(Word::datasets, style)), joined(decision.datasets, style)},
               {std::string(say(Word::until, style)), date_text(decision.until)},
               {std::string(say(Word::resolves, style)), joined(decision.resolves, style)}},
              2);
  return std::move(page).take();
}

std::string render(const gate::Issue& issue, const Style& style) {
  Page page(style);
  const std::size_t count = issue.tokens.size();
  page.prose(count == 1 ? say_with(Word::issued_one, style, issue.decision, issue.request)
                        : say_with(Word::issued_many, style, count, issue.decision, issue.request),
             0, Tone::strong);
  if (is_dry_run(issue)) page.prose(say(Word::issue_dry_run, style), 0, Tone::caution);
  for (const gate::IssuedToken& token : issue.tokens) add_token(page, token);
  return std::move(page).take();
}

}  // namespace octroi::screen
