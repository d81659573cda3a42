// SPDX-License-Identifier: Apache-2.0
#include "rules/request_facts.hpp"

#include <optional>
#include <string_view>
#include <utility>
#include <vector>

#include "law/disease_scope.hpp"

namespace octroi::rules {
namespace {

using cel::View;
using json::TapeValue;

void add_disease_facts(FactRow& facts, TapeValue request) {
  std::string_view system;
  std::vector<std::string_view> codes;
  if (const auto declared = request.find("disease_codes")) {
    system = declared->text("system");
    codes = texts_of(declared->list("codes"));
    facts.add_object("disease_codes", 2, [&](FactRow& fact) {
      std::vector<std::string_view> texts;
      texts.reserve(codes.size());
      for (const std::string_view code : codes) {
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

void add_user_facts(FactRow& facts, TapeValue request) {
  const TapeValue users = request.list("users");
  std::vector<std::string_view> countries;
  countries.reserve(users.size());
  for (const TapeValue user : users) {
    countries.push_back(comparable_country(user.text("country")));
  }
  facts.add("user_count", View::of(static_cast<std::int64_t>(users.size())));
  facts.add("user_countries", sorted_once(facts.room(), std::move(countries)));
}

/// The controllers, who apply together.
void add_applicant_facts(FactRow& facts, TapeValue request) {
  std::vector<std::string_view> countries;
  if (const auto controller = request.find("controller")) {
    countries.push_back(comparable_country(controller->text("country")));
  }
  for (const TapeValue one : request.list("joint_controllers")) {
    countries.push_back(comparable_country(one.text("country")));
  }
  facts.add("applicant_countries", sorted_once(facts.room(), std::move(countries)));
}

/// A body as rules see it, under `name`.
void add_body(FactRow& facts, TapeValue request, std::string_view name) {
  const std::optional<TapeValue> body = request.find(name);
  if (!body) return;
  facts.add_object(name, 6, [body](FactRow& fact) {
    fact.pick(*body, {"confidentiality_commitment", "country"});
    fact.add("has_mandate", View::of(body->find("mandate").has_value()));
    fact.pick(*body, {"public_body", "sector", "state_body"});
  });
}

void add_attachments(FactRow& facts, TapeValue request) {
  std::vector<std::string_view> kinds;
  for (const TapeValue one : request.list("attachments")) {
    if (const auto kind = one.find("kind")) kinds.push_back(kind->as_string());
  }
  facts.add("attachments", sorted_once(facts.room(), std::move(kinds)));
}

void add_necessity(FactRow& facts, TapeValue request) {
  const std::optional<TapeValue> necessity = request.find("necessity");
  if (!necessity) return;
  facts.add_object("necessity", 2, [necessity](FactRow& fact) {
    fact.pick(*necessity, {"degree"});
    // `for` is a reserved word of CEL, so that a rule could not read it everywhere.
    fact.take("serves", necessity->find("for"));
  });
}

void add_purposes(FactRow& facts, TapeValue request) {
  const std::optional<TapeValue> purposes = request.find("purposes");
  facts.add_object("purposes", 3, [purposes](FactRow& fact) {
    for (const std::string_view regime : {"duo", "ehds", "snds"}) {
      const TapeValue list = purposes ? purposes->list(regime) : TapeValue::empty_list();
      fact.add(regime, sorted_once(fact.room(), list));
    }
  });
}

}  // namespace

// In the order of their names; of some texts only that they are there can matter.
void add_request_facts(FactRow& facts, TapeValue request) {
  add_applicant_facts(facts, request);
  facts.add("asks_opt_out_exception", View::of(request.find("opt_out_exception").has_value()));
  add_attachments(facts, request);
  add_body(facts, request, "controller");
  facts.add("declares_interests", View::of(request.find("interests").has_value()));
  add_disease_facts(facts, request);
  if (const auto assessment = request.find("dpia")) {
    facts.take("dpia_date", assessment->at("date"));
  }
  facts.pick_object(request, "duration", {"months"});
  facts.pick_object(request, "environment", {"provider"});
  add_body(facts, request, "implementing_body");
  facts.pick_object(request, "legal_basis", {"gdpr_article_6", "gdpr_article_9"});
  const std::optional<TapeValue> officers = request.find("officers");
  facts.add("names_data_protection_officer",
            View::of(officers && states(*officers, "data_protection_officer")));
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
  if (const auto flags = request.find("sensitivity")) {
    facts.add("sensitivity", sorted_once(facts.room(), flags));
  }
  facts.add("states_public_interest", View::of(states(request, "public_interest")));
  facts.add("states_safeguards", View::of(states(request, "safeguards")));
  facts.add_each("transfers", request.find("transfers"), 3, [](FactRow& fact, TapeValue one) {
    fact.pick(one, {"basis", "country", "kind"});
  });
  facts.pick_object(request, "undertakings", {"collaboration", "return_results"});
  add_user_facts(facts, request);
}

}  // namespace octroi::rules
