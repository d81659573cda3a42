// SPDX-License-Identifier: Apache-2.0
#include "rules/fact_sources.hpp"

#include <algorithm>
#include <set>

#include "catch.hpp"
#include "json/read.hpp"
#include "model/document.hpp"

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

}  // namespace

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
