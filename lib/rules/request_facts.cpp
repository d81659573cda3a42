// SPDX-License-Identifier: Apache-2.0
#include "rules/request_facts.hpp"

#include <string>
#include <utility>
#include <vector>

#include "law/disease_scope.hpp"

namespace octroi::rules {
namespace {

using cel::View;
using json::Value;

void add_disease_facts(FactRow& facts, const Value& request) {
  const Value* disease_codes = request.find("disease_codes");
  const Value none;
  const Value& declared = disease_codes == nullptr ? none : *disease_codes;
  const std::string_view system = text_in(declared, "system");
  const std::vector<std::string> codes = json::to_strings(declared.find("codes"));
  if (disease_codes != nullptr) {
    facts.add_object("disease_codes", 2, [&](FactRow& fact) {
      std::vector<std::string_view> texts;
      texts.reserve(codes.size());
      for (const Value& written : items_in(declared, "codes")) {
        const std::string& code = written.as_string();
        const auto usual = system == "icd-10" ? law::normalise_icd_10(code) : std::nullopt;
        texts.push_back(usual && *usual != code ? facts.room().keep(*usual) : code);
      }
      fact.add("codes", sorted_once(facts.room(), std::move(texts)));
      fact.add("system", View::of(system));
    });
  }
  const law::DiseaseScope scope = law::disease_scope(system, codes);
  if (scope != law::DiseaseScope::unknown) {
    facts.add("disease_scope", View::of(law::name_of(scope)));
  }
}

void add_user_facts(FactRow& facts, const Value& request) {
  const Value::Array& users = items_in(request, "users");
  std::vector<std::string_view> countries;
  countries.reserve(users.size());
  for (const Value& user : users) {
    countries.push_back(comparable_country(text_in(user, "country")));
  }
  facts.add("user_count", View::of(static_cast<std::int64_t>(users.size())));
  facts.add("user_countries", sorted_once(facts.room(), std::move(countries)));
}

/// The controllers, who apply together.
void add_applicant_facts(FactRow& facts, const Value& request) {
  std::vector<std::string_view> countries;
  if (const Value* controller = request.find("controller")) {
    countries.push_back(comparable_country(text_in(*controller, "country")));
  }
  for (const Value& one : items_in(request, "joint_controllers")) {
    countries.push_back(comparable_country(text_in(one, "country")));
  }
  facts.add("applicant_countries", sorted_once(facts.room(), std::move(countries)));
}

/// A body as rules see it, under `name`.
void add_body(FactRow& facts, const Value& request, std::string_view name) {
  const Value* body = request.find(name);
  if (body == nullptr) return;
  facts.add_object(name, 6, [body](FactRow& fact) {
    fact.pick(*body, {"confidentiality_commitment", "country"});
    fact.add("has_mandate", View::of(body->find("mandate") != nullptr));
    fact.pick(*body, {"public_body", "sector", "state_body"});
  });
}

void add_attachments(FactRow& facts, const Value& request) {
  std::vector<std::string_view> kinds;
  for (const Value& one : items_in(request, "attachments")) {
    if (one.find("kind") != nullptr) kinds.push_back(text_in(one, "kind"));
  }
  facts.add("attachments", sorted_once(facts.room(), std::move(kinds)));
}

void add_necessity(FactRow& facts, const Value& request) {
  const Value* necessity = request.find("necessity");
  if (necessity == nullptr) return;
  facts.add_object("necessity", 2, [necessity](FactRow& fact) {
    fact.pick(*necessity, {"degree"});
    // `for` is a reserved word of CEL, so that a rule could not read it everywhere.
    fact.take("serves", necessity->find("for"));
  });
}

void add_purposes(FactRow& facts, const Value& request) {
  const Value* purposes = request.find("purposes");
  facts.add_object("purposes", 3, [purposes](FactRow& fact) {
    for (const std::string_view regime : {"duo", "ehds", "snds"}) {
      const Value* list = purposes == nullptr ? nullptr : purposes->find(regime);
      fact.add(regime, sorted_once(fact.room(), list));
    }
  });
}

}  // namespace

// In the order of their names; of some texts only that they are there can matter.
void add_request_facts(FactRow& facts, const Value& request) {
  add_applicant_facts(facts, request);
  facts.add("asks_opt_out_exception", View::of(request.find("opt_out_exception") != nullptr));
  add_attachments(facts, request);
  add_body(facts, request, "controller");
  facts.add("declares_interests", View::of(request.find("interests") != nullptr));
  add_disease_facts(facts, request);
  if (const Value* assessment = request.find("dpia")) {
    facts.take("dpia_date", &assessment->at("date"));
  }
  facts.pick_object(request, "duration", {"months"});
  facts.pick_object(request, "environment", {"provider"});
  add_body(facts, request, "implementing_body");
  facts.pick_object(request, "legal_basis", {"gdpr_article_6", "gdpr_article_9"});
  const Value* officers = request.find("officers");
  facts.add("names_data_protection_officer",
            View::of(officers != nullptr && states(*officers, "data_protection_officer")));
  add_necessity(facts, request);
  facts.pick_object(request, "prohibited_uses",
                    {"advertising_or_marketing", "detrimental_decisions", "harmful_products",
                     "insurance_exclusion_or_premium", "promotion_of_health_products"});
  facts.pick_object(request, "project", {"kind", "name"});
  facts.pick_object(request, "publication", {"commitment", "months_max", "not_before"});
  add_purposes(facts, request);
  facts.pick_object(request, "recipient", {"id", "state_body"});
  facts.pick(request, {"regime"});
  facts.pick_object(
      request, "research",
      {"ancestry", "clinical_care", "commercial", "genetic", "methods_development", "types"});
  if (const Value* flags = request.find("sensitivity")) {
    facts.add("sensitivity", sorted_once(facts.room(), flags));
  }
  facts.add("states_public_interest", View::of(states(request, "public_interest")));
  facts.add("states_safeguards", View::of(states(request, "safeguards")));
  facts.add_each("transfers", request.find("transfers"), 3, [](FactRow& fact, const Value& one) {
    fact.pick(one, {"basis", "country", "kind"});
  });
  facts.pick_object(request, "undertakings", {"collaboration", "return_results"});
  add_user_facts(facts, request);
}

}  // namespace octroi::rules
