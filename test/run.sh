#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
# From a fresh Debian 12 or later with git and apt to the result of all tests:
#   bash test/run.sh
source "$(dirname -- "${BASH_SOURCE[0]}")/../examples/setup.sh"

results=$build/tests.xml

run_tests() {
  rm -f -- "$results"
  ctest --test-dir "$build" --parallel 2 --timeout 300 --output-on-failure --no-tests=error \
    --output-junit "$results"
}

# The number in an attribute of the results' first element, as in <testsuite failures="2" …>.
counted() {
  sed -n "0,/<testcase/s/.*\b$1=\"\([0-9]*\)\".*/\1/p" "$results"
}

# What the failed tests said, each under its name.
show_failures() {
  awk '/^[0-9]+% tests passed/ { exit }
       /^ *Start +[0-9]+:/ { next }
       /^ *[0-9]+\/[0-9]+ Test +#/ { is_shown = !/ Passed |\*\*\*Skipped / }
       is_shown' "$build/tests.log"
}

# The npm packages of test/interop, into the build folder, where npm and its registry are at hand;
# without them that test is skipped, and says so.
install_npm_packages() {
  local folder=$build/test/interop/node
  command -v npm >/dev/null || return 0
  mkdir -p -- "$folder"
  cmp -s -- "$repository/test/interop/node/package-lock.json" \
    "$folder/node_modules/.installed-lock" && return
  cp -- "$repository"/test/interop/node/package{,-lock}.json "$folder/"
  if (cd -- "$folder" && timeout 60 npm ci --ignore-scripts --no-audit --no-fund --fetch-retries=0 \
    --fetch-timeout=10000) >"$build/npm.log" 2>&1; then
    cp -- "$folder/package-lock.json" "$folder/node_modules/.installed-lock"
  fi
}

install_packages "${packages[@]}" "${test_packages[@]}"
configure -DOCTROI_TESTS=ON
build
install_npm_packages || true

started=$SECONDS
passes=true
run_tests 2>&1 | tee -- "$build/tests.log" | show_progress tests || passes=false
$passes || show_failures >&2
[[ -e $results ]] || fail "tests: not run"
printf 'tests: done in %d s\n' "$((SECONDS - started))"

failed=$(counted failures)
skipped=$(($(counted skipped) + $(counted disabled)))
printf '%d passed, %d failed, %d skipped\n' \
  "$(($(counted tests) - failed - skipped))" "$failed" "$skipped"
$passes
