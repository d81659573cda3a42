// SPDX-License-Identifier: Apache-2.0
#include "model/country_code.hpp"

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>
#include <iterator>
#include <limits>

namespace octroi::model {
namespace {

/// Source: ISO 3166-1, the 249 officially assigned alpha-2 codes; sorted, three characters each.
constexpr std::string_view k_codes =
    "AD AE AF AG AI AL AM AO AQ AR AS AT AU AW AX AZ BA BB BD BE BF BG BH BI BJ BL BM BN BO BQ "
    "BR BS BT BV BW BY BZ CA CC CD CF CG CH CI CK CL CM CN CO CR CU CV CW CX CY CZ DE DJ DK DM "
    "DO DZ EC EE EG EH ER ES ET FI FJ FK FM FO FR GA GB GD GE GF GG GH GI GL GM GN GP GQ GR GS "
    "GT GU GW GY HK HM HN HR HT HU ID IE IL IM IN IO IQ IR IS IT JE JM JO JP KE KG KH KI KM KN "
    "KP KR KW KY KZ LA LB LC LI LK LR LS LT LU LV LY MA MC MD ME MF MG MH MK ML MM MN MO MP MQ "
    "MR MS MT MU MV MW MX MY MZ NA NC NE NF NG NI NL NO NP NR NU NZ OM PA PE PF PG PH PK PL PM "
    "PN PR PS PT PW PY QA RE RO RS RU RW SA SB SC SD SE SG SH SI SJ SK SL SM SN SO SR SS ST SV "
    "SX SY SZ TC TD TF TG TH TJ TK TL TM TN TO TR TT TV TW TZ UA UG UM US UY UZ VA VC VE VG VI "
    "VN VU WF WS YE YT ZA ZM ZW ";
static_assert(k_codes.size() == 249 * 3);

constexpr std::size_t k_code_width = 3;
constexpr std::size_t k_letters = 26;
constexpr std::uint16_t k_none = std::numeric_limits<std::uint16_t>::max();

constexpr bool is_letter(char character) {
  return character >= 'A' && character <= 'Z';
}

constexpr std::size_t cell_of(char first, char second) {
  return static_cast<std::size_t>(first - 'A') * k_letters + static_cast<std::size_t>(second - 'A');
}

/// Where a code stands among the codes, by its two letters.
constexpr auto k_places = [] {
  std::array<std::uint16_t, k_letters * k_letters> places{};
  places.fill(k_none);
  for (std::size_t at = 0; at < k_codes.size(); at += k_code_width) {
    places[cell_of(k_codes[at], k_codes[at + 1])] = static_cast<std::uint16_t>(at);
  }
  return places;
}();

}  // namespace

std::optional<std::string_view> iso_country_code(std::string_view letters) {
  if (letters.size() != 2) return std::nullopt;
  if (letters == "UK") letters = "GB";
  if (letters == "EL") letters = "GR";
  if (!is_letter(letters[0]) || !is_letter(letters[1])) return std::nullopt;
  const std::uint16_t place = k_places[cell_of(letters[0], letters[1])];
  if (place == k_none) return std::nullopt;
  return k_codes.substr(place, 2);
}

bool means_country(std::string_view member) {
  static constexpr std::string_view k_names[] = {"administration",
                                                 "backup",
                                                 "central_administration",
                                                 "countries",
                                                 "country",
                                                 "governing_law",
                                                 "principal_establishment",
                                                 "processing",
                                                 "regions",
                                                 "registered_office",
                                                 "storage",
                                                 "support"};
  static constexpr std::uint32_t k_lengths = [] {
    std::uint32_t lengths = 0;  // a bit for each, which most members do not have
    for (const std::string_view name : k_names) lengths |= 1U << name.size();
    return lengths;
  }();
  return member.size() < 32 && (k_lengths >> member.size() & 1U) != 0 &&
         std::find(std::begin(k_names), std::end(k_names), member) != std::end(k_names);
}

}  // namespace octroi::model
