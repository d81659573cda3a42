#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
# all.sh OCTROI_FOLDER TESTKEY_FOLDER: the whole of the faults, as the target `faults` runs them.
#   OCTROI_FAULT_RUNS, OCTROI_FAULT_SECONDS, OCTROI_FAULT_PROCESSES: other numbers than 1000 (of
#   batches a tenth), 60, 16
set -euo pipefail
here=$(cd -- "$(dirname -- "${BASH_SOURCE[0]}")" && pwd -P)
export PATH=$1:$2:$PATH
bash "$here/acts.sh" "${OCTROI_FAULT_RUNS:-1000}"
bash "$here/batch.sh" $((${OCTROI_FAULT_RUNS:-1000} / 10)) 3000
bash "$here/many.sh" "${OCTROI_FAULT_PROCESSES:-16}" "${OCTROI_FAULT_SECONDS:-60}"
bash "$here/disk.sh"
bash "$here/inputs.sh"
