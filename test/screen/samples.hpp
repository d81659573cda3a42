// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include "gate/status_publishing.hpp"
#include "screen/screen.hpp"

/// One of everything that the screen shows and that has a JSON form.
namespace octroi::screen::sample {

[[nodiscard]] Style english(std::size_t width = 80);
[[nodiscard]] Style french(std::size_t width = 80);

/// How the texts of a sample are made from their plain form: `same` keeps them.
using Spell = std::function<std::string(std::string_view)>;
[[nodiscard]] std::string same(std::string_view text);

[[nodiscard]] std::vector<gate::MemberRow> members(const Spell& spell = same);
[[nodiscard]] std::vector<gate::CatalogueRow> catalogue(const Spell& spell = same);
[[nodiscard]] std::vector<gate::AdoptionRow> adoptions(const Spell& spell = same);
[[nodiscard]] std::vector<gate::RequestRow> requests(const Spell& spell = same);
[[nodiscard]] gate::CaseDeadlines deadlines(const Spell& spell = same);
[[nodiscard]] gate::RequestDetails details(const Spell& spell = same);
[[nodiscard]] gate::FoundedBoard board(const Spell& spell = same);
[[nodiscard]] gate::RecordedDecision decision(const Spell& spell = same);
[[nodiscard]] gate::Issue issue(const Spell& spell = same);
[[nodiscard]] gate::TokenClaims claims(const Spell& spell = same);
[[nodiscard]] gate::Verification verification(const Spell& spell = same);
[[nodiscard]] gate::Inspection inspection(const Spell& spell = same);
[[nodiscard]] gate::TokenAudit token_audit(const Spell& spell = same);
[[nodiscard]] gate::AuditReport report(const Spell& spell = same);

[[nodiscard]] std::vector<gate::TokenStatusRow> token_statuses(const Spell& spell = same);
[[nodiscard]] gate::TokenChanges token_changes(const Spell& spell = same);
[[nodiscard]] gate::PublishedList published_list();
[[nodiscard]] std::vector<gate::BoardKey> board_keys(const Spell& spell = same);
[[nodiscard]] std::vector<gate::DocumentRow> documents(const Spell& spell = same);
[[nodiscard]] gate::TrustCheck trust_check(const Spell& spell = same);

/// An assessment in which every member that can be filled is.
[[nodiscard]] rules::Assessment assessment(const Spell& spell = same);
[[nodiscard]] gate::RecordedAssessment recorded(const Spell& spell = same);

/// An explanation with what-if in which every member that can be filled is.
[[nodiscard]] gate::Explained explained(const Spell& spell = same);

/// Replays with every result.
[[nodiscard]] std::vector<gate::ReplayedAssessment> replayed(const Spell& spell = same);

[[nodiscard]] rules::ExpressionAnswer expression(const Spell& spell = same);
[[nodiscard]] rules::ExpressionAnswer expression_without_value(const Spell& spell = same);

/// The first story: the whole base asked for on the host of examples/cnam-2021, with the texts of
/// its rulebook and the holders that the law computes.
[[nodiscard]] rules::Assessment whole_base_refused();
/// The same rulebook for a host that is exclusively under European law: nothing applies.
[[nodiscard]] rules::Assessment european_host();

/// Everything above, rendered in that style, each with the name of its type.
struct Rendered {
  std::string name;
  std::string text;
};
[[nodiscard]] std::vector<Rendered> render_all(const Style& style, const Spell& spell = same);

}  // namespace octroi::screen::sample
