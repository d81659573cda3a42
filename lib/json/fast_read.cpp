// SPDX-License-Identifier: Apache-2.0
#include "json/readers.hpp"

#include <rapidjson/reader.h>
#include <rapidjson/stream.h>

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <string>
#include <utility>
#include <vector>

#include "base/limits.hpp"
#include "base/safe_text.hpp"

namespace octroi::json {
namespace {

/// Takes RapidJSON's events and builds the value; false at whatever read() might refuse.
class FastBuilder {
 public:
  explicit FastBuilder(const ReadLimits& limits) : limits_(limits) {}

  Value take() { return std::move(root_); }

  bool Null() { return add(Value()); }
  bool Bool(bool value) { return add(value); }
  bool Int(int value) { return Int64(value); }
  bool Uint(unsigned value) { return Int64(value); }
  bool Int64(std::int64_t value) {
    const bool is_big = value > limits::k_json_integer_max || value < -limits::k_json_integer_max;
    return !is_big && add(value);
  }
  bool Uint64(std::uint64_t value) {
    return value <= std::uint64_t{limits::k_json_integer_max} &&
           add(static_cast<std::int64_t>(value));
  }
  bool Double(double) { return false; }
  bool RawNumber(const char*, rapidjson::SizeType, bool) { return false; }

  bool String(const char* text, rapidjson::SizeType bytes, bool) {
    const std::string_view view(text, bytes);
    return !may_hold_surrogate(view) && add(view);
  }

  bool Key(const char* text, rapidjson::SizeType bytes, bool) {
    const std::string_view name(text, bytes);
    Value::Object& members = open_.back()->as_object();
    if (members.size() >= limits_.members_max || may_hold_surrogate(name)) return false;
    const std::size_t before = members.size();
    const auto member = members.try_emplace(members.end(), std::string(name));
    value_ = &member->second;
    return members.size() > before;
  }

  bool StartObject() { return open(Value::Object{}); }
  bool StartArray() { return open(Value::Array{}); }
  bool EndObject(rapidjson::SizeType) { return close(); }
  bool EndArray(rapidjson::SizeType) { return close(); }

 private:
  /// RapidJSON 1.1 lets the escape of a low surrogate stand alone; in UTF-8 each begins with ED.
  static bool may_hold_surrogate(std::string_view text) {
    return text.find('\xED') != std::string_view::npos;
  }

  /// The place for the next value, or nullptr where the open array is full.
  Value* place() {
    if (open_.empty()) return &root_;
    if (open_.back()->is_object()) return value_;
    Value::Array& items = open_.back()->as_array();
    return items.size() < limits_.members_max ? &items.emplace_back() : nullptr;
  }

  template <typename T>
  bool add(T value) {
    Value* const free = place();
    if (free == nullptr) return false;
    *free = Value(std::move(value));
    return true;
  }

  bool open(Value container) {
    if (open_.size() >= limits_.depth_max) return false;
    Value* const opened = place();
    if (opened == nullptr) return false;
    *opened = std::move(container);
    open_.push_back(opened);  // INVARIANT: its parent does not grow while it is open
    return true;
  }

  bool close() {
    open_.pop_back();
    return true;
  }

  const ReadLimits& limits_;
  Value root_;
  Value* value_ = nullptr;    ///< of the member whose name was read last
  std::vector<Value*> open_;  ///< arrays and objects not yet closed, outermost first
};

}  // namespace

std::optional<Value> read_fast(std::string_view text, const ReadLimits& limits) {
  // Looked at once: RapidJSON would look at each byte of each string.
  if (!is_utf8(text)) return std::nullopt;
  // It unescapes texts where they stand, and ends at a zero byte. Its way with SSE2 is not used:
  // that of 1.1 lets the control characters U+001A to U+001F pass.
  std::vector<char> bytes(text.size() + 1);
  std::copy(text.begin(), text.end(), bytes.begin());
  FastBuilder builder(limits);
  rapidjson::InsituStringStream stream(bytes.data());
  rapidjson::Reader reader;
  const auto end = reader.Parse<rapidjson::kParseInsituFlag>(stream, builder);
  if (end.IsError()) return std::nullopt;
  return builder.take();
}

}  // namespace octroi::json
