// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <initializer_list>
#include <string>
#include <string_view>
#include <vector>

#include "json/value.hpp"

/// How facts are taken over from documents.
namespace octroi::rules {

/// The members of an object that are there, under their own names.
[[nodiscard]] json::Value pick(const json::Value& from,
                               std::initializer_list<std::string_view> names);

/// Sets `name` to what `pick` finds in the member of that name, if there is one.
void pick_into(json::Value& facts, const json::Value& from, std::string_view name,
               std::initializer_list<std::string_view> members);

/// The same for a member that is a list of objects.
void pick_each_into(json::Value& facts, const json::Value& from, std::string_view name,
                    std::initializer_list<std::string_view> members);

/// The texts as a list, each once, sorted: their order in the document means nothing.
[[nodiscard]] json::Value sorted_once(const std::vector<std::string>& texts);

}  // namespace octroi::rules
