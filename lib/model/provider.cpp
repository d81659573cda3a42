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

Party read_party(const Value& party) {
  return {party.text("id"),
          party.text("name"),
          party.text("kind"),
          text_or_none(party, "registered_office"),
          text_or_none(party, "central_administration"),
          text_or_none(party, "principal_establishment"),
          party.flag("listed").value_or(false)};
}

/// INVARIANT: the schema has let days pass only that exist.
std::optional<Date> day_or_none(const Value& object, std::string_view name) {
  const Value* member = object.find(name);
  if (member == nullptr) return std::nullopt;
  return parse_date(member->as_string()).value();
}

Period read_period(const Value& object) {
  return {day_or_none(object, "from"), day_or_none(object, "until")};
}

Holding read_holding(const Value& holding) {
  return {holding.text("holder"),
          holding.text("held"),
          text_or_none(holding, "capital_percent"),
          text_or_none(holding, "votes_percent"),
          holding.flag("veto").value_or(false),
          holding.flag("appoints_majority").value_or(false),
          read_period(holding)};
}

Supplier read_supplier(const Value& supplier) {
  Supplier result{supplier.text("party"), supplier.flag("can_access_data"),
                  supplier.flag("own_skills")};
  if (const Value* count = supplier.find("other_companies")) {
    result.other_companies = count->as_integer();
  }
  if (const Value* qualification = supplier.find("qualification")) {
    result.qualification = read_period(*qualification);
  }
  result.period = read_period(supplier);
  return result;
}

JointPower read_joint_power(const Value& power) {
  return {json::to_strings(power.find("holders")), power.text("held"),
          power.flag("veto").value_or(false), power.flag("appoints_majority").value_or(false)};
}

Concert read_concert(const Value& concert) {
  return {json::to_strings(concert.find("holders")), concert.text("held")};
}

Change read_change(const Value& change) {
  return {day_or_none(change, "date").value(), change.text("what"),
          day_or_none(change, "reported")};
}

/// Reads every item of a list; a list that is not there is empty.
template <typename Item>
std::vector<Item> read_list(const Value& provider, std::string_view name,
                            Item (*read)(const Value&)) {
  std::vector<Item> result;
  const Value* list = provider.find(name);
  if (list == nullptr) return result;
  for (const Value& item : list->as_array()) result.push_back(read(item));
  return result;
}

}  // namespace

Provider Provider::from(const Document& document) {
  const Value& value = document.value;
  return {value.text("id"),
          value.text("operator"),
          read_list(value, "parties", read_party),
          read_list(value, "holdings", read_holding),
          read_list(value, "suppliers", read_supplier),
          read_list(value, "joint_powers", read_joint_power),
          read_list(value, "concerts", read_concert),
          read_list(value, "changes", read_change)};
}

}  // namespace octroi::model
