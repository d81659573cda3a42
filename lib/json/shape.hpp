// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <cstdint>
#include <string_view>

#include "json/tape.hpp"

/// What a schema accepts, in tables that are made from it when octroi is built (shape_writer.hpp):
/// nothing has to be read or compiled before a value can be looked at. A shape says the same as its
/// schema, but only yes or no; the schema says what is wrong.
namespace octroi::json {

/// So many bytes of one list of characters.
struct ShapeRun {
  std::uint32_t list;  ///< its bit in lists_of
  std::uint32_t least;
  std::uint32_t most;
};

/// Runs that leave no choice of where they end (run_pattern.hpp), or else an automaton in one state
/// at a time: the state after a byte is next[state * classes + class].
struct ShapePattern {
  std::uint16_t run;             ///< the first of its runs
  std::uint16_t runs;            ///< how many they are
  const std::uint8_t* class_of;  ///< of each of 256 bytes; nullptr: it is of runs
  const std::uint16_t* next;
  std::uint16_t classes;
  std::uint16_t start;
  std::uint16_t first_match;  ///< from this state on the text matches; state 0 never does again
};

/// So many bytes of the shape's texts, from there on. A pointer would have to be relocated whenever
/// the program starts.
struct ShapeText {
  std::uint16_t begin;
  std::uint16_t bytes;
};

/// A member that an object may have.
struct ShapeMember {
  ShapeText name;
  std::uint16_t node;  ///< k_none: any value
  bool is_required;
};

/// If a value is accepted by one node it must be by another, else by a third; where k_none stands,
/// every value is.
struct ShapeClause {
  std::uint16_t condition;
  std::uint16_t consequence;
  std::uint16_t alternative;
};

struct ShapeRange {
  std::int64_t min;
  std::int64_t max;
};

enum class ShapeFormat : std::uint8_t { none, date, date_time };

/// What is asked of one value. An index of k_none asks nothing.
struct ShapeNode {
  static constexpr std::uint16_t k_none = 0xffff;

  std::uint8_t kinds;  ///< those it may have, a bit for each; 0: none is accepted
  ShapeFormat format;
  bool is_set;             ///< its items are strings, each of them once
  bool is_closed;          ///< no members but those named
  std::uint16_t pattern;   ///< of a string
  std::uint16_t items;     ///< the node of each item
  std::uint16_t names;     ///< the node of each member's name
  std::uint16_t others;    ///< the node of each member that is not named
  std::uint16_t choice;    ///< the first of the strings that it may be
  std::uint16_t choices;   ///< how many those are; 0: any
  std::uint16_t member;    ///< the first of its members
  std::uint16_t members;   ///< how many are named
  std::uint16_t required;  ///< how many of them must be there
  std::uint16_t clause;    ///< the first of the clauses that hold of it too
  std::uint16_t clauses;   ///< how many those are
  ShapeRange integer;
  ShapeRange characters;
  ShapeRange item_count;
  ShapeRange member_count;
};

struct Shape {
  std::string_view name;       ///< of the schema
  const char* texts;           ///< names of members and choices
  const ShapeNode* nodes;      ///< the first is that of the whole value
  const ShapeMember* members;  ///< of one node beside each other, sorted by name
  const ShapeClause* clauses;  ///< of one node beside each other
  const ShapeText* choices;
  const ShapePattern* patterns;
  const ShapeRun* runs;
  const std::uint32_t* lists_of;  ///< the lists that hold each of 256 bytes, a bit for each
};

/// Whether the shape's schema accepts the value.
[[nodiscard]] bool accepts(const Shape& shape, const TapeValue& value);
[[nodiscard]] bool accepts(const Shape& shape, const Value& value);

}  // namespace octroi::json
