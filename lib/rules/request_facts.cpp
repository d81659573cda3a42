// SPDX-License-Identifier: Apache-2.0
#include "rules/request_facts.hpp"

#include <optional>
#include <set>

#include "law/countries.hpp"
#include "law/disease_scope.hpp"
#include "rules/fact_parts.hpp"

namespace octroi::rules {
namespace {

using json::Value;

void add_disease_facts(Value& facts, const Value& request) {
  const Value* disease_codes = request.find("disease_codes");
  const std::string system = disease_codes == nullptr ? "" : disease_codes->text("system");
  std::vector<std::string> codes = disease_codes == nullptr
                                       ? std::vector<std::string>{}
                                       : json::to_strings(disease_codes->find("codes"));
  const law::DiseaseScope scope = law::disease_scope(system, codes);
  if (scope != law::DiseaseScope::unknown) {
    facts.set("disease_scope", std::string(law::name_of(scope)));
  }
  if (disease_codes == nullptr) return;
  if (system == "icd-10") {
    for (std::string& code : codes) code = law::normalise_icd_10(code).value_or(code);
  }
  facts.set("disease_codes", json::object({{"system", system}, {"codes", sorted_once(codes)}}));
}

/// The code of a country as rules compare it; as written where it is none.
std::string iso_code(const Value& of) {
  const std::string written = of.text("country");
  const std::optional<law::Country> country = law::Country::from(written);
  return country ? country->code() : written;
}

void add_user_facts(Value& facts, const Value& request) {
  std::set<std::string> countries;
  std::int64_t count = 0;
  if (const Value* users = request.find("users")) {
    for (const Value& user : users->as_array()) {
      ++count;
      countries.insert(iso_code(user));
    }
  }
  facts.set("user_count", count);
  facts.set("user_countries", json::strings({countries.begin(), countries.end()}));
}

/// The controllers, who apply together.
void add_applicant_facts(Value& facts, const Value& request) {
  std::vector<std::string> countries;
  if (const Value* controller = request.find("controller")) {
    countries.push_back(iso_code(*controller));
  }
  if (const Value* joint = request.find("joint_controllers")) {
    for (const Value& one : joint->as_array()) countries.push_back(iso_code(one));
  }
  facts.set("applicant_countries", sorted_once(countries));
}

/// A body as rules see it, under `name`.
void add_body(Value& facts, const Value& request, std::string_view name) {
  const Value* body = request.find(name);
  if (body == nullptr) return;
  Value result =
      pick(*body, {"country", "sector", "public_body", "state_body", "confidentiality_commitment"});
  result.set("has_mandate", body->find("mandate") != nullptr);
  facts.set(name, std::move(result));
}

/// What is there, where only that it is there can matter.
void add_statements(Value& facts, const Value& request) {
  facts.set("states_public_interest", !request.text("public_interest").empty());
  facts.set("states_safeguards", !request.text("safeguards").empty());
  facts.set("asks_opt_out_exception", request.find("opt_out_exception") != nullptr);
  facts.set("declares_interests", request.find("interests") != nullptr);
  const Value* officers = request.find("officers");
  facts.set("names_data_protection_officer",
            officers != nullptr && !officers->text("data_protection_officer").empty());
  std::vector<std::string> kinds;
  if (const Value* attachments = request.find("attachments")) {
    for (const Value& one : attachments->as_array()) {
      if (one.find("kind") != nullptr) kinds.push_back(one.text("kind"));
    }
  }
  facts.set("attachments", sorted_once(kinds));
  if (const Value* assessment = request.find("dpia"))
    facts.set("dpia_date", assessment->at("date"));
  if (const Value* flags = request.find("sensitivity")) {
    facts.set("sensitivity", sorted_once(json::to_strings(flags)));
  }
}

}  // namespace

Value request_facts(const Value& request) {
  Value facts = pick(request, {"regime"});
  pick_into(facts, request, "project", {"name", "kind"});
  add_body(facts, request, "controller");
  add_body(facts, request, "implementing_body");
  add_applicant_facts(facts, request);
  pick_into(facts, request, "recipient", {"id", "state_body"});
  pick_into(facts, request, "research",
            {"commercial", "methods_development", "ancestry", "genetic", "clinical_care", "types"});
  pick_into(facts, request, "undertakings", {"return_results", "collaboration"});
  pick_into(facts, request, "prohibited_uses",
            {"promotion_of_health_products", "insurance_exclusion_or_premium",
             "detrimental_decisions", "advertising_or_marketing", "harmful_products"});
  pick_into(facts, request, "environment", {"provider"});
  pick_into(facts, request, "duration", {"months"});
  pick_into(facts, request, "legal_basis", {"gdpr_article_6", "gdpr_article_9"});
  pick_into(facts, request, "publication", {"commitment", "months_max", "not_before"});
  pick_each_into(facts, request, "transfers", {"country", "kind", "basis"});
  const Value* purposes = request.find("purposes");
  Value codes = Value::Object{};
  for (const std::string_view regime : {"snds", "ehds", "duo"}) {
    const Value* list = purposes == nullptr ? nullptr : purposes->find(regime);
    codes.set(regime, sorted_once(json::to_strings(list)));
  }
  facts.set("purposes", std::move(codes));
  if (const Value* necessity = request.find("necessity")) {
    Value answer = pick(*necessity, {"degree"});
    // `for` is a reserved word of CEL, so that a rule could not read it everywhere.
    if (const Value* serves = necessity->find("for")) answer.set("serves", *serves);
    facts.set("necessity", std::move(answer));
  }
  add_statements(facts, request);
  add_disease_facts(facts, request);
  add_user_facts(facts, request);
  return facts;
}

}  // namespace octroi::rules
