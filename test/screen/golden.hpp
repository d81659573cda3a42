// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>

namespace octroi::screen {

/// Fails the test unless the text is that of test/screen/golden/NAME.txt. With OCTROI_UPDATE set in
/// the environment it writes the file instead, and fails all the same: the next run decides.
void require_golden(const std::string& name, const std::string& text);

}  // namespace octroi::screen
