// SPDX-License-Identifier: Apache-2.0
#pragma once

// Debian 12 has Catch2 v2, Debian 13 has v3: the test macros used here are the same in both.
#if __has_include(<catch2/catch_all.hpp>)
#include <catch2/catch_all.hpp>
#else
#include <catch2/catch.hpp>
#endif
