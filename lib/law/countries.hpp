// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <compare>
#include <optional>
#include <string_view>

#include "base/time.hpp"

namespace octroi::law {

/// A country, as an assigned ISO 3166-1 alpha-2 code. There is no other way to make one than from
/// a code of that table, so a Country always exists.
class Country {
 public:
  /// The country of a code. Lower case is accepted, and the two codes that European institutions
  /// write instead of the ISO ones: UK is read as GB, EL as GR. Anything else outside the table
  /// (EU, XK, a name, an alpha-3 code) is nothing.
  [[nodiscard]] static std::optional<Country> from(std::string_view text);

  /// Two upper-case letters, which live as long as the program.
  [[nodiscard]] std::string_view code() const { return code_; }

  friend auto operator<=>(const Country&, const Country&) = default;

 private:
  explicit Country(std::string_view code) : code_(code) {}
  std::string_view code_;  ///< of the table
};

/// The code of the country that Country::from makes of a text, or nothing as there. It lives
/// as long as the program.
[[nodiscard]] std::optional<std::string_view> iso_code(std::string_view text);

/// True when the country is a Member State of the European Union (before 1 November 1993: of the
/// Communities) on that day. Accession counts from its day, withdrawal through its last day.
/// Source: Treaties of accession; Treaty on European Union, article 50 (United Kingdom: through
/// 31 January 2020; the transition until 31 December 2020 was not membership).
[[nodiscard]] bool is_in_european_union(Country country, Date as_of);

/// True when the country is in the European Economic Area on that day: the Member States that the
/// agreement has reached by then, and Iceland, Liechtenstein and Norway.
/// Source: Agreement on the European Economic Area, and its enlargement agreements (dates of
/// provisional application).
[[nodiscard]] bool is_in_european_economic_area(Country country, Date as_of);

}  // namespace octroi::law
