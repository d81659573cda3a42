// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <string>
#include <utility>
#include <vector>

#include "base/error.hpp"
#include "base/time.hpp"
#include "screen/fact_words.hpp"
#include "screen/labels.hpp"
#include "screen/parts.hpp"
#include "screen/values.hpp"

namespace octroi::screen {
namespace {

using rules::DeclaredAt;
using rules::Declarer;
using rules::ExplainedFact;
using rules::ExplainedFinding;
using rules::Verdict;

bool holds_objects(const json::Value& value) {
  if (value.is_object()) return true;
  return value.is_array() && std::any_of(value.as_array().begin(), value.as_array().end(),
                                         [](const json::Value& one) { return one.is_object(); });
}

/// A fact's value inside a sentence. In French, a code, which is English, is set apart as what
/// stands in the file.
std::string value_in_sentence(const json::Value& value, const Style& style) {
  if (style.lang != "fr" || !value.is_string() || value.as_string().empty()) {
    return fact_text(value, style);
  }
  const std::string& text = value.as_string();
  if (text == "yes") return std::string(say(Word::yes, style));
  if (text == "no") return std::string(say(Word::no, style));
  if (parse_date(text)) return "le " + text;
  return "«\u00a0" + text + "\u00a0»";
}

std::string fact_sentence(const ExplainedFact& fact, const Style& style) {
  const std::string words = fact_words(fact.path, style);
  if (!fact.value) return say_with(Word::fact_unknown, style, words);
  return say_with(Word::fact_is, style, words, value_in_sentence(*fact.value, style));
}

/// "the extent asked for is whole, … and the recipient is not known".
std::string facts_sentence(const std::vector<ExplainedFact>& facts, const Style& style) {
  std::string result;
  for (std::size_t i = 0; i < facts.size(); ++i) {
    const std::string one = fact_sentence(facts[i], style);
    if (i == 0) {
      result = one;
    } else if (i + 1 < facts.size()) {
      result += ", " + one;
    } else {
      result = say_with(Word::and_also, style, result, one);
    }
  }
  return result;
}

Word sentence_of(rules::Outcome outcome) {
  switch (outcome) {
    case rules::Outcome::refuse:
      return Word::explain_refuse;
    case rules::Outcome::incomplete:
      return Word::explain_incomplete;
    case rules::Outcome::refer:
      return Word::explain_refer;
    case rules::Outcome::pass:
      return Word::explain_pass;
    case rules::Outcome::not_applicable:
      return Word::explain_not_applicable;
  }
  broken_invariant("an outcome that is none");
}

/// Why it came out so; the rule's own reason where it read no fact at all.
std::string reason_of(const ExplainedFinding& one, const Style& style) {
  if (one.decided.empty()) return one.finding.because.in(style.lang);
  return say_with(sentence_of(one.finding.outcome), style, facts_sentence(one.decided, style));
}

std::string document_text(const DeclaredAt& declared, const Style& style) {
  switch (declared.declarer) {
    case Declarer::request:
      return std::string(say(Word::in_request, style));
    case Declarer::dataset:
      return say_with(Word::in_dataset, style, declared.document);
    case Declarer::provider:
      return say_with(Word::in_provider, style, declared.document);
    case Declarer::day:
      return std::string(say(Word::by_day, style));
  }
  broken_invariant("a declarer that is none");
}

/// "/datasets/0/extent (now whole)".
std::string place_text(const DeclaredAt& declared, const Style& style) {
  if (!declared.value) {
    return declared.pointer + " (" + std::string(say(Word::not_declared, style)) + ")";
  }
  if (holds_objects(*declared.value)) return declared.pointer;
  return declared.pointer + " (" +
         say_with(Word::now_value, style, fact_text(*declared.value, style)) + ")";
}

/// A line for each document that declares some of the facts: which, whose it is, and where in it.
void add_places(std::vector<Field>& fields, Word label, const std::vector<ExplainedFact>& facts,
                const Style& style) {
  std::vector<std::pair<std::string, std::vector<std::string>>> by_document;
  for (const ExplainedFact& fact : facts) {
    for (const DeclaredAt& declared : fact.declared) {
      const std::string document = document_text(declared, style);
      const auto is_it = [&](const auto& one) { return one.first == document; };
      auto found = std::find_if(by_document.begin(), by_document.end(), is_it);
      if (found == by_document.end()) found = by_document.insert(found, {document, {}});
      if (declared.declarer == Declarer::day) continue;
      const std::string place = place_text(declared, style);
      auto& places = found->second;
      if (std::find(places.begin(), places.end(), place) == places.end()) places.push_back(place);
    }
  }
  std::string title(say(label, style));
  for (const auto& [document, places] : by_document) {
    const std::string text =
        places.empty() ? document
                       : say_with(Word::in_document, style, document, joined(places, style));
    fields.push_back({title, text, Tone::strong});
    title.clear();
  }
}

void add_explained(Page& page, const ExplainedFinding& one) {
  const Style& style = page.style();
  const bool is_open = rules::verdict_of(one.finding.outcome) != Verdict::clear;
  page.blank();
  page.lead(word_of(one.finding.outcome, style), tone_of(one.finding.outcome),
            one.finding.title.in(style.lang));
  std::vector<Field> fields = {
      {std::string(say(Word::finding, style)), one.finding.id()},
      {std::string(say(Word::why, style)), reason_of(one, style)},
      {std::string(say(Word::applies, style)),
       one.applied.empty() ? ""
                           : say_with(Word::applies_as, style, facts_sentence(one.applied, style))},
  };
  add_citations(fields, one.finding.cites, style);
  if (is_open) {
    add_places(fields, Word::to_change, one.decided, style);
    add_places(fields, Word::or_change, one.applied, style);
  }
  fields.push_back({std::string(say(Word::remedy, style)), one.finding.remedy.in(style.lang)});
  page.fields(fields, 2);
}

std::string change_value(const std::optional<json::Value>& value, const Style& style) {
  return value ? fact_text(*value, style) : std::string(say(Word::nothing, style));
}

void add_changes(Page& page, const rules::WhatIf& found) {
  const Style& style = page.style();
  page.prose(say_with(Word::what_if_reaches, style, word_of(found.reached, style)));
  for (const rules::Change& change : found.changes) {
    std::string text = change.pointer + ": " + change_value(change.from, style) + " -> " +
                       change_value(change.to, style);
    if (change.proposal == rules::Proposal::statement) {
      text += " (" + std::string(say(Word::only_if_so, style)) + ")";
    }
    page.item(text, 2);
  }
  if (!found.is_exhaustive) page.prose(say(Word::what_if_more, style));
}

void add_what_if(Page& page, const rules::WhatIf& found) {
  const Style& style = page.style();
  page.heading(say(Word::what_if, style));
  if (found.now == Verdict::clear) {
    page.prose(say(Word::what_if_clear, style));
  } else if (!found.changes.empty()) {
    add_changes(page, found);
  } else if (found.is_exhaustive) {
    page.prose(say(Word::what_if_none, style));
  } else {
    page.prose(say_with(Word::what_if_none_in_limit, style, rules::k_what_if_changes_max));
  }
}

}  // namespace

std::string render(const gate::Explained& explained, const Style& style) {
  const rules::Explanation& explanation = explained.explanation;
  Page page(style);
  const auto count = std::count_if(
      explanation.findings.begin(), explanation.findings.end(), [&](const ExplainedFinding& one) {
        return rules::verdict_of(one.finding.outcome) == explanation.verdict;
      });
  page.lead(word_of(explanation.verdict, style), tone_of(explanation.verdict),
            verdict_sentence(explanation.verdict, static_cast<std::size_t>(count), style));
  page.prose(say_with(Word::computed_on, style, format_date(explanation.as_of)), 0, Tone::quiet);
  add_regimes(page, explanation.regimes);
  for (const ExplainedFinding& one : explanation.findings) add_explained(page, one);
  if (explained.what_if) add_what_if(page, *explained.what_if);
  if (explanation.verdict == Verdict::clear) return std::move(page).take();
  page.blank();
  page.prose(say(Word::only_what_is_true, style));
  return std::move(page).take();
}

}  // namespace octroi::screen
