#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# must_fail.sh RUNNER SCRIPT: passes when RUNNER fails SCRIPT with every text that the script
# announces in its comments "# fails: TEXT".
report=$("$1" "$2")
code=$?
if [ "$code" -ne 1 ]; then
  echo "expected exit code 1, got $code"
  exit 1
fi
expected=$(sed -n 's/^# fails: //p' "$2")
if [ -z "$expected" ]; then
  echo "$2: says nowhere how it fails"
  exit 1
fi
printf '%s\n' "$expected" | while IFS= read -r text; do
  if ! printf '%s\n' "$report" | grep -qF -- "$text"; then
    printf 'expected "%s" in:\n%s\n' "$text" "$report"
    exit 1
  fi
done
