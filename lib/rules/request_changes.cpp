// SPDX-License-Identifier: Apache-2.0
#include "rules/request_changes.hpp"

#include <algorithm>
#include <map>

#include <fmt/format.h>

#include "base/error.hpp"
#include "json/pointer.hpp"
#include "json/write.hpp"
#include "model/request_schema.hpp"

namespace octroi::rules {
namespace {

using json::Value;

constexpr std::string_view k_provider_pointer = "/environment/provider";
constexpr std::string_view k_service_pointer = "/environment/service";
constexpr std::string_view k_uses = "/datasets";

struct FieldClass {
  std::string_view pointer;  ///< N is the position of a dataset use
  Proposal proposal;
};

/// Every field of a request that takes one of a few values; of the others, those from which an item
/// may be taken out.
constexpr FieldClass k_fields[] = {
    {"/regime", Proposal::statement},
    {"/project/kind", Proposal::statement},
    {"/users", Proposal::choice},
    {"/purposes/snds", Proposal::statement},
    {"/purposes/ehds", Proposal::statement},
    {"/purposes/duo", Proposal::statement},
    {"/prohibited_uses/promotion_of_health_products", Proposal::statement},
    {"/prohibited_uses/insurance_exclusion_or_premium", Proposal::statement},
    {"/prohibited_uses/detrimental_decisions", Proposal::statement},
    {"/prohibited_uses/advertising_or_marketing", Proposal::statement},
    {"/prohibited_uses/harmful_products", Proposal::statement},
    {"/research/commercial", Proposal::statement},
    {"/research/methods_development", Proposal::statement},
    {"/research/ancestry", Proposal::statement},
    {"/research/genetic", Proposal::statement},
    {"/research/clinical_care", Proposal::statement},
    {"/undertakings/return_results", Proposal::choice},
    {"/undertakings/collaboration", Proposal::statement},
    {"/necessity/degree", Proposal::statement},
    {"/necessity/for", Proposal::statement},
    {"/datasets/N/components", Proposal::choice},
    {"/datasets/N/extent", Proposal::choice},
    {"/datasets/N/format", Proposal::choice},
    {"/datasets/N/identifiers_crossed", Proposal::choice},
    {"/datasets/N/linkage", Proposal::statement},
    {"/datasets/N/controls", Proposal::choice},
    {"/datasets/N/frequency", Proposal::choice},
    {k_provider_pointer, Proposal::choice},
    {"/transfers", Proposal::statement},
    {"/legal_basis/gdpr_article_6", Proposal::statement},
    {"/legal_basis/gdpr_article_9", Proposal::statement},
    {"/publication/commitment", Proposal::choice},
    // Who somebody is, what is true of the study whatever the applicant prefers, and codes that
    // mean nothing without what stands beside them.
    {"/controller/sector", Proposal::never},
    {"/controller/public_body", Proposal::never},
    {"/controller/state_body", Proposal::never},
    {"/implementing_body/sector", Proposal::never},
    {"/implementing_body/public_body", Proposal::never},
    {"/implementing_body/state_body", Proposal::never},
    {"/recipient/state_body", Proposal::never},
    {"/disease_codes/system", Proposal::never},
    {"/formula_kept", Proposal::never},
    {"/sensitivity", Proposal::never},
};

/// True when `pointer` is `outer` or lies in it.
bool lies_in(std::string_view pointer, std::string_view outer) {
  return pointer.starts_with(outer) &&
         (pointer.size() == outer.size() || pointer[outer.size()] == '/');
}

/// The pointer to the dataset use that another lies in, or "" where it lies in none.
std::string_view use_of(std::string_view pointer) {
  if (!pointer.starts_with("/datasets/")) return "";
  return pointer.substr(0, pointer.find('/', k_uses.size() + 1));
}

/// The pointer with N for the position of the dataset use.
std::string pattern_of(std::string_view pointer) {
  const std::string_view use = use_of(pointer);
  return use.empty() ? std::string(pointer)
                     : fmt::format("/datasets/N{}", pointer.substr(use.size()));
}

const FieldClass* class_of(std::string_view pattern) {
  const auto found =
      std::find_if(std::begin(k_fields), std::end(k_fields),
                   [pattern](const FieldClass& one) { return lies_in(pattern, one.pointer); });
  return found == std::end(k_fields) ? nullptr : &*found;
}

/// The pointers that a row of the table stands for in a request.
std::vector<std::string> pointers_of(const FieldClass& field, const Value& request) {
  constexpr std::string_view k_each_use = "/datasets/N";
  if (!field.pointer.starts_with(k_each_use)) return {std::string(field.pointer)};
  std::vector<std::string> pointers;
  for (std::size_t i = 0; i < request.at("datasets").as_array().size(); ++i) {
    pointers.push_back(fmt::format("/datasets/{}{}", i, field.pointer.substr(k_each_use.size())));
  }
  return pointers;
}

void add_list_edits(std::vector<Edit>& edits, const std::string& pointer, const Value* list,
                    const Value& schema) {
  static const Value::Array k_none;
  const Value::Array& items = list == nullptr ? k_none : list->as_array();
  for (std::size_t i = 0; i < items.size(); ++i) {
    edits.push_back({Edit::Kind::take_out, fmt::format("{}/{}", pointer, i), {}});
  }
  const Value* allowed = model::resolved(schema.at("items")).find("enum");
  if (allowed == nullptr) return;
  for (const Value& item : allowed->as_array()) {
    if (std::find(items.begin(), items.end(), item) != items.end()) continue;
    edits.push_back({Edit::Kind::add, pointer, item});
  }
}

/// Every other value that the field can take, as its schema enumerates them.
void add_field_edits(std::vector<Edit>& edits, const Value& request, const std::string& pointer,
                     const std::vector<std::string>& providers) {
  const Value* now = json::find_at(request, pointer);
  const auto offer = [&](Edit::Kind kind, const Value& value) {
    if (now == nullptr || *now != value) edits.push_back({kind, pointer, value});
  };
  if (pointer == k_provider_pointer) {
    for (const std::string& id : providers) offer(Edit::Kind::move_to, id);
    return;
  }
  const Value& schema = model::resolved(model::schema_at(pointer));
  if (const Value* allowed = schema.find("enum")) {
    for (const Value& value : allowed->as_array()) offer(Edit::Kind::set, value);
  } else if (schema.text("type") == "boolean") {
    for (const bool value : {false, true}) offer(Edit::Kind::set, value);
  } else if (schema.text("type") == "array") {
    add_list_edits(edits, pointer, now, schema);
  }
}

/// INVARIANT: edits are of places that the request has, or could have (possible_edits).
void require_place(bool is_there) {
  if (!is_there) broken_invariant("an edit of a place that the request cannot have");
}

/// Puts a member where it belongs, in an object of its own where there is none yet.
void put(Value& request, const std::string& pointer, const Value& value) {
  if (json::set_at(request, pointer, value)) return;
  const std::string parent = pointer.substr(0, pointer.rfind('/'));
  require_place(json::set_at(request, parent, Value::Object{}));
  require_place(json::set_at(request, pointer, value));
}

void add_item(Value& request, const std::string& list, const Value& value) {
  if (json::find_at(request, list) == nullptr) put(request, list, Value::Array{});
  require_place(json::set_at(request, list + "/-", value));
}

void leave_out_service(Value& request) {
  if (json::find_at(request, k_service_pointer) == nullptr) return;
  require_place(json::remove_at(request, k_service_pointer));
}

/// Later items and inner ones first, so that the pointers of the others still hold.
std::vector<std::string> taken_out(const std::vector<Edit>& edits) {
  std::vector<std::string> pointers;
  for (const Edit& edit : edits) {
    if (edit.kind == Edit::Kind::take_out) pointers.push_back(edit.pointer);
  }
  std::sort(pointers.begin(), pointers.end(),
            [](const std::string& left, const std::string& right) {
              return left.size() != right.size() ? left.size() > right.size() : left > right;
            });
  return pointers;
}

std::string list_of(const Edit& edit) {
  return edit.kind == Edit::Kind::take_out ? edit.pointer.substr(0, edit.pointer.rfind('/'))
                                           : edit.pointer;
}

/// An object of a list by the member that names it.
Value name_in(const Value& item) {
  for (const std::string_view member : {"dataset", "id", "country", "source"}) {
    if (const Value* name = item.find(member)) return *name;
  }
  return item;
}

std::optional<Value> value_at(const Value& request, std::string_view pointer) {
  const Value* value = json::find_at(request, pointer);
  return value == nullptr ? std::nullopt : std::optional(*value);
}

}  // namespace

Proposal proposal_of(std::string_view pointer) {
  const std::string pattern = pattern_of(pointer);
  if (pattern == "/datasets/N") return Proposal::choice;
  if (pattern == k_service_pointer) return proposal_of(k_provider_pointer);
  const FieldClass* field = class_of(pattern);
  return field == nullptr ? Proposal::never : field->proposal;
}

bool has_proposal(std::string_view pointer) {
  return class_of(pattern_of(pointer)) != nullptr;
}

std::string Edit::key() const {
  return fmt::format("{}{} {}", pointer, static_cast<int>(kind), json::canonical(value));
}

std::vector<Edit> possible_edits(const Value& request, std::string_view place,
                                 const std::vector<std::string>& providers) {
  std::vector<Edit> edits;
  for (const FieldClass& field : k_fields) {
    if (field.proposal == Proposal::never) continue;
    for (const std::string& pointer : pointers_of(field, request)) {
      if (lies_in(pointer, place)) add_field_edits(edits, request, pointer, providers);
    }
  }
  for (std::size_t i = 0; i < request.at("datasets").as_array().size(); ++i) {
    const std::string use = fmt::format("{}/{}", k_uses, i);
    if (place == k_uses || lies_in(place, use)) {
      edits.push_back({Edit::Kind::take_out, use, {}});
    }
  }
  return edits;
}

bool exclude_each_other(const Edit& left, const Edit& right) {
  const auto voids = [](const Edit& outer, const Edit& inner) {
    return outer.kind == Edit::Kind::take_out && lies_in(inner.pointer, outer.pointer);
  };
  const bool replace =
      left.kind == right.kind && left.pointer == right.pointer && left.kind != Edit::Kind::add;
  return replace || voids(left, right) || voids(right, left) || left == right;
}

Value edited(const Value& request, const std::vector<Edit>& edits) {
  Value result = request;
  for (const Edit& edit : edits) {
    if (edit.kind == Edit::Kind::set || edit.kind == Edit::Kind::move_to) {
      put(result, edit.pointer, edit.value);
    }
    if (edit.kind == Edit::Kind::add) add_item(result, edit.pointer, edit.value);
    if (edit.kind == Edit::Kind::move_to) leave_out_service(result);
  }
  for (const std::string& pointer : taken_out(edits)) {
    require_place(json::remove_at(result, pointer));
  }
  return result;
}

std::vector<Change> changes_of(const Value& request, const std::vector<Edit>& edits) {
  std::map<std::string, Change> changes;
  std::map<std::string, std::vector<Edit>> by_list;
  const auto add = [&](const std::string& pointer, std::optional<Value> from,
                       std::optional<Value> to) {
    changes.insert_or_assign(pointer,
                             Change{pointer, proposal_of(pointer), std::move(from), std::move(to)});
  };
  for (const Edit& edit : edits) {
    const Value* item = json::find_at(request, edit.pointer);
    if (edit.kind == Edit::Kind::take_out && item->is_object()) {
      add(edit.pointer, name_in(*item), std::nullopt);
    } else if (edit.kind == Edit::Kind::take_out || edit.kind == Edit::Kind::add) {
      by_list[list_of(edit)].push_back(edit);
    } else {
      add(edit.pointer, value_at(request, edit.pointer), edit.value);
    }
    if (edit.kind != Edit::Kind::move_to) continue;
    const std::optional<Value> service = value_at(request, k_service_pointer);
    if (service) add(std::string(k_service_pointer), service, std::nullopt);
  }
  for (const auto& [list, of_list] : by_list) {
    add(list, value_at(request, list), value_at(edited(request, of_list), list));
  }
  std::vector<Change> result;
  for (auto& [pointer, change] : changes) result.push_back(std::move(change));
  return result;
}

}  // namespace octroi::rules
