#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
# Runs node.txtar with the npm peer, whose packages 'npm ci' put into the build folder.
#   node.sh BUILD-FOLDER octroi-cli-test
set -euo pipefail
here=$(cd -- "$(dirname -- "${BASH_SOURCE[0]}")" && pwd -P)
skip() {
  echo "skipped: $1"
  exit 77
}
command -v node >/dev/null || skip "node is not installed (package nodejs)"
(($(node -p 'process.versions.node.split(".")[0]') >= 20)) ||
  skip "the npm packages need node 20 or later; this is $(node --version)"
folder=$1/node
for package in ajv ajv-formats paseto @sd-jwt/jwt-status-list; do
  [[ -e $folder/node_modules/$package ]] ||
    skip "npm package $package is not installed (see test/interop/README.md)"
done
cp -- "$here/node/peer.mjs" "$folder/peer.mjs"
printf '#!/bin/sh\nexec node "%s" "$@"\n' "$folder/peer.mjs" >"$folder/octroi-node-peer"
chmod 755 "$folder/octroi-node-peer"
OCTROI_PROGRAMS=$OCTROI_PROGRAMS:$folder/octroi-node-peer exec "$2" "$here/node.txtar"
