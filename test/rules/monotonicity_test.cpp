// SPDX-License-Identifier: Apache-2.0
// One more rule, or one thing less that is known, never moves a request towards release. Over the
// rulebooks of examples/, the facts of their tests, and facts and rules made from them.
#include <array>
#include <map>
#include <set>

#include "catch.hpp"
#include "json/pointer.hpp"
#include "json/write.hpp"
#include "rules/rulebook_content.hpp"
#include "rules/sample_documents.hpp"

using namespace octroi;
using namespace octroi::rules;
using json::Value;
using sample::Story;

namespace {

constexpr std::array k_books = {"cnam-2021", "ehds-secondary-use", "gdpr-chapter-v",
                                "hds-v2",    "snds-law",           "sren-31"};
/// Days on which one, five and all six of them are in force.
constexpr std::array k_days = {"2021-03-01", "2026-11-28", "2031-04-01"};

/// The same numbers in every run.
class Draw {
 public:
  explicit Draw(std::uint32_t seed) : seed_(seed) {}
  std::size_t below(std::size_t count) {
    seed_ = seed_ * 1664525U + 1013904223U;
    return static_cast<std::size_t>(seed_ >> 12U) % count;
  }
  template <typename List>
  const auto& of(const List& list) {
    return list[below(list.size())];
  }

