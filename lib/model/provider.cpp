// SPDX-License-Identifier: Apache-2.0
#include "model/provider.hpp"

namespace octroi::model {
namespace {

using json::Value;

std::optional<std::string> text_or_none(const Value& object, std::string_view name) {
  const Value* member = object.find(name);
  if (member == nullptr) return std::nullopt;
  return member->as_string();
}

bool is_true(const Value& object, std::string_view name) {
  const Value* member = object.find(name);
  return member != nullptr && member->as_boolean();
}

Party read_party(const Value& party) {
  return {party.text("id"),
          party.text("name"),
          party.text("kind"),
          text_or_none(party, "registered_office"),
          text_or_none(party, "central_administration"),
          text_or_none(party, "principal_establishment"),
          is_true(party, "listed")};
}

Holding read_holding(const Value& holding) {
  return {holding.text("holder"),
          holding.text("held"),
          text_or_none(holding, "capital_percent"),
          text_or_none(holding, "votes_percent"),
          is_true(holding, "veto"),
          is_true(holding, "appoints_majority")};
}

Supplier read_supplier(const Value& supplier) {
  const Value* access = supplier.find("can_access_data");
  return {supplier.text("party"),
          access == nullptr ? std::nullopt : std::optional<bool>(access->as_boolean())};
}

}  // namespace

Provider Provider::from(const Document& document) {
  const Value& value = document.value;
  Provider provider{value.text("id"), value.text("operator"), {}, {}, {}};
  for (const Value& party : value.at("parties").as_array()) {
    provider.parties.push_back(read_party(party));
  }
  for (const Value& holding : value.at("holdings").as_array()) {
    provider.holdings.push_back(read_holding(holding));
  }
  for (const Value& supplier : value.at("suppliers").as_array()) {
    provider.suppliers.push_back(read_supplier(supplier));
  }
  return provider;
}

}  // namespace octroi::model
