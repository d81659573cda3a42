// SPDX-License-Identifier: Apache-2.0
#include "json/pointer.hpp"

#include <cstddef>

#include "base/safe_text.hpp"

namespace octroi::json {

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
