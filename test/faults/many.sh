#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
# many.sh PROCESSES SECONDS: as many processes submit, assess, decide and issue on one registry at
# once, while a reader holds one snapshot open all the time.
#
# Nothing fails but with a stated wait for another writer; every act that was acknowledged is there;
# numbers are given once; the audit passes; the reader sees what it saw at first, and stops nobody.
set -euo pipefail
repository=$(cd -- "$(dirname -- "${BASH_SOURCE[0]}")/../.." && pwd -P)
processes=$1
seconds=$2
command -v sqlite3 >/dev/null || { echo 'skipped: sqlite3 is not installed'; exit 77; }
work=$(mktemp -d)
trap 'rm -rf -- "$work"' EXIT
cd -- "$work"
bash "$repository/test/cli/board.sh" "$repository/examples"
mkdir acks errors tokens

fail() {
  printf '%s\n' "$@" >&2
  exit 1
}

# act WANTED_CODE COMMAND...: 0 when it ended so, 1 when another process was writing for too long.
act() {
  local wanted=$1 code=0
  shift
  octroi "$@" --passphrase-file passphrase --quiet >"answer.$worker" 2>"error.$worker" || code=$?
  ((code == wanted)) && return
  if ((code == 1)) && grep -q 'another process has been writing' "error.$worker"; then
    echo busy >>"acks/$worker"
    return 1
  fi
  printf '%s: exit code %d: %s\n' "$*" "$code" "$(cat "error.$worker")" >>"errors/$worker"
  return 1
}

work_on() {
  local worker=$1 until=$2 request
  while ((SECONDS < until)); do
    act 0 submit request-treatment.json --as researcher-1 || continue
    request=$(grep -o 'R-[0-9]*-[0-9]*' "answer.$worker")
    echo "submitted $request" >>"acks/$worker"
    act 5 assess "$request" --as secretary-1 || continue
    echo "assessed $request" >>"acks/$worker"
    act 0 decide "$request" --as secretary-1 --date "$(date -u +%F)" --reference "$request" \
      --minutes minutes.txt --for 12 --against 0 --abstaining 3 --absent 5 \
      --resolves snds-main-base/cnam-2021.case-by-case || continue
    echo "granted $request" >>"acks/$worker"
    mkdir "tokens/$request"
    act 0 issue "$request" --as secretary-1 --out "tokens/$request" || continue
    echo "issued $request" >>"acks/$worker"
  done
}

# A reader that begins before everybody and ends after them.
mkfifo questions
sqlite3 -batch -noheader octroi.db <questions >seen &
reader=$!
exec 9>questions
echo 'BEGIN; SELECT count(*) FROM events;' >&9
until [[ -s seen ]]; do sleep 0.05; done

until=$((SECONDS + seconds))
workers=()
for ((number = 1; number <= processes; number++)); do
  : >"acks/$number"
  work_on "$number" "$until" &
  workers+=($!)
done
for worker in "${workers[@]}"; do wait "$worker"; done
echo 'SELECT count(*) FROM events; COMMIT;' >&9
exec 9>&-
wait "$reader"
[[ $(sort -u seen | wc -l) -eq 1 && $(wc -l <seen) -eq 2 ]] ||
  fail 'the reader saw two states in one transaction:' "$(cat seen)"

cat errors/* 2>/dev/null >all-errors || true
[[ ! -s all-errors ]] || fail 'failures that are no honest "busy":' "$(head -n 5 all-errors)"
cat acks/* >all-acks
octroi audit | grep -q '^SOUND' || fail "the audit does not pass: $(octroi audit)"
submitted=$(grep -c '^submitted' all-acks) || fail 'nobody got a request in'
[[ $(grep '^submitted' all-acks | sort -u | wc -l) -eq $submitted ]] || fail 'a number was given twice'

# Each acknowledged act is there; the state of a request is at least what was acknowledged.
octroi list --json >listed
rank() {
  case $1 in
    submitted) echo 1 ;;
    assessed) echo 2 ;;
    granted) echo 3 ;;
    issued) echo 4 ;;
    *) fail "a state that nobody made: $1" ;;
  esac
}
declare -A state
while read -r request found; do
  state[$request]=$found
done < <(tr -d '\n' <listed | sed 's/}/}\n/g' |
  sed -n 's/.*"id": *"\(R-[^"]*\)".*"state": *"\([a-z]*\)".*/\1 \2/p')
while read -r act request; do
  [[ $act == busy ]] && continue
  [[ -n ${state[$request]:-} ]] || fail "$request is lost"
  (($(rank "${state[$request]}") >= $(rank "$act"))) ||
    fail "$request: $act was acknowledged, and it is ${state[$request]}"
done <all-acks
while read -r _ request; do
  [[ -s tokens/$request/cnam.paseto ]] || fail "$request: the token is not there"
done < <(grep '^issued' all-acks)
[[ $(grep -c '^issued' all-acks) -eq $(octroi audit --json | sed -n 's/.*"tokens": *\([0-9]*\).*/\1/p') ]] ||
  (($(grep -c '^busy' all-acks) > 0)) || fail 'not as many tokens as were acknowledged'

printf '%d processes, %d s: %d submitted, %d assessed, %d granted, %d issued, %d busy\n' "$processes" \
  "$seconds" "$submitted" "$(grep -c '^assessed' all-acks)" "$(grep -c '^granted' all-acks)" \
  "$(grep -c '^issued' all-acks)" "$(grep -c '^busy' all-acks)"
