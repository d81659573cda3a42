// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <string_view>

#include "base/time.hpp"

/// A tar archive of small files, written piece by piece.
/// Source: IEEE Std 1003.1-2017, pax, "ustar Interchange Format".
namespace octroi {

/// A file as it stands in an archive: header, bytes, zeros. `name` is relative, 100 bytes at most;
/// every file belongs to nobody and can be read by all, so that the same files give the same bytes.
/// Throws Error(could_not) for a longer name or 8 GiB and more.
[[nodiscard]] std::string tar_member(std::string_view name, std::string_view bytes, Instant time);

/// What ends an archive.
[[nodiscard]] std::string tar_end();

}  // namespace octroi
