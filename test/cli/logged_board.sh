#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# The board of board.sh with a log key, in the current folder: the keys log, other-log, witness-1 and
# witness-2. granted: also a granted request with its token cnam.paseto and proof cnam.tlog-proof.
#   logged_board.sh EXAMPLES [granted]
set -eu
examples=$1
here=$(dirname "$0")
bash "$here/board.sh" "$examples"
for name in log other-log witness-1 witness-2; do
  octroi-testkey keys "$name" "$name" 'a passphrase' >/dev/null
done
export OCTROI_AS=secretary-1
octroi key rotate log --use log --passphrase-file passphrase --quiet >/dev/null
octroi key trust --out trust.json --quiet
[ "${2:-}" = granted ] || exit 0
octroi issue "$(sh "$here/granted.sh")" --out . --receipts --passphrase-file passphrase --quiet >/dev/null
