#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
# Builds the Go peer and runs go.txtar with it.
#   go.sh BUILD-FOLDER octroi-cli-test
set -euo pipefail
here=$(cd -- "$(dirname -- "${BASH_SOURCE[0]}")" && pwd -P)
sources=/usr/share/gocode
skip() {
  echo "skipped: $1"
  exit 77
}
command -v go >/dev/null || skip "go is not installed (package golang-go)"
[[ -d $sources/src/golang.org/x/mod/sumdb/tlog ]] ||
  skip "golang.org/x/mod is not installed (package golang-golang-x-mod-dev)"
peer=$1/octroi-go-peer
(cd -- "$here/go" &&
  GO111MODULE=off GOPATH=$sources GOCACHE=$1/go-cache GOFLAGS= go build -o "$peer" .)
OCTROI_PROGRAMS=$OCTROI_PROGRAMS:$peer exec "$2" "$here/go.txtar"
