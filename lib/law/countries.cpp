// SPDX-License-Identifier: Apache-2.0
#include "law/countries.hpp"

#include "model/country_code.hpp"

#include <algorithm>
#include <array>
#include <span>

namespace octroi::law {
namespace {

/// From and through which day a country belongs. A "" for `through` is: still.
struct Membership {
  std::string_view country;
  std::string_view from;
  std::string_view through;
};

/// Source: treaties of accession; TEU article 50 for GB. The last seven are parts of Member States
/// that have codes of their own and where the Treaties apply as in the State itself: TFEU article
/// 355(1) and (4); Mayotte since Decision 2012/419/EU.
constexpr Membership k_european_union[] = {
    {"AT", "1995-01-01", ""},           {"BE", "1958-01-01", ""}, {"BG", "2007-01-01", ""},
    {"HR", "2013-07-01", ""},           {"CY", "2004-05-01", ""}, {"CZ", "2004-05-01", ""},
    {"DK", "1973-01-01", ""},           {"EE", "2004-05-01", ""}, {"FI", "1995-01-01", ""},
    {"FR", "1958-01-01", ""},           {"DE", "1958-01-01", ""}, {"GR", "1981-01-01", ""},
    {"HU", "2004-05-01", ""},           {"IE", "1973-01-01", ""}, {"IT", "1958-01-01", ""},
    {"LV", "2004-05-01", ""},           {"LT", "2004-05-01", ""}, {"LU", "1958-01-01", ""},
    {"MT", "2004-05-01", ""},           {"NL", "1958-01-01", ""}, {"PL", "2004-05-01", ""},
    {"PT", "1986-01-01", ""},           {"RO", "2007-01-01", ""}, {"SK", "2004-05-01", ""},
    {"SI", "2004-05-01", ""},           {"ES", "1986-01-01", ""}, {"SE", "1995-01-01", ""},
    {"GB", "1973-01-01", "2020-01-31"}, {"GP", "1958-01-01", ""}, {"GF", "1958-01-01", ""},
    {"MQ", "1958-01-01", ""},           {"RE", "1958-01-01", ""}, {"MF", "1958-01-01", ""},
    {"YT", "2014-01-01", ""},           {"AX", "1995-01-01", ""},
};

/// Where the EEA agreement began later than membership of the Union, or without it.
/// Source: EEA agreement (in force 1 January 1994; Liechtenstein 1 May 1995); enlargement
/// agreements as provisionally applied (Bulgaria and Romania 1 August 2007, Croatia 12 April 2014).
constexpr Membership k_economic_area[] = {
    {"IS", "1994-01-01", ""}, {"NO", "1994-01-01", ""}, {"LI", "1995-05-01", ""},
    {"BG", "2007-08-01", ""}, {"RO", "2007-08-01", ""}, {"HR", "2014-04-12", ""},
};
constexpr std::string_view k_economic_area_began = "1994-01-01";

/// Dates in ISO form sort as text, so that the tables stay readable and need no parsing.
bool covers(const Membership& membership, std::string_view day) {
  return membership.from <= day && (membership.through.empty() || day <= membership.through);
}

const Membership* find(std::span<const Membership> table, Country country) {
  const auto found = std::find_if(table.begin(), table.end(), [country](const Membership& entry) {
    return entry.country == country.code();
  });
  return found == table.end() ? nullptr : &*found;
}

char upper(char letter) {
  return letter >= 'a' && letter <= 'z' ? static_cast<char>(letter - 'a' + 'A') : letter;
}

}  // namespace

std::optional<std::string_view> iso_code(std::string_view text) {
  if (text.size() != 2) return std::nullopt;
  const std::array<char, 2> letters = {upper(text[0]), upper(text[1])};
  return model::iso_country_code({letters.data(), letters.size()});
}

std::optional<Country> Country::from(std::string_view text) {
  const std::optional<std::string_view> code = iso_code(text);
  if (!code) return std::nullopt;
  return Country(*code);
}

bool is_in_european_union(Country country, Date as_of) {
  const Membership* membership = find(k_european_union, country);
  return membership != nullptr && covers(*membership, format_date(as_of));
}

bool is_in_european_economic_area(Country country, Date as_of) {
  const std::string day = format_date(as_of);
  if (day < k_economic_area_began) return false;
  if (const Membership* own = find(k_economic_area, country)) return covers(*own, day);
  return is_in_european_union(country, as_of);
}

}  // namespace octroi::law
