#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# A granted request on the board of board.sh, in the current folder; prints its number.
set -eu
act() {
  octroi "$@" --passphrase-file passphrase --quiet
}
request=$(act submit request-treatment.json --as researcher-1 | grep -o 'R-[0-9]*-[0-9]*')
export OCTROI_AS=secretary-1
act assess "$request" >/dev/null || [ $? -eq 5 ]
act decide "$request" --date "$(date -u +%F)" --reference 1 --minutes minutes.txt \
  --for 12 --against 0 --abstaining 3 --absent 5 \
  --resolves snds-main-base/cnam-2021.case-by-case >/dev/null
echo "$request"
