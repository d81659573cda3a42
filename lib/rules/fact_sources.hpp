// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace octroi::rules {

/// In which document a fact is declared, which says who can change it: the researcher the request,
/// the data holder the dataset, the provider its own description. Nobody changes the day.
enum class Declarer { request, dataset, provider, day };

/// "request", "dataset", "provider", "day".
[[nodiscard]] std::string_view name_of(Declarer declarer);

/// One place that a fact is taken over or computed from.
struct FactSource {
  Declarer declarer;
  std::string pointer;  ///< a JSON pointer into that document; "" for the day

  friend bool operator==(const FactSource&, const FactSource&) = default;
};

/// Where the fact at a path is declared, those of the request first; each place once. For the path
/// of an object, of all that is in it; for a path that no row names, of what it lies in.
///
/// `use` is the position in the request's list of the dataset that the path's "dataset" stands for.
/// What the host is depends on which is chosen, so every fact of it has the request's
/// /environment/provider among its sources; a fact of a dataset's document, the place where the
/// request asks for that dataset. Empty for a path that is no fact.
[[nodiscard]] std::vector<FactSource> fact_sources(std::string_view path,
                                                   std::optional<std::size_t> use = {});

/// True when the table has a row for this path or for what it lies in.
[[nodiscard]] bool has_source_row(std::string_view path);

/// Every path of a row, in the order of the table; a path with several sources is there as often.
[[nodiscard]] std::vector<std::string_view> paths_of_source_rows();

}  // namespace octroi::rules
