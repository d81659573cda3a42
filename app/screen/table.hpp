// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <string>
#include <vector>

#include "screen/style.hpp"

namespace octroi::screen {

struct Column {
  enum class Kind {
    whole,  ///< ids, dates, digests: never cut and never wrapped
    prose,  ///< shrinks and wraps
  };
  std::string header;
  Kind kind = Kind::whole;
};

struct Cell {
  std::string text;
  Tone tone = Tone::plain;
};

/// Rows under a header line that fit a window: prose columns shrink and wrap, the others keep what
/// their longest cell needs. Where even that is too wide, every row becomes a block of labelled
/// lines. Texts are made safe to show here.
class Table {
 public:
  explicit Table(std::vector<Column> columns) : columns_(std::move(columns)) {}

  /// One cell for each column. `detail` stands unbroken on a line of its own below the row.
  void add(std::vector<Cell> cells, std::string detail = "");

  /// Header and rows; "" without rows. Every line ends in a line feed, none in a space.
  [[nodiscard]] std::string text(const Style& style) const;

 private:
  struct Row {
    std::vector<Cell> cells;
    std::string detail;
  };
  [[nodiscard]] std::vector<std::size_t> natural_widths() const;
  [[nodiscard]] std::string as_columns(const std::vector<std::size_t>& widths,
                                       const Style& style) const;
  [[nodiscard]] std::string as_blocks(const Style& style) const;

  std::vector<Column> columns_;
  std::vector<Row> rows_;
};

}  // namespace octroi::screen
