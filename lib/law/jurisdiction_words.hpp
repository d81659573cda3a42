// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <functional>
#include <string>
#include <string_view>

namespace octroi::law {

enum class JurisdictionTest;

/// A text in the languages of reports.
struct Wording {
  std::string en;
  std::string fr;

  /// The text in "fr", or else in English.
  [[nodiscard]] const std::string& in(std::string_view language) const {
    return language == "fr" ? fr : en;
  }
  friend bool operator==(const Wording&, const Wording&) = default;
};

/// What the steps of an answer on jurisdiction are said with, in one language. Where a text has {},
/// something is filled in.
struct JurisdictionWords {
  std::string_view not_declared;
  std::string_view living_in;
  std::string_view no_country;
  std::string_view of_capital;  ///< "{} % of capital"
  std::string_view of_votes;
  std::string_view between;  ///< "{} to {}": two numbers
  std::string_view up_to;    ///< "up to {}": a share
  std::string_view through;  ///< ", through {}": companies
  std::string_view through_minorities;
  std::string_view both;  ///< " and ", between two names
  std::string_view appoints;
  std::string_view own_companies;
  std::string_view natural_person;
  std::string_view all_holders;
  std::string_view hidden_holders;
  std::string_view unknown_holders;
  std::string_view in_concert;  ///< "{} in concert": names
  std::string_view together;    ///< "{} together": names
  std::string_view can_obtain;
  std::string_view cannot_obtain;
  std::string_view access_unknown;
  std::string_view dispensable;
  std::string_view indispensable;
  std::string_view autonomy_unknown;
  std::string_view tests[13];  ///< by JurisdictionTest
};

/// The words of "fr", or else of English.
[[nodiscard]] const JurisdictionWords& jurisdiction_words(std::string_view language);

/// What a function says with the words of each language.
[[nodiscard]] Wording in_each_language(
    const std::function<std::string(const JurisdictionWords&)>& say);

}  // namespace octroi::law
