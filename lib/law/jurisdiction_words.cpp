// SPDX-License-Identifier: Apache-2.0
#include "law/jurisdiction_words.hpp"

namespace octroi::law {
namespace {

constexpr JurisdictionWords k_english = {
    .not_declared = "not declared",
    .living_in = "living in {}",
    .no_country = "no declared country",
    .of_capital = "{} % of capital",
    .of_votes = "{} % of votes",
    .between = "{} to {}",
    .up_to = "up to {}",
    .through = ", through {}",
    .through_minorities = "{}, through minorities",
    .both = " and ",
    .appoints = "appoints the majority of the organs",
    .own_companies = "companies that it may control itself ({})",
    .natural_person = "{}, a natural person",
    .all_holders = "all ({})",
    .hidden_holders = "holders not declared ({})",
    .unknown_holders = "holders not known to be in the Union",
    .in_concert = "{} in concert",
    .together = "{} together",
    .can_obtain = "can obtain data",
    .cannot_obtain = "cannot obtain data",
    .access_unknown = "access to data not declared",
    .dispensable = "can be done without",
    .indispensable = "cannot be done without",
    .autonomy_unknown = "autonomy not declared",
    .tests = {"registered office", "central administration", "principal establishment",
              "controlled by", "shares held by one holder", "shares held from outside together",
              "undeclared shares", "natural person", "veto of", "majority of organs appointed by",
              "shares held indirectly by", "supplier", "supplier that"},
};

constexpr JurisdictionWords k_french = {
    .not_declared = "non déclaré",
    .living_in = "résidant en {}",
    .no_country = "pays non déclaré",
    .of_capital = "{} % du capital",
    .of_votes = "{} % des votes",
    .between = "{} à {}",
    .up_to = "jusqu'à {}",
    .through = ", par {}",
    .through_minorities = "{}, par des minorités",
    .both = " et ",
    .appoints = "nomme la majorité des organes",
    .own_companies = "des sociétés qu'il pourrait contrôler lui-même ({})",
    .natural_person = "{}, personne physique",
    .all_holders = "tous ({})",
    .hidden_holders = "détenteurs non déclarés ({})",
    .unknown_holders = "des détenteurs dont rien ne dit qu'ils sont dans l'Union",
    .in_concert = "{} de concert",
    .together = "{} ensemble",
    .can_obtain = "qui peut obtenir des données",
    .cannot_obtain = "qui ne peut pas obtenir de données",
    .access_unknown = "dont l'accès aux données n'est pas déclaré",
    .dispensable = "dont on peut se passer",
    .indispensable = "dont on ne peut pas se passer",
    .autonomy_unknown = "à l'égard duquel l'autonomie n'est pas déclarée",
    .tests = {"siège statutaire", "administration centrale", "principal établissement",
              "contrôlé par", "parts d'un seul détenteur",
              "parts détenues hors de l'Union, ensemble", "parts non déclarées",
              "personne physique", "veto de", "majorité des organes nommée par",
              "parts détenues indirectement par", "fournisseur", "fournisseur"},
};

}  // namespace

const JurisdictionWords& jurisdiction_words(std::string_view language) {
  return language == "fr" ? k_french : k_english;
}

Wording in_each_language(const std::function<std::string(const JurisdictionWords&)>& say) {
  return {say(k_english), say(k_french)};
}

}  // namespace octroi::law
