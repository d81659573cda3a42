#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# A board with a log key, in the current folder: a request with receipts from its submission to its
# token, and checkpoints of the first event (`first`) and of all (`all`).
#   board.sh EXAMPLES
set -eu
(umask 077 && echo 'a passphrase' >passphrase)
for name in secretary-1 researcher-1 seal log witness; do
  octroi-testkey keys "$name" "$name" 'a passphrase' >/dev/null
done
cp "$1"/cnam-2021/*.json "$1/rulebooks/cnam-2021.json" .
echo 'minutes' >minutes.txt
export OCTROI_AS=secretary-1
act() {
  octroi "$@" --passphrase-file passphrase --quiet >/dev/null
}
act init --board 'Example council' --origin council.example/data-access \
  --majority unanimity-of-positions --seats 20 --present-min 11 \
  --secretary secretary-1 --researcher researcher-1 --log-key log
act checkpoint --out first
act dataset add dataset-snds-main-base.json
act provider add provider-azure-hub.json
act rules adopt cnam-2021.json
act submit request-treatment.json --as researcher-1 --receipt submitted.tlog-proof
act assess R-2026-0001 || [ $? -eq 5 ]
act decide R-2026-0001 --date "$(date -u +%F)" --reference 1 --minutes minutes.txt \
  --for 12 --against 0 --abstaining 3 --absent 5 \
  --resolves snds-main-base/cnam-2021.case-by-case --receipt decided.tlog-proof
mkdir tokens
act issue R-2026-0001 --out tokens --receipts
act checkpoint --out all
octroi key trust --out trust.json --quiet
# The event that a receipt carries, as the log has it.
for receipt in submitted decided tokens/cnam; do
  sed -n 's/^extra //p' "$receipt.tlog-proof" | base64 -d >"$receipt.event"
done
