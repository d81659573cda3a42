#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
# batch.sh RUNS [REQUESTS]: submits a batch of REQUESTS from the same registry, RUNS times, while
# something goes wrong: SIGKILL or an interrupt at a random moment, or a call that writes or syncs a
# file fails, is cut in the middle, or is the last one.
#
# After each run: the audit passes; every line that was answered is in the registry under the number
# that it was given; no line is there twice; and whoever runs it again has all of them, once. octroi,
# octroi-testkey and OCTROI_FAULT_SHIM must be in the environment.
source "$(dirname -- "${BASH_SOURCE[0]}")/board.sh"
runs=$1
requests=${2:-1200}

make_board
tr -d '\n' <request-treatment.json | awk -v n="$requests" '{
  for (i = 1; i <= n; ++i) { line = $0; sub(/"title": *"/, "&" i ": ", line); print line }
}' >many

fresh() {
  rm -rf -- "$work/run"
  cp -r -- "$work/board" "$work/run"
  cd -- "$work/run"
}

# With what else is in the environment; sets code.
submit() {
  code=0
  { "$@" octroi submit --batch many --as researcher-1 --passphrase-file passphrase >answers \
    2>errors; } 2>/dev/null || code=$?
}

# "LINE REQUEST" of every whole line of the answers in a file.
acknowledged() {
  sed -n 's/.*"line":\([0-9]*\),"request":"\(R-[0-9-]*\)","version":1}$/\1 \2/p' "$1"
}

audited() {
  octroi audit >report || fail "$context: the audit does not pass: $(cat report)"
}

fresh
context='without a fault'
started=${EPOCHREALTIME/[.,]/}
submit env LD_PRELOAD="$OCTROI_FAULT_SHIM" OCTROI_FAULT_COUNT="$work/calls"
duration=$((${EPOCHREALTIME/[.,]/} - started))
((code == 0)) || fail "$context: exit code $code: $(cat errors)"
[[ $(acknowledged answers | wc -l) -eq $requests ]] || fail "$context: not all were answered"
calls=$(cat "$work/calls")
kinds=(kill fail cut full)
answered=0
for ((run = 1; run <= runs; run++)); do
  fresh
  if ((run % 2)); then
    signal=$( ((run % 4 == 1)) && echo KILL || echo INT)
    micros=$((SRANDOM % duration))
    context="run $run: SIG$signal after $micros µs"
    submit timeout --signal="$signal" "$(printf '%d.%06d' $((micros / 1000000)) $((micros % 1000000)))"
  else
    at=$((SRANDOM % calls + 1)) kind=${kinds[run / 2 % 4]}
    context="run $run: call $at of $calls: $kind"
    submit env LD_PRELOAD="$OCTROI_FAULT_SHIM" OCTROI_FAULT_AT="$at" OCTROI_FAULT_KIND="$kind"
  fi
  acknowledged answers >first
  answered=$((answered + $(wc -l <first)))
  ((code != 0)) || [[ $(wc -l <first) -eq $requests ]] || fail "$context: ended well, not all there"
  ((code != 1)) || grep -q '^octroi: ' errors || fail "$context: no word about what went wrong"
  audited
  submit env
  ((code == 0)) || fail "$context: again: exit code $code: $(cat errors)"
  acknowledged answers >again
  [[ $(wc -l <again) -eq $requests ]] || fail "$context: again: not all were answered"
  [[ $(cut -d' ' -f2 again | sort -u | wc -l) -eq $requests ]] || fail "$context: a number twice"
  [[ -z $(comm -23 <(sort first) <(sort again)) ]] || fail "$context: an answered line is lost"
  audited
  listed=$(octroi list --json | grep -c '"id": "R-')
  ((listed == requests)) || fail "$context: $listed requests, expected $requests"
done
printf 'submit --batch %5d runs of %d requests: %d lines answered before the fault, none lost, none twice\n' \
  "$runs" "$requests" "$answered"
