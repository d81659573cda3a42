#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
# acts.sh RUNS [ACT...]: runs each writing command RUNS times while something goes wrong, always from
# the same registry. One by one every call that writes or syncs a file fails, is cut in the middle, or
# is the last; for the rest of the runs the process is killed at a random moment.
#
# After each run: the audit passes; an act that was acknowledged is there; one that was not is there
# wholly or not at all; and whoever tries again without the fault gets on. octroi, octroi-testkey and
# OCTROI_FAULT_SHIM must be in the environment. The counts that it prints are those of RESULTS.md.
set -euo pipefail
repository=$(cd -- "$(dirname -- "${BASH_SOURCE[0]}")/../.." && pwd -P)
runs=$1
shift
work=$(mktemp -d)
trap 'rm -rf -- "$work"' EXIT
: "${OCTROI_FAULT_SHIM:?the file of the shim}"

fail() {
  printf '%s\n' "$@" >&2
  exit 1
}

act() {
  octroi "$@" --passphrase-file passphrase --quiet
}

# What each act is, on a registry where everything before it is done. REQUEST is R-…-0001.
declare -A acts=(
  [init]='init --registry new.db --keys keys --as secretary-1 --charter charter-here.json'
  [member-add]='member add stranger --role auditor --key keys/stranger.k4.public --as secretary-1'
  [member-retire]='member retire auditor-1 --as secretary-1'
  [dataset-add]='dataset add dataset-2.json --as secretary-1'
  [provider-add]='provider add provider-hebergeur-exemple.json --as secretary-1'
  [rules-adopt]='rules adopt hds-v2.json --as secretary-1'
  [submit]='submit request-treatment.json --as researcher-1'
  [amend]='submit request-2.json --amends REQUEST --as researcher-1'
  [withdraw]='withdraw REQUEST --as researcher-1'
  [assess]='assess REQUEST --as secretary-1'
  [decide]='decide REQUEST --as secretary-1 --date TODAY --reference 1 --minutes minutes.txt --for 12
    --against 0 --abstaining 3 --absent 5 --resolves snds-main-base/cnam-2021.case-by-case'
  [issue]='issue REQUEST --as secretary-1 --out tokens'
)
order=(init member-add member-retire dataset-add provider-add rules-adopt submit amend withdraw assess
  decide issue)

# The registries that the acts start from: board, submitted, assessed, decided.
prepare() {
  mkdir "$work/board"
  cd -- "$work/board"
  bash "$repository/test/cli/board.sh" "$repository/examples"
  cp -- "$repository/examples/rulebooks/hds-v2.json" .
  sed 's/reimbursed/refunded/' dataset-snds-main-base.json >dataset-2.json
  sed 's/Better treatment/Much better treatment/' request-treatment.json >request-2.json
  cmp -s request-treatment.json request-2.json && fail 'request-2.json is no other request'
  sed "s/\"key\": \"[^\"]*\"/\"key\": \"$(cat keys/secretary-1.k4.public)\"/" charter.json \
    >charter-here.json
  cp -r -- "$work/board" "$work/submitted"
  cd -- "$work/submitted"
  request=$(act submit request-treatment.json --as researcher-1 | grep -o 'R-[0-9]*-[0-9]*')
  cp -r -- "$work/submitted" "$work/assessed"
  cd -- "$work/assessed"
  act assess "$request" --as secretary-1 >/dev/null || (($? == 5))
  cp -r -- "$work/assessed" "$work/decided"
  cd -- "$work/decided"
  mkdir tokens
  # shellcheck disable=SC2046
  act $(words decide) >/dev/null
}

start_of() {
  case $1 in
    amend | withdraw | assess) echo submitted ;;
    decide) echo assessed ;;
    issue) echo decided ;;
    *) echo board ;;
  esac
}

