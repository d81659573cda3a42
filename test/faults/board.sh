# SPDX-License-Identifier: Apache-2.0
# The beginning of acts.sh and batch.sh, for `source`: sets repository and work (a folder that goes
# away at the end), and says how a test ends. octroi, octroi-testkey and OCTROI_FAULT_SHIM must be in
# the environment.
set -euo pipefail
repository=$(cd -- "$(dirname -- "${BASH_SOURCE[0]}")/../.." && pwd -P)
work=$(mktemp -d)
trap 'rm -rf -- "$work"' EXIT
: "${OCTROI_FAULT_SHIM:?the file of the shim}"

fail() {
  printf '%s\n' "$@" >&2
  exit 1
}

# A registry with members, catalogue and a rulebook in $work/board, and there.
make_board() {
  mkdir "$work/board"
  cd -- "$work/board"
  bash "$repository/test/cli/board.sh" "$repository/examples"
}