 private:
  std::uint32_t seed_;
};

Value book(const char* name) {
  return sample::example(std::string("rulebooks/") + name + ".json");
}

CompiledRulebook compiled(const Value& rulebook) {
  return CompiledRulebook::require(sample::document(model::DocumentKind::rulebook, rulebook),
                                   rulebook.text("id"));
}

std::vector<CompiledRulebook> all_books() {
  std::vector<CompiledRulebook> result;
  for (const char* name : k_books) result.push_back(compiled(book(name)));
  return result;
}

/// The pointers of all members of a value's objects, at any depth.
void add_pointers(std::vector<std::string>& pointers, const Value& value, const std::string& at) {
  if (value.is_object()) {
    for (const auto& [name, member] : value.as_object()) {
      const std::string pointer = json::pointer_to(at, name);
      pointers.push_back(pointer);
      add_pointers(pointers, member, pointer);
    }
  } else if (value.is_array()) {
    for (std::size_t i = 0; i < value.as_array().size(); ++i) {
      add_pointers(pointers, value.as_array()[i], at + "/" + std::to_string(i));
    }
  }
}

std::vector<std::string> pointers_of(const Value& value) {
  std::vector<std::string> result;
  add_pointers(result, value, "");
  return result;
}

Facts facts_of(Value value) {
  const Date as_of = parse_date(value.text("as_of")).value();
  const auto host = law::parse_answer(value.at("host").text("exclusively_eu_law"));
  return Facts::of(std::move(value), {host.value_or(law::Answer::unknown), {}}, as_of);
}

/// The facts that the tests of the rulebooks speak of, each on each of the days.
std::vector<Value> tested_facts() {
  std::vector<Value> result;
  for (const char* name : k_books) {
    for (Value& facts : sample::tested_facts(name)) {
      facts.set("as_of", k_days[result.size() % k_days.size()]);
      result.push_back(std::move(facts));
    }
  }
  REQUIRE(result.size() > 100);
  return result;
}

/// What each fact is in some of those facts, by its place.
std::map<std::string, std::vector<Value>> values_by_place(const std::vector<Value>& all) {
  std::map<std::string, std::vector<Value>> result;
  for (const Value& facts : all) {
    for (const std::string& pointer : pointers_of(facts)) {
      std::vector<Value>& known = result[pointer];
      const Value& value = *json::find_at(facts, pointer);
      if (std::find(known.begin(), known.end(), value) == known.end()) known.push_back(value);
    }
  }
  return result;
}

/// Facts in which some dozen differ from where they come from, none other than somewhere in `all`.
std::vector<Value> mixed_facts(const std::vector<Value>& all, std::size_t count, Draw& draw) {
  const auto values = values_by_place(all);
  std::vector<std::string> places;
  for (const auto& [pointer, known] : values) {
    if (known.size() > 1 && pointer != "/as_of" && pointer != "/datasets")
      places.push_back(pointer);
  }
  std::vector<Value> result;
  while (result.size() < count) {
    Value facts = draw.of(all);
    for (std::size_t i = draw.below(14); i > 0; --i) {
      const std::string& place = draw.of(places);
      static_cast<void>(json::set_at(facts, place, draw.of(values.at(place))));
    }
    facts.set("as_of", draw.of(k_days));
    result.push_back(std::move(facts));
  }
  return result;
}

/// How far from release: what is refused and what is incomplete cannot be released alike, and no
/// decision changes that. A refusal whose reason is no longer known is incomplete.
int distance(Verdict verdict) {
  switch (verdict) {
    case Verdict::clear:
      return 0;
    case Verdict::refer:
      return 1;
    case Verdict::incomplete:
    case Verdict::refuse:
      return 2;
  }
  return -1;
}

bool is_closer(const Assessment& before, const Assessment& after) {
  if (distance(after.verdict) < distance(before.verdict)) return true;
  for (const auto& [dataset, verdict] : before.datasets) {
    if (!after.datasets.contains(dataset)) continue;
    if (distance(after.datasets.at(dataset)) < distance(verdict)) return true;
  }
  return false;
}

/// The rules of all books, and rules made from the parts of their conditions.
std::vector<Value> rule_pool(Draw& draw) {
  std::vector<Value> pool;
  std::vector<std::string> conditions = {"true", "false"};
  for (const char* name : k_books) {
    const Value rulebook = book(name);
    for (const Value& rule : rulebook.at("rules").as_array()) {
      pool.push_back(rule);
      conditions.push_back(rule.text("requires"));
      if (rule.find("applies") != nullptr) conditions.push_back(rule.text("applies"));
    }
  }
  const std::size_t shipped = pool.size();
  REQUIRE(shipped > 80);
  const std::array<const char*, 3> outcomes = {"refer", "incomplete", "refuse"};
  for (std::size_t i = 0; i < 60; ++i) {
    Value rule = pool[draw.below(shipped)];
    const std::string sign = draw.below(2) == 0 ? " && " : " || ";
    rule.set("applies", "(" + draw.of(conditions) + ")" + sign + "(" + draw.of(conditions) + ")");
    rule.set("requires", (draw.below(2) == 0 ? "!(" : "(") + draw.of(conditions) + ")");
    rule.set("otherwise", draw.of(outcomes));
    rule.set("not_applicable", rule.at("because"));
    pool.push_back(std::move(rule));
  }
  for (std::size_t i = 0; i < pool.size(); ++i) pool[i].set("id", "added." + std::to_string(i));
  return pool;
}

Value with_rule(Value rulebook, const Value& rule) {
  rulebook.as_object()["rules"].push(rule);
  rulebook.as_object().erase("disregards");
  return rulebook;
}

void require_not_better(const Assessment& before, const Assessment& after) {
  REQUIRE(before.verdict <= after.verdict);
  for (const auto& [dataset, verdict] : before.datasets) {
    REQUIRE(verdict <= after.datasets.at(dataset));
  }
}

/// The rulebook's first rules only, so that verdicts are not all at their worst already.
Value shortened(Value rulebook, std::size_t count) {
  Value::Array& rules = rulebook.as_object()["rules"].as_array();
  rules.resize(std::min(rules.size(), count));
  return rulebook;
}

}  // namespace

TEST_CASE("one more rule never moves a verdict towards release, whatever the facts") {
  Draw draw(20210219);
  const std::vector<Value> tested = tested_facts();
  std::vector<Facts> grid;
  for (Value& one : mixed_facts(tested, 40, draw)) grid.push_back(facts_of(std::move(one)));
  std::map<std::pair<Verdict, Verdict>, int> moves;
  const std::vector<Value> pool = rule_pool(draw);
  for (std::size_t i = 0; i < pool.size(); ++i) {
    INFO("rule " << json::canonical(pool[i]));
    const Value host = shortened(book(k_books[i % k_books.size()]), 1 + i % 7);
    const CompiledRulebook before = compiled(host);
    const CompiledRulebook after = compiled(with_rule(host, pool[i]));
    for (const Facts& facts : grid) {
      if (!before.is_in_force(facts.as_of)) continue;
      const Assessment old = assess_facts(facts, {before});
      const Assessment next = assess_facts(facts, {after});
      require_not_better(old, next);
      REQUIRE(next.findings.size() > old.findings.size());
      ++moves[{old.verdict, next.verdict}];
    }
  }
  // The grid is no grid of refusals: every step towards the worse was seen.
  for (const Verdict from : {Verdict::clear, Verdict::refer, Verdict::incomplete}) {
    for (const Verdict to : {Verdict::refer, Verdict::incomplete, Verdict::refuse}) {
      if (from < to) CHECK(moves[{from, to}] > 0);
    }
  }
}

