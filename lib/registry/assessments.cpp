// SPDX-License-Identifier: Apache-2.0
#include "registry/assessments.hpp"

namespace octroi::registry {
namespace {

constexpr std::string_view k_last_assessment =
    "SELECT seq, verdict, as_of, document, sha256 FROM assessments "
    "WHERE request = $1 AND version = $2 ORDER BY seq DESC LIMIT 1";
constexpr std::string_view k_assessment_datasets =
    "SELECT dataset, verdict, holder FROM assessment_datasets WHERE assessment = $1 "
    "ORDER BY dataset";
constexpr std::string_view k_referrals =
    "SELECT finding, dataset FROM assessment_referrals WHERE assessment = $1 ORDER BY finding";
constexpr std::string_view k_all =
    "SELECT a.seq, a.verdict, a.as_of, a.document, a.sha256, a.request, a.version, h.at "
    "FROM assessments AS a JOIN request_history AS h ON h.request = a.request AND h.seq = a.seq "
    "ORDER BY a.seq";
constexpr std::string_view k_count = "SELECT count(*) FROM assessments";
constexpr std::string_view k_of_request =
    "SELECT a.seq, a.verdict, a.as_of, a.document, a.sha256, a.request, a.version, h.at "
    "FROM assessments AS a JOIN request_history AS h ON h.request = a.request AND h.seq = a.seq "
    "WHERE a.request = $1 ORDER BY a.seq";
constexpr std::string_view k_of_event =
    "SELECT a.seq, a.verdict, a.as_of, a.document, a.sha256, a.request, a.version, h.at "
    "FROM assessments AS a JOIN request_history AS h ON h.request = a.request AND h.seq = a.seq "
    "WHERE a.seq = $1";

/// The row's first five columns, and what other tables say of it.
AssessmentRow read_row(Database& database, const Statement& row) {
  AssessmentRow assessment{
      row.integer(0), row.text(1), *read_date(row, 2), row.digest(3), row.text(4), {}, {}};
  const auto dataset = database.query(k_assessment_datasets, assessment.seq);
  while (dataset->step()) {
    assessment.datasets.push_back({dataset->text(0), dataset->text(1), dataset->text(2)});
  }
  const auto referral = database.query(k_referrals, assessment.seq);
  while (referral->step()) {
    assessment.referrals.push_back({referral->text(0), referral->text(1)});
  }
  return assessment;
}

std::vector<RecordedAssessment> read_all(Database& database, Statement& row) {
  std::vector<RecordedAssessment> result;
  while (row.step()) {
    result.push_back({row.text(5), static_cast<int>(row.integer(6)), read_instant(row, 7),
                      read_row(database, row)});
  }
  return result;
}

}  // namespace

std::optional<AssessmentRow> last_assessment(Database& database, const std::string& request,
                                             std::int64_t version) {
  const auto row = database.query(k_last_assessment, request, version);
  if (!row->step()) return std::nullopt;
  return read_row(database, *row);
}

std::vector<RecordedAssessment> assessments_of(Database& database, const std::string& request) {
  return read_all(database, *database.query(k_of_request, request));
}

std::vector<RecordedAssessment> all_assessments(Database& database) {
  return read_all(database, *database.query(k_all));
}

std::int64_t count_assessments(Database& database) {
  const auto row = database.query(k_count);
  return row->step() ? row->integer(0) : 0;
}

std::optional<RecordedAssessment> find_assessment(Database& database, std::int64_t seq) {
  std::vector<RecordedAssessment> found = read_all(database, *database.query(k_of_event, seq));
  if (found.empty()) return std::nullopt;
  return std::move(found.front());
}

}  // namespace octroi::registry
