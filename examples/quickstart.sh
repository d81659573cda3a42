#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
# From a fresh Debian 12 or later with git and apt to a running first story:
#   bash examples/quickstart.sh
source "$(dirname -- "${BASH_SOURCE[0]}")/setup.sh"

install_packages "${packages[@]}"
if [[ -e $build/CMakeCache.txt ]]; then
  configure
else
  configure -DOCTROI_TESTS=OFF
fi
build octroi
printf 'octroi: %s\n' "$build/octroi"

PATH=$build:$PATH bash "$repository/examples/cnam-2021/story.sh"
