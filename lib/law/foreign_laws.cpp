// SPDX-License-Identifier: Apache-2.0
#include "law/foreign_laws.hpp"

#include <set>

#include "law/adequacy.hpp"
#include "law/provider_holdings.hpp"

namespace octroi::law {
namespace {

/// Gathers countries party by party, and whether something was left undeclared.
class LawSearch {
 public:
  LawSearch(const model::Provider& provider, Date as_of)
      : as_of_(as_of), ownership_(holdings_of(provider)) {
    for (const model::Party& party : provider.parties) parties_.emplace(party.id, &party);
  }

  /// The party, and whoever controls it or may.
  void visit(const std::string& party) {
    visit_seats(party);
    for (const std::string& controller : ownership_.possible_controllers_of(party)) {
      visit_seats(controller);
    }
    for (const std::string& controller : ownership_.controllers_of(party)) visit_seats(controller);
  }

  void leave_open() { is_open_ = true; }

  [[nodiscard]] std::optional<std::vector<std::string>> answer() const {
    if (countries_.empty() && is_open_) return std::nullopt;
    return std::vector<std::string>(countries_.begin(), countries_.end());
  }

 private:
  void visit_seats(const std::string& id) {
    if (!visited_.insert(id).second) return;
    const auto found = parties_.find(id);
    if (found == parties_.end()) return leave_open();
    const model::Party& party = *found->second;
    for (const auto& seat :
         {party.registered_office, party.central_administration, party.principal_establishment}) {
      visit_seat(seat);
    }
    const bool has_open_shares = party.kind == "company" && !party.listed;
    if (has_open_shares && ownership_.could_have_unknown_controller(id)) leave_open();
  }

  void visit_seat(const std::optional<std::string>& seat) {
    const std::optional<Country> country = seat ? Country::from(*seat) : std::nullopt;
    if (!country) return leave_open();
    if (is_in_european_economic_area(*country, as_of_)) return;
    if (adequacy_for(*country, {}, as_of_) == Adequacy::adequate) return;
    countries_.insert(country->code());
  }

  Date as_of_;
  Ownership ownership_;
  std::map<std::string, const model::Party*> parties_;
  std::set<std::string> visited_;
  std::set<std::string> countries_;
  bool is_open_ = false;
};

}  // namespace

std::optional<std::vector<std::string>> foreign_laws(const model::Provider& provider, Date as_of) {
  LawSearch search(provider, as_of);
  search.visit(provider.operator_id);
  for (const model::Supplier& supplier : provider.suppliers) {
    if (!supplier.can_access_data) {
      search.leave_open();
    } else if (*supplier.can_access_data) {
      search.visit(supplier.party);
    }
  }
  return search.answer();
}

}  // namespace octroi::law
