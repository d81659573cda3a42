// SPDX-License-Identifier: Apache-2.0
#include "rules/assessment.hpp"

#include <algorithm>
#include <set>

#include <fmt/format.h>

#include "base/error.hpp"
#include "base/safe_text.hpp"
#include "crypto/hash.hpp"

namespace octroi::rules {
namespace {

using json::Value;

constexpr std::string_view k_format = "octroi/assessment/1";

/// `one`: a finding or narrowing.
template <typename One>
bool concerns(const One& one, const std::vector<std::string>& dataset_ids) {
  return one.dataset.empty() ||
         std::find(dataset_ids.begin(), dataset_ids.end(), one.dataset) != dataset_ids.end();
}

/// Absent rather than empty: what is not there needs no reading.
void set_text(Value& object, std::string_view name, const std::string& text) {
  if (!text.empty()) object.set(name, text);
}

void set_text(Value& object, std::string_view name, const Text& text) {
  if (!text.en.empty() || !text.fr.empty()) object.set(name, to_json(text));
}

Value finding_json(const Finding& finding) {
  Value result = json::object({{"id", finding.id()},
                               {"rulebook", finding.rulebook},
                               {"rule", finding.rule},
                               {"outcome", name_of(finding.outcome)},
                               {"title", to_json(finding.title)},
                               {"because", to_json(finding.because)},
                               {"cites", to_json(finding.cites)}});
  Value facts = Value::Object{};
  for (const auto& [path, value] : finding.facts_used) facts.set(path, value);
  result.set("facts_used", std::move(facts));
  set_text(result, "dataset", finding.dataset);
  set_text(result, "remedy", finding.remedy);
  set_text(result, "missing", finding.missing);
  set_text(result, "message", finding.message);
  return result;
}

Finding read_finding(const Value& value) {
  Finding finding;
  finding.rulebook = value.text("rulebook");
  finding.rule = value.text("rule");
  finding.dataset = value.text("dataset");
  finding.outcome = parse_outcome(value.text("outcome")).value();
  finding.title = read_text(value.find("title"));
  finding.because = read_text(value.find("because"));
  finding.remedy = read_text(value.find("remedy"));
  finding.cites = read_citations(value.find("cites"));
  for (const auto& [path, fact] : value.at("facts_used").as_object()) {
    finding.facts_used.emplace(path, fact);
  }
  finding.missing = value.text("missing");
  finding.message = value.text("message");
  return finding;
}

Value narrowing_json(const Narrowing& narrowing) {
  Value result = json::object({{"rulebook", narrowing.rulebook}, {"rule", narrowing.rule}});
  set_text(result, "dataset", narrowing.dataset);
  if (narrowing.months_max) result.set("months_max", *narrowing.months_max);
  if (narrowing.users) result.set("users", json::strings(*narrowing.users));
  set_text(result, "obligation", narrowing.obligation);
  return result;
}

Narrowing read_narrowing(const Value& value) {
  Narrowing narrowing{value.text("rulebook"), value.text("rule"), value.text("dataset"), {}, {}};
  if (const Value* months = value.find("months_max")) {
    narrowing.months_max = static_cast<int>(months->as_integer());
  }
  if (const Value* users = value.find("users")) narrowing.users = json::to_strings(users);
  narrowing.obligation = read_text(value.find("obligation"));
  return narrowing;
}

Value disregarded_json(const Disregarded& disregarded) {
  return json::object({{"rulebook", disregarded.rulebook},
                       {"fact", disregarded.fact},
                       {"value", disregarded.value},
                       {"because", to_json(disregarded.because)},
                       {"cites", to_json(disregarded.cites)}});
}

Disregarded read_disregarded(const Value& value) {
  return {value.text("rulebook"), value.text("fact"), value.at("value"),
          read_text(value.find("because")), read_citations(value.find("cites"))};
}

Value digests_json(const std::map<std::string, Digest>& digests) {
  Value result = Value::Object{};
  for (const auto& [id, digest] : digests) result.set(id, digest.hex());
  return result;
}

std::map<std::string, Digest> read_digests(const Value& value) {
  std::map<std::string, Digest> result;
  for (const auto& [id, digest] : value.as_object()) {
    result.emplace(id, Digest::from_hex(digest.as_string()).value());
  }
  return result;
}

Value verdicts_json(const std::map<std::string, Verdict>& verdicts) {
  Value result = Value::Object{};
  for (const auto& [id, verdict] : verdicts) result.set(id, name_of(verdict));
  return result;
}

std::map<std::string, Verdict> read_verdicts(const Value& value) {
  std::map<std::string, Verdict> result;
  for (const auto& [id, verdict] : value.as_object()) {
    result.emplace(id, parse_verdict(verdict.as_string()).value());
  }
  return result;
}

template <typename Item, typename Write>
Value list_json(const std::vector<Item>& items, Write write) {
  Value result = Value::Array{};
  for (const Item& item : items) result.push(write(item));
  return result;
}

template <typename Read>
auto read_list(const Value& list, Read read) {
  std::vector<decltype(read(list))> result;
  for (const Value& item : list.as_array()) result.push_back(read(item));
  return result;
}

HostAnswer read_host(const Value& value) {
  HostAnswer host;
  host.provider = value.text("provider");
  host.exclusively_eu_law =
      law::parse_answer(value.text("exclusively_eu_law")).value_or(law::Answer::unknown);
  for (const Value& step : value.at("chain").as_array()) host.chain.push_back(read_text(&step));
  return host;
}

Date read_day(const std::string& text) {
  if (const std::optional<Date> day = parse_date(text)) return *day;
  throw Error(
      ErrorCode::bad_input,
      fmt::format("assessment: as_of: expected a day that exists, got {}", in_quotes(text)));
}

/// The counterpart of what assess() computes: a stored verdict that its own findings do not bear
/// out was not written by it.
void require_consistent(const Assessment& assessment) {
  Verdict worst = Verdict::clear;
  for (const Finding& finding : assessment.findings) {
    worst = worse(worst, verdict_of(finding.outcome));
  }
  if (worst == assessment.verdict) return;
  throw Error(ErrorCode::bad_input,
              fmt::format("assessment: verdict: expected {}, the worst of its findings, got {}",
                          name_of(worst), name_of(assessment.verdict)));
}

}  // namespace

Verdict Assessment::verdict_for(const std::vector<std::string>& dataset_ids) const {
  Verdict result = Verdict::clear;
  for (const std::string& id : dataset_ids) {
    if (!datasets.contains(id)) return Verdict::refuse;
  }
  for (const Finding& finding : findings) {
    if (concerns(finding, dataset_ids)) result = worse(result, verdict_of(finding.outcome));
  }
  return result;
}

std::vector<std::string> Assessment::referred(const std::vector<std::string>& dataset_ids) const {
  std::vector<std::string> result;
  for (const Finding& finding : findings) {
    if (finding.outcome == Outcome::refer && concerns(finding, dataset_ids)) {
      result.push_back(finding.id());
    }
  }
  return result;
}

const Engine& this_engine() {
  static const Engine result{std::string(k_engine_rules),
                             crypto::sha256(model::schema_text("facts")).hex()};
  return result;
}

std::optional<std::vector<std::string>> Assessment::users_left(
    const std::vector<std::string>& dataset_ids) const {
  return rules::users_left(narrowings, dataset_ids);
}

std::optional<std::vector<std::string>> users_left(const std::vector<Narrowing>& narrowings,
                                                   const std::vector<std::string>& dataset_ids) {
  std::optional<std::set<std::string>> left;
  for (const Narrowing& one : narrowings) {
    if (!one.users || !concerns(one, dataset_ids)) continue;
    std::set<std::string> both;
    for (const std::string& id : *one.users) {
      if (!left || left->contains(id)) both.insert(id);
    }
    left = std::move(both);
  }
  if (!left) return std::nullopt;
  return std::vector<std::string>(left->begin(), left->end());
}

Value Assessment::to_json() const {
  Value about = json::object({{"request", documents.request.hex()},
                              {"provider", documents.provider.hex()},
                              {"datasets", digests_json(documents.datasets)},
                              {"rulebooks", digests_json(documents.rulebooks)}});
  if (!documents.hierarchies.empty()) {
    about.set("hierarchies", digests_json(documents.hierarchies));
  }
  Value result = json::object(
      {{"format", k_format},
       {"as_of", format_date(as_of)},
       {"verdict", name_of(verdict)},
       {"datasets", verdicts_json(datasets)},
       {"rulebooks", verdicts_json(rulebooks)},
       {"findings", list_json(findings, finding_json)},
       {"narrowings", list_json(narrowings, narrowing_json)},
       {"disregarded", list_json(disregarded, disregarded_json)},
       {"host", json::object(
                    {{"provider", host.provider},
                     {"exclusively_eu_law", law::name_of(host.exclusively_eu_law)},
                     {"chain", list_json(host.chain,
                                         [](const Text& step) { return rules::to_json(step); })}})},
       {"documents", std::move(about)}});
  if (engine) {
    result.set("engine", json::object({{"rules", engine->rules}, {"facts", engine->facts}}));
  }
  return result;
}

Assessment Assessment::from(const model::Document& document) {
  // INVARIANT: read_document has validated the value under the schema of its kind.
  if (document.kind != model::DocumentKind::assessment) {
    broken_invariant("an assessment is read from another kind of document");
  }
  const Value& value = document.value;
  Assessment result;
  result.as_of = read_day(value.text("as_of"));
  result.verdict = parse_verdict(value.text("verdict")).value();
  result.datasets = read_verdicts(value.at("datasets"));
  result.rulebooks = read_verdicts(value.at("rulebooks"));
  result.findings = read_list(value.at("findings"), read_finding);
  result.narrowings = read_list(value.at("narrowings"), read_narrowing);
  result.disregarded = read_list(value.at("disregarded"), read_disregarded);
  result.host = read_host(value.at("host"));
  const Value& documents = value.at("documents");
  result.documents.request = Digest::from_hex(documents.text("request")).value();
  result.documents.provider = Digest::from_hex(documents.text("provider")).value();
  result.documents.datasets = read_digests(documents.at("datasets"));
  result.documents.rulebooks = read_digests(documents.at("rulebooks"));
  if (const Value* hierarchies = documents.find("hierarchies")) {
    result.documents.hierarchies = read_digests(*hierarchies);
  }
  if (const Value* engine = value.find("engine")) {
    result.engine = Engine{engine->text("rules"), engine->text("facts")};
  }
  require_consistent(result);
  return result;
}

}  // namespace octroi::rules
