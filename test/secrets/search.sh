#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
# search.sh: runs the whole way of a request, and looks for passphrase and key bytes in every output,
# in every file but the key's, and in memory once the key is closed; and for calls to the network in
# what the commands asked of the kernel. strace and gcore are left out, by name, where they are not
# installed. The keys of the tests come from words, so their bytes are known.
set -euo pipefail
repository=$(cd -- "$(dirname -- "${BASH_SOURCE[0]}")/../.." && pwd -P)
work=$(mktemp -d)
trap 'rm -rf -- "$work"' EXIT
mkdir "$work/bin" "$work/board" "$work/said" "$work/traces"

fail() {
  printf '%s\n' "$@" >&2
  exit 1
}

# Every call of octroi goes through this: its outputs are kept, and its calls of the network.
real=$(command -v octroi)
tracer=()
if command -v strace >/dev/null && strace -qq -o /dev/null true 2>/dev/null; then
  tracer=(strace -f -qq -o "$work/traces/\$\$" -e trace=%network)
else
  echo 'left out: strace is not installed, or may not trace'
fi
cat >"$work/bin/octroi" <<SCRIPT
#!/bin/sh
cp /proc/self/environ "$work/said/environ.\$\$"
echo "\$*" >>"$work/commands"
${tracer[*]} "$real" "\$@" >"$work/said/out.\$\$" 2>"$work/said/err.\$\$"
code=\$?
cat "$work/said/out.\$\$"
cat "$work/said/err.\$\$" >&2
exit \$code
SCRIPT
chmod +x "$work/bin/octroi"
export PATH=$work/bin:$PATH

