// SPDX-License-Identifier: Apache-2.0
#include "rules/fact_sources.hpp"

#include <algorithm>
#include <map>
#include <set>

#include "catch.hpp"
#include "json/pointer.hpp"
#include "json/read.hpp"
#include "model/document.hpp"
#include "model/semantic_faults.hpp"
#include "rules/sample_documents.hpp"

using namespace octroi;
using namespace octroi::rules;
using json::Value;

namespace {

/// A schema as a value, and what its references refer to.
struct SchemaReader {
  explicit SchemaReader(std::string_view name) : root(json::read(model::schema_text(name), name)) {}

  [[nodiscard]] const Value& resolved(const Value& schema) const {
    const std::string reference = schema.text("$ref");
    if (reference.empty()) return schema;
    return root.at("definitions").at(reference.substr(std::string("#/definitions/").size()));
  }

  Value root;
};

/// The paths of facts below a schema that are no objects: what a rule reads at the end of a path.
void add_leaves(const SchemaReader& reader, const Value& schema, const std::string& path,
                std::vector<std::string>& leaves) {
  const Value& here = reader.resolved(schema);
  const Value* properties = here.find("properties");
  if (properties == nullptr) {
    leaves.push_back(path);
    return;
  }
  for (const auto& [name, property] : properties->as_object()) {
    add_leaves(reader, property, path.empty() ? name : path + "." + name, leaves);
  }
}

std::vector<std::string> all_leaves() {
  const SchemaReader facts("facts");
  std::vector<std::string> leaves;
  add_leaves(facts, facts.root, "", leaves);
  add_leaves(facts, facts.root.at("properties").at("datasets").at("items"), "dataset", leaves);
  return leaves;
}

/// True when the schema of a document has a member at the pointer.
bool is_in_schema(const SchemaReader& reader, std::string_view pointer) {
  const Value* at = &reader.root;
  while (!pointer.empty()) {
    const std::size_t end = std::min(pointer.find('/', 1), pointer.size());
    const std::string step(pointer.substr(1, end - 1));
    pointer.remove_prefix(end);
    const Value& here = reader.resolved(*at);
    const bool is_number = step.find_first_not_of("0123456789") == std::string::npos;
    const Value* properties = here.find("properties");
    at = is_number ? here.find("items") : properties == nullptr ? nullptr : properties->find(step);
    if (at == nullptr) return false;
  }
  return true;
}

/// Every leaf of a value with its path, members joined by `separator`.
void add_values(const Value& value, const std::string& path, const std::string& separator,
                std::map<std::string, Value>& leaves) {
  if (value.is_object() && !value.as_object().empty()) {
    for (const auto& [name, member] : value.as_object()) {
      add_values(member, path + separator + name, separator, leaves);
    }
  } else {
    leaves.emplace(path, value);
  }
}

/// The facts of a story by path; those of its one dataset under "dataset".
std::map<std::string, Value> facts_by_path(const sample::Story& story) {
  const Facts facts = story.facts();
  std::map<std::string, Value> leaves;
  for (const char* name : {"request", "host"}) add_values(*facts.find(name), name, ".", leaves);
  add_values(facts.datasets().front(), "dataset", ".", leaves);
  return leaves;
}

std::set<std::string> paths_that_differ(const std::map<std::string, Value>& left,
                                        const std::map<std::string, Value>& right) {
  std::set<std::string> paths;
  for (const auto* from : {&left, &right}) {
    const auto& other = from == &left ? right : left;
    for (const auto& [path, value] : *from) {
      const auto found = other.find(path);
      if (found == other.end() || found->second != value) paths.insert(path);
    }
  }
  return paths;
}

bool is_traced(std::string_view path, Declarer declarer, const std::string& pointer) {
  const std::vector<FactSource> sources = fact_sources(path, 0);
  return std::any_of(sources.begin(), sources.end(), [&](const FactSource& source) {
    return source.declarer == declarer &&
           (pointer == source.pointer || pointer.starts_with(source.pointer + "/") ||
            source.pointer.starts_with(pointer + "/"));
  });
}

/// Values that may stand in for another.
std::vector<Value> other_values(const Value& value) {
  if (value.is_boolean()) return {!value.as_boolean()};
  if (value.is_integer()) return {value.as_integer() + 1};
  if (value.is_array()) return {Value::Array{}};
  return {"US", "DE", "2020-01-01", "other", "doubtful", "sample", "anonymised", "warehouse"};
}

/// The sample story with members that it does without.
sample::Story full_story() {
  sample::Story story;
  story.as_of = "2030-06-01";
  const auto merge = [](Value& into, std::string_view text) {
    const Value members = json::read(text, "sample");
    for (const auto& [name, value] : members.as_object()) into.set(name, value);
  };
  merge(story.request, R"({
    "research": {"commercial": false, "genetic": true, "types": ["a"]},
    "undertakings": {"return_results": true, "collaboration": false},
    "dpia": {"date": "2020-01-02"}, "interests": [], "sensitivity": ["gender"],
    "opt_out_exception": {"basis": "a law"},
    "opinions": [{"body": "CESREES", "outcome": "favourable", "date": "2020-02-01"}],
    "joint_controllers": [{"name": "Other", "country": "CH", "sector": "academic"}],
    "transfers": [{"country": "US", "kind": "transfer", "basis": "none"}]})");
  merge(story.datasets.front(), R"({
    "duo": [{"code": "DUO:0000004"}, {"code": "DUO:0000006"}, {"code": "DUO:0000011"},
            {"code": "DUO:0000007", "diseases": {"system": "icd-10", "codes": ["U07.1"]}},
            {"code": "DUO:0000012", "research_types": ["a"]}, {"code": "DUO:0000015"},
            {"code": "DUO:0000016"}, {"code": "DUO:0000018"}, {"code": "DUO:0000019"},
            {"code": "DUO:0000020"}, {"code": "DUO:0000021"},
            {"code": "DUO:0000022", "regions": ["FR", "IE", "CH", "US"]},
            {"code": "DUO:0000024", "not_before": "2040-01-01"},
            {"code": "DUO:0000025", "months": 6},
            {"code": "DUO:0000026", "users": ["analyst-1", "analyst-2"]},
            {"code": "DUO:0000027", "projects": ["other"]},
            {"code": "DUO:0000028", "institutions": ["1"]}, {"code": "DUO:0000029"},
            {"code": "DUO:0000042"}, {"code": "DUO:0000043"}, {"code": "DUO:0000044"},
            {"code": "DUO:0000045"}, {"code": "DUO:0000046"}],
    "particular_sensitivity": {"protected": true, "breach_harms": false}})");
  merge(story.provider, R"({
    "governing_law": "IE", "residual_risk_listed": true, "foreign_government_links": false,
    "disclosures": {"places": "2024-01-01", "foreign_laws": "2024-01-01",
                    "transfer_map": {"address": "https://example.org/map", "date": "2024-01-01",
                                     "statement": "table"}},
    "derogations": [{"provision": "sren-31", "granted": "2024-01-01"}]})");
  return story;
}

