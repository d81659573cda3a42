#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
# descriptions.sh FOLDER: the man page and the completions there, as those who read them do. Shells
# and formatters that are not installed are left out, and named.
set -euo pipefail
cd -- "$1"

fail() {
  printf '%s\n' "$@" >&2
  exit 1
}

# has PROGRAM: whether it is there; says so when it is not.
has() {
  command -v "$1" >/dev/null && return
  printf 'left out: %s is not installed\n' "$1"
  return 1
}

# expect WHAT EXPECTED GOT
expect() {
  [[ $2 == "$3" ]] || fail "$1: expected: $2" "$1: got:      $3"
}

# What bash offers after these words.
complete_in_bash() {
  COMP_WORDS=("$@")
  COMP_CWORD=$(($# - 1))
  _octroi
  printf '%s' "${COMPREPLY[*]}"
}

bash -n octroi.bash
set +u  # as an interactive shell has it
source ./octroi.bash
expect 'a first word' request "$(complete_in_bash octroi req)"
expect 'a verb' 'check adopt' "$(complete_in_bash octroi rules '' | cut -d ' ' -f 1,2)"
expect 'a verb behind a global option' new "$(complete_in_bash octroi --registry x request '')"
expect 'a choice' 'en fr' "$(complete_in_bash octroi list --lang '')"
expect 'a choice behind "="' fr "$(complete_in_bash octroi list --lang = f)"
expect 'choices of a command' refused "$(complete_in_bash octroi list --state ref)"
expect 'an option' --amends "$(complete_in_bash octroi submit --am)"
expect 'no --at where it is not taken' '' "$(complete_in_bash octroi submit --at)"
expect 'a file' octroi.fish "$(complete_in_bash octroi check octroi.f)"
expect 'a second file' octroi.fish "$(complete_in_bash octroi rules check a octroi.f)"
expect 'a file behind an option' octroi.fish "$(complete_in_bash octroi verify t --trust octroi.f)"
expect 'no file where none is taken' '' "$(complete_in_bash octroi show octroi.f)"
expect 'nothing after an unknown command' '' "$(complete_in_bash octroi nothing '')"
set -u

if has zsh; then
  zsh -n _octroi
fi
if has fish; then
  fish --no-execute octroi.fish
  said=$(fish --no-config -c 'source octroi.fish; complete -C "octroi --registry x request "')
  expect 'a verb in fish' new "${said%%$'\t'*}"
  said=$(fish --no-config -c 'source octroi.fish; complete -C "octroi list --lang f"')
  expect 'a choice in fish' fr "${said%%$'\t'*}"
  # fish 4 also offers what has "at" in its middle.
  said=$(fish --no-config -c 'source octroi.fish; complete -C "octroi submit --at"' | grep -e '^--at' || true)
  expect 'no --at in fish where it is not taken' '' "$said"
fi
if has mandoc; then
  said=$(mandoc -T lint -W warning octroi.1) || fail "$said"
fi
if has man; then
  said=$(LC_ALL=C.UTF-8 MANROFFSEQ='' MANWIDTH=80 man --warnings -E UTF-8 -l -Tutf8 octroi.1 2>&1 >page.txt)
  expect 'what man warns of' '' "$said"
  rm page.txt
fi
