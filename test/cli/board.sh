#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# A board for scripts, in the current folder: secretary-1, secretary-2, researcher-1, researcher-2,
# auditor-1, the seal; the example's dataset, provider and rulebook. Keys come from words and cost
# little to open; every passphrase is in the file `passphrase`.
#   board.sh EXAMPLES [empty]    empty: without dataset, provider and rulebook
set -eu
examples=$1
(umask 077 && echo 'a passphrase' >passphrase)
for name in secretary-1 secretary-2 researcher-1 researcher-2 auditor-1 seal stranger; do
  octroi-testkey keys "$name" "$name" 'a passphrase' >/dev/null
done
cp "$examples"/cnam-2021/*.json "$examples/rulebooks/cnam-2021.json" .
echo 'minutes' >minutes.txt
export OCTROI_AS=secretary-1
act() {
  octroi "$@" --passphrase-file passphrase --quiet >/dev/null
}
act init --board 'Example council' --origin council.example/data-access \
  --majority unanimity-of-positions --seats 20 --present-min 11 \
  --secretary secretary-1 --secretary secretary-2 --researcher researcher-1 \
  --researcher researcher-2 --auditor auditor-1
[ "${2:-}" = empty ] && exit
act dataset add dataset-snds-main-base.json
act provider add provider-azure-hub.json
act rules adopt cnam-2021.json
