# SPDX-License-Identifier: Apache-2.0
# Sourced by examples/quickstart.sh and test/run.sh: what is missing is installed, the rest is built.
#
# Both scripts share the folder build/, so that whoever runs both compiles nothing twice:
#   quickstart.sh configures it without tests, which spares a newcomer the test libraries and most
#   of the compiling; run.sh then turns the tests on, which adds to what is there already.
set -euo pipefail

repository=$(cd -- "$(dirname -- "${BASH_SOURCE[0]}")/.." && pwd -P)
build=$repository/build

packages=(g++ cmake ninja-build pkgconf libcli11-dev libfmt-dev libsodium-dev libssl-dev
  libsqlite3-dev libsqlitecpp-dev nlohmann-json3-dev rapidjson-dev libre2-dev libabsl-dev
  zlib1g-dev)
# These are for tests that are left out where one of these is missing.
test_packages=(catch2 jq json-schema-test-suite sqlite3
  fish gdb mandoc strace zsh)

fail() {
  printf '%s\n' "$@" >&2
  exit 1
}

# Standard input, shown on a terminal as one line that is overwritten; nothing elsewhere.
show_progress() {
  if [[ ! -t 1 ]]; then
    cat >/dev/null
    return
  fi
  local line columns
  columns=$(tput cols 2>/dev/null || echo 80)
  while IFS= read -r line; do
    printf '\r\e[K%.*s' "$((columns - 1))" "$1: ${line//[[:cntrl:]]/ }"
  done
  printf '\r\e[K'
}

# The reason in a log: what the compiler said of the first file that failed, or the last lines.
show_reason() {
  if grep -q '^FAILED:' "$1"; then
    sed -n '/^FAILED:/,$p' "$1" | sed 2d | head -n 60  # its second line is a long command
  else
    tail -n 40 "$1"
  fi
}

# stage NAME COMMAND...: one line when COMMAND went well; otherwise the reason, and the end.
stage() {
  local name=$1 log=$build/$1.log started=$SECONDS
  shift
  if ! "$@" 2>&1 | tee -- "$log" | show_progress "$name"; then
    show_reason "$log" >&2
    fail "$name: failed; all of it is in $log"
  fi
  printf '%s: done in %d s\n' "$name" "$((SECONDS - started))"
}

# Sets as_root to the words that run a command as root; ends when there is no way.
find_root() {
  as_root=()
  ((EUID == 0)) && return
  command -v sudo >/dev/null ||
    fail "packages: missing: $*" "packages: neither root nor sudo is at hand; as root, run:" \
      "  apt-get install --no-install-recommends $*"
  as_root=(sudo)
  # Asks for the password now: inside a stage the question would drown in the progress.
  sudo -v || fail "packages: missing: $*" "packages: sudo did not let you install them"
}

apt() {
  "${as_root[@]}" env DEBIAN_FRONTEND=noninteractive apt-get -q -o DPkg::Lock::Timeout=120 "$@"
}

apt_install() {
  apt update && apt install --yes --no-install-recommends "$@"
}

# Installs the packages that are missing; with none missing, neither apt nor the network is used.
install_packages() {
  local installed package missing=()
  if ! command -v dpkg-query >/dev/null || ! command -v apt-get >/dev/null; then
    printf 'packages: not a Debian machine; taken to be there: %s\n' "$*"
    return
  fi
  installed=$(dpkg-query --show --showformat='${Package} ${db:Status-Status}\n' "$@" 2>/dev/null) ||
    true
  for package; do
    grep -qxF -- "$package installed" <<<"$installed" || missing+=("$package")
  done
  if ((${#missing[@]} == 0)); then
    printf 'packages: all there\n'
    return
  fi
  find_root "${missing[@]}"
  stage packages apt_install "${missing[@]}"
}

# configure [-DNAME=VALUE...]: the build folder; an existing one keeps the rest of its settings.
configure() {
  local options=("$@")
  [[ -e $build/CMakeCache.txt ]] || options+=(-G Ninja)
  if command -v ccache >/dev/null; then
    export CMAKE_CXX_COMPILER_LAUNCHER=ccache
  fi
  stage configure cmake -S "$repository" -B "$build" "${options[@]}"
}

# build [TARGET...]: everything, or only some targets.
build() {
  stage build cmake --build "$build" ${1:+--target "$@"}
}

mkdir -p -- "$build"