/// Changes each member of a document, and takes it out, where the document stays valid; checks that
/// every fact that comes out otherwise is traced to that member. The number of changes that showed.
std::size_t check_traces(const sample::Story& story, Declarer declarer,
                         Value& (*document_of)(sample::Story&)) {
  const std::map<std::string, Value> before = facts_by_path(story);
  sample::Story changed = story;
  std::map<std::string, Value> members;
  const Value original = document_of(changed);
  add_values(original, "", "/", members);
  if (declarer == Declarer::request) {
    members.clear();
    Value outer = original;
    outer.as_object().erase("datasets");
    add_values(outer, "", "/", members);
    add_values(original.at("datasets").as_array().front(), "/datasets/0", "/", members);
  }
  std::size_t shown = 0;
  const auto check = [&](const std::string& pointer, const Value& document) {
    const auto kind = declarer == Declarer::request   ? model::DocumentKind::request
                      : declarer == Declarer::dataset ? model::DocumentKind::dataset
                                                      : model::DocumentKind::provider;
    json::Tape tape;
    tape.lay(document);
    if (!model::schema_of(kind).validate(document).empty() ||
        !model::semantic_faults(kind, tape.root()).empty()) {
      return;
    }
    document_of(changed) = document;
    for (const std::string& path : paths_that_differ(before, facts_by_path(changed))) {
      INFO("the row of " << path << " in lib/rules/fact_sources.cpp lacks " << pointer << " of the "
                         << name_of(declarer));
      CHECK(is_traced(path, declarer, pointer));
      ++shown;
    }
  };
  for (const auto& [pointer, value] : members) {
    if (pointer == "/environment/provider" || pointer == "/datasets/0/dataset" || pointer == "/id")
      continue;  // another document altogether
    Value document = original;
    REQUIRE(json::remove_at(document, pointer));
    check(pointer, document);
    for (const Value& other : other_values(value)) {
      REQUIRE(json::set_at(document, pointer, other));
      check(pointer, document);
    }
  }
  return shown;
}

}  // namespace

TEST_CASE("whatever changes when a member of a document changes is traced to that member") {
  const sample::Story story = full_story();
  CHECK(check_traces(story, Declarer::request,
                     [](sample::Story& one) -> Value& { return one.request; }) > 70);
  CHECK(check_traces(story, Declarer::dataset,
                     [](sample::Story& one) -> Value& { return one.datasets.front(); }) > 8);
  CHECK(check_traces(story, Declarer::provider,
                     [](sample::Story& one) -> Value& { return one.provider; }) > 40);
}

