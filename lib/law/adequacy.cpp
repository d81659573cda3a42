// SPDX-License-Identifier: Apache-2.0
#include "law/adequacy.hpp"

#include <array>

namespace octroi::law {
namespace {

/// A row as it is written down; days as texts, "" for none.
struct Row {
  std::string_view country;
  std::string_view decision;
  AdequacyScope scope;
  std::string_view from;
  std::string_view through;
};

using enum AdequacyScope;

/// From the day of adoption, through the day before repeal, annulment or expiry. Those of before
/// 2018 were kept in force by GDPR article 45(9) and found adequate again by COM(2024) 7 of 15
/// January 2024. Israel's (automated processing, territory) and Japan's and Korea's carve-outs are
/// limits that this table does not show. The United Kingdom was treated as a Member State until the
/// end of 2020.
/// Source: OJ texts of the decisions named; CJEU 6 October 2015, C-362/14 (Safe Harbour) and 16
/// July 2020, C-311/18 (Privacy Shield); Trade and Cooperation Agreement, article 782
/// (FINPROV.10A), through 30 June 2021 at the latest, ended by the decision on the United Kingdom.
constexpr std::array k_rows = {
    Row{"AD", "Decision 2010/625/EU", all, "2010-10-19", ""},
    Row{"AR", "Decision 2003/490/EC", all, "2003-06-30", ""},
    Row{"BR", "Implementing Decision (EU) 2026/179", all, "2026-01-26", ""},
    Row{"CA", "Decision 2002/2/EC", pipeda, "2001-12-20", ""},
    Row{"CH", "Decision 2000/518/EC", all, "2000-07-26", ""},
    Row{"FO", "Decision 2010/146/EU", all, "2010-03-05", ""},
    Row{"GB", "Withdrawal Agreement, article 127 (transition)", all, "2020-02-01", "2020-12-31"},
    Row{"GB", "Trade and Cooperation Agreement, article 782", all, "2021-01-01", "2021-06-27"},
    Row{"GB", "Implementing Decision (EU) 2021/1772", all, "2021-06-28", "2031-12-27"},
    Row{"GG", "Decision 2003/821/EC", all, "2003-11-21", ""},
    Row{"IL", "Decision 2011/61/EU", all, "2011-01-31", ""},
    Row{"IM", "Decision 2004/411/EC", all, "2004-04-28", ""},
    Row{"JE", "Decision 2008/393/EC", all, "2008-05-08", ""},
    Row{"JP", "Implementing Decision (EU) 2019/419", appi, "2019-01-23", ""},
    Row{"KR", "Implementing Decision (EU) 2022/254", pipa, "2021-12-17", ""},
    Row{"NZ", "Implementing Decision 2013/65/EU", all, "2012-12-19", ""},
    Row{"US", "Decision 2000/520/EC (Safe Harbour)", safe_harbour, "2000-07-26", "2015-10-05"},
    Row{"US", "Implementing Decision (EU) 2016/1250 (Privacy Shield)", privacy_shield, "2016-07-12",
        "2020-07-15"},
    Row{"US", "Implementing Decision (EU) 2023/1795", dpf, "2023-07-10", ""},
    Row{"UY", "Implementing Decision 2012/484/EU", all, "2012-08-21", ""},
};

std::vector<AdequacyDecision> read_rows() {
  std::vector<AdequacyDecision> result;
  for (const Row& row : k_rows) {
    // INVARIANT: the days of the table exist; a test reads every one of them.
    result.push_back({row.country, row.decision, row.scope, parse_date(row.from).value(),
                      parse_date(row.through)});
  }
  return result;
}

}  // namespace

std::string_view name_of(AdequacyScope scope) {
  switch (scope) {
    case all:
      return "all";
    case dpf:
      return "dpf";
    case privacy_shield:
      return "privacy-shield";
    case safe_harbour:
      return "safe-harbour";
    case pipeda:
      return "pipeda";
    case appi:
      return "appi";
    case pipa:
      break;
  }
  return "pipa";
}

const AdequacyDecision* adequacy_of(Country country, Date as_of) {
  static const std::vector<AdequacyDecision> k_decisions = read_rows();
  for (const AdequacyDecision& one : k_decisions) {
    if (one.country == country.code() && one.from <= as_of &&
        (!one.through || as_of <= *one.through)) {
      return &one;
    }
  }
  return nullptr;
}

Adequacy adequacy_for(Country country, const SchemeEvidence& evidence, Date as_of) {
  const AdequacyDecision* decision = adequacy_of(country, as_of);
  if (decision == nullptr) return Adequacy::not_adequate;
  if (decision->scope == AdequacyScope::all) return Adequacy::adequate;
  if (evidence.scheme.empty()) return Adequacy::unknown;
  if (evidence.scheme != name_of(decision->scope)) return Adequacy::not_adequate;
  if (evidence.until && *evidence.until < as_of) return Adequacy::not_adequate;
  if (!evidence.from) return Adequacy::unknown;
  return as_of < *evidence.from ? Adequacy::not_adequate : Adequacy::adequate;
}

}  // namespace octroi::law
