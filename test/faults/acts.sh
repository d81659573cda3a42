#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
# acts.sh RUNS [ACT...]: runs each writing command RUNS times while something goes wrong, always from
# the same registry. One by one every call that writes or syncs a file fails, is cut in the middle, or
# is the last; for the rest of the runs the process is killed at a random moment. For the acts on a
# key's file the shim makes passphrases quick, as each would take a second.
#
# After each run: the audit passes; an act that was acknowledged is there; one that was not is there
# wholly or not at all; and whoever tries again without the fault gets on. Of acts on other files than
# a registry, what the file says is asked in the audit's place: a key opens, a witness remembers, a
# published log is whole. octroi, octroi-testkey and
# OCTROI_FAULT_SHIM must be in the environment. The counts that it prints are those of RESULTS.md.
source "$(dirname -- "${BASH_SOURCE[0]}")/board.sh"
runs=$1
shift

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
  [hierarchy-add]='hierarchy add mondo-covid-19.json --as secretary-1'
  [endorse]='endorse REQUEST --as secretary-2'
  [suspend]='suspend --request REQUEST --reason under-inquiry --yes --as secretary-1'
  [resume]='resume --request REQUEST --reason inquiry-closed --yes --as secretary-1'
  [revoke]='revoke --request REQUEST --reason data-breach --yes --as secretary-1'
  [status-publish]='status publish --out status.paseto --replace --as secretary-1'
  [key-rotate]='key rotate seal-2 --use seal --as secretary-1'
  [key-retire]='key retire researcher-2 --compromised-from 2020-01-01 --as secretary-1'
  [member-rekey]='member rekey researcher-1 --key researcher-1-b --as researcher-1'
  [document-erase]='document erase --request OTHER --reason data-subject --authority gdpr-17 --yes
    --as secretary-1'
  [checkpoint]='checkpoint --out checkpoint --replace'
  [publish]='publish public'
  [witness-cosign]='witness cosign grown --name witness.example/1 --key witness-1 --policy logs'
  [key-new]='key new fresh'
  [key-passphrase]='key passphrase seal --new-passphrase-file new-passphrase'
)
order=(init member-add member-retire dataset-add provider-add hierarchy-add rules-adopt submit amend
  withdraw assess decide endorse issue suspend resume revoke status-publish key-rotate key-retire
  member-rekey document-erase checkpoint publish witness-cosign key-new key-passphrase)

# The registries that the acts start from: board, submitted, assessed, decided, issued, suspended;
# and endorsing, of a board that wants a second person.
prepare() {
  make_board
  cp -- "$repository"/examples/{rulebooks/hds-v2,hierarchies/mondo-covid-19}.json .
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
  prepare_issued
  prepare_endorsing
}

# A token, keys that wait, a request to erase; the log is published and witnessed, and has grown since.
prepare_issued() {
  local log name
  cp -r -- "$work/decided" "$work/issued"
  cd -- "$work/issued"
  for name in log seal-2 researcher-1-b witness-1; do
    octroi-testkey keys "$name" "$name" 'a passphrase' >/dev/null
  done
  (umask 077 && echo 'another passphrase' >new-passphrase)
  act key rotate log --use log --as secretary-1 >/dev/null
  act issue "$request" --as secretary-1 --out tokens >/dev/null
  act checkpoint >/dev/null
  act publish public >/dev/null
  octroi key trust --out trust.json --quiet
  log=$(sed -n 's/.*"vkey": *"\([^"]*\)".*/\1/p' trust.json)
  printf 'log %s\nquorum none\n' "$log" >logs
  octroi prove --from-size 0 --out first --quiet
  # shellcheck disable=SC2046
  act $(words witness-cosign | sed 's/grown/first/') --new >/dev/null
  other=$(act submit request-treatment.json --as researcher-2 | grep -o 'R-[0-9]*-[0-9]*')
  act withdraw "$other" --as researcher-2 >/dev/null
  cp -- octroi.db unsigned.db
  act checkpoint >/dev/null
  octroi prove --from-size "$(sed -n 2p public/checkpoint)" --out grown --quiet
  cp -r -- "$work/issued" "$work/suspended"
  cd -- "$work/suspended"
  # shellcheck disable=SC2046
  act $(words suspend) >/dev/null
}

