// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <initializer_list>
#include <string>
#include <string_view>
#include <vector>

#include "json/value.hpp"

/// How facts are taken over from documents.
namespace octroi::rules {

/// The members of an object that are there, under their own names. Quickest where these are sorted,
/// as all that makes an object is.
[[nodiscard]] json::Value pick(const json::Value& from,
                               std::initializer_list<std::string_view> names);

/// Adds what `pick` finds.
void pick_onto(json::Object::Row& members, const json::Value& from,
               std::initializer_list<std::string_view> names);

/// Adds, or sets, under `name` what `pick` finds in the member of that name, if there is one.
void pick_into(json::Object::Row& facts, const json::Value& from, std::string_view name,
               std::initializer_list<std::string_view> members);
void pick_into(json::Value& facts, const json::Value& from, std::string_view name,
               std::initializer_list<std::string_view> members);

/// Adds the same of a member that is a list of objects.
void pick_each_into(json::Object::Row& facts, const json::Value& from, std::string_view name,
                    std::initializer_list<std::string_view> members);

/// The texts as a list, each once, sorted: their order in the document means nothing.
[[nodiscard]] json::Value sorted_once(std::vector<std::string> texts);

/// The same of an array of strings; an empty list for nullptr (an absent member).
[[nodiscard]] json::Value sorted_once(const json::Value* array);

/// Whether there is a member of that name with a text in it.
[[nodiscard]] bool states(const json::Value& object, std::string_view name);

}  // namespace octroi::rules
