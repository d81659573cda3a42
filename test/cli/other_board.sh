#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# The trust file of another board, in other/trust.json; beside the keys of board.sh.
set -eu
mkdir other
octroi init --registry other/octroi.db --keys keys --seal stranger --board 'Another council' \
  --origin other.example/data-access --majority simple --seats 1 --present-min 1 \
  --secretary secretary-1 --passphrase-file passphrase --quiet >/dev/null
octroi key trust --registry other/octroi.db --out other/trust.json --quiet