words() {
  local text=${acts[$1]//REQUEST/${request:-}}
  echo "${text//TODAY/$(date -u +%F)}"
}

registry_of() {
  [[ $1 == init ]] && echo new.db || echo octroi.db
}

# The number of events; an audit that does not pass ends the test.
events() {
  if [[ ! -e $1 ]]; then
    echo 0
    return
  fi
  local said
  said=$(octroi audit --registry "$1" --json) || fail "$context: the audit does not pass: $said" \
    "the registry is kept: $(keep)"
  sed -n 's/.*"events": *\([0-9]*\).*/\1/p' <<<"$said" | head -n 1
}

keep() {
  local copy
  copy=$(mktemp -d -t octroi-fault-XXXXXX)
  cp -r -- . "$copy"
  echo "$copy"
}

# An act once, from its start, with what else is in the environment; sets code and after.
fresh() {
  rm -rf -- "$work/run"
  cp -r -- "$work/$(start_of "$1")" "$work/run"
  cd -- "$work/run"
}

run_once() {
  local name=$1
  shift
  fresh "$name"
  code=0
  # shellcheck disable=SC2046
  { "$@" octroi $(words "$name") --passphrase-file passphrase --quiet >answer 2>errors; } \
    2>/dev/null || code=$?  # where bash would tell of every process that was killed
  judge "$name"
}

judge() {
  local name=$1 registry after
  registry=$(registry_of "$name")
  if [[ $name == init && -e $registry ]] && ! octroi list --registry "$registry" >/dev/null 2>&1; then
    after=0  # made, and not yet founded
  else
    after=$(events "$registry")
  fi
  local is_done=false
  ((code == 0 || code == 5)) && is_done=true
  case $((after - before)) in
    0)
      $is_done && fail "$context: acknowledged (exit code $code), and not there: $(keep)"
      ((++absent))
      ;;
    1) if $is_done; then ((++acknowledged)); else ((++silent)); fi ;;
    *) fail "$context: $after events, expected $before or one more: $(keep)" ;;
  esac
  if ! $is_done && ((code != 137 && code != 1)); then
    fail "$context: exit code $code: $(cat errors)"
  fi
  if ((code == 1)) && ! grep -q '^octroi: ' errors; then
    fail "$context: no word about what went wrong"
  fi
  ((++count))
}

# Whoever tries again gets on: it is done now, or was.
try_again() {
  local name=$1 again=0 rows
  [[ $name == init ]] && return
  rows=$(events octroi.db)
  # shellcheck disable=SC2046
  act $(words "$name") >answer 2>errors || again=$?
  case $again in
    0 | 5) ;;
    3 | 4) ((rows > before)) || fail "$context: again: exit code $again: $(cat errors) $(keep)" ;;
    *) fail "$context: again: exit code $again: $(cat errors) $(keep)" ;;
  esac
}

test_act() {
  local name=$1 kind at calls faults fault i micros duration started
  local -a kinds=(fail full cut kill)
  count=0 acknowledged=0 silent=0 absent=0 context="$name without a fault"
  fresh "$name"
  before=$(events "$(registry_of "$name")")
  started=${EPOCHREALTIME/[.,]/}
  run_once "$name" env LD_PRELOAD="$OCTROI_FAULT_SHIM" OCTROI_FAULT_COUNT="$work/calls"
  duration=$((${EPOCHREALTIME/[.,]/} - started))
  ((acknowledged == 1)) || fail "$context: not done: $(cat errors)"
  calls=$(cat "$work/calls")
  ((calls > 0)) || fail "$name: the shim saw no call"
  # All of them, or as many as there are runs, spread over the calls and the kinds.
  faults=$((4 * calls))
  for ((i = 0; i < faults && count < (runs < faults ? runs : faults + 1); i++)); do
    fault=$((runs < faults ? i * faults / runs + i % 4 : i))
    at=$((fault / 4 % calls + 1))
    kind=${kinds[fault % 4]}
    context="$name, call $at of $calls: $kind"
    run_once "$name" env LD_PRELOAD="$OCTROI_FAULT_SHIM" OCTROI_FAULT_AT=$at OCTROI_FAULT_KIND=$kind
    try_again "$name"
  done
  while ((count < runs)); do
    micros=$((SRANDOM % (duration + 1)))
    context="$name, killed after $micros µs"
    run_once "$name" timeout --signal=KILL "$(printf '0.%06d' "$micros")"
    ((count % 8)) || try_again "$name"
  done
  printf '%-14s %5d runs over %2d calls: %4d done, %4d done and not acknowledged, %4d not done\n' \
    "$name" "$count" "$calls" "$acknowledged" "$silent" "$absent"
}

(($# > 0)) || set -- "${order[@]}"
prepare
for name; do
  test_act "$name"
done
