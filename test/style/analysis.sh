#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
# analysis.sh [BUILD_FOLDER]: the compiler's warnings, clang-tidy with .clang-tidy, and cppcheck, over
# lib/ and app/; no output and exit code 0 when they find nothing. They need clang, clang-tidy and
# cppcheck (Debian's packages), three quarters of an hour of one core, and are no part of the tests.
#
# The sources are read as unity builds compile them, so that each header is read once a module. What
# clang-tidy says and is not so is marked where it stands, with its reason: // NOLINT(check): reason
set -euo pipefail
repository=$(cd -- "$(dirname -- "${BASH_SOURCE[0]}")/../.." && pwd -P)
folder=${1:-$repository/build/analysis}
found=false

mkdir -p -- "$folder"
cmake -S "$repository" -B "$folder" -G Ninja -DCMAKE_CXX_COMPILER=clang++ -DCMAKE_BUILD_TYPE=Debug \
  -DCMAKE_EXPORT_COMPILE_COMMANDS=ON -DOCTROI_TESTS=OFF -DOCTROI_DEVELOPER=ON >"$folder.log" 2>&1 ||
  { cat "$folder.log" >&2; exit 1; }
# With all warnings, each an error. Sources that the build makes are read below as well.
cmake --build "$folder" >"$folder.log" 2>&1 ||
  { cat "$folder.log" >&2; exit 1; }
mapfile -t units < <(sed -n 's/^ *"file": "\(.*\)",\{0,1\}$/\1/p' "$folder/compile_commands.json")
((${#units[@]} > 20)) || { echo 'too few sources to read' >&2; exit 1; }
for unit in "${units[@]}"; do
  clang-tidy -p "$folder" --quiet "$unit" 2>/dev/null || found=true
done

# Style is left to the compiler and to clang-tidy; what it says and is not so is in cppcheck.txt.
cppcheck --std=c++20 --language=c++ --quiet --enable=warning,performance,portability \
  --inline-suppr --error-exitcode=1 --template='{file}:{line}: {severity}: {message} [{id}]' \
  --suppress=missingIncludeSystem \
  --suppressions-list="$repository/test/style/cppcheck.txt" -I "$repository/lib" -I "$repository/app" \
  "$repository/lib" "$repository/app" || found=true
! $found
