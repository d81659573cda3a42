// SPDX-License-Identifier: Apache-2.0
#include "rules/request_facts.hpp"

#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "law/countries.hpp"
#include "law/disease_scope.hpp"
#include "rules/fact_parts.hpp"

namespace octroi::rules {
namespace {

using json::Value;
using FactRow = json::Object::Row;

void add_disease_facts(FactRow& facts, const Value& request) {
  const Value* disease_codes = request.find("disease_codes");
  const std::string system = disease_codes == nullptr ? "" : disease_codes->text("system");
  std::vector<std::string> codes = disease_codes == nullptr
                                       ? std::vector<std::string>{}
                                       : json::to_strings(disease_codes->find("codes"));
  const law::DiseaseScope scope = law::disease_scope(system, codes);
  if (scope != law::DiseaseScope::unknown) {
    facts.emplace_back("disease_scope", std::string(law::name_of(scope)));
  }
  if (disease_codes == nullptr) return;
  if (system == "icd-10") {
    for (std::string& code : codes) code = law::normalise_icd_10(code).value_or(code);
  }
  facts.emplace_back("disease_codes",
                     json::object({{"system", system}, {"codes", sorted_once(std::move(codes))}}));
}

/// The code of a country as rules compare it; as written where it is none.
std::string iso_code(const Value& of) {
  const std::string written = of.text("country");
  const std::optional<law::Country> country = law::Country::from(written);
  return country ? country->code() : written;
}

void add_user_facts(FactRow& facts, const Value& request) {
  std::vector<std::string> countries;
  if (const Value* users = request.find("users")) {
    countries.reserve(users->as_array().size());
    for (const Value& user : users->as_array()) countries.push_back(iso_code(user));
  }
  facts.emplace_back("user_count", static_cast<std::int64_t>(countries.size()));
  facts.emplace_back("user_countries", sorted_once(std::move(countries)));
}

/// The controllers, who apply together.
void add_applicant_facts(FactRow& facts, const Value& request) {
  std::vector<std::string> countries;
  if (const Value* controller = request.find("controller")) {
    countries.push_back(iso_code(*controller));
  }
  if (const Value* joint = request.find("joint_controllers")) {
    for (const Value& one : joint->as_array()) countries.push_back(iso_code(one));
  }
  facts.emplace_back("applicant_countries", sorted_once(std::move(countries)));
}

/// A body as rules see it, under `name`.
void add_body(FactRow& facts, const Value& request, std::string_view name) {
  const Value* body = request.find(name);
  if (body == nullptr) return;
  Value result =
      pick(*body, {"confidentiality_commitment", "country", "public_body", "sector", "state_body"});
  result.set("has_mandate", body->find("mandate") != nullptr);
  facts.emplace_back(name, std::move(result));
}

/// What is there, where only that it is there can matter.
void add_statements(FactRow& facts, const Value& request) {
  facts.emplace_back("states_public_interest", states(request, "public_interest"));
  facts.emplace_back("states_safeguards", states(request, "safeguards"));
  facts.emplace_back("asks_opt_out_exception", request.find("opt_out_exception") != nullptr);
  facts.emplace_back("declares_interests", request.find("interests") != nullptr);
  const Value* officers = request.find("officers");
  facts.emplace_back("names_data_protection_officer",
                     officers != nullptr && states(*officers, "data_protection_officer"));
  std::vector<std::string> kinds;
  if (const Value* attachments = request.find("attachments")) {
    for (const Value& one : attachments->as_array()) {
      if (one.find("kind") != nullptr) kinds.push_back(one.text("kind"));
    }
  }
  facts.emplace_back("attachments", sorted_once(std::move(kinds)));
  if (const Value* assessment = request.find("dpia"))
    facts.emplace_back("dpia_date", assessment->at("date"));
  if (const Value* flags = request.find("sensitivity")) {
    facts.emplace_back("sensitivity", sorted_once(flags));
  }
}

}  // namespace

Value request_facts(const Value& request) {
  constexpr std::size_t k_facts_of_most = 40;  // those that are added later too
  FactRow facts;
  facts.reserve(k_facts_of_most);
  add_applicant_facts(facts, request);
  add_body(facts, request, "controller");
  pick_into(facts, request, "duration", {"months"});
  pick_into(facts, request, "environment", {"provider"});
  add_body(facts, request, "implementing_body");
  pick_into(facts, request, "legal_basis", {"gdpr_article_6", "gdpr_article_9"});
  if (const Value* necessity = request.find("necessity")) {
    Value answer = pick(*necessity, {"degree"});
    // `for` is a reserved word of CEL, so that a rule could not read it everywhere.
    if (const Value* serves = necessity->find("for")) answer.set("serves", *serves);
    facts.emplace_back("necessity", std::move(answer));
  }
  pick_into(facts, request, "project", {"kind", "name"});
  pick_into(facts, request, "prohibited_uses",
            {"advertising_or_marketing", "detrimental_decisions", "harmful_products",
             "insurance_exclusion_or_premium", "promotion_of_health_products"});
  pick_into(facts, request, "publication", {"commitment", "months_max", "not_before"});
  const Value* purposes = request.find("purposes");
  Value codes = Value::Object{};
  for (const std::string_view regime : {"duo", "ehds", "snds"}) {
    const Value* list = purposes == nullptr ? nullptr : purposes->find(regime);
    codes.set(regime, sorted_once(list));
  }
  facts.emplace_back("purposes", std::move(codes));
  pick_into(facts, request, "recipient", {"id", "state_body"});
  if (const Value* regime = request.find("regime")) facts.emplace_back("regime", *regime);
  pick_into(facts, request, "research",
            {"ancestry", "clinical_care", "commercial", "genetic", "methods_development", "types"});
  pick_each_into(facts, request, "transfers", {"basis", "country", "kind"});
  pick_into(facts, request, "undertakings", {"collaboration", "return_results"});
  add_statements(facts, request);
  add_disease_facts(facts, request);
  add_user_facts(facts, request);
  return json::Object::of_distinct(std::move(facts));
}

}  // namespace octroi::rules
