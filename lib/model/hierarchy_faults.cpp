// SPDX-License-Identifier: Apache-2.0
#include "model/hierarchy_faults.hpp"

#include "base/safe_text.hpp"

#include <algorithm>
#include <map>
#include <optional>
#include <set>

namespace octroi::model {
namespace {

using json::TapeValue;

/// The lists of parents by term.
using Parents = std::map<std::string_view, TapeValue>;

constexpr std::size_t k_faults_max = 100;  // of a kind: enough to see what is wrong

std::string pointer_to(std::string_view term) {
  return "/parents/" + std::string(term);
}

std::string prefix_of(TapeValue hierarchy) {
  std::string prefix = std::string(text_or_empty(hierarchy, "id")) + ":";
  std::transform(prefix.begin(), prefix.end(), prefix.begin(), [](char letter) {
    return letter >= 'a' && letter <= 'z' ? static_cast<char>(letter - 'a' + 'A') : letter;
  });
  return prefix;
}

/// The parents of a term, as far as they are texts.
std::set<std::string_view> parents_of(TapeValue list) {
  std::set<std::string_view> parents;
  if (!list.is_array()) return parents;
  for (const TapeValue one : list) {
    if (one.is_string()) parents.insert(one.as_string());
  }
  return parents;
}

/// The terms that remain when, again and again, those without a parent left are taken away: each is
/// on a cycle or below one, and has a parent that remains too. Linear in the document.
/// Source: A. B. Kahn, "Topological sorting of large networks", 1962.
std::set<std::string_view> on_or_below_cycles(const Parents& parents) {
  std::map<std::string_view, std::size_t> open;  // how many parents are still there
  std::map<std::string_view, std::vector<std::string_view>> children;
  std::vector<std::string_view> free;
  for (const auto& [term, list] : parents) {
    std::size_t count = 0;
    for (const std::string_view parent : parents_of(list)) {
      if (parents.find(parent) == parents.end()) continue;
      ++count;
      children[parent].push_back(term);
    }
    open[term] = count;
    if (count == 0) free.push_back(term);
  }
  while (!free.empty()) {
    const std::string_view term = free.back();
    free.pop_back();
    open.erase(term);
    for (const std::string_view child : children[term]) {
      if (--open.at(child) == 0) free.push_back(child);
    }
  }
  std::set<std::string_view> result;
  for (const auto& [term, count] : open) result.insert(term);
  return result;
}

/// A term that is its own ancestor, or "" where none is.
std::string_view term_on_cycle(const Parents& parents) {
  const std::set<std::string_view> remaining = on_or_below_cycles(parents);
  if (remaining.empty()) return {};
  std::set<std::string_view> seen;
  std::string_view term = *remaining.begin();
  while (seen.insert(term).second) {
    for (const std::string_view parent : parents_of(parents.find(term)->second)) {
      if (!remaining.contains(parent)) continue;
      term = parent;
      break;
    }
  }
  return term;
}

}  // namespace

void examine_hierarchy(TapeValue hierarchy, FaultList& faults) {
  const std::optional<TapeValue> member = hierarchy.find("parents");
  if (!member || !member->is_object()) return;
  Parents parents;
  for (const TapeValue list : *member) parents.emplace_hint(parents.end(), list.name(), list);
  const std::string prefix = prefix_of(hierarchy);
  const bool is_known = prefix == "MONDO:" || prefix == "DOID:";  // else its schema says so already
  std::size_t count = 0;
  for (const auto& [term, list] : parents) {
    if (is_known && !term.starts_with(prefix) && ++count <= k_faults_max) {
      faults.add(pointer_to(term), in_quotes(term), "a term that begins with " + in_quotes(prefix));
    }
    for (const std::string_view parent : parents_of(list)) {
      if (parents.find(parent) != parents.end() || ++count > k_faults_max) continue;
      faults.add(pointer_to(term), in_quotes(parent), "a parent that is a term of this file too");
    }
  }
  if (const std::string_view term = term_on_cycle(parents); !term.empty()) {
    faults.add(pointer_to(term), "a term that is its own ancestor", "parents without a cycle");
  }
}

}  // namespace octroi::model
