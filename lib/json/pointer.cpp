// SPDX-License-Identifier: Apache-2.0
#include "json/pointer.hpp"

#include <algorithm>
#include <charconv>
#include <cstddef>
#include <optional>
#include <utility>

#include "base/safe_text.hpp"

namespace octroi::json {
namespace {

/// A pointer's last step, and the pointer to what it is a step from.
struct Step {
  std::string_view parent;
  std::string name;
};

std::string unescaped(std::string_view token) {
  std::string name;
  for (std::size_t at = 0; at < token.size(); ++at) {
    const bool is_escape = token[at] == '~' && at + 1 < token.size();
    if (is_escape && (token[at + 1] == '0' || token[at + 1] == '1')) {
      name += token[++at] == '0' ? '~' : '/';
    } else {
      name += token[at];
    }
  }
  return name;
}

std::optional<Step> last_step(std::string_view pointer) {
  const std::size_t slash = pointer.rfind('/');
  if (slash == std::string_view::npos) return std::nullopt;
  return Step{pointer.substr(0, slash), unescaped(pointer.substr(slash + 1))};
}

/// The index that a token is in a list of `size` items, without leading zeros; nothing beyond it.
std::optional<std::size_t> index_of(std::string_view token, std::size_t size) {
  std::size_t index = 0;
  const auto [end, failure] = std::from_chars(token.data(), token.data() + token.size(), index);
  const bool is_whole = failure == std::errc{} && end == token.data() + token.size();
  const bool is_canonical = token == "0" || !token.starts_with('0');
  return is_whole && is_canonical && index < size ? std::optional(index) : std::nullopt;
}

const Value* child(const Value& value, const std::string& name) {
  if (value.is_object()) return value.find(name);
  if (!value.is_array()) return nullptr;
  const auto index = index_of(name, value.as_array().size());
  return index ? &value.as_array()[*index] : nullptr;
}

/// The same for changing. The value is the caller's own, so that taking const away is sound.
Value* place_at(Value& value, std::string_view pointer) {
  return const_cast<Value*>(find_at(value, pointer));
}

}  // namespace

const Value* find_at(const Value& value, std::string_view pointer) {
  const Value* at = &value;
  while (at != nullptr && !pointer.empty()) {
    if (pointer.front() != '/') return nullptr;
    const std::size_t end = std::min(pointer.find('/', 1), pointer.size());
    at = child(*at, unescaped(pointer.substr(1, end - 1)));
    pointer.remove_prefix(end);
  }
  return at;
}

bool set_at(Value& value, std::string_view pointer, Value content) {
  if (Value* place = place_at(value, pointer)) {
    *place = std::move(content);
    return true;
  }
  const std::optional<Step> step = last_step(pointer);
  Value* parent = step ? place_at(value, step->parent) : nullptr;
  if (parent == nullptr) return false;
  if (parent->is_array() && step->name == "-") {
    parent->push(std::move(content));
    return true;
  }
  if (!parent->is_object()) return false;
  parent->set(step->name, std::move(content));
  return true;
}

bool remove_at(Value& value, std::string_view pointer) {
  const std::optional<Step> step = last_step(pointer);
  Value* parent = step ? place_at(value, step->parent) : nullptr;
  if (parent == nullptr) return false;
  if (parent->is_object()) return parent->as_object().erase(step->name) > 0;
  if (!parent->is_array()) return false;
  Value::Array& items = parent->as_array();
  const auto index = index_of(step->name, items.size());
  if (!index) return false;
  items.erase(items.begin() + static_cast<std::ptrdiff_t>(*index));
  return true;
}

std::string pointer_to(std::string_view parent, std::string_view name) {
  std::string pointer(parent);
  pointer += '/';
  for (const char character : name) {
    if (character == '~') {
      pointer += "~0";
    } else if (character == '/') {
      pointer += "~1";
    } else {
      pointer += character;
    }
  }
  return pointer;
}

std::string shown_pointer(std::string_view pointer) {
  constexpr std::size_t k_characters_max = 160;
  const std::string in_quotes = octroi::in_quotes(pointer, k_characters_max);
  return in_quotes.substr(1, in_quotes.size() - 2);
}

}  // namespace octroi::json