TEST_CASE("every fact has a row that says where it is declared, and every row is of a fact") {
  const std::vector<std::string> leaves = all_leaves();
  CHECK(leaves.size() > 100);
  for (const std::string& leaf : leaves) {
    INFO("add to k_rows in lib/rules/fact_sources.cpp: {\""
         << leaf
         << "\", k_request | k_dataset | k_provider, \"/pointer/of/the/declared/member …\"}");
    CHECK(has_source_row(leaf));
  }
  for (const std::string_view path : paths_of_source_rows()) {
    INFO("schemas/facts.schema.json has no fact "
         << path << ": take its row out of k_rows in lib/rules/fact_sources.cpp");
    CHECK(std::any_of(leaves.begin(), leaves.end(), [path](const std::string& leaf) {
      return leaf == path || leaf.starts_with(std::string(path) + ".");
    }));
  }
}

TEST_CASE("every place of the table is one that its document's schema knows") {
  const SchemaReader request("request");
  const SchemaReader dataset("dataset");
  const SchemaReader provider("provider");
  for (const std::string_view path : paths_of_source_rows()) {
    for (const FactSource& source : fact_sources(path, 0)) {
      INFO(path << ": " << name_of(source.declarer) << " " << source.pointer);
      if (source.declarer == Declarer::request) CHECK(is_in_schema(request, source.pointer));
      if (source.declarer == Declarer::dataset) CHECK(is_in_schema(dataset, source.pointer));
      if (source.declarer == Declarer::provider) CHECK(is_in_schema(provider, source.pointer));
    }
  }
}

TEST_CASE("every member of a document is one that some fact is traced to, or that none reads") {
  struct Row {
    Declarer declarer;
    std::set<std::string> unread;
  };
  const Row rows[] = {
      {Declarer::request,
       {"$schema", "$comment", "format", "title", "principal_investigator", "summary", "funders",
        "fees", "formula_kept", "confirmations"}},
      {Declarer::dataset, {"$schema", "$comment", "format", "id", "title", "period", "components"}},
      {Declarer::provider, {"$schema", "$comment", "format", "name"}},
  };
  std::set<std::pair<Declarer, std::string>> traced;
  for (const std::string_view path : paths_of_source_rows()) {
    for (const FactSource& source : fact_sources(path, 0)) {
      const std::string first = source.pointer.substr(0, source.pointer.find('/', 1));
      traced.emplace(source.declarer, first);
    }
  }
  for (const Row& row : rows) {
    const SchemaReader reader(name_of(row.declarer));
    for (const auto& [name, schema] : reader.root.at("properties").as_object()) {
      INFO("/" << name << " of the " << name_of(row.declarer)
               << ": add it to the rows of the facts that it decides, in "
                  "lib/rules/fact_sources.cpp, or to the members that no fact reads, here");
      CHECK((traced.contains({row.declarer, "/" + name}) || row.unread.contains(name)));
      CHECK_FALSE((traced.contains({row.declarer, "/" + name}) && row.unread.contains(name)));
    }
  }
}

TEST_CASE("a fact is traced to the documents that declare it") {
  using Sources = std::vector<FactSource>;
  constexpr Declarer request = Declarer::request;
  constexpr Declarer provider = Declarer::provider;
  CHECK(fact_sources("dataset.extent", 2) == Sources{{request, "/datasets/2/extent"}});
  CHECK(fact_sources("dataset.extent") == Sources{{request, "/datasets"}});
  CHECK(fact_sources("request.disease_scope") ==
        Sources{{request, "/disease_codes/codes"}, {request, "/disease_codes/system"}});
  CHECK(fact_sources("dataset.collection", 0) ==
        Sources{{request, "/datasets/0/dataset"}, {Declarer::dataset, "/collection"}});
  CHECK(fact_sources("host.exclusively_eu_law") == Sources{{request, "/environment/provider"},
                                                           {provider, "/operator"},
                                                           {provider, "/parties"},
                                                           {provider, "/holdings"},
                                                           {provider, "/joint_powers"},
                                                           {provider, "/concerts"},
                                                           {provider, "/suppliers"}});
  CHECK(fact_sources("as_of") == Sources{{Declarer::day, ""}});
}

TEST_CASE("an object is traced to where all of it is declared, and a part to its whole") {
  using Sources = std::vector<FactSource>;
  CHECK(fact_sources("request.implementing_body") ==
        Sources{{Declarer::request, "/implementing_body"}});
  CHECK(fact_sources("request.publication") == Sources{{Declarer::request, "/publication"}});
  CHECK(fact_sources("host.disclosures") == Sources{{Declarer::request, "/environment/provider"},
                                                    {Declarer::provider, "/disclosures"}});
  CHECK(fact_sources("request.opinions.body") == Sources{{Declarer::request, "/opinions"}});
  CHECK(fact_sources("host.places.storage.in_eu") ==
        Sources{{Declarer::request, "/environment/provider"},
                {Declarer::provider, "/locations/storage"},
                {Declarer::provider, "/transfers"}});
  CHECK(fact_sources("request.nothing").empty());
  CHECK(fact_sources("requests.regime").empty());
  CHECK(fact_sources("").empty());
}
