// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "style/tree.hpp"

/// The rules that every file of the project follows. Each returns the places where it does not
/// hold, in the order of the tree.
namespace octroi::style {

using Faults = std::vector<Fault>;

/// Code begins with its licence; a script's first line may come before it.
[[nodiscard]] Faults without_licence(const Tree& tree);
/// No tab, no blank at the end of a line, a line feed at the end of the file.
[[nodiscard]] Faults untidy_blanks(const Tree& tree);
/// C++ keeps to 100 columns; a line with a URL may be longer, and so may a raw string's.
[[nodiscard]] Faults wide_lines(const Tree& tree);
/// Code keeps to 450 lines a file.
[[nodiscard]] Faults long_files(const Tree& tree);
/// A header says `#pragma once`.
[[nodiscard]] Faults unguarded_headers(const Tree& tree);
/// Nothing is left for later.
[[nodiscard]] Faults unfinished_marks(const Tree& tree);

/// A module of lib/ includes only what the list of modules lets it, by the path from lib/.
[[nodiscard]] Faults wrong_includes(const Tree& tree);
/// What a module's CMakeLists.txt says it uses is what the list of modules lets it.
[[nodiscard]] Faults wrong_uses(const Tree& tree);
/// Each library of others is included only where it belongs.
[[nodiscard]] Faults strayed_libraries(const Tree& tree);

/// Every command in a README's shell blocks is one that a test or a script runs.
[[nodiscard]] Faults untested_commands(const Tree& tree);
/// schemas/README.md speaks of every schema.
[[nodiscard]] Faults unmentioned_schemas(const Tree& tree);
/// JSON files can be read.
[[nodiscard]] Faults broken_json(const Tree& tree);

}  // namespace octroi::style
