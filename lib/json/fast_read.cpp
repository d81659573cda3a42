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

  Value take() { return nest_.take(); }

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
    if (nest_.size() >= limits_.members_max || may_hold_surrogate(name)) return false;
    nest_.name(std::string(name));
    return true;
  }

  bool StartObject() {
    if (!may_open()) return false;
    nest_.open_object();
    return true;
  }
  bool StartArray() {
    if (!may_open()) return false;
    nest_.open_array();
    return true;
  }
  bool EndObject(rapidjson::SizeType) { return nest_.close(); }
  bool EndArray(rapidjson::SizeType) { return nest_.close(); }

 private:
  /// RapidJSON 1.1 lets the escape of a low surrogate stand alone; in UTF-8 each begins with ED.
  static bool may_hold_surrogate(std::string_view text) {
    return text.find('\xED') != std::string_view::npos;
  }

  /// Whether there may be one value more.
  [[nodiscard]] bool has_place() const {
    return !nest_.is_in_array() || nest_.size() < limits_.members_max;
  }
  [[nodiscard]] bool may_open() const { return nest_.depth() < limits_.depth_max && has_place(); }

  bool add(Value value) {
    if (!has_place()) return false;
    nest_.add(std::move(value));
    return true;
  }

  const ReadLimits& limits_;
  Nest nest_;
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