TEST_CASE("one more rulebook never moves a verdict towards release, whatever the facts") {
  Draw draw(7);
  std::vector<CompiledRulebook> books = all_books();
  for (Value& one : mixed_facts(tested_facts(), 60, draw)) {
    const Facts facts = facts_of(std::move(one));
    std::vector<CompiledRulebook> some;
    std::optional<Assessment> before;
    for (const CompiledRulebook& next : books) {
      some.push_back(next);
      if (!next.is_in_force(facts.as_of) && !before) continue;
      const Assessment after = assess_facts(facts, some);
      if (before) require_not_better(*before, after);
      before = after;
    }
  }
}

TEST_CASE("one fact less never moves a verdict towards release, whatever the facts") {
  Draw draw(42);
  const std::vector<CompiledRulebook> books = all_books();
  const std::set<std::string> needed = {"/as_of",    "/host",          "/request",
                                        "/datasets", "/datasets/0/id", "/datasets/1/id"};
  std::vector<Value> grid = tested_facts();
  for (Value& one : mixed_facts(grid, 60, draw)) grid.push_back(std::move(one));
  std::size_t removed = 0;
  std::set<Verdict> seen;
  for (const Value& value : grid) {
    const Facts whole = facts_of(value);
    for (const CompiledRulebook& rulebook : books) {  // one by one: a refusal hides nothing
      if (!rulebook.is_in_force(whole.as_of)) continue;
      const Assessment before = assess_facts(whole, {rulebook});
      seen.insert(before.verdict);
      if (before.verdict == Verdict::clear) continue;  // it cannot come closer
      for (const std::string& pointer : pointers_of(value)) {
        if (needed.contains(pointer)) continue;
        Value less = value;
        REQUIRE(json::remove_at(less, pointer));
        ++removed;
        const Assessment after = assess_facts(facts_of(std::move(less)), {rulebook});
        if (!is_closer(before, after)) continue;
        FAIL_CHECK(rulebook.id() << ": without " << pointer << " " << name_of(before.verdict)
                                 << " becomes " << name_of(after.verdict) << " for "
                                 << json::canonical(value));
      }
    }
  }
  CHECK(removed > 5'000);
  CHECK(seen.size() == 4);
}

namespace {

/// Members of which a document says by leaving them out that there is no such thing. Leaving one
/// out is another statement, not a gap.
struct SaysNone {
  std::string_view ending;
  std::string_view why;
  bool is_seen = false;
};

std::vector<SaysNone> members_that_say_none() {
  return {
      {"/joint_controllers", "nobody else applies"},
      {"/opt_out_exception", "data of those who opted out are not asked for"},
      {"/linkage", "the data are matched with nothing"},
  };
}

/// The story's documents under one value each.
Value documents_of(const Story& story) {
  return json::object({{"request", story.request},
                       {"provider", story.provider},
                       {"dataset", story.datasets.front()}});
}

/// What each of the rulebooks says on each day, by day and rulebook; nothing where the documents
/// are not valid.
using Said = std::map<std::string, Assessment>;
std::optional<Said> assessed(const Value& documents, const std::vector<CompiledRulebook>& books) {
  using model::DocumentKind;
  const auto request = model::valid_document(DocumentKind::request, documents.at("request"));
  const auto provider = model::valid_document(DocumentKind::provider, documents.at("provider"));
  const auto dataset = model::valid_document(DocumentKind::dataset, documents.at("dataset"));
  if (!request || !provider || !dataset) return std::nullopt;
  const Case borrowed{*request, {&*dataset}, *provider};
  Said result;
  for (const char* day : k_days) {
    const Facts facts = compute_facts(borrowed, parse_date(day).value());
    for (const CompiledRulebook& rulebook : books) {
      if (!rulebook.is_in_force(facts.as_of)) continue;
      result.emplace(day + (" " + rulebook.id()), assess(borrowed, facts, {rulebook}));
    }
  }
  return result;
}

Value certificate(const char* scheme, const char* version) {
  return json::object({{"scheme", scheme},
                       {"version", version},
                       {"status", "valid"},
                       {"from", "2020-01-01"},
                       {"until", "2040-01-01"}});
}

/// A study that declares what can be declared; with one thing more that stands in its way.
Story talkative(std::string_view hindrance) {
  Story story;
  Value& request = story.request;
  sample::set(request, "controller.state_body", "administration");
  sample::set(request, "recipient.state_body", "administration");
  sample::set(request, "controller.mandate", "a law");
  sample::set(request, "dpia", json::object({{"date", "2021-01-01"}}));
  sample::set(request, "interests", Value::Array{});
  sample::set(request, "implementing_body.confidentiality_commitment", "2021-01-01");
  sample::set(story.datasets[0], "particular_sensitivity",
              json::object({{"protected", true}, {"breach_harms", true}}));
  sample::set(story.datasets[0], "ehds_categories", json::strings({"a"}));
  sample::set(story.provider, "certificates",
              Value::Array{certificate("HDS", "2"), certificate("SecNumCloud", "3.2")});
  sample::set(story.provider, "governing_law", "FR");
  sample::set(story.provider, "residual_risk_listed", true);
  sample::set(story.provider, "foreign_government_links", hindrance == "links");
  sample::set(story.provider, "changes", Value::Array{});
  request.set("attachments", Value::Array{json::object({{"name", "protocol.pdf"},
                                                        {"kind", "protocol"},
                                                        {"sha256", std::string(64, 'a')},
                                                        {"bytes", 1000}})});
  if (hindrance == "linkage") {
    story.use().set("linkage",
                    Value::Array{json::object({{"source", "a cohort"}, {"key", "NIR"}})});
  }
  if (hindrance == "opt-out") {
    sample::set(request, "opt_out_exception", json::object({{"basis", "a law"}}));
  }
  if (hindrance == "joint") {
    request.set("joint_controllers",
                Value::Array{json::object(
                    {{"name", "An institute"}, {"country", "US"}, {"sector", "public"}})});
  }
  return story;
}

std::vector<Story> stories() {
  std::vector<Story> result;
  for (const char* hindrance : {"none", "links", "linkage", "opt-out", "joint"}) {
    result.push_back(talkative(hindrance));
  }
  for (const char* name : {"request-whole-base", "request-european-host", "request-treatment"}) {
    Story story;
    story.request = sample::example(std::string("cnam-2021/") + name + ".json");
    const std::string host = story.request.at("environment").text("provider");
    story.provider = sample::example("cnam-2021/provider-" + host + ".json");
    result.push_back(std::move(story));
  }
  Story safeguards;
  safeguards.provider = sample::example("cnam-2021/provider-azure-hub-with-safeguards.json");
  result.push_back(std::move(safeguards));
  Story european;
  european.provider = sample::european_provider();
  result.push_back(std::move(european));
  return result;
}

}  // namespace

TEST_CASE("one declaration less never moves a verdict towards release") {
  std::vector<SaysNone> exceptions = members_that_say_none();
  const std::vector<CompiledRulebook> books = all_books();
  std::size_t removed = 0;
  for (const Story& story : stories()) {
    const Value whole = documents_of(story);
    const std::optional<Said> before = assessed(whole, books);
    REQUIRE(before.has_value());
    for (const std::string& pointer : pointers_of(whole)) {
      Value less = whole;
      REQUIRE(json::remove_at(less, pointer));
      if (less.as_object().size() < 3) continue;
      const std::optional<Said> after = assessed(less, books);
      if (!after) continue;
      for (const auto& [where, old] : *before) {
        ++removed;
        if (!is_closer(old, after->at(where))) continue;
        const auto known =
            std::find_if(exceptions.begin(), exceptions.end(),
                         [&](const SaysNone& one) { return pointer.ends_with(one.ending); });
        if (known != exceptions.end()) {
          known->is_seen = true;
          continue;
        }
        FAIL_CHECK(where << ": without " << pointer << " " << name_of(old.verdict) << " becomes "
                         << name_of(after->at(where).verdict));
      }
    }
  }
  CHECK(removed > 1'000);
  for (const SaysNone& one : exceptions) {
    INFO(one.ending << ": " << one.why);
    CHECK(one.is_seen);  // an exception that nothing needs would hide the next fault
  }
}
