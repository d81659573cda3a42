// SPDX-License-Identifier: Apache-2.0
#include "json/shape.hpp"

#include <algorithm>
#include <optional>
#include <span>

#include "json/pattern.hpp"
#include "json/shape_check.hpp"

namespace octroi::json {
namespace {

bool walks(const ShapePattern& pattern, std::string_view text) {
  std::size_t state = pattern.start;
  for (const char byte : text) {
    const std::size_t its_class = pattern.class_of[static_cast<unsigned char>(byte)];
    state = pattern.next[state * pattern.classes + its_class];
  }
  return state >= pattern.first_match;
}

bool runs_through(std::span<const ShapeRun> runs, const std::uint32_t* lists_of,
                  std::string_view text) {
  for (const ShapeRun& run : runs) {
    if (text.size() < run.least) return false;
    std::uint32_t common = run.list;  // in one go: no byte that must be there waits for another
    for (const char byte : text.substr(0, run.least)) {
      common &= lists_of[static_cast<unsigned char>(byte)];
    }
    if (common == 0) return false;
    const std::size_t most = std::min<std::size_t>(run.most, text.size());
    std::size_t taken = run.least;
    while (taken < most && (lists_of[static_cast<unsigned char>(text[taken])] & run.list) != 0) {
      ++taken;
    }
    text.remove_prefix(taken);
  }
  return text.empty();
}

/// A value that is not on a tape, as one that is.
class NamedValue {
 public:
  NamedValue(std::string_view name, const Value& value) : name_(name), value_(value) {}

  [[nodiscard]] Kind kind() const { return value_.kind(); }
  [[nodiscard]] std::string_view name() const { return name_; }
  [[nodiscard]] std::int64_t as_integer() const { return value_.as_integer(); }
  [[nodiscard]] std::string_view as_string() const { return value_.as_string(); }
  [[nodiscard]] const Value& value() const { return value_; }
  [[nodiscard]] std::size_t size() const {
    return value_.is_array() ? value_.as_array().size() : value_.as_object().size();
  }
  [[nodiscard]] std::optional<NamedValue> find(std::string_view name) const {
    const Value* member = value_.find(name);
    if (member == nullptr) return std::nullopt;
    return NamedValue(name, *member);
  }

 private:
  std::string_view name_;
  const Value& value_;
};

template <typename IsSuch>
bool all_parts(const NamedValue& container, const IsSuch& is_such) {
  if (container.value().is_array()) {
    const Value::Array& items = container.value().as_array();
    return std::all_of(items.begin(), items.end(),
                       [&](const Value& item) { return is_such(NamedValue({}, item)); });
  }
  const Object& members = container.value().as_object();
  return std::all_of(members.begin(), members.end(), [&](const auto& member) {
    return is_such(NamedValue(member.first, member.second));
  });
}

}  // namespace

bool shape_matches(const Shape& shape, const ShapePattern& pattern, std::string_view text) {
  if (text.size() > Pattern::k_text_bytes_max) return false;
  if (pattern.class_of != nullptr) return walks(pattern, text);
  return runs_through({shape.runs + pattern.run, pattern.runs}, shape.lists_of, text);
}

bool accepts(const Shape& shape, const TapeValue& value) {
  return ShapeCheck<TapeValue>(shape).accepts(shape.nodes[0], value);
}

bool accepts(const Shape& shape, const Value& value) {
  return ShapeCheck<NamedValue>(shape).accepts(shape.nodes[0], NamedValue({}, value));
}

}  // namespace octroi::json
