#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
# empty_root.sh PROGRAM: runs octroi where there is nothing else: no loader, no library, no /dev, no
# /proc, no /etc. Ends with 77 where nobody may change the root.
set -euo pipefail
program=$(realpath -- "$1")
repository=$(cd -- "$(dirname -- "${BASH_SOURCE[0]}")/../.." && pwd -P)
root=$(mktemp -d)
trap 'rm -rf -- "$root"' EXIT
cp -- "$program" "$root/octroi"

fail() {
  printf '%s\n' "$@" >&2
  exit 1
}

PATH=$PATH:/usr/sbin:/sbin
if ((EUID == 0)); then
  enter=("$(command -v chroot)" "$root")
elif unshare --user --map-root-user true 2>/dev/null; then
  enter=("$(command -v unshare)" --user --map-root-user "--root=$root")
else
  echo 'skipped: neither root nor user namespaces are at hand'
  exit 77
fi
octroi() {
  env -i "${enter[@]}" /octroi "$@"
}

[[ $(find "$root" -type f) == "$root/octroi" ]]
[[ $(octroi --version) == 'octroi '* ]] || fail 'no version'
octroi --help | grep -q 'Data holder'
octroi request new --template </dev/null | grep -q octroi/request/1

# The whole way of one request: keys, a board, a grant, a token verified.
cp -- "$repository"/examples/cnam-2021/*.json "$repository/examples/rulebooks/cnam-2021.json" "$root"
(umask 077 && echo 'a passphrase' >"$root/passphrase")
echo minutes >"$root/minutes.txt"
mkdir "$root/tokens"
octroi rules check cnam-2021.json >/dev/null
octroi check request-whole-base.json --rulebook cnam-2021.json --provider provider-azure-hub.json \
  --dataset dataset-snds-main-base.json >"$root/answer" && fail 'expected a refusal'
grep -q ^REFUSE "$root/answer" || fail 'no refusal:' "$(cat "$root/answer")"

act() {
  octroi "$@" --passphrase-file passphrase --quiet
}
for name in martin dupont seal; do
  act key new "$name" >/dev/null
done
act init --board 'A council' --origin council.example/data --majority simple --seats 3 \
  --present-min 2 --secretary martin --researcher dupont >/dev/null
act dataset add dataset-snds-main-base.json --as martin >/dev/null
act provider add provider-azure-hub.json --as martin >/dev/null
act rules adopt cnam-2021.json --as martin >/dev/null
request=$(act submit request-treatment.json --as dupont | grep -o 'R-[0-9]*-[0-9]*')
act assess "$request" --as martin >/dev/null && fail 'expected a referral'
act decide "$request" --as martin --date "$(date -u +%F)" --reference 1 --minutes minutes.txt \
  --for 2 --against 0 --abstaining 0 --absent 1 \
  --resolves snds-main-base/cnam-2021.case-by-case >/dev/null
act issue "$request" --as martin --out tokens >/dev/null
octroi key trust --out trust.json >/dev/null
octroi verify tokens/cnam.paseto --trust trust.json --dataset snds-main-base | grep -q ^VALID
octroi audit | grep -q ^SOUND
printf 'octroi runs in an empty root: %d bytes\n' "$(stat -c %s -- "$program")"
