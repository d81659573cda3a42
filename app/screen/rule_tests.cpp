// SPDX-License-Identifier: Apache-2.0
#include "screen/rule_tests.hpp"

#include <fmt/format.h>

#include <utility>

#include "base/safe_text.hpp"
#include "screen/page.hpp"

namespace octroi::screen {
namespace {

using rules::RuleTestReport;
using rules::RuleTestResult;

std::string text_of(const rules::Difference& difference) {
  return fmt::format("{}: expected {}, got {}", difference.what, difference.expected,
                     difference.got);
}

void add_failure(Page& page, const RuleTestReport& report, const RuleTestResult& result) {
  page.lead("FAILED", Tone::bad, fmt::format("{}: {}", report.rulebook, result.name));
  if (!result.error.empty()) page.paragraphs(result.error, 2);
  for (const rules::Difference& difference : result.differences) {
    page.item(text_of(difference), 2);
  }
}

/// The text without the two characters that are printable and in no XML document.
/// Source: XML 1.0, 2.2 Characters.
std::string without_noncharacters(std::string text) {
  for (const auto& [from, to] :
       {std::pair{"\xef\xbf\xbe", "\\u{fffe}"}, {"\xef\xbf\xbf", "\\u{ffff}"}}) {
    for (std::size_t at = 0; (at = text.find(from, at)) != std::string::npos;) {
      text.replace(at, std::string_view(from).size(), to);
    }
  }
  return text;
}

/// A text inside XML: control characters made visible, the five marks escaped.
std::string xml_text(std::string_view text) {
  std::string result;
  for (const char character : without_noncharacters(printable(text))) {
    switch (character) {
      case '&':
        result += "&amp;";
        break;
      case '<':
        result += "&lt;";
        break;
      case '>':
        result += "&gt;";
        break;
      case '"':
        result += "&quot;";
        break;
      case '\'':
        result += "&apos;";
        break;
      default:
        result += character;
    }
  }
  return result;
}

std::string message_of(const RuleTestResult& result) {
  std::string message = result.error;
  for (const rules::Difference& difference : result.differences) {
    message += (message.empty() ? "" : "; ") + text_of(difference);
  }
  return message;
}

std::string junit_case(const RuleTestReport& report, const RuleTestResult& result) {
  const std::string start = fmt::format("    <testcase classname=\"{}\" name=\"{}\"",
                                        xml_text(report.rulebook), xml_text(result.name));
  if (result.has_passed()) return start + "/>\n";
  return fmt::format("{}>\n      <failure message=\"{}\"/>\n    </testcase>\n", start,
                     xml_text(message_of(result)));
}

int percent_reached(const RuleTestReport& report) {
  const std::size_t all = report.outcomes();
  return all == 0 ? 100 : static_cast<int>(report.outcomes_reached() * 100 / all);
}

}  // namespace

std::string render(const std::vector<RuleTestReport>& reports, const Style& style) {
  Page page(style);
  for (const RuleTestReport& report : reports) {
    for (const RuleTestResult& result : report.results) {
      if (!result.has_passed()) add_failure(page, report, result);
    }
  }
  for (const RuleTestReport& report : reports) {
    const std::size_t failed = report.failed();
    page.prose(fmt::format("{}: {} passed, {} failed", report.rulebook,
                           report.results.size() - failed, failed));
  }
  return std::move(page).take();
}

std::string render_coverage(const std::vector<RuleTestReport>& reports, const Style& style) {
  Page page(style);
  for (const RuleTestReport& report : reports) {
    for (const rules::CoveredOutcome& one : report.coverage) {
      if (one.tests > 0) continue;
      const std::string outcome = fmt::format("{}: {}", one.rule, rules::name_of(one.outcome));
      if (one.unreachable.empty()) {
        page.lead("NOT REACHED", Tone::bad, outcome);
      } else {
        page.lead("not asked for", Tone::quiet, fmt::format("{}: {}", outcome, one.unreachable));
      }
    }
    page.prose(fmt::format("{}: {} of {} outcomes reached, {} %", report.rulebook,
                           report.outcomes_reached(), report.outcomes(), percent_reached(report)));
  }
  return std::move(page).take();
}

std::string junit_xml(const std::vector<RuleTestReport>& reports) {
  std::string text = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<testsuites>\n";
  for (const RuleTestReport& report : reports) {
    text += fmt::format("  <testsuite name=\"{}\" tests=\"{}\" failures=\"{}\" errors=\"0\">\n",
                        xml_text(report.rulebook), report.results.size(), report.failed());
    for (const RuleTestResult& result : report.results) text += junit_case(report, result);
    text += "  </testsuite>\n";
  }
  return text + "</testsuites>\n";
}

}  // namespace octroi::screen
