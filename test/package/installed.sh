#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
# installed.sh BUILD_FOLDER: what cmake --install puts where, and that the program runs from there.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf -- "$folder"' EXIT
DESTDIR=$folder cmake --install "$1" --prefix /usr >/dev/null

for file in bin/octroi share/bash-completion/completions/octroi \
  share/fish/vendor_completions.d/octroi.fish share/octroi/rulebooks/cnam-2021.json \
  share/octroi/schemas/request.schema.json share/octroi/schemas/output/check.schema.json \
  share/octroi/schemas/sql/registry.sql share/doc/octroi/README.md share/doc/octroi/formats.md \
  share/doc/octroi/copyright; do
  [[ -f $folder/usr/$file ]] || { echo "$file is not installed" >&2; exit 1; }
done
compgen -G "$folder/usr/share/man/man1/octroi.1*" >/dev/null
compgen -G "$folder/usr/share/zsh/*/_octroi" >/dev/null

# Nothing that is written by others, and no program but the one.
[[ -z $(find "$folder" -perm /022 ! -type l) ]]
[[ $(find "$folder" -type f -perm /111) == "$folder/usr/bin/octroi" ]]
[[ $("$folder/usr/bin/octroi" --version) == 'octroi '* ]]

# An installed rulebook is one that octroi takes.
"$folder/usr/bin/octroi" rules check "$folder/usr/share/octroi/rulebooks/cnam-2021.json" >/dev/null
