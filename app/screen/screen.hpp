// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <string>
#include <vector>

#include "gate/assessing.hpp"
#include "gate/audit.hpp"
#include "gate/board.hpp"
#include "gate/catalogue.hpp"
#include "gate/deciding.hpp"
#include "gate/erasing.hpp"
#include "gate/issuing.hpp"
#include "gate/key_changes.hpp"
#include "gate/replaying.hpp"
#include "gate/requests.hpp"
#include "gate/rule_effect.hpp"
#include "gate/token_status.hpp"
#include "gate/trust_check.hpp"
#include "gate/verifying.hpp"
#include "rules/assessment.hpp"
#include "rules/expression.hpp"
#include "rules/rule_test.hpp"

/// What octroi shows to people. Nothing here decides or reads anything.
///
/// Every text ends with one line feed, has no trailing spaces and fits the width where its words
/// do: an id, a key, a digest and a token are never cut. What comes from documents passes through
/// octroi::printable first, so that no control character, escape sequence or bidirectional override
/// of a document reaches a terminal. Colour only repeats what the words say.
namespace octroi::screen {

/// How the reader's window shows it.
struct Style {
  bool has_color = false;
  std::string lang = "en";  ///< "en" or "fr"; anything else reads as "en"
  std::size_t width = 80;   ///< columns; prose is wrapped at 100 at the most
};

/// Tables; a plain sentence when there are no rows.
[[nodiscard]] std::string render(const std::vector<gate::MemberRow>& members, const Style& style);
[[nodiscard]] std::string render(const std::vector<gate::CatalogueRow>& rows, const Style& style);
[[nodiscard]] std::string render(const std::vector<gate::AdoptionRow>& rows, const Style& style);
[[nodiscard]] std::string render(const std::vector<gate::RequestRow>& rows, const Style& style);

[[nodiscard]] std::string render(const std::vector<gate::BoardKey>& keys, const Style& style);
[[nodiscard]] std::string render(const std::vector<gate::DocumentRow>& rows, const Style& style);
[[nodiscard]] std::string render(const gate::ErasedDocuments& erased, const Style& style);

/// Every check, then whether the newer trust file can be believed.
[[nodiscard]] std::string render(const gate::TrustCheck& check, const Style& style);

[[nodiscard]] std::string render(const gate::RequestDetails& details, const Style& style);

/// The verdict first, then why, worst first; the same order in every language.
[[nodiscard]] std::string render(const rules::Assessment& assessment, const Style& style);
[[nodiscard]] std::string render(const gate::RecordedAssessment& recorded, const Style& style);

/// Each finding in a sentence, with the fields to change and who can; then what-if, if asked for.
[[nodiscard]] std::string render(const gate::Explained& explained, const Style& style);

/// Every check, then what the token is valid for or why it is refused.
[[nodiscard]] std::string render(const gate::Verification& verification, const Style& style);

/// What an unverified token says, between two banners that say so.
[[nodiscard]] std::string render(const gate::Inspection& inspection, const Style& style);

[[nodiscard]] std::string render(const gate::AuditReport& report, const Style& style);
[[nodiscard]] std::string render(const gate::TokenAudit& audit, const Style& style);

/// Whether all were reproduced, then a row for each, with what differs below it.
[[nodiscard]] std::string render(const std::vector<gate::ReplayedAssessment>& replayed,
                                 const Style& style);
[[nodiscard]] std::string render(const gate::RecordedDecision& decision, const Style& style);
[[nodiscard]] std::string render(const gate::Issue& issue, const Style& style);

/// The value as CEL writes it, and its type; or why there is none.
[[nodiscard]] std::string render(const rules::ExpressionAnswer& answer, const Style& style);
/// Every token and how it stands; what is or was done to some of them.
[[nodiscard]] std::string render(const std::vector<gate::TokenStatusRow>& rows, const Style& style);
[[nodiscard]] std::string render(const gate::TokenChanges& changes, const Style& style);

/// Failed tests with what they expected and got, then a line for each rulebook.
[[nodiscard]] std::string render(const std::vector<rules::RuleTestReport>& reports,
                                 const Style& style);

/// What two versions of a rulebook say otherwise, rule by rule, then what it does to requests.
[[nodiscard]] std::string render(const gate::RulebookComparison& comparison, const Style& style);

}  // namespace octroi::screen
