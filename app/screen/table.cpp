// SPDX-License-Identifier: Apache-2.0
#include "screen/table.hpp"

#include <algorithm>
#include <numeric>
#include <optional>

#include "base/error.hpp"
#include "base/safe_text.hpp"
#include "screen/page.hpp"

namespace octroi::screen {
namespace {

constexpr std::size_t k_gap = 2;
constexpr std::size_t k_prose_min = 12;  // a narrower column of words is hard to read

using Widths = std::vector<std::size_t>;

std::size_t total(const Widths& widths) {
  return std::accumulate(widths.begin(), widths.end(), k_gap * (widths.size() - 1));
}

/// The prose column that can give most; nothing when none can give anything.
std::optional<std::size_t> widest_prose(const std::vector<Column>& columns, const Widths& widths) {
  std::optional<std::size_t> best;
  for (std::size_t i = 0; i < columns.size(); ++i) {
    if (columns[i].kind != Column::Kind::prose || widths[i] <= k_prose_min) continue;
    if (!best || widths[i] > widths[*best]) best = i;
  }
  return best;
}

/// Widths that fit, or nothing when the columns that keep their width are too wide by themselves.
std::optional<Widths> shrink(const std::vector<Column>& columns, Widths widths, std::size_t width) {
  while (total(widths) > width) {
    const std::optional<std::size_t> column = widest_prose(columns, widths);
    if (!column) return std::nullopt;
    --widths[*column];
  }
  return widths;
}

using Lines = std::vector<std::string>;

/// The first characters of a text that fit, at least one.
std::size_t bytes_that_fit(std::string_view text, std::size_t width) {
  std::size_t fitting = 0;
  for (std::size_t end = 1; end <= text.size(); ++end) {
    const bool is_inside_character =
        end < text.size() && (static_cast<unsigned char>(text[end]) & 0xc0) == 0x80;
    if (is_inside_character) continue;
    if (fitting > 0 && display_width(text.substr(0, end)) > width) break;
    fitting = end;
  }
  return fitting;
}

/// Wrapped at `width`; here, unlike on a page, a longer word is broken: it would push the columns
/// beside it aside. What must stay whole is not in a prose column.
Lines broken_lines(std::string_view safe, std::size_t width) {
  Lines result;
  for (const std::string& line : wrapped_lines(safe, width)) {
    std::string_view rest = line;
    while (!rest.empty()) {
      const std::size_t bytes = bytes_that_fit(rest, width);
      result.emplace_back(rest.substr(0, bytes));
      rest.remove_prefix(bytes);
    }
  }
  return result;
}

/// One row of the window's lines from what each column has on it.
std::string line_of(const std::vector<Lines>& cells, const std::vector<Tone>& tones,
                    const Widths& widths, std::size_t number, const Style& style) {
  std::string line;
  std::size_t pending = 0;  // spaces are written only before something
  for (std::size_t i = 0; i < cells.size(); ++i) {
    const std::string text = number < cells[i].size() ? cells[i][number] : "";
    const std::size_t used = display_width(text);
    if (!text.empty()) {
      line += std::string(pending, ' ') + toned(text, tones[i], style);
      pending = 0;
    }
    pending += (used < widths[i] ? widths[i] - used : 0) + k_gap;
  }
  return line + '\n';
}

std::string lines_of(const std::vector<Cell>& cells, const std::vector<Column>& columns,
                     const Widths& widths, const Style& style) {
  std::vector<Lines> wrapped;
  std::vector<Tone> tones;
  std::size_t height = 1;
  for (std::size_t i = 0; i < cells.size(); ++i) {
    const std::string safe = printable(cells[i].text);
    const bool is_prose = columns[i].kind == Column::Kind::prose;
    wrapped.push_back(is_prose ? broken_lines(safe, widths[i]) : Lines{safe});
    height = std::max(height, wrapped.back().size());
    tones.push_back(cells[i].tone);
  }
  std::string text;
  for (std::size_t number = 0; number < height; ++number) {
    text += line_of(wrapped, tones, widths, number, style);
  }
  return text;
}

}  // namespace

void Table::add(std::vector<Cell> cells, std::string detail) {
  if (cells.size() != columns_.size()) broken_invariant("a row without a cell for each column");
  const auto trim = [](std::string& text) { text.erase(text.find_last_not_of(' ') + 1); };
  for (Cell& cell : cells) trim(cell.text);
  trim(detail);
  rows_.push_back({std::move(cells), std::move(detail)});
}

Widths Table::natural_widths() const {
  Widths widths;
  for (std::size_t i = 0; i < columns_.size(); ++i) {
    widths.push_back(display_width(columns_[i].header));
    for (const Row& row : rows_) {
      widths[i] = std::max(widths[i], display_width(printable(row.cells[i].text)));
    }
  }
  return widths;
}

std::string Table::as_columns(const Widths& widths, const Style& style) const {
  std::vector<Cell> headers;
  for (const Column& column : columns_) headers.push_back({column.header, Tone::strong});
  std::string text = lines_of(headers, columns_, widths, style);
  for (const Row& row : rows_) {
    text += lines_of(row.cells, columns_, widths, style);
    if (!row.detail.empty()) text += "  " + toned(printable(row.detail), Tone::quiet, style) + '\n';
  }
  return text;
}

std::string Table::as_blocks(const Style& style) const {
  Page page(style);
  for (const Row& row : rows_) {
    page.blank();
    std::vector<Field> fields;
    for (std::size_t i = 0; i < columns_.size(); ++i) {
      fields.push_back({columns_[i].header, row.cells[i].text, row.cells[i].tone});
    }
    page.fields(fields);
    page.unbroken(row.detail, 2);
  }
  return std::move(page).take();
}

std::string Table::text(const Style& style) const {
  if (rows_.empty()) return "";
  const std::optional<Widths> widths = shrink(columns_, natural_widths(), table_width(style));
  if (!widths) return as_blocks(style);
  return as_columns(*widths, style);
}

}  // namespace octroi::screen
