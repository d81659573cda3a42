// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "cel/program.hpp"

namespace octroi::cel::sample {

/// Variables of many types: `n` int, `text` string, `names` list(string), `prices` map(string,
/// int), `anything` dyn, `when` timestamp; and `request` with nested objects: project {name, kind},
/// user_count, codes, certificates [{scheme, status}].
[[nodiscard]] Environment environment();

/// Bindings of them all but `anything`; request.project.kind and one certificate's status are
/// absent.
[[nodiscard]] Bindings bindings();

/// The value of an expression under both, which must compile and have one, as text: literals as
/// they are written, "[1, 2]", "{\"a\": 1}". Otherwise "problem: …" or "error: …".
[[nodiscard]] std::string value_of(std::string_view expression);

/// The same without type check.
[[nodiscard]] std::string unchecked_value_of(std::string_view expression);

/// The error of an expression that must compile and must not have a value.
[[nodiscard]] EvaluationError error_of(std::string_view expression);

/// All that is wrong with an expression; empty when it compiles.
[[nodiscard]] std::vector<Problem> problems_of(std::string_view expression);

/// A value as text.
[[nodiscard]] std::string shown(const Value& value);

}  // namespace octroi::cel::sample
