#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
# run.sh [BUILD_FOLDER]: builds octroi and the programs here as a release, measures, and prints the
# table of RESULTS.md. Takes minutes. Every figure is a ratio to a baseline of the same run.
#   OCTROI_BENCH_EVENTS   events of the registry that is audited; default 20000. It is made once, at a
#                         millisecond and a half an event, and kept in the build folder.
#   OCTROI_BENCH_LARGEST  events of the registry whose single commands are compared with those of a
#                         registry of 1000; default: the audited one
#   OCTROI_BENCH_CMAKE    options for cmake; default -DOCTROI_STATIC=ON, as releases are built
set -euo pipefail
repository=$(cd -- "$(dirname -- "${BASH_SOURCE[0]}")/../.." && pwd -P)
build=${1:-$repository/build-bench}
events=${OCTROI_BENCH_EVENTS:-20000}
largest=${OCTROI_BENCH_LARGEST:-$events}
{
  cmake -S "$repository" -B "$build" -DCMAKE_BUILD_TYPE=Release -DOCTROI_TESTS=OFF -DOCTROI_BENCH=ON \
    ${OCTROI_BENCH_CMAKE:--DOCTROI_STATIC=ON}
  cmake --build "$build" --parallel 2 --target octroi bench_generate bench_signatures bench_digests \
    bench_rules bench_raw_submit
} >&2
build=$(cd -- "$build" && pwd -P)
programs=$build/test/bench
work=$(mktemp -d)
trap 'rm -rf -- "$work"' EXIT
# As it is installed: copied. The system caches a file in pieces of the size in which it was written,
# and a linker writes small ones, from which a program takes a fifth longer to start.
octroi=$work/octroi
cp -- "$build/octroi" "$octroi"
cd -- "$work"
export OCTROI_TRUST=$work/small/trust.json

say() { printf '%s\n' "$*"; }
row() { printf '| %s | %s | %s | %s | %s |\n' "$@"; }
ratio() { awk -v a="$1" -v b="$2" 'BEGIN { if (b + 0 == 0) print "-"; else printf "%.2f\n", a / b }'; }

# judge RATIO least|most GOAL
judge() {
  awk -v r="$1" -v how="$2" -v g="$3" \
    'BEGIN { ok = how == "least" ? r >= g : r <= g; print ok ? "met" : "missed" }'
}

# timed TIMES COMMAND...: the seconds of one of so many runs after another.
timed() {
  local times=$1 start end i
  shift
  start=$(date +%s%N)
  for ((i = 0; i < times; ++i)); do "$@" >/dev/null 2>&1 || true; done
  end=$(date +%s%N)
  awk -v n=$((end - start)) -v t="$times" 'BEGIN { printf "%.9f\n", n / t / 1e9 }'
}

