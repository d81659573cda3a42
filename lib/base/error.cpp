// SPDX-License-Identifier: Apache-2.0
#include "base/error.hpp"

#include <cstdio>
#include <cstdlib>

namespace octroi {

void broken_invariant(const char* what) noexcept {
  std::fprintf(stderr, "octroi: internal error: %s\n", what);
  std::abort();
}

}  // namespace octroi
