#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
# The case that octroi comes from, told with its commands. Needs octroi in PATH; works in a folder of
# its own and leaves nothing behind. Stops at the first answer that is not the expected one.
set -euo pipefail

example=$(cd -- "$(dirname -- "${BASH_SOURCE[0]}")" && pwd -P)
work=$(mktemp -d)
trap 'rm -rf -- "$work"' EXIT
cp -- "$example"/*.json "$example/../rulebooks/cnam-2021.json" "$work"
cd -- "$work"
unset OCTROI_REGISTRY OCTROI_AS OCTROI_KEYS OCTROI_TRUST

bold='' dim='' plain=''
if [[ -t 1 && -z ${NO_COLOR:-} ]]; then
  bold=$'\e[1m' dim=$'\e[2m' plain=$'\e[0m'
fi

# tell TEXT...: what happens, in words.
tell() {
  printf '\n%s' "$bold"
  printf '%s\n' "$@"
  printf '%s' "$plain"
}

# The words of a command as one would type them.
typed() {
  local word
  for word; do
    if [[ $word =~ ^[A-Za-z0-9_./:=-]+$ ]]; then
      printf ' %s' "$word"
    else
      printf " '%s'" "$word"
    fi
  done
}

# run CODE COMMAND...: shows a command and its answer, and insists on its exit code.
run() {
  local expected=$1 code=0
  shift
  printf '\n%s$%s%s\n' "$dim" "$(typed "$@")" "$plain"
  "$@" || code=$?
  printf '%s(exit code %d)%s\n' "$dim" "$code" "$plain"
  if ((code != expected)); then
    printf 'story: expected exit code %d\n' "$expected" >&2
    exit 1
  fi
}

# as MEMBER: who acts from here on. Keys ask for a passphrase; here a file answers.
as() {
  export OCTROI_AS=$1
}

tell '1. February 2021. The Health Data Hub wants the whole main base of the national health data,' \
  '   on a host whose parent company is established in the United States.'
run 4 octroi check request-whole-base.json --rulebook cnam-2021.json \
  --dataset dataset-snds-main-base.json --provider provider-azure-hub.json --at 2021-03-15

tell '2. Contract clauses, encryption keys held by the customer, storage in France only: the same host' \
  '   with all of these. The answer is the same, and says so.'
run 4 octroi check request-whole-base.json --rulebook cnam-2021.json --dataset \
  dataset-snds-main-base.json --provider provider-azure-hub-with-safeguards.json --at 2021-03-15

tell '3. One named study on the treatment of Covid-19 asks for an extract, on the same host.' \
  '   The rules do not grant it: they refer it to the board, point by point.'
run 5 octroi check request-treatment.json --rulebook cnam-2021.json \
  --dataset dataset-snds-main-base.json --provider provider-azure-hub.json --at 2021-03-15

tell '4. The board keeps a registry. Every act in it is signed with the key of who acts; the seal' \
  '   signs tokens, the log key signs the head of the log. (Passphrases come from a file here;' \
  '   otherwise octroi asks for them.)'
(umask 077 && printf 'correct horse battery\n' >passphrase)
for name in secretary-1 researcher-1 seal log; do
  run 0 octroi key new "$name" --passphrase-file passphrase
done
run 0 octroi init --board 'Council of the health insurer (example)' \
  --origin council.example/data-access --majority unanimity-of-positions --seats 20 \
  --present-min 11 --secretary secretary-1 --researcher researcher-1 --log-key log \
  --passphrase-file passphrase
as secretary-1
run 0 octroi dataset add dataset-snds-main-base.json --passphrase-file passphrase
run 0 octroi provider add provider-azure-hub.json --passphrase-file passphrase
run 0 octroi rules adopt cnam-2021.json --passphrase-file passphrase

tell '5. The researcher submits the study; the secretary has it assessed.'
as researcher-1
run 0 octroi submit request-treatment.json --passphrase-file passphrase
request=$(octroi list --json | sed -n 's/.*"id": "\(R-[0-9-]*\)".*/\1/p')
as secretary-1
run 5 octroi assess "$request" --passphrase-file passphrase

tell '6. The council votes: twelve for, none against, three abstain, five are absent. It decides by' \
  '   unanimity of those who took a position, so this carries. The decision answers by name each' \
  '   point that was referred.'
printf 'Minutes of the session (example).\n' >minutes.txt
run 0 octroi decide "$request" --date "$(date -u +%F)" --reference 'example 1' \
  --minutes minutes.txt --for 12 --against 0 --abstaining 3 --absent 5 \
  --resolves snds-main-base/cnam-2021.case-by-case --passphrase-file passphrase

tell '7. One token is issued for the data holder, with the proof that its issue is in the log.'
run 0 octroi issue "$request" --out . --receipts --passphrase-file passphrase
run 0 octroi key trust --out trust.json

tell '8. The data holder verifies it offline, with nothing but the trust file, for what is about to' \
  '   happen: this dataset, for this purpose, there, by this person.'
use=(--trust trust.json --purpose snds:6 --environment azure-hub --user analyst-1)
run 0 octroi verify cnam.paseto "${use[@]}" --dataset snds-main-base --proof cnam.tlog-proof

tell '   For another dataset it is worth nothing,'
run 15 octroi verify cnam.paseto "${use[@]}" --dataset another-dataset

tell '   nor after one byte was changed,'
# The tenth character before the end of the signed part, made another one.
sed 's/^\(.*\)\(.\)\(.\{9\}\.[^.]*\)$/\1\n\2\n\3/' cnam.paseto >parts
{ sed -n 1p parts; sed -n 2p parts | tr 'A-Za-z0-9_-' 'B-ZAb-za1-90-_'; sed -n 3p parts; } |
  tr -d '\n' >changed.paseto
run 11 octroi verify changed.paseto "${use[@]}" --dataset snds-main-base

tell '   nor after its end,'
run 12 octroi verify cnam.paseto "${use[@]}" --dataset snds-main-base --at 2040-01-01

tell '   nor once the council has taken it back, here because the study ended early: its newest' \
  '   status list says so.'
run 0 octroi revoke --request "$request" --reason purpose-ended --yes --passphrase-file passphrase
run 0 octroi status publish --out status.paseto --passphrase-file passphrase
run 14 octroi verify cnam.paseto "${use[@]}" --dataset snds-main-base --status status.paseto

tell '9. The log is published as files. An auditor checks them with no registry, recomputes the' \
  '   whole registry from its signed log, and sees that it still begins with what was published.'
run 0 octroi checkpoint --out checkpoint --passphrase-file passphrase
run 0 octroi publish public
run 0 octroi audit public --trust trust.json
run 0 octroi audit --against checkpoint

tell '10. The same study on a host that is exclusively under European law: the interim rulebook does' \
  '    not bite, and says why.'
run 0 octroi check request-european-host.json --rulebook cnam-2021.json \
  --dataset dataset-snds-main-base.json --provider provider-hebergeur-exemple.json --at 2021-03-15
