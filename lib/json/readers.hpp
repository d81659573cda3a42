// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "json/read.hpp"

/// Inside the reader; the interface is json/read.hpp.
namespace octroi::json {

/// A value whose parts come one after another. Members are gathered as they come and sorted once,
/// when their object is closed.
class Nest {
 public:
  /// How many arrays and objects are open.
  [[nodiscard]] std::size_t depth() const { return open_.size(); }
  [[nodiscard]] bool is_in_array() const { return !open_.empty() && !open_.back().is_object; }
  /// How many values the innermost has so far.
  [[nodiscard]] std::size_t size() const {
    return is_in_array() ? open_.back().items.size() : open_.back().members.size();
  }

  void open_array() { open_.push_back({false, {}, {}}); }
  void open_object() { open_.push_back({true, {}, {}}); }
  /// The name of the member that comes next.
  void name(std::string text) { open_.back().members.emplace_back(std::move(text), Value()); }
  void add(Value value) {
    if (open_.empty()) {
      root_ = std::move(value);
    } else if (open_.back().is_object) {
      open_.back().members.back().second = std::move(value);
    } else {
      open_.back().items.push_back(std::move(value));
    }
  }
  /// Closes the innermost; false where two of its members have the same name.
  [[nodiscard]] bool close() {
    Open inner = std::move(open_.back());
    open_.pop_back();
    if (!inner.is_object) {
      add(std::move(inner.items));
      return true;
    }
    std::optional<Object> object = Object::of(std::move(inner.members));
    if (!object) return false;
    add(*std::move(object));
    return true;
  }
  [[nodiscard]] Value take() { return std::move(root_); }

 private:
  struct Open {
    bool is_object;
    Value::Array items;
    Object::Row members;
  };
  Value root_;
  std::vector<Open> open_;  ///< outermost first
};

/// The value of a text, or nothing where this reader, which has no words for faults, meets anything
/// that it would not take: then the other one looks. The text holds no zero byte, has no byte-order
/// mark and at most `limits.bytes_max` bytes.
[[nodiscard]] std::optional<Value> read_fast(std::string_view text, const ReadLimits& limits);

/// The same, several times slower, with the reason and the place of what it refuses.
[[nodiscard]] Value read_with_reasons(std::string_view text, std::string_view source,
                                      const ReadLimits& limits);

}  // namespace octroi::json