# by_turns COMMAND...: each prints seconds; they run by turns, as the machine's own speed changes, and
# the least of seven rounds of each is left in `least`.
by_turns() {
  local i value
  least=()
  for _ in 1 2 3 4 5 6 7; do
    for ((i = 1; i <= $#; ++i)); do
      value=$("${!i}")
      least[i]=$(awk -v a="$value" -v b="${least[i]:-}" 'BEGIN { print b == "" || a < b ? a : b }')
    done
  done
}

# seconds TIMES COMMAND...: the same of one alone.
seconds() {
  local command=("$@")
  alone() { timed "${command[@]}"; }
  by_turns alone
  say "${least[1]}"
}

# once COMMAND...: the seconds of a single run, for what takes long.
once() {
  local start end
  start=$(date +%s%N)
  "$@" >/dev/null 2>&1 || true
  end=$(date +%s%N)
  awk -v n=$((end - start)) 'BEGIN { printf "%.6f\n", n / 1e9 }'
}

# peak COMMAND...: its largest resident memory, in MiB. A function runs its program behind `under`.
under=()
peak() {
  if [[ ! -x /usr/bin/time ]]; then say -; return; fi
  local under=(/usr/bin/time -f %M -o peak)
  if [[ $(type -t "$1") == function ]]; then
    "$@" >/dev/null 2>&1 || true
  else
    "${under[@]}" "$@" >/dev/null 2>&1 || true
  fi
  awk '{ printf "%.0f\n", $1 / 1024 }' <(tail -1 peak)
}

milliseconds() { awk -v s="$1" 'BEGIN { printf "%.2f ms", s * 1000 }'; }

"$programs/bench_generate" small 1000 >&2
for size in "$events" "$largest"; do
  [[ -s $build/registry-$size/trust.json ]] && continue
  rm -rf -- "$build/registry-$size"
  "$programs/bench_generate" "$build/registry-$size" "$size" >&2
done
cp -r -- "$build/registry-$events" large
sync  # what was copied is not written to the disk while something is measured

say "Machine: $(awk -F': ' '/model name/ { print $2; exit }' /proc/cpuinfo), $(nproc) threads," \
  "$(awk '/MemTotal/ { printf "%.0f GiB", $2 / 1048576 }' /proc/meminfo);" \
  "$(. /etc/os-release && echo "$PRETTY_NAME"), $(c++ --version | head -1)," \
  "libsodium $(pkg-config --modversion libsodium), OpenSSL $(pkg-config --modversion libcrypto)," \
  "$(grep -qw sha_ni /proc/cpuinfo && echo with || echo without) instructions for SHA-256."
say "Load when it began: $(cut -d' ' -f1 /proc/loadavg)."
say
row work baseline ratio goal ''
row --- --- --- --- ---

# One token, whole process.
# What the token is for, so that the whole of verify is measured.
verify_one=("$octroi" verify small/token.paseto --dataset snds-main-base --trust small/trust.json)
"${verify_one[@]}" >/dev/null
octroi_time() { timed 100 "${verify_one[@]}"; }
if command -v minisign >/dev/null; then
  cp small/token.paseto signed
  printf '\n\n' | minisign -G -W -p minisign.pub -s minisign.key >/dev/null 2>&1
  minisign -S -s minisign.key -m signed >/dev/null 2>&1
  minisign -V -p minisign.pub -m signed >/dev/null
  minisign_time() { timed 100 minisign -V -p minisign.pub -m signed; }
  by_turns octroi_time minisign_time
  one=${least[1]} peer=${least[2]}
  r=$(ratio "$one" "$peer")
  row "verify, one token, whole process ($(milliseconds "$one"))" \
    "minisign -V, a file of that size ($(milliseconds "$peer"))" "$r" '≤ 1.0' "$(judge "$r" most 1.0)"
else
  by_turns octroi_time
  one=${least[1]}
  row "verify, one token, whole process ($(milliseconds "$one"))" 'minisign: not installed' - '≤ 1.0' ''
fi
start=$(seconds 100 "$octroi" --version)
row "octroi --version, whole process ($(milliseconds "$start"))" 'verify, one token' \
  "$(ratio "$start" "$one")" '' ''

row "octroi, one file: its size" "$(awk -v b="$(stat -c %s "$octroi")" 'BEGIN { printf "%.1f MiB", b / 1048576 }')" '' '' ''

# Many tokens. Whole process less its start, as the baseline has none.
tokens=$(wc -l <large/tokens.txt)
batch() { "$octroi" verify --batch large/tokens.txt --trust large/trust.json --dataset snds-main-base --jobs "$1"; }
test "$(batch 2 | grep -c '"answer":"valid"')" = "$tokens"
one_thread() { timed 1 batch 1; }
two_threads() { timed 1 batch 2; }
bare_one() { "$programs/bench_signatures" large/tokens.txt 1; }
bare_two() { "$programs/bench_signatures" large/tokens.txt 2; }
by_turns one_thread bare_one two_threads bare_two
alone=${least[1]} bare=${least[2]} both=${least[3]} bare_both=${least[4]}
r=$(ratio "$bare" "$(awk -v a="$alone" -v b="$start" 'BEGIN { print a - b }')")
row "verify --batch, $tokens tokens, one thread ($(ratio "$tokens" "$alone") a second)" \
  'crypto_sign_verify_detached alone, per core' "$r" '≥ 0.95' "$(judge "$r" least 0.95)"
if (($(nproc) > 1)); then
  r=$(ratio "$alone" "$both")
  row 'the same on two threads' 'one thread' "$r" '≥ 1.9' "$(judge "$r" least 1.9)"
  row 'crypto_sign_verify_detached alone, two threads' 'one thread' "$(ratio "$bare" "$bare_both")" '' ''
fi
row 'verify --batch, peak memory' "$(peak "$octroi" verify --batch large/tokens.txt --any) MiB" '' '' ''

# In process: rules and conditions, against other engines.
npm_folder=$build/peers
if command -v npm >/dev/null && [[ ! -d $npm_folder/node_modules ]]; then
  mkdir -p "$npm_folder"
  (cd "$npm_folder" && npm init -y && timeout 300 npm install --no-audit --no-fund \
    @marcbachmann/cel-js @bufbuild/cel @cedar-policy/cedar-wasm casbin ajv ajv-formats) >&2 || true
fi
: >ours
: >theirs
for _ in 1 2 3; do  # by turns
  "$programs/bench_rules" peers.json >>ours
  if command -v node >/dev/null && [[ -d $npm_folder ]]; then
    (cd "$npm_folder" && node "$repository/test/bench/peers.mjs" "$work/peers.json") >>theirs
  fi
done
most_of() { awk -v n="$1" '$1 == n && $2 != "-" && $2 > most { most = $2 } END { print most }' "$2"; }
ours() { most_of "$1" ours; }
theirs() { most_of "$1" theirs; }
against() {  # WORK OURS PEER NAME_OF_PEER GOAL
  local mine peer r
  mine=$(ours "$2") peer=$(theirs "$3")
  if [[ -z $peer ]]; then
    row "$1 ($mine a second)" "$4: peer not installed" - "≥ $5" ''
  else
    r=$(ratio "$mine" "$peer")
    row "$1 ($mine a second)" "$4 ($peer a second)" "$r" "≥ $5" "$(judge "$r" least "$5")"
  fi
}
against 'verdict of 20 rules on a request' verdicts cedar-wasm 'Cedar in WebAssembly, 20 policies' 20
against 'verdict of 20 rules on a request' verdicts casbin 'casbin, synchronous, 20 policies' 8
row "the same with all findings, reasons and sources ($(ours assessments) a second)" \
  'the verdict alone' "$(ratio "$(ours assessments)" "$(ours verdicts)")" '' ''
row "assessment under all example rulebooks ($(ours whole-assess) a second)" \
  "its facts $(ours whole-facts), its JSON $(ours whole-tree), the bytes of that $(ours whole-bytes)" '' '' ''
against 'conditions, compiled once' conditions cel-js '@marcbachmann/cel-js' 3
against 'conditions, compiled once' conditions bufbuild-cel '@bufbuild/cel' 3

# Requests, many at once: 10 000 that differ in their titles, as lines.
requests=10000
tr -d '\n' <small/request.json | awk -v n="$requests" '{
  for (i = 1; i <= n; ++i) { line = $0; sub(/"title": *"/, "&" i ": ", line); print line }
}' >requests.ndjson
rulebooks=()
for name in cnam-2021 ga4gh-duo gdpr-chapter-v hds-v2 snds-law sren-31; do
  rulebooks+=(--rulebook "$repository/examples/rulebooks/$name.json")
done
check_batch=("$octroi" check --batch requests.ndjson --registry small/octroi.db "${rulebooks[@]}"
  --at 2026-11-20)
test "$("${check_batch[@]}" 2>/dev/null | grep -c '"verdict"')" = "$requests"
check_seconds() { timed 1 "${check_batch[@]}"; }
validated=-
if command -v node >/dev/null && [[ -d $npm_folder ]]; then
  ajv() {
    (cd "$npm_folder" && node "$repository/test/bench/ajv.mjs" "$work/requests.ndjson" \
      "$repository/schemas/request.schema.json")
  }
  validated=$(ajv)
fi
if [[ $validated == - ]]; then
  by_turns check_seconds
  checked=$(ratio "$requests" "${least[1]}")
  row "check --batch, six rulebooks ($checked a second)" 'JSON.parse and ajv: not installed' - '≥ 1.0' ''
else
  ajv_seconds() { awk -v n="$requests" -v rate="$(ajv)" 'BEGIN { print n / rate }'; }
  by_turns check_seconds ajv_seconds
  checked=$(ratio "$requests" "${least[1]}")
  validated=$(ratio "$requests" "${least[2]}")
  r=$(ratio "$checked" "$validated")
  row "check --batch, six rulebooks, all threads ($checked a second)" \
    "Node, one process: JSON.parse and ajv alone ($validated a second)" "$r" '≥ 1.0' \
    "$(judge "$r" least 1.0)"
fi
row 'check --batch: peak memory' "$(peak "${check_batch[@]}") MiB" '' '' ''

# Each from the same registry, whole process: a key to open, and a log to copy into the file at the
# end, is what both have.
as_researcher=(--as researcher-1 --passphrase-file small/passphrase)
fresh() { rm -rf -- run && mkdir run && cp -- small/octroi.db run; }
submit_many() {
  "$octroi" submit --batch requests.ndjson --registry run/octroi.db --keys small/keys "${as_researcher[@]}"
}
raw() { "$programs/bench_raw_submit" run/octroi.db small/keys small/passphrase "$@"; }
submit_seconds() {
  fresh
  once submit_many
}
raw_seconds() {
  fresh
  once raw requests.ndjson 1000
}
by_turns submit_seconds raw_seconds
ours_all=${least[1]} raw_all=${least[2]}
fresh
raw requests.ndjson 1000
fresh
test "$(submit_many 2>/dev/null | grep -c '"submitted"')" = "$requests"
r=$(ratio "$raw_all" "$ours_all")
row "submit --batch, $requests requests, whole process ($(ratio "$requests" "$ours_all") a second)" \
  "raw SQLite, as many in a transaction, and signatures, whole process ($(ratio "$requests" "$raw_all") a second)" \
  "$r" '≥ 0.7' "$(judge "$r" least 0.7)"

# One process each.
head -n 1 requests.ndjson >first.ndjson
submit_one() {
  fresh
  timed 50 "$octroi" submit small/request.json --registry run/octroi.db --keys small/keys \
    "${as_researcher[@]}"
}
raw_one() {
  fresh
  timed 50 "$programs/bench_raw_submit" run/octroi.db small/keys small/passphrase first.ndjson 1
}
by_turns submit_one raw_one
one_submit=${least[1]} one_raw=${least[2]}
r=$(ratio "$one_raw" "$one_submit")
row "submit, one request, whole process ($(milliseconds "$one_submit"))" \
  "raw SQLite and a signature, whole process ($(milliseconds "$one_raw"))" "$r" '≥ 0.7' \
  "$(judge "$r" least 0.7)"

# Size.
count=$(grep -c . large/granted.txt)
row "registry of $events events: size of its file" \
  "$(du -m large/octroi.db | cut -f1) MiB, $count granted and not issued" '' '' ''
# The same number of signatures on all threads, just before and just after.
bare_all() { "$programs/bench_signatures" large/tokens.txt "$(nproc)"; }
before=$(bare_all)
audited=$(once "$octroi" audit --at 2027-01-01 --registry large/octroi.db)
after=$(bare_all)
signatures=$(awk -v b="$before" -v a="$after" -v t="$tokens" -v e="$events" \
  'BEGIN { print (b + a) / 2 / t * (e + t) }')
r=$(ratio "$signatures" "$audited")
row "audit of $events events ($(awk -v s="$audited" 'BEGIN { printf "%.1f s", s }'))" \
  'its signature checks alone, same cores' "$r" '≥ 0.8' "$(judge "$r" least 0.8)"
digests() { "$programs/bench_digests" large/octroi.db "$(nproc)"; }
by_turns bare_all digests
row 'its signature checks and digests alone, same cores' 'its signature checks alone, same cores' \
  "$(awk -v b="${least[1]}" -v d="${least[2]}" -v t="$tokens" -v e="$events" \
    'BEGIN { s = b / t * (e + t); printf "%.2f\n", s / (s + d) }')" '' ''
row "audit of $events events: peak memory" "$(peak "$octroi" audit --at 2027-01-01 --registry large/octroi.db) MiB" '' '' ''

# From here on the largest registry stands for the large one.
if [[ $largest != "$events" ]]; then
  rm -rf -- large
  cp -r -- "$build/registry-$largest" large
  sync
  row "registry of $largest events: size of its file" "$(du -m large/octroi.db | cut -f1) MiB" '' '' ''
fi
grows() {  # NAME TIMES COMMAND... with REGISTRY standing for small or large
  local name=$1 times=$2 small large r
  shift 2
  local in_small=("${@//REGISTRY/small}") in_large=("${@//REGISTRY/large}")
  small_time() { timed "$times" "${in_small[@]}"; }
  large_time() { timed "$times" "${in_large[@]}"; }
  by_turns small_time large_time
  small=${least[1]} large=${least[2]}
  r=$(ratio "$large" "$small")
  row "$name: $largest events ($(milliseconds "$large"), $(peak "${@//REGISTRY/large}") MiB)" \
    "1000 events ($(milliseconds "$small"), $(peak "${@//REGISTRY/small}") MiB)" "$r" '≤ 1.5' \
    "$(judge "$r" most 1.5)"
}
grows list 1 "$octroi" list --registry REGISTRY/octroi.db
grows show 20 "$octroi" show R-2026-0006 --registry REGISTRY/octroi.db
# Each time another of the requests that were granted and have no tokens yet.
mapfile -t granted_small <small/granted.txt
mapfile -t granted_large <large/granted.txt
issue_next() {  # REGISTRY
  local -n granted=granted_$1
  local issued
  issued=$(<"$1/issued")
  echo $((issued + 1)) >"$1/issued"
  "${under[@]}" "$octroi" issue "${granted[issued]}" --as secretary-1 --keys "$1/keys" \
    --passphrase-file "$1/passphrase" --registry "$1/octroi.db"
}
echo 0 | tee small/issued >large/issued
issue_next small >/dev/null && issue_next large >/dev/null
grows issue 4 issue_next REGISTRY
# Proofs are of a signed head: each registry gets a log key and signs its own.
for one in small large; do
  "$octroi" key new log --keys "$one/keys" --passphrase-file "$one/passphrase" --quiet >/dev/null
  "$octroi" key rotate log --use log --as secretary-1 --keys "$one/keys" \
    --passphrase-file "$one/passphrase" --registry "$one/octroi.db" --quiet >/dev/null
  "$octroi" checkpoint --keys "$one/keys" --passphrase-file "$one/passphrase" --registry "$one/octroi.db" \
    --out "$one/checkpoint" --quiet >/dev/null
done
grows prove 20 "$octroi" prove R-2026-0006 --registry REGISTRY/octroi.db
grows 'submit' 5 "$octroi" submit REGISTRY/request.json --as researcher-1 \
  --keys REGISTRY/keys --passphrase-file REGISTRY/passphrase --registry REGISTRY/octroi.db
grows verify 50 "$octroi" verify REGISTRY/token.paseto --dataset snds-main-base --trust REGISTRY/trust.json