cd -- "$work/board"
sh "$repository/test/cli/board.sh" "$repository/examples"
request=$(sh "$repository/test/cli/granted.sh")
export OCTROI_AS=secretary-1
act() {
  octroi "$@" --passphrase-file passphrase --quiet
}
act issue "$request" --out . >/dev/null
act issue "$request" --json >/dev/null
octroi key trust --out trust.json --quiet >/dev/null
octroi key list >/dev/null
octroi key show seal --json >/dev/null
octroi verify cnam.paseto --trust trust.json --dataset snds-main-base >/dev/null
octroi inspect cnam.paseto >/dev/null
octroi list >/dev/null
octroi show "$request" --json >/dev/null
octroi explain "$request" --what-if >/dev/null || (($? == 5))
octroi member list >/dev/null
octroi rules list >/dev/null
octroi rules check cnam-2021.json >/dev/null
octroi audit --json >/dev/null
(umask 077 && echo 'not that passphrase' >wrong)
octroi dataset add dataset-snds-main-base.json --passphrase-file wrong 2>/dev/null && fail 'no refusal'
octroi-testkey keys log log 'a passphrase' >/dev/null
octroi-testkey keys seal-2 seal-2 'a passphrase' >/dev/null
octroi-testkey keys researcher-1-b researcher-1-b 'a passphrase' >/dev/null
octroi-testkey keys witness witness 'a passphrase' >/dev/null
act suspend --request "$request" --reason under-inquiry --yes >/dev/null
act resume --request "$request" --reason inquiry-closed --yes >/dev/null
act revoke --request "$request" --reason data-breach --yes >/dev/null
act status publish --out status.paseto >/dev/null
octroi status show >/dev/null
act key rotate log --use log >/dev/null
act checkpoint >/dev/null
act publish public >/dev/null
octroi key trust --out logged.json --quiet
octroi audit public --trust logged.json >/dev/null
octroi prove --from-size 0 --out grown --quiet
octroi witness key --name witness.example/1 >/dev/null
printf 'log %s\nquorum none\n' "$(sed -n 's/.*"vkey": *"\([^"]*\)".*/\1/p' logged.json)" >logs
act witness cosign grown --name witness.example/1 --policy logs --new >/dev/null
act key rotate seal-2 --use seal >/dev/null
act key trust --sign --out newer.paseto >/dev/null
octroi trust check newer.paseto --against trust.json >/dev/null
act member rekey researcher-1 --key researcher-1-b --as researcher-1 >/dev/null
act key retire researcher-2 --compromised-from 2020-01-01 >/dev/null
act key public seal >/dev/null
act key new fresh >/dev/null
act key passphrase seal --new-passphrase-file passphrase >/dev/null
act member add stranger --role auditor --key keys/stranger.k4.public >/dev/null
act hierarchy add "$repository/examples/hierarchies/mondo-covid-19.json" >/dev/null
for kind in dataset provider hierarchy; do octroi "$kind" list >/dev/null; done
octroi dataset show snds-main-base >/dev/null
octroi provider show azure-hub >/dev/null
octroi hierarchy show mondo >/dev/null
octroi rules show cnam-2021 >/dev/null
octroi rules diff cnam-2021.json cnam-2021.json --no-registry >/dev/null
octroi rules eval '1 + 1' >/dev/null
octroi rules test "$repository/examples/rulebooks/cnam-2021.json" >/dev/null
octroi check request-treatment.json >/dev/null || (($? == 5))
octroi request new --template --out new.json --quiet >/dev/null
octroi replay --all >/dev/null
octroi document list >/dev/null
act endorse "$request" --as secretary-2 >/dev/null 2>&1 || (($? == 4))  # this board asks for none
act member retire auditor-1 >/dev/null
act withdraw "$request" --as researcher-1 >/dev/null 2>&1 || (($? == 4))

second=$(act submit request-treatment.json --as researcher-1 | grep -o 'R-[0-9]*-[0-9]*')
act withdraw "$second" --as researcher-1 >/dev/null
act document erase --request "$second" --reason mistake --authority gdpr-17 --yes >/dev/null

# Each command of octroi was among them.
mapfile -t commands < <("$real" --help | sed -n '/^Researcher/,$s/^  \([a-z]\+\( [a-z]\+\)\?\)  .*/\1/p')
((${#commands[@]} > 40)) || fail 'too few commands in the help'
for command in "${commands[@]}"; do
  grep -q "^$command\b" "$work/commands" || fail "not looked at: octroi $command"
done

# The forms of a secret: as it is, in hexadecimal, in base64url.
forms() {
  local hex=$1 raw='' i
  for ((i = 0; i < ${#hex}; i += 2)); do raw+="\\x${hex:i:2}"; done
  printf '%s\n' "$raw" "(?i)$hex"
  printf '%b' "$raw" | base64 -w 0 | tr '+/' '-_' | cut -c 1-42
}
patterns=('a passphrase' 'not that passphrase')
for word in secretary-1 secretary-2 researcher-1 researcher-2 auditor-1 seal stranger; do
  seed=$(printf '%s' "$word" | sha256sum | cut -d ' ' -f 1)
  mapfile -t -O "${#patterns[@]}" patterns < <(forms "$seed")
done

# search FILE...: names those that hold a secret.
search() {
  local pattern
  for pattern in "${patterns[@]}"; do
    LC_ALL=C grep -laP -- "$pattern" "$@" || true
  done
}
printf 'x a passphrase x' >"$work/control"
printf '%b' "$(forms "$seed" | head -n 1)" >"$work/control-2"
[[ $(search "$work/control" "$work/control-2" | wc -l) -eq 2 ]] || fail 'the search finds nothing'
mapfile -t files < <(find "$work/board" "$work/said" -type f ! -name '*.k4.secret-pw' \
  ! -name passphrase ! -name wrong)
((${#files[@]} > 60)) || fail 'too few files to search'
found=$(search "${files[@]}")
[[ -z $found ]] || fail 'a secret is in:' "$found"
printf '%d files and outputs hold no secret\n' "${#files[@]}"

if ((${#tracer[@]})); then
  count=$(find "$work/traces" -type f | wc -l)
  ((count > 20)) || fail 'too few commands were traced'
  calls=$(cat "$work"/traces/* | grep -vE '\+\+\+|---' || true)
  [[ -z $calls ]] || fail 'calls to the network:' "$(head -n 5 <<<"$calls")"
  printf '%d commands made no call to the network\n' "$count"
fi

# While a passphrase is awaited, and so before any key is open: no core file can be written.
mkfifo "$work/passphrase"
OCTROI_AS='' "$real" dataset add dataset-snds-main-base.json --as secretary-1 --passphrase-file - \
  <"$work/passphrase" >/dev/null 2>&1 &
process=$!
exec 8>"$work/passphrase"
for ((i = 0; i < 100; i++)); do
  limit=$(sed -n 's/^Max core file size *\([^ ]*\) *\([^ ]*\).*/\1 \2/p' "/proc/$process/limits")
  [[ $limit == '0 0' ]] && break
  sleep 0.05
done
[[ $limit == '0 0' ]] || fail "a core file may have $limit bytes"
exec 8>&-
wait "$process" && fail 'expected a refusal without a passphrase'

# All the memory, also what no core file would hold, of a process that closed its key; and, so that the search is one, of one that did not.
look_into() {
  local state=$1
  shift
  mkfifo "$work/input.$state"
  octroi-closed-key keys secretary-1 passphrase "$@" <"$work/input.$state" >"$work/state.$state" &
  process=$!
  exec 7>"$work/input.$state"
  until [[ -s $work/state.$state ]]; do sleep 0.05; done
  gcore -a -o "$work/core.$state" "$process" >/dev/null 2>&1 || true
  exec 7>&-
  wait "$process"
  [[ -s $work/core.$state.$process ]]
}
if command -v gcore >/dev/null && look_into closed && look_into open keep; then
  [[ -n $(search "$work"/core.open.*) ]] || fail 'the search does not find a key that is open'
  found=$(search "$work"/core.closed.*)
  [[ -z $found ]] || fail 'a secret is in the memory of a process that closed its key'
  echo 'no secret is in memory once the key is closed'
else
  echo 'left out: gcore is not installed, or may not look into a process'
fi
