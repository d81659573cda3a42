// SPDX-License-Identifier: Apache-2.0
#include "model/country_code.hpp"

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

}  // namespace

std::optional<std::string_view> iso_country_code(std::string_view letters) {
  if (letters.size() != 2) return std::nullopt;
  if (letters == "UK") letters = "GB";
  if (letters == "EL") letters = "GR";
  for (std::size_t at = 0; at < k_codes.size(); at += k_code_width) {
    const std::string_view code = k_codes.substr(at, 2);
    if (code == letters) return code;
  }
  return std::nullopt;
}

}  // namespace octroi::model
