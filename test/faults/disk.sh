#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
# disk.sh: a full disk, a limit on the size of files, files of others: a clear error, and nothing
# changed. What this machine does not allow is left out, and named.
set -euo pipefail
repository=$(cd -- "$(dirname -- "${BASH_SOURCE[0]}")/../.." && pwd -P)
work=$(mktemp -d)
cleanup() {
  mountpoint -q "$work/small" 2>/dev/null && umount "$work/small"
  rm -rf -- "$work"
}
trap cleanup EXIT
cd -- "$work"
mkdir board
(cd board && bash "$repository/test/cli/board.sh" "$repository/examples")

fail() {
  printf '%s\n' "$@" >&2
  exit 1
}

# expect CODE WORDS COMMAND...: its exit code, and words of its error.
expect() {
  local wanted=$1 words=$2 code=0 said
  shift 2
  said=$("$@" 2>&1) || code=$?
  ((code == wanted)) || fail "$*: expected exit code $wanted, got $code: $said"
  grep -q -- "$words" <<<"$said" || fail "$*: expected \"$words\" in: $said"
}

# What a registry holds, in numbers; fails when it is not sound.
state_of() {
  octroi audit --registry "$1" --json | tr -d ' \n'
}

submit() {
  octroi submit request-treatment.json --as researcher-1 --passphrase-file passphrase --quiet
}

# limited KILOBYTES COMMAND...: no file may grow beyond that.
limited() (
  ulimit -f "$1"
  shift
  "$@"
)

# A limit on the size of a file: the signal that comes with it must not end octroi.
cd board
before=$(state_of octroi.db)
for kilobytes in 0 1 4 8 16; do
  expect 1 '^octroi: ' limited "$kilobytes" submit
  [[ $(state_of octroi.db) == "$before" ]] || fail "something changed under a limit of $kilobytes KiB"
done
expect 1 '^octroi: ' limited 0 octroi key trust --out trust.json
[[ ! -e trust.json ]] || fail 'half a trust file'
expect 1 '^octroi: ' limited 0 octroi request new --template --out new.json
[[ ! -e new.json ]] || fail 'half a request'
expect 1 '^octroi: ' limited 1 octroi init --registry other.db --keys keys --board B --origin b.example/b \
  --majority simple --seats 1 --present-min 1 --secretary secretary-1 --passphrase-file passphrase
submit >/dev/null
octroi audit >/dev/null
cd ..

# A disk that fills up: acts go through until it is full, and then none does; all stays sound.
mkdir small
if mount -t tmpfs -o size=1m tmpfs small 2>/dev/null; then
  cp -r board/. small
  cd small
  count=0
  while submit >>../acknowledged 2>../errors; do ((++count < 500)) || fail 'the disk is never full'; done
  grep -q '^octroi: ' ../errors || fail 'no word about a full disk'
  octroi audit >/dev/null || fail "not sound on a full disk: $(octroi audit)"
  octroi list --json >../listed
  grep -o 'R-[0-9]*-[0-9]*' ../acknowledged | while read -r request; do
    grep -q "\"$request\"" ../listed || fail "$request is lost"
  done
  before=$(state_of octroi.db)
  expect 1 '^octroi: ' submit
  [[ $(state_of octroi.db) == "$before" ]] || fail 'something changed on a full disk'
  rm -f -- *.json.spare request-whole-base.json provider-*.json
  cd ..
  printf 'a full disk: %d acts before it\n' "$count"
else
  echo 'left out: a full disk (nothing can be mounted here)'
fi

# Files of somebody else.
if ((EUID == 0)) && command -v setpriv >/dev/null; then
  mkdir others
  cp -- "$(command -v octroi)" others/octroi-copy
  cp -r board/. others
  chmod 755 . others
  cd others
  somebody=(setpriv --reuid=65534 --regid=65534 --clear-groups)
  chmod 600 octroi.db
  expect 1 'octroi.db' "${somebody[@]}" ./octroi-copy list
  expect 1 'octroi.db' "${somebody[@]}" ./octroi-copy audit
  chmod 644 octroi.db
  expect 1 'Permission denied' "${somebody[@]}" ./octroi-copy submit request-treatment.json \
    --as researcher-1 --passphrase-file passphrase
  chmod 600 cnam-2021.json
  expect 1 'cnam-2021.json' "${somebody[@]}" ./octroi-copy rules check cnam-2021.json
  expect 1 'made\|created\|denied' "${somebody[@]}" ./octroi-copy key trust --out trust.json
  cd ..
else
  echo 'left out: files of somebody else (not root)'
fi
