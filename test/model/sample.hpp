// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "json/value.hpp"
#include "model/document.hpp"

#include <string>
#include <string_view>
#include <vector>

namespace octroi::model::sample {

/// A file under examples/ as JSON.
[[nodiscard]] json::Value example(std::string_view path);

/// A valid document of the kind, to be changed. Those that no example shows are made here.
[[nodiscard]] json::Value valid(DocumentKind kind);

/// The document that a value would be as a file named "sample"; throws where it is not valid.
Document read(DocumentKind kind, const json::Value& value);

/// What read() says against it, line by line; "" when it is valid.
[[nodiscard]] std::string faults_of(DocumentKind kind, const json::Value& value);

/// The value at a pointer such as "/users/0/country"; what is not there is made.
[[nodiscard]] json::Value& at(json::Value& value, std::string_view pointer);
/// Takes away the member or item at a pointer; it has to be there.
void remove(json::Value& value, std::string_view pointer);

/// The pointers to all objects in a value, its own ("") included.
[[nodiscard]] std::vector<std::string> objects_in(const json::Value& value);

/// Every kind of document that people write or read.
[[nodiscard]] const std::vector<DocumentKind>& kinds();

}  // namespace octroi::model::sample
