// SPDX-License-Identifier: Apache-2.0
#include "law/duo.hpp"

#include <algorithm>

#include "base/error.hpp"

namespace octroi::law {

const std::vector<DuoCode>& duo_codes() {
  using enum DuoKind;
  using V = DuoValue;
  static const std::vector<DuoCode> k_codes = {
      {"DUO:0000001", "", category, V::none},  // data use permission
      {"DUO:0000002", "", obsolete, V::none},
      {"DUO:0000003", "", obsolete, V::none},
      {"DUO:0000004", "NRES", permission, V::none},
      {"DUO:0000006", "HMB", permission, V::none},
      {"DUO:0000007", "DS", permission, V::diseases},
      {"DUO:0000011", "POA", permission, V::none},
      {"DUO:0000012", "RS", modifier, V::research_types},
      {"DUO:0000015", "NMDS", modifier, V::none},
      {"DUO:0000016", "GSO", modifier, V::none},
      {"DUO:0000017", "", category, V::none},  // data use modifier
      {"DUO:0000018", "NPUNCU", modifier, V::none},
      {"DUO:0000019", "PUB", modifier, V::none},
      {"DUO:0000020", "COL", modifier, V::none},
      {"DUO:0000021", "IRB", modifier, V::none},
      {"DUO:0000022", "GS", modifier, V::regions},
      {"DUO:0000024", "MOR", modifier, V::not_before},
      {"DUO:0000025", "TS", modifier, V::months},
      {"DUO:0000026", "US", modifier, V::users},
      {"DUO:0000027", "PS", modifier, V::projects},
      {"DUO:0000028", "IS", modifier, V::institutions},
      {"DUO:0000029", "RTN", modifier, V::none},
      {"DUO:0000042", "GRU", permission, V::none},
      {"DUO:0000043", "CC", modifier, V::none},
      {"DUO:0000044", "NPOA", modifier, V::none},
      {"DUO:0000045", "NPU", modifier, V::none},
      {"DUO:0000046", "NCU", modifier, V::none},
  };
  return k_codes;
}

const DuoCode* find_duo_code(std::string_view code) {
  const std::vector<DuoCode>& codes = duo_codes();
  const auto found = std::find_if(codes.begin(), codes.end(),
                                  [code](const DuoCode& one) { return one.code == code; });
  return found == codes.end() ? nullptr : &*found;
}

std::string_view name_of(DuoValue value) {
  switch (value) {
    case DuoValue::none:
      return "";
    case DuoValue::diseases:
      return "diseases";
    case DuoValue::research_types:
      return "research_types";
    case DuoValue::regions:
      return "regions";
    case DuoValue::not_before:
      return "not_before";
    case DuoValue::months:
      return "months";
    case DuoValue::users:
      return "users";
    case DuoValue::projects:
      return "projects";
    case DuoValue::institutions:
      return "institutions";
  }
  broken_invariant("a value of a consent code without a name");
}

}  // namespace octroi::law