prepare_endorsing() {
  mkdir "$work/endorsing"
  cd -- "$work/endorsing"
  bash "$repository/test/cli/board.sh" "$repository/examples" empty
  rm -f -- octroi.db*
  act init --board 'Example council' --origin council.example/data-access \
    --majority unanimity-of-positions --seats 20 --present-min 11 --secretary secretary-1 \
    --secretary secretary-2 --researcher researcher-1 --endorsements 1 --as secretary-1 >/dev/null
  act dataset add dataset-snds-main-base.json --as secretary-1 >/dev/null
  act provider add provider-azure-hub.json --as secretary-1 >/dev/null
  act rules adopt cnam-2021.json --as secretary-1 >/dev/null
  [[ $(sh "$repository/test/cli/granted.sh") == "$request" ]] || fail 'another request was granted'
}

start_of() {
  case $1 in
    amend | withdraw | assess) echo submitted ;;
    decide) echo assessed ;;
    issue) echo decided ;;
    suspend | revoke | status-publish | key-* | member-rekey | document-erase | checkpoint | publish | \
      witness-cosign) echo issued ;;
    resume) echo suspended ;;
    endorse) echo endorsing ;;
    *) echo board ;;
  esac
}

words() {
  local text=${acts[$1]//REQUEST/${request:-}}
  text=${text//OTHER/${other:-}}
  echo "${text//TODAY/$(date -u +%F)}"
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

# How far the act's own file has come: a number that grows by the same each time the act is done. What
# is neither of before nor of after ends the test.
state() {
  local state
  case $1 in
    init)  # a file that was made, and not yet founded, is none
      state=0
      if [[ -e new.db ]] && octroi list --registry new.db >/dev/null 2>&1; then
        state=$(events new.db)
      fi
      ;;
    checkpoint)  # is no event; each that was signed is of a size
      events octroi.db >/dev/null
      octroi checkpoint --last >last 2>/dev/null || fail "$context: no checkpoint: $(keep)"
      state=$(sed -n 2p last)
      [[ ! -e checkpoint ]] || head -n 3 checkpoint | cmp -s - <(head -n 3 last) ||
        fail "$context: half a checkpoint: $(keep)"
      ;;
    publish)
      octroi audit public --trust trust.json >audited ||
        fail "$context: what is published is not whole: $(keep)"
      state=$(sed -n 2p public/checkpoint)
      ;;
    witness-cosign)  # answers the head that it remembers to whoever names another
      # shellcheck disable=SC2046
      state=$(act $(words "$1" | sed 's/grown/first/') 2>/dev/null) || (($? == 5)) ||
        fail "$context: the witness forgot: $(keep)"
      ;;
    key-new)
      state=0
      if [[ -e keys/fresh.k4.secret-pw ]]; then
        act key public fresh >/dev/null 2>&1 || [[ -e keys/fresh.k4.public ]] ||
          fail "$context: half a key: $(keep)"
        state=1
      fi
      ;;
    key-passphrase)
      state=0
      if ! cmp -s keys/seal.k4.secret-pw "$work/issued/keys/seal.k4.secret-pw"; then
        octroi key trust --sign --passphrase-file new-passphrase --quiet >/dev/null ||
          fail "$context: a key that nothing opens: $(keep)"
        state=1
      fi
      ;;
    *) state=$(events octroi.db) ;;
  esac
  echo "$state"
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
  [[ $1 != checkpoint ]] || mv -- unsigned.db octroi.db
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
  local name=$1 after
  after=$(state "$name")
  ((step > 0)) || step=$((after - before))  # the first run, without a fault
  local is_done=false
  ((code == 0 || code == 5)) && is_done=true
  case $((after - before)) in
    0)
      $is_done && fail "$context: acknowledged (exit code $code), and not there: $(keep)"
      ((++absent))
      ;;
    "$step") if $is_done; then ((++acknowledged)); else ((++silent)); fi ;;
    *) fail "$context: came to $after from $before, expected $step more or none: $(keep)" ;;
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
  rows=$(state "$name")
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
  count=0 acknowledged=0 silent=0 absent=0 step=0 context="$name without a fault"
  fresh "$name"
  before=$(state "$name")
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
  case $name in
    key-new | key-passphrase)
      (export LD_PRELOAD=$OCTROI_FAULT_SHIM OCTROI_FAULT_QUICK_KEYS=1 && test_act "$name")
      ;;
    *) test_act "$name" ;;
  esac
done
