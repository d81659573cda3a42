#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
# inputs.sh: hostile files, given to every command wherever it reads one, under a limit of processor
# time and of memory. Each is answered with an exit code of octroi's own; nothing is changed.
set -euo pipefail
repository=$(cd -- "$(dirname -- "${BASH_SOURCE[0]}")/../.." && pwd -P)
work=$(mktemp -d)
trap 'rm -rf -- "$work"' EXIT
cd -- "$work"
bash "$repository/test/cli/logged_board.sh" "$repository/examples" granted >/dev/null
export OCTROI_AS=secretary-1
story=$repository/examples/cnam-2021
rulebook=$repository/examples/rulebooks/cnam-2021.json

fail() {
  printf '%s\n' "$@" >&2
  exit 1
}

seconds_max=10 kilobytes_max=600000
count=0
# bounded WORD...: a command within the limits. A signal, or what the shell says of one, is a fault.
bounded() {
  local code=0
  (
    ulimit -c 0 -t "$seconds_max" -v "$kilobytes_max"
    exec octroi "$@"
  ) >answer 2>errors || code=$?
  ((code <= 20)) || fail "octroi $*: exit code $code: $(head -c 300 errors)"
  ! grep -q 'bad_alloc\|internal error' errors || fail "octroi $*: $(head -c 300 errors)"
  ((++count))
}

# many TIMES TEXT: the text so often.
many() {
  awk -v times="$1" -v text="$2" 'BEGIN { for (i = 0; i < times; ++i) printf "%s", text }'
}

umask 077
head -c 100000000 /dev/zero | tr '\0' '[' >brackets
head -c 1000000 brackets >brackets-1m
head -c 100000000 /dev/zero >zeros
{ printf '{' && seq -f '"k%.0f":1,' 1000000 | tr -d '\n' && printf '"k":1}'; } >members
{ printf '{' && seq -f '"k%.0f":1,' 70000 | tr -d '\n' && printf '"k":1}'; } >members-1m
{ printf '{"expression":"' && many 5000000 1+ && printf '1"}\n'; } >sum
many 100000 $'\n' >lines
before=$(octroi audit --json)

p=(--passphrase-file passphrase)
for file in brackets brackets-1m zeros members members-1m sum lines; do
  bounded check "$file"
  bounded check "$story/request-treatment.json" --rulebook "$file"
  bounded check "$story/request-treatment.json" --dataset "$file"
  bounded check "$story/request-treatment.json" --provider "$file"
  bounded check "$story/request-treatment.json" --hierarchy "$file"
  bounded explain "$file"
  bounded submit "$file" --as researcher-1 "${p[@]}"
  bounded init --registry new.db --charter "$file" "${p[@]}"
  bounded dataset add "$file" "${p[@]}"
  bounded provider add "$file" "${p[@]}"
  bounded hierarchy add "$file" "${p[@]}"
  bounded rules adopt "$file" "${p[@]}"
  bounded rules check "$file"
  bounded rules test "$file"
  bounded rules diff "$file" "$file" --no-registry
  bounded rules eval 1 --facts "$file"
  bounded rules eval --batch "$file"
  bounded verify "$file" --any --trust trust.json
  bounded verify cnam.paseto --any --trust "$file"
  bounded verify cnam.paseto --any --trust trust.json --proof "$file"
  bounded verify cnam.paseto --any --trust trust.json --status "$file"
  bounded verify --batch "$file" --trust trust.json
  bounded inspect "$file"
  bounded trust check "$file" --against "$file"
  bounded audit --against "$file"
  bounded audit --registry "$file"
  bounded list --registry "$file"
  bounded show R-2026-0001 --holidays "$file"
  bounded prove --from "$file"
  bounded checkpoint --cosigned "$file" --policy "$file"
  bounded witness cosign "$file" --name witness.example/1 --key witness-1 --policy "$file" "${p[@]}"
  bounded key trust --log-policy "$file"
  bounded key new fresh --passphrase-file "$file"
  bounded member add stranger --role auditor --key "$file" "${p[@]}"
  [[ $(octroi audit --json) == "$before" ]] || fail "$file: something changed"
done

# rules NUMBER EXPRESSION: a rulebook of so many rules that require it.
rules() {
  local text='{"en": "t", "fr": "t"}' i
  printf '{"format": "octroi/rulebook/1", "id": "heavy", "title": %s, "valid": {"from": "2020-01-01"}, "rules": [' "$text"
  for ((i = 0; i < $1; i++)); do
    ((i == 0)) || printf ','
    printf '{"id": "heavy.r%d", "title": %s, "requires": "%s", "otherwise": "refuse",' "$i" "$text" "$2"
    printf ' "because": %s, "remedy": %s, "cites": [{"source": "s", "provision": "p"}]}' "$text" "$text"
  done
  printf ']}'
}
# nested NUMBER: so many macros in each other, over ten numbers each.
nested() {
  local expression=true i
  for ((i = 0; i < $1; i++)); do
    expression="[0,1,2,3,4,5,6,7,8,9].all(x$i, $expression)"
  done
  echo "$expression"
}
rules 500 "$(nested 6)" >macros.json
rules 500 "'$(many 500 a)'.matches('(a*)*(a*)*(a*)*(a|aa)+b{1,100}\$')" >patterns.json
rules 100 "'aaaa'.matches('((a{1,100}){1,10}){1,10}')" >large-patterns.json
rules 20 "$(many 4000 1+)1 > 0" >sums.json
for file in macros patterns large-patterns sums; do
  bounded rules check "$file.json"
  for command in check explain; do
    bounded "$command" "$story/request-treatment.json" --rulebook "$file.json" \
      --dataset "$story/dataset-snds-main-base.json" --provider "$story/provider-azure-hub.json"
  done
  bounded explain "$story/request-treatment.json" --what-if --rulebook "$file.json" \
    --dataset "$story/dataset-snds-main-base.json" --provider "$story/provider-azure-hub.json"
done

# A host of 500 parties that hold each other in three rings.
{
  sed '/"parties"/,$d' "$story/provider-azure-hub.json" | sed 's/"operator": *"[^"]*"/"operator": "p0"/'
  printf '"parties": ['
  seq -f '{"id": "p%.0f", "name": "P", "kind": "company", "registered_office": "FR"},' 0 498
  printf '{"id": "p499", "name": "P", "kind": "company", "registered_office": "FR"}], "holdings": ['
  for step in 1 7 31; do
    for ((i = 0; i < 500; i++)); do
      printf '{"holder": "p%d", "held": "p%d", "capital_percent": "10", "votes_percent": "10"},' \
        $(((i + step) % 500)) "$i"
    done
  done
  printf '{"holder": "p250", "held": "p0", "capital_percent": "1", "votes_percent": "1"}],'
  sed '1,/"holdings"/d' "$story/provider-azure-hub.json" | sed '1,/\]/d'
} >rings.json
octroi check "$story/request-treatment.json" --rulebook "$rulebook" --provider rings.json --facts \
  --dataset "$story/dataset-snds-main-base.json" >/dev/null || fail 'the host of rings is no provider'
for command in 'check --facts' check explain 'explain --what-if'; do
  # shellcheck disable=SC2086
  bounded $command "$story/request-treatment.json" --rulebook "$rulebook" --provider rings.json \
    --dataset "$story/dataset-snds-main-base.json"
done
printf '%d commands answered hostile files within %d s of processor time and %d MB each\n' "$count" \
  "$seconds_max" $((kilobytes_max / 1000))
